"""Filing documents as articles: made once, revised when the file changes, never over what an editor wrote."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.urls import reverse

from articles.addresses import AddressTaken
from articles.drafting import save_revision, start_article
from articles.filing import refile
from articles.gating import PublishingError
from articles.importing.document import Document, Refused
from articles.importing.named import authors_of, film_of, topics_of
from articles.locking import InTrash
from articles.models import Article, ArticleKind, Revision
from articles.publishing import publish as publish_revision
from films.models import Film

IMPORTED = "Imported from"


@dataclass(frozen=True)
class Outcome:
    """What became of a document: `action` says it in words, `notes` what an editor should know besides."""

    source: str
    action: str
    address: str
    notes: tuple[str, ...] = ()

    def __str__(self):
        page = reverse("articles:article_detail", args=[self.address])
        return "; ".join([f"{self.source}: {self.action} {page}", *self.notes])


@transaction.atomic
def import_document(document: Document, *, by=None, film="", author="", publish=False) -> Outcome:
    """Make *document* an article, or a new revision of the one at its address, and tell which.

    What was edited at the desk since the last import is left alone, and so is where the desk has filed the article;
    only what is missing there is filled in. *publish* shows readers what the file says. Raises Refused.
    """
    document = replace(document, film=film or document.film, authors=(author,) if author else document.authors)
    subject = film_of(document)
    notes: list[str] = []
    articles = Article.objects.select_for_update(of=("self",)).select_related("head")
    article = articles.filter(slug=document.address).first()
    if article is None:
        article, action = _start(document, subject, by, notes), "created"
    else:
        action = _update(article, document, by, notes)
    if action in {"revised", "unchanged"}:
        _complete(article, document, subject, by, notes)
    if publish and action != "not touched" and _says(article.head, document):
        action = _publish(article, document, action, by)
    return Outcome(document.source, "created draft" if action == "created" else action, article.slug, tuple(notes))


def _start(document: Document, film: Film | None, by, notes: list[str]) -> Article:
    filing = {"authors": authors_of(document, notes), "topics": topics_of(document, notes), "film": film}
    kind = document.kind or ArticleKind.EXPLAINER
    try:
        return start_article(
            by=by, slug=document.address, kind=kind, note=_note(document), **filing, **document.content
        )
    except AddressTaken as error:
        raise Refused(f"{document.source}: {error}") from None


def _update(article: Article, document: Document, by, notes: list[str]) -> str:
    """Save what the file says as a revision, where it says something new and no editor has since."""
    if article.trashed_at:
        notes.append("it is in the trash")
        return "not touched"
    if _says(article.head, document):
        return "unchanged"
    imported = article.revisions.filter(created_by=by, note__startswith=IMPORTED).order_by("-number").first()
    if article.head != imported:
        notes.append("edited at the desk since it was imported" if imported else "it was not imported from a file")
        return "unchanged" if imported and _says(imported, document) else "not touched"
    article.head = save_revision(article, by=by, base=article.head, note=_note(document), **document.content)
    return "revised"


def _complete(article: Article, document: Document, film: Film | None, by, notes: list[str]) -> None:
    """Fill in what the article's filing lacks; say where the desk's is another."""
    missing: dict[str, object] = {}
    if film and article.film is None:
        missing["film"] = film
        notes.append(f"now filed under {film}")
    elif film and article.film != film:
        notes.append(f"filed under {article.film} at the desk, left so")
    signed = tuple(byline.author.name for byline in article.bylines.select_related("author"))
    if document.authors and not signed:
        missing["authors"] = authors_of(document, notes)
        notes.append(f"now signed by {', '.join(document.authors)}")
    elif document.authors and signed != document.authors:
        notes.append(f"signed by {', '.join(signed)} at the desk, left so")
    if document.topics and not article.topics.exists():
        missing["topics"] = topics_of(document, notes)
    refile(article, by=by, **missing)


def _publish(article: Article, document: Document, action: str, by) -> str:
    """Publish what the file says; raises Refused where the gate does."""
    if article.publications.live().filter(revision=article.head).exists():
        return action
    try:
        publish_revision(article.head, by=by)
    except (PublishingError, InTrash) as error:
        raise Refused(f"{document.source}: it cannot be published. {error}") from None
    return "published" if action == "unchanged" else f"{action} and published"


def _says(revision: Revision | None, document: Document) -> bool:
    """Tell whether *revision* says what the file does; the hero is not in files."""
    return {name: getattr(revision, name) for name in document.content} == document.content


def _note(document: Document) -> str:
    return f"{IMPORTED} {Path(document.source).name}"[:200]
