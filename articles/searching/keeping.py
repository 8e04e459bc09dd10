"""The entries of articles: the safe text of each revision that readers see or will see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import Article, EntryKind, Publication, Revision, SearchEntry
from articles.rendering import render
from articles.searching import words
from films.models import Change, Film

AT_ONCE = 200  # Articles read anew within one request; `rebuild_search` reads the rest.
LONGEST = 200_000  # Characters of a text that are searched; PostgreSQL indexes no more than a megabyte of a row.
COLUMNS = ("names", "about", "prose", "text")


def keep(revisions: QuerySet[Revision]) -> int:
    """Let *revisions* be found by what they say now, and return how many they were.

    Readers find one only while a publication shows it, so a scheduled one can be kept long before its moment.
    """
    rows = revisions.select_related("article__film").prefetch_related(
        "article__film__titles", "article__topics", "article__authors"
    )
    return _written(map(_entry, rows))


def keep_article(article: Article) -> None:
    """Let *article* be found by where it is filed now."""
    keep(shown().filter(article=article))


def follow(change: Change) -> None:
    """Let the articles that refer to what *change* changed be found by what they say of it now."""
    mentioned = Q(mentions__person=change.person_id) if change.person_id else Q(pk=None)
    if change.film_id:
        of_film = Q(mentions__film=change.film_id) | Q(mentions__character__film=change.film_id)
        mentioned = of_film | Q(article__film=change.film_id)
    chosen = shown().filter(mentioned).order_by("-pk").values("pk").distinct()[:AT_ONCE]
    keep(Revision.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))))


def shown() -> QuerySet[Revision]:
    """Return the revisions that readers see or will see."""
    turns = Publication.objects.filter(Q(ends=None) | Q(ends__gt=timezone.now()), revision=OuterRef("pk"))
    return Revision.objects.filter(Exists(turns)).order_by("pk")


def missing() -> QuerySet[Revision]:
    """Return the revisions that readers see or will see and cannot find."""
    return shown().exclude(pk__in=SearchEntry.objects.filter(kind=EntryKind.ARTICLE).values("subject"))


def forget_past() -> int:
    """Take away the entries of revisions that no publication shows now or later, and return how many they were."""
    past = SearchEntry.objects.filter(kind=EntryKind.ARTICLE).exclude(subject__in=shown().order_by().values("pk"))
    return past.delete()[0]


def _written(entries: Iterable[SearchEntry]) -> int:
    unique = ["kind", "subject"]
    made = SearchEntry.objects.bulk_create(
        entries, batch_size=100, update_conflicts=True, unique_fields=unique, update_fields=COLUMNS
    )
    return len(made)


def _entry(revision: Revision) -> SearchEntry:
    article = revision.article
    text = render(revision.body, film=article.film).text[:LONGEST]
    filed = [*_titles(article.film), str(article.get_kind_display())]
    filed += [topic.name for topic in article.topics.all()] + [author.name for author in article.authors.all()]
    return SearchEntry(
        kind=EntryKind.ARTICLE,
        subject=revision.pk,
        names=words.lines(revision.title),
        about=words.lines(*filed),
        prose=words.prose(f"{revision.dek} {text}"),
        text=text,
    )


def _titles(film: Film | None) -> list[str]:
    """Return what *film* is called, and its year: what an article about it is found by."""
    if film is None:
        return []
    year = [str(film.year)] if film.year else []
    return [film.title, film.original_title, *(title.text for title in film.titles.all()), *year]
