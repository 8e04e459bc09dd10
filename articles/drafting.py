"""Drafting: starting an article and saving revisions of it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from articles.models import Article, ArticleKind, Byline, Revision
from films import names


class Conflict(Exception):
    """Somebody saved the article after the revision this change was made from; `theirs` is what they saved."""

    def __init__(self, theirs):
        super().__init__(f"{theirs.created_by or 'A command'} saved revision {theirs.number} in the meantime.")
        self.theirs = theirs


@transaction.atomic
def start_article(*, by, slug="", kind=ArticleKind.EXPLAINER, film=None, authors=(), topics=(), note="", **content):
    """Make an article with its first revision and return it.

    Without *slug* the address is made from the title. *content* holds fields of Revision.CONTENT. *by* is the user,
    None for a command. Raises PermissionDenied, or IntegrityError where the address is taken.
    """
    _require(by, "articles.add_article")
    slug = slug or names.free_slug(Article.objects.all(), [names.slug(content["title"])])
    article = Article.objects.create(slug=slug, kind=kind, film=film)
    set_bylines(article, authors)
    article.topics.set(topics)
    save_revision(article, by=by, base=None, note=note, **content)
    return article


@transaction.atomic
def save_revision(article, *, by, base, note="", **content):
    """Save *content* as the next revision of *article*, made from the revision *base*, and return it.

    Fields of Revision.CONTENT that are not given stay as in *base*; where nothing differs, nothing is written and
    *base* comes back. Raises Conflict where *base* is no longer the head, PermissionDenied, and then writes nothing.
    """
    _require(by, "articles.change_article" if base else "articles.add_article")
    content = {**(base.content if base else {}), **content}
    switched = Article.objects.filter(pk=article.pk, head=base).update(version=F("version") + 1)
    if not switched:
        raise Conflict(Revision.objects.select_related("created_by").get(article=article, pk=_head(article)))
    if base and content == base.content:
        Article.objects.filter(pk=article.pk).update(version=F("version") - 1)
        return base
    number = base.number + 1 if base else 1
    revision = Revision.objects.create(article=article, number=number, parent=base, created_by=by, note=note, **content)
    Article.objects.filter(pk=article.pk).update(head=revision)
    article.refresh_from_db(fields=["head", "version"])
    return revision


@transaction.atomic
def refile(article, *, by, slug, kind, film, authors, topics):
    """File *article* at this address, as this kind, under this film, byline and topics.

    Raises PermissionDenied, or IntegrityError where the address is taken.
    """
    _require(by, "articles.change_article")
    article.slug, article.kind, article.film = slug, kind, film
    article.save(update_fields=["slug", "kind", "film"])
    set_bylines(article, authors)
    article.topics.set(topics)


def set_bylines(article, authors):
    """Let *authors* sign *article*, in that order, and nobody else."""
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author=author, position=place) for place, author in enumerate(authors, start=1)
    )


def _head(article):
    return Article.objects.values_list("head", flat=True).get(pk=article.pk)


def _require(user, permission):
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied(f"{user} may not do this: {permission}.")
