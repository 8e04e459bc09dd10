"""Impact: which articles say an old value when a fact, a name or a part changes, sentence by sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from articles.excerpts import Excerpt, excerpts
from articles.models import Article, Mention, Publication, Revision
from articles.permissions import readable_by
from articles.rendering.references import Reference, Target
from films import names
from films.changes import Snapshot
from films.models import Change, Credit, Department
from films.models.credit import DIRECTOR_JOBS

MOST = 40  # Articles shown.
READ = 200  # Revisions read for them; more would make a save wait.
SAID = 3  # Sentences shown of an article.
FIELDS = ("title", "dek", "body", "seo_title", "seo_description")
OWN = {"year", "running time"}  # Numbers, which in a piece about another film are rarely this one's.


@dataclass(frozen=True, slots=True)
class Replaced:
    """A value that a change replaces, as prose has it; a reference with one of `targets` follows by itself.

    `beside` are names that stand still and may hold it.
    """

    name: str
    old: str
    new: str
    targets: tuple[Target, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Struck:
    """An article that says an old value, and where; `live` says that readers see it, `editable` that *user* may."""

    revision: Revision
    article: Article
    live: bool
    editable: bool
    excerpts: tuple[Excerpt, ...]

    @property
    def in_words(self) -> bool:
        """Whether somebody has to edit it, since not all of it follows by itself."""
        return not all(excerpt.follows for excerpt in self.excerpts)

    @property
    def shown(self) -> tuple[Excerpt, ...]:
        """The first sentences, those to be edited before those that follow."""
        return tuple(sorted(self.excerpts, key=lambda excerpt: excerpt.follows)[:SAID])

    @property
    def more(self) -> int:
        """How many sentences are not shown."""
        return max(len(self.excerpts) - SAID, 0)


def replaced(change: Change) -> list[Replaced]:
    """Return the values that *change* replaces and prose may say: title, year, runtime, directors, parts, names."""
    before, after = change.before, change.after
    if not before or not after:
        return []
    found = _of_film(before, after) if "titles" in before else _of_person(before, after)
    return [value for value in found if value.old and value.old != value.new]


def struck(change: Change, values: list[Replaced], *, user: AbstractBaseUser) -> tuple[list[Struck], int]:
    """Return the articles that say one of *values*, which *change* replaces, and how many more may; in one query.

    Those that have to be edited come first. Read are what readers see and the newest revisions that *user* may read;
    what is in the trash is not.
    """
    if not values:
        return [], 0
    revisions = list(_revisions(change, values, user)[: READ + 1])
    found: dict[int, Struck] = {}
    for revision in revisions[:READ]:  # The newest of an article comes first, and is the one to edit.
        said = tuple(_said(revision, change, values))
        if said and revision.article_id not in found:
            found[revision.article_id] = _struck(revision, said)
    articles = sorted(found.values(), key=lambda each: not each.in_words)
    return articles[:MOST], len(articles[MOST:]) + len(revisions[READ:])


def _struck(revision: Any, said: tuple[Excerpt, ...]) -> Struck:
    """Return *revision*, which knows who sees it, with what it says."""
    return Struck(revision, revision.article, live=revision.live, editable=revision.readable, excerpts=said)


def _of_film(before: Snapshot, after: Snapshot) -> Iterator[Replaced]:
    old, new, slug = before["facts"], after["facts"], before["facts"]["slug"]
    yield Replaced("title", old["title"], new["title"], (Target("film", slug),))
    for name, fact in (("year", "year"), ("running time", "runtime")):
        yield Replaced(name, str(old[fact] or ""), str(new[fact] or ""), _fact(slug, fact))
    directors = _directors(after)
    for name in sorted(_directors(before) - directors):
        yield Replaced("director", name, ", ".join(sorted(directors)), _fact(slug, "director"))
    yield from _characters(before, after)
    yield from _parts(before, after)


def _of_person(before: Snapshot, after: Snapshot) -> Iterator[Replaced]:
    old, new = before["facts"]["name"], after["facts"]["name"]
    yield Replaced("name", old, new, (Target("person", before["facts"]["slug"]),))
    if names.surname(old) != names.surname(new):
        yield Replaced("family name", names.surname(old), names.surname(new))


def _fact(slug: str, fact: str) -> tuple[Target, ...]:
    return Target("film", "", fact), Target("film", slug, fact)


def _directors(film: Snapshot) -> set[str]:
    directing = (line for line in film["crew"] if line["department"] == Department.DIRECTING)
    return {line["name"] for line in directing if line["job"] in DIRECTOR_JOBS}


def _characters(before: Snapshot, after: Snapshot) -> Iterator[Replaced]:
    """Tell the names of those who are called otherwise, or are gone; not of one who is gone where another is so called.

    Lauda is gone and Niki Lauda is there: who says Lauda means him.
    """
    now = {row["id"]: row["name"] for row in after["characters"]}
    standing = _called(after)
    for row in before["characters"]:
        if row["id"] in now or not any(_holds(name, row["name"]) for name in standing):
            targets = (Target("character", row["slug"]),)
            yield Replaced("character", row["name"], now.get(row["id"], ""), targets, standing)


def _called(film: Snapshot) -> tuple[str, ...]:
    """Return all that the characters of *film* are called."""
    names = (text for row in film["characters"] for text in (row["name"], *(name["text"] for name in row["names"])))
    return tuple(sorted({*names}))


def _holds(name: str, words: str) -> bool:
    """Tell whether *words* are a name, or whole words of it."""
    return re.search(rf"(?<!\w){_words(words)}(?!\w)", name) is not None


def _parts(before: Snapshot, after: Snapshot) -> Iterator[Replaced]:
    """Tell the parts of those who are still in the cast that are credited otherwise now."""
    now = {line["person"]: [role["label"] for role in line["roles"]] for line in after["cast"]}
    called = {row["name"] for row in before["characters"]}
    for line in before["cast"]:
        for role in line["roles"]:
            labels = now.get(line["person"], [role["label"]])
            if role["label"] not in labels and role["label"] not in called:
                yield Replaced("part", role["label"], " / ".join(labels), beside=_called(after))


def _revisions(change: Change, values: list[Replaced], user: AbstractBaseUser) -> QuerySet[Revision]:
    """Return the revisions that may say one of *values*; each knows whether it is `newest`, `live` and `readable`."""
    live = Publication.objects.live().filter(revision=OuterRef("pk"))
    readable = readable_by(user, Article.objects.all()).filter(pk=OuterRef("article"))
    known = Revision.objects.annotate(
        newest=ExpressionWrapper(Q(article__head=F("pk")), BooleanField()),
        live=Exists(live),
        readable=Exists(readable),
    ).filter(Q(live=True) | Q(newest=True, readable=True), _about(change), _saying(values), article__trashed_at=None)
    return known.select_related("article").order_by("article", "-number")


def _about(change: Change) -> Q:
    """Return the condition that a revision is about what *change* changes, or mentions it."""
    if change.person_id:
        mentions = Mention.objects.filter(person=change.person_id)
        films = Credit.objects.filter(person=change.person_id).values("film")
        return Q(article__film__in=films) | Q(Exists(mentions.filter(revision=OuterRef("pk"))))
    of_film = Q(film=change.film_id) | Q(character__film=change.film_id)
    mentions = Mention.objects.filter(of_film, revision=OuterRef("pk"))
    return Q(article__film=change.film_id) | Q(Exists(mentions))


def _saying(values: Iterable[Replaced]) -> Q:
    """Return the condition that a revision may say one of *values*: their longest words, or any reference."""
    condition = Q(body__contains="[[")
    for word in {max(value.old.split(), key=len) for value in values}:
        for field in FIELDS:
            condition |= Q(**{f"{field}__contains": word})
    return condition


def _said(revision: Revision, change: Change, values: list[Replaced]) -> Iterator[Excerpt]:
    """Yield the sentences of *revision* that say one of *values*."""
    own = bool(change.film_id) and revision.article.film_id == change.film_id
    words = _pattern(value for value in values if own or value.name not in OWN)
    following = {target: value.old for value in values for target in value.targets if own or not _of_own(target)}

    def shown(reference: Reference) -> str:
        return following.get(reference.target, _shown(reference))

    for field in FIELDS:
        if text := getattr(revision, field):
            yield from excerpts(text, words, shown)


def _of_own(target: Target) -> bool:
    """Tell whether *target* means something else in a piece about another film."""
    return target.kind == "character" or (target.kind == "film" and not target.key)


def _shown(reference: Reference) -> str:
    """Return something to read in place of a reference that does not matter here."""
    return f"[{reference.fact}]" if reference.fact else reference.key.replace("-", " ").title()


def _pattern(values: Iterable[Replaced]) -> re.Pattern[str]:
    """Return what finds the old values as group `old`, the longest first, and passes over names that hold them."""
    found = sorted(values, key=lambda value: -len(value.old))
    kept = [_words(name) for value in found for name in _longer(value)]
    olds = [_words(value.old) + (r"(?=[\s-]+min)" if value.name == "running time" else "") for value in found]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*kept, f'(?P<old>{"|".join(olds) or "(?!)"})'])})(?!\w)")


def _longer(value: Replaced) -> list[str]:
    """Return the names that stand and hold *value*, the longest first."""
    beside = [name for name in value.beside if value.old in name and name != value.old]
    return sorted({*beside, *([value.new] if value.old in value.new else [])}, key=len, reverse=True)


def _words(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split()))
