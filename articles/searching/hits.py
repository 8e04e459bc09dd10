"""Hits: entries with what a page shows of each, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import FETCH_RAISE, Model, Prefetch, QuerySet
from django.utils.safestring import SafeString

from articles.models import EntryKind, Publication, SearchEntry
from articles.searching.marking import marked, snippet
from films.models import Character, Film, Person, Role


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its kind, a Publication, Film, Person or Character, its title and what it says, marked."""

    kind: EntryKind
    row: Any
    title: SafeString
    snippet: SafeString | None
    url: str


def hits(entries: Iterable[SearchEntry], terms: list[str], *, texts: bool = True) -> list[Hit]:
    """Return *entries* as hits, in their order, without those that went away meanwhile; with *texts* or without."""
    entries = list(entries)
    rows = {kind: _by_subject(kind, [each.subject for each in some]) for kind, some in _by_kind(entries).items()}
    known = ((entry, rows[entry.kind].get(entry.subject)) for entry in entries)
    return [_hit(entry, row, terms, texts) for entry, row in known if row]


def _hit(entry: SearchEntry, row: Any, terms: list[str], texts: bool) -> Hit:
    kind = EntryKind(entry.kind)
    if kind == EntryKind.ARTICLE:
        said = (snippet(entry.text, terms) or marked(row.revision.dek, terms) or None) if texts else None
        return Hit(kind, row, marked(row.revision.title, terms), said, row.article.get_absolute_url())
    if kind == EntryKind.FILM:
        return Hit(kind, row, marked(row.title, terms), None, row.get_absolute_url())
    if kind == EntryKind.PERSON:
        return Hit(kind, row, marked(row.name, terms), None, row.get_absolute_url())
    return Hit(kind, row, marked(row.name, terms), None, f"{row.film.get_absolute_url()}#character-{row.slug}")


def _by_kind(entries: list[SearchEntry]) -> dict[str, list[SearchEntry]]:
    parted = defaultdict(list)
    for entry in entries:
        parted[entry.kind].append(entry)
    return parted


def _by_subject(kind: str, subjects: list[int]) -> dict[int, Model]:
    if kind == EntryKind.ARTICLE:
        live = Publication.objects.live().filter(revision__in=subjects).with_first().for_list()
        return {publication.revision_id: publication for publication in live}
    return _rows(kind).in_bulk(subjects)


def _rows(kind: str) -> QuerySet:
    if kind == EntryKind.FILM:
        return Film.objects.for_list()
    if kind == EntryKind.PERSON:
        return Person.objects.for_list()
    played = Prefetch("roles", Role.objects.select_related("credit__person"), "played")
    return (
        Character.objects.filter(spoils=False).select_related("film").prefetch_related(played).fetch_mode(FETCH_RAISE)
    )
