"""Importing IMDb's tables: a folder of files into the catalogue, with a report of every line that was not taken."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import batched
from pathlib import Path

from django.db import IntegrityError, transaction

from films.importing import imdb_rows
from films.importing.loading import Loaded, load
from films.importing.records import CreditRecord, FilmRecord
from films.importing.spool import Spool, spooled
from films.importing.tsv import BrokenLine, Row, lines, table

SOURCE = "IMDb’s tables"
BATCH = 200  # Films in one transaction.
TOLD = 1000  # Broken lines that a report names; more are counted.


class Overtaken(Exception):
    """Somebody else took an address or an id that a batch needed, twice; films of earlier batches stand."""


@dataclass
class Report:
    """What an import read and did; `problems` are lines that were skipped: file, line and reason."""

    read: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)

    def skip(self, file: str, line: int, reason: object) -> None:
        """Write down that a line was skipped."""
        self.skipped += 1
        if len(self.problems) < TOLD:
            self.problems.append(f"{file}, line {line}: {reason}")

    def count(self, loaded: Loaded, spool: Spool) -> None:
        """Add what a batch did; somebody whom a dry run would add in several batches is one."""
        self.done.update(loaded.films)
        self.done["people added"] += spool.add_newcomers(loaded.people)
        self.done["credits added"] += loaded.credits

    def __str__(self) -> str:
        read = ", ".join(f"{count:,} of {file}" for file, count in self.read.items())
        films = ", ".join(f"{self.done[state]:,} {state}" for state in ("added", "changed", "unchanged"))
        also = f"{self.done['people added']:,} people and {self.done['credits added']:,} credits added"
        return f"Read {read}.\nFilms: {films}; {also}.\nLines skipped: {self.skipped:,}."


def import_imdb(
    folder: Path,
    *,
    ids: Collection[str] = (),
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
    batch: int = BATCH,
) -> Report:
    """Load the films of *folder*'s tables, or those with *ids* alone, and return the report.

    Films come in batches of *batch*, each in one transaction, so that an import that was stopped leaves whole films,
    and ends the same when it is run again. A dry run takes each batch back. *progress* hears how many films are done.
    Raises `tsv.Unreadable`, and Overtaken.
    """
    report = Report()
    with spooled() as spool:
        _Intake(spool, frozenset(ids), report).read(folder)
        report.problems += [f"title.basics: it has no film {key}." for key in spool.lacks(ids)]
        for films in batched(_records(spool, report), batch, strict=False):
            report.count(_tried(films) if dry_run else _loaded(films), spool)
            if progress:
                progress(len(films))
    return report


def _tried(films: Sequence[FilmRecord]) -> Loaded:
    """Load a batch and take it back."""
    with transaction.atomic():
        loaded = _loaded(films)
        transaction.set_rollback(True)
    return loaded


def _loaded(films: Sequence[FilmRecord]) -> Loaded:
    """Load a batch, once more where staff took an address or an id between its search and its use."""
    for _ in range(2):
        with suppress(IntegrityError):
            return load(films, source=SOURCE)
    raise Overtaken("Somebody else was writing the same films or people. Run the import again: it goes on from here.")


@dataclass(frozen=True)
class _Intake:
    """Takes the tables in, line by line; what is broken goes to the report, and the rest to the spool."""

    spool: Spool
    ids: Collection[str]
    report: Report

    def read(self, folder: Path) -> None:
        """Read all three tables, titles first, since they decide which credits, and these which names, are kept."""
        titles, principals, names = (table(folder, f) for f in ("title.basics", "title.principals", "name.basics"))
        self._each(titles, imdb_rows.TITLES, self._title)
        self._each(principals, imdb_rows.PRINCIPALS, self._principal)
        self.spool.index()
        self._each(names, imdb_rows.NAMES, self._name)

    def _each(self, path: Path, columns: Sequence[str], take: Callable[[int, Row], None]) -> None:
        for line, row in lines(path, columns):
            self.report.read[path.name] += 1
            try:
                if isinstance(row, BrokenLine):
                    raise row
                take(line, row)
            except BrokenLine as broken:
                self.report.skip(path.name, line, broken)

    def _title(self, line: int, row: Row) -> None:
        if row["titleType"] not in imdb_rows.KINDS or (self.ids and row["tconst"] not in self.ids):
            return
        film = imdb_rows.film(row)
        if not self.spool.add_title(film.imdb_id, row):
            raise BrokenLine(f"{film.imdb_id} stands in the file twice.")

    def _principal(self, line: int, row: Row) -> None:
        self.spool.add_principal(*imdb_rows.principal(row), line, row)

    def _name(self, line: int, row: Row) -> None:
        if not self.spool.wants_name(row["nconst"]):
            return
        try:
            imdb_rows.person(row)
        except BrokenLine as broken:
            # Years that cannot be are told of and left out; without a name there is nobody.
            row = {**row, "birthYear": "", "deathYear": ""}
            imdb_rows.person(row)
            self.report.skip("name.basics", line, broken)
        self.spool.add_name(row["nconst"], row)


def _records(spool: Spool, report: Report) -> Iterator[FilmRecord]:
    for title, credits in spool.titles():
        found = dict.fromkeys(credit for line, row, name in credits if (credit := _credit(line, row, name, report)))
        yield replace(imdb_rows.film(title), credits=tuple(found))


def _credit(line: int, row: Row, name: Row | None, report: Report) -> CreditRecord | None:
    try:
        if name is None:
            raise BrokenLine(f"{row['nconst']} does not stand in name.basics.")
        return imdb_rows.credit(row, imdb_rows.person(name))
    except BrokenLine as broken:
        report.skip("title.principals", line, broken)
        return None
