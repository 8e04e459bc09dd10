"""Kept texts: what an autosave holds, which is a form's fields as the browser sends them, read, checked and offered."""

import json
from dataclasses import dataclass

from django.http import QueryDict

from articles import line_ends
from articles.autosaving import all_left, left
from articles.comparing import Piece, compare, words
from articles.models import Article, ArticleKind, Author, Autosave, Revision, Spoilers, Topic
from articles.passages import Passage, passages
from films.models import Film, Image
from films.numbers import row_number

LISTS = ("authors", "topics")
CARRIED = "filed"  # Where the article was filed when the form was opened: nothing that anybody typed.
FIELDS = (*Revision.CONTENT, "note", "slug", "kind", "film", CARRIED, *LISTS)
LONGEST = 1_000_000  # Characters in one field; a long book has fewer.
MOST = 200  # Authors or topics.

CHOICES = {"kind": dict(ArticleKind.choices), "spoilers": dict(Spoilers.choices)}
ROWS = {"hero": Image, "film": Film, "authors": Author, "topics": Topic}
LABELS = {"hero": "Main picture", "slug": "Address", "note": "What changed"}


class Unreadable(Exception):
    """No form of ours sends this."""


@dataclass(frozen=True)
class Offer:
    """A kept text that its writer may take up again: in *article*'s form, or, without one, as a new article."""

    kept: Autosave
    article: Article | None = None

    @property
    def words(self):
        """How many words the body has."""
        return len(self.kept.payload.get("body", "").split())

    @property
    def title(self):
        """The title as typed."""
        return self.kept.payload.get("title", "").strip()


@dataclass(frozen=True)
class Change:
    """A short field that differs, word by word."""

    label: str
    pieces: tuple[Piece, ...]


def read(text: str) -> dict[str, str | list[str]]:
    """Return the fields in *text*, JSON, without what no database keeps; raises Unreadable."""
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("The fields could not be read.") from None
    if not isinstance(payload, dict):
        raise Unreadable("The fields could not be read.")
    return _checked(payload)


def sent(data: QueryDict) -> dict[str, str | list[str]]:
    """Return the fields in *data*, a form that was sent, as its autosave would hold them; raises Unreadable."""
    return _checked({name: data.getlist(name) if name in LISTS else data[name] for name in FIELDS if name in data})


def known(article=None):
    """Return the fields of *article*'s form, or of a new article's, as they stand before anybody types."""
    if article is None:
        empty = {name: [] if name in LISTS else "" for name in FIELDS if name != CARRIED}
        return {**empty, "kind": ArticleKind.EXPLAINER.value, "spoilers": Spoilers.NONE.value}
    head = article.head
    return {
        **_content(head),
        "note": "",
        "slug": article.slug,
        "kind": article.kind,
        "film": _number(article.film_id),
        "authors": [_number(byline.author_id) for byline in article.bylines.all()],
        "topics": sorted(_number(topic.pk) for topic in article.topics.all()),
    }


def differs(payload, standing):
    """Tell whether *payload* holds anything that *standing*, what is `known`, does not."""
    typed = {name: value for name, value in payload.items() if name != CARRIED}
    return any(_plain(name, value) != _plain(name, standing[name]) for name, value in typed.items())


def offers(*, user, article=None, without=()):
    """Return what *user* left unsaved in forms of *article*, or of new articles, newest first, *without* some tabs."""
    kept = left(user=user, article=article).exclude(tab__in=without).select_related("saved")
    standing = known(article) if kept else {}
    return [Offer(each, article) for each in kept if _worth_offering(each, standing)]


def all_offers(*, user):
    """Return everything that *user* left unsaved, newest first, as `offers` does, in a fixed number of queries."""
    kept = all_left(user=user).select_related("article__head", "saved")
    filed = kept.prefetch_related("article__bylines", "article__topics")
    found = [Offer(each, each.article if each.writable else None) for each in filed]
    return [offer for offer in found if _worth_offering(offer.kept, known(offer.article))]


def changes(payload, article=None):
    """Return what *payload* changes in the fields around the body."""
    standing = known(article)
    typed = {name: value for name, value in payload.items() if name != CARRIED}
    pairs = {name: (_spoken(name, standing[name]), _spoken(name, value)) for name, value in typed.items()}
    return [
        Change(LABELS.get(name, name.replace("_", " ").replace("seo", "search").capitalize()), words(old, new))
        for name, (old, new) in pairs.items()
        if name != "body" and _plain(name, old) != _plain(name, new)
    ]


def body_passages(payload, article=None):
    """Return the body against *article*'s, what nobody touched folded away; a new article's body, as it stands."""
    new = payload.get("body", "")
    blocks = compare(article.head.body if article else new, new).blocks
    return passages(blocks) if article else [Passage(blocks)]


def _worth_offering(kept, standing):
    """Tell whether a kept text says anything that neither stands nor was saved by its own form."""
    made = {**standing, **_content(kept.saved), "note": kept.saved.note} if kept.saved else standing
    return differs(kept.payload, standing) and differs(kept.payload, made)


def _content(revision):
    return {**revision.content, "hero": _number(revision.hero_id)}


def _checked(payload):
    for name, value in payload.items():
        if name not in FIELDS or not _sound(name, value):
            raise Unreadable(f"The field “{name[:40]}” could not be read.")
    return {name: _storable(value) for name, value in payload.items()}


def _sound(name, value):
    if name not in LISTS:
        return isinstance(value, str) and len(value) <= LONGEST
    return isinstance(value, list) and len(value) <= MOST and all(isinstance(each, str) for each in value)


def _storable(value):
    """PostgreSQL keeps no NUL in JSON, and no half of a character pair can be sent to anybody."""
    if isinstance(value, list):
        return [_storable(each)[:40] for each in value]
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def _number(key):
    return str(key or "")


def _plain(name, value):
    """Topics have no order; spaces around, and kinds of line ends, are nobody's words."""
    if isinstance(value, list):
        return sorted(value) if name == "topics" else value
    return line_ends.plain(value).strip()


def _spoken(name, value):
    """Return *value* as an editor would read it aloud."""
    if name in CHOICES:
        return CHOICES[name].get(value, value)
    if name not in ROWS:
        return value
    keys = [row_number(key) for key in (value if isinstance(value, list) else [value])]
    found = ROWS[name].objects.in_bulk({*keys} - {None})
    return ", ".join(str(found[key]) for key in keys if key in found)
