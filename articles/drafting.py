"""Drafting: starting articles, saving revisions of them, restoring and naming old ones."""

from django.db import transaction
from django.db.models import F

from articles import addresses, autosaving, line_ends, mentioning
from articles.comparing import compare
from articles.locking import locked, require_kept
from articles.models import Action, Article, ArticleKind, Byline, Revision, record
from articles.permissions import may_write, require
from articles.proofreading import proofs
from articles.rendering import Audience, render


class Conflict(Exception):
    """Somebody saved the article after the revision this change was made from; `theirs` is what they saved."""

    def __init__(self, theirs):
        super().__init__(f"{theirs.created_by or 'A command'} saved revision {theirs.number} in the meantime.")
        self.theirs = theirs


@transaction.atomic
def start_article(*, by, slug="", kind=ArticleKind.EXPLAINER, film=None, authors=(), topics=(), tab="", **content):
    """Make an article with its first revision and return it.

    A form *tab* that is sent again starts no second article, but saves the next revision of its own. Without *slug* the
    address is made from the title. *content* holds fields of Revision.CONTENT, and `note`. *by* is the user, None for
    a command. Raises PermissionDenied, AddressTaken where readers still come by the address of another article, or
    IntegrityError where that is at it.
    """
    require(may_write(by), "start an article")
    if made := autosaving.made(user=by, tab=tab):
        return save_revision(made.article, by=by, base=made, tab=tab, **content).article
    if slug:
        addresses.require_free(slug)
    slug = slug or addresses.free_slug(content["title"])
    article = Article.objects.create(slug=slug, kind=kind, film=film)
    set_bylines(article, authors)
    article.topics.set(topics)
    _add_revision(article, by=by, base=None, tab=tab, **content)
    return article


@transaction.atomic
def save_revision(article, *, by, base, note="", action=Action.SAVED, tab="", **content):
    """Save *content* as the next revision of *article*, made from the revision *base*, and return it.

    Fields of Revision.CONTENT that are not given stay as in *base*; where nothing differs, nothing is written and
    *base* comes back. What was kept of the form *tab* is no longer needed and goes. Raises Conflict where *base* is no
    longer the head, InTrash, PermissionDenied, and then writes nothing.
    """
    require(may_write(by, article), "edit this article")
    return _add_revision(article, by=by, base=base, note=note, action=action, tab=tab, **content)


def restore(revision, *, base, by):
    """Save the content of an old *revision* again, as the newest, and return that.

    *base* is the newest that the user knew of; see `save_revision`.
    """
    note = f"Restored revision {revision.number}."
    return save_revision(revision.article, by=by, base=base, note=note, action=Action.RESTORED, **revision.content)


@transaction.atomic
def name_revision(revision, name, *, by):
    """Give *revision* a name that colleagues will know it by; an empty one takes it away. Raises InTrash."""
    require(may_write(by, revision.article), "name revisions of this article")
    require_kept(locked(revision.article_id))
    if Revision.objects.filter(pk=revision.pk).exclude(name=name.strip()).update(name=name.strip()):
        record(revision.article, Action.NAMED, by=by, revision=revision, detail=name.strip())


def set_bylines(article, authors):
    """Let *authors* sign *article*, in that order, and nobody else."""
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author=author, position=place) for place, author in enumerate(authors, start=1)
    )


def _add_revision(article, *, by, base, note="", action=Action.SAVED, tab="", **content):
    content = {field: _stored(value) for field, value in {**(base.content if base else {}), **content}.items()}
    changed = base is None or content != base.content
    change = compare(base.body if base else "", content.get("body", ""))
    # One UPDATE both asks whether the head has moved and keeps every other saver waiting.
    kept = Article.objects.filter(pk=article.pk, head=base, trashed_at=None)
    if not kept.update(version=F("version") + int(changed)):
        require_kept(locked(article.pk))
        raise Conflict(Revision.objects.select_related("created_by").get(pk=_head(article)))
    revision = _written(article, base, change, by=by, note=note, action=action, **content) if changed else base
    if by and tab:
        autosaving.saved(user=by, tab=tab, revision=revision)
    return revision


def _written(article, base, change, *, by, note, action, **content):
    number = base.number + 1 if base else 1
    revision = article.revisions.create(
        number=number,
        parent=base,
        created_by=by,
        note=note,
        words_added=change.added,
        words_removed=change.removed,
        **content,
    )
    Article.objects.filter(pk=article.pk).update(head=revision)
    article.refresh_from_db(fields=["head", "version"])
    record(article, action, by=by, revision=revision, detail=note)
    page = render(revision.body, film=article.film, audience=Audience.EDITORS)
    mentioning.write(revision, page)
    proofs.keep(revision, page)
    return revision


def _stored(value):
    return line_ends.plain(value) if isinstance(value, str) else value


def _head(article):
    return Article.objects.values_list("head", flat=True).get(pk=article.pk)
