"""Hits: entries with what a page shows of each, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import FETCH_RAISE, Model, Prefetch, QuerySet
from django.utils.safestring import SafeString

from articles.models import EntryKind, Publication, SearchEntry
from articles.rendering.typography import smarten
from articles.searching.marking import marked, snippet
from films.models import Character, Film, Person, Role


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a Publication, Film, Person or Character, with the words that found it to be marked.

    `text` is what an article says, without spoilers; "" of everything else.
    """

    kind: str
    row: Any
    terms: list[str]
    text: str = ""

    @property
    def name(self) -> str:
        """Its title or name."""
        if self.kind == EntryKind.ARTICLE:
            return smarten(self.row.revision.title)
        return self.row.title if self.kind == EntryKind.FILM else self.row.name

    @property
    def title(self) -> SafeString:
        """Its title or name, marked."""
        return marked(self.name, self.terms)

    @property
    def snippet(self) -> SafeString | None:
        """The passage in which an article has the words, or else its dek."""
        if self.kind != EntryKind.ARTICLE:
            return None
        return snippet(self.text, self.terms) or marked(smarten(self.row.revision.dek), self.terms) or None

    @property
    def note(self) -> str:
        """What tells it from namesakes, in a few words."""
        return ", ".join(str(each) for each in (EntryKind(self.kind).label, *self._notes()) if each)

    @property
    def url(self) -> str:
        """Where it is; a character is on its film's page."""
        if self.kind == EntryKind.CHARACTER:
            return f"{self.row.film.get_absolute_url()}#character-{self.row.slug}"
        return self.row.article.get_absolute_url() if self.kind == EntryKind.ARTICLE else self.row.get_absolute_url()

    def _notes(self) -> list[Any]:
        if self.kind == EntryKind.FILM:
            return [self.row.year, self.row.disambiguation]
        if self.kind == EntryKind.PERSON:
            return [self.row.years, self.row.disambiguation]
        return [self.row.film.title, self.row.film.year] if self.kind == EntryKind.CHARACTER else []


def hits(entries: Iterable[SearchEntry], terms: list[str]) -> list[Hit]:
    """Return *entries* as hits, in their order, without those that went away meanwhile."""
    entries = list(entries)
    rows = {kind: _by_subject(kind, [each.subject for each in some]) for kind, some in _by_kind(entries).items()}
    known = ((entry, rows[entry.kind].get(entry.subject)) for entry in entries)
    return [Hit(entry.kind, row, terms, entry.text) for entry, row in known if row]


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
    shown = Character.objects.filter(spoils=False).select_related("film").prefetch_related(played)
    return shown.fetch_mode(FETCH_RAISE)
