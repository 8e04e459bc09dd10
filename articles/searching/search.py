"""Searching: one function for pages of results, one for suggestions while somebody types."""

from collections import Counter
from dataclasses import dataclass, field, replace

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from articles.models import EntryKind, SearchEntry
from articles.searching import ranking
from articles.searching.asking import Asked
from articles.searching.dialects import EVERYWHERE, HEADINGS
from articles.searching.hits import Hit, hits
from articles.searching.nearby import nearby
from films.models import Film

PER_PAGE = 20
SUGGESTED = 8
FEW = 3  # Fewer results than these, and none by name, raise the question whether the spelling is right.


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader narrows a search to: things of one kind, articles of one kind, films of a decade."""

    kind: str = ""
    article_kind: str = ""
    decade: int | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Results:
    """What a query found: a page of hits, and how many there are of each kind.

    `decades` are those of the films found; `named` says that a name or title has the words. `meant` is what the query
    may have been meant to say; where it found nothing itself, these are the results for that, and `corrected` says so.
    """

    query: str
    page: Page | None = None
    counts: Counter[str] = field(default_factory=Counter)
    decades: tuple[int, ...] = ()
    named: bool = False
    meant: str = ""
    corrected: bool = False

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return self.counts.total()


def search(query: str, *, wanted: Wanted = EVERYTHING, page: int | str | None = 1) -> Results:
    """Return the *page* of what readers find now for *query*, best first; any text is a query.

    In a fixed number of queries, however much is found.
    """
    asked = Asked(query)
    results = _results(asked, wanted, page)
    if wanted != EVERYTHING or not _are_poor(results) or not (meant := nearby(asked)):
        return results
    if results.total:
        return replace(results, meant=meant.title())
    corrected = _results(Asked(meant), wanted, page)
    return replace(corrected, query=asked.whole, meant=meant.title(), corrected=True)


def suggest(query: str) -> list[Hit]:
    """Return the best few of what readers find now for *query*, or for what it may have been meant to say.

    Whoever is typing means a name: texts are searched only where no name, title or topic has the words.
    """
    asked = Asked(query)
    if not asked.terms or (len(asked.whole) < 2 and asked.whole.isascii()):
        return []
    found = _best(asked, HEADINGS) or _best(asked, EVERYWHERE)
    if not found and (meant := nearby(asked)):
        asked = Asked(meant)
        found = _best(asked, HEADINGS)
    return hits(found, asked.terms)


def _results(asked: Asked, wanted: Wanted, number: int | str | None) -> Results:
    if not asked.terms:
        return Results(asked.whole)
    entries = ranking.narrowed(ranking.found(asked), article_kind=wanted.article_kind, decade=wanted.decade)
    counts = _counts(entries)
    chosen = entries.filter(kind=wanted.kind) if wanted.kind else entries
    paginator = Paginator(ranking.ranked(chosen, asked).values_list("pk", "tier"), PER_PAGE)
    paginator.count = counts[wanted.kind] if wanted.kind else counts.total()  # It would ask the database again.
    page = paginator.get_page(number)
    found = list(page.object_list)
    page.object_list = hits(_entries([pk for pk, _ in found]), asked.terms)
    named = any(tier < ranking.TEXT for _, tier in found)
    return Results(asked.whole, page, counts, _decades(entries), named)


def _best(asked: Asked, where: str) -> list[SearchEntry]:
    """Return the few best entries, without their texts."""
    best = ranking.ranked(ranking.found(asked, where=where), asked).values_list("kind", "subject")[:SUGGESTED]
    return [SearchEntry(kind=kind, subject=subject) for kind, subject in best]


def _entries(pks: list[int]) -> list[SearchEntry]:
    """Return entries in the order of *pks*: a database that sorts them all should not carry their texts about."""
    rows = SearchEntry.objects.defer("names", "about", "prose").in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def _counts(entries: QuerySet[SearchEntry]) -> Counter[str]:
    counted = entries.order_by().values("kind").annotate(number=Count("pk"))
    return Counter({row["kind"]: row["number"] for row in counted})


def _decades(entries: QuerySet[SearchEntry]) -> tuple[int, ...]:
    found = entries.filter(kind=EntryKind.FILM).order_by().values("subject")
    years = Film.objects.filter(pk__in=found, year__isnull=False).order_by().values_list("year", flat=True).distinct()
    return tuple(sorted({year // 10 * 10 for year in years if year}))


def _are_poor(results: Results) -> bool:
    return not results.total or (results.total < FEW and not results.named)
