"""A spool on disk, where the tables meet: however long they are, memory holds a few films at a time."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from films.importing.tsv import Row

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE title (id TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID;
CREATE TABLE name (id TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID;
CREATE TABLE newcomer (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE principal (title TEXT, name TEXT, line INTEGER, row TEXT);
"""


class Spool:
    """Rows of the three tables, by title; those of principals with their line numbers."""

    def __init__(self, file: Path):
        self._rows = sqlite3.connect(file)
        self._rows.executescript(SCHEMA)

    def add_title(self, key: str, row: Row) -> bool:
        """Keep a title; tell whether it is there for the first time."""
        return self._add("INSERT OR IGNORE INTO title VALUES (?, ?)", key, json.dumps(row))

    def lacks(self, keys: Iterable[str]) -> list[str]:
        """Return those of *keys* that are no title's."""
        known = "SELECT 1 FROM title WHERE id = ?"
        return [key for key in keys if not self._rows.execute(known, (key,)).fetchone()]

    def add_principal(self, title: str, name: str, line: int, row: Row) -> None:
        """Keep a line of the credits of a title that was kept; any other is let go."""
        wanted = "INSERT INTO principal SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM title WHERE id = ?)"
        self._add(wanted, title, name, line, json.dumps(row), title)

    def index(self) -> None:
        """Get ready for names, once all principals are in."""
        self._rows.execute("CREATE INDEX principal_title ON principal (title)")
        self._rows.execute("CREATE INDEX principal_name ON principal (name)")

    def wants_name(self, key: str) -> bool:
        """Tell whether one of the principals names *key*."""
        return bool(self._rows.execute("SELECT 1 FROM principal WHERE name = ? LIMIT 1", (key,)).fetchone())

    def add_name(self, key: str, row: Row) -> None:
        """Keep somebody."""
        self._add("INSERT OR REPLACE INTO name VALUES (?, ?)", key, json.dumps(row))

    def add_newcomers(self, keys: Iterable[str]) -> int:
        """Keep who was added to the catalogue; return how many are there for the first time."""
        return sum(self._add("INSERT OR IGNORE INTO newcomer VALUES (?)", key) for key in keys)

    def titles(self) -> Iterator[tuple[Row, list[tuple[int, Row, Row | None]]]]:
        """Yield each title with its credits: the line, its row, and whom it names, None for nobody."""
        found = self._rows.execute(
            "SELECT title.id, title.row, principal.line, principal.row, name.row FROM title "
            "LEFT JOIN principal ON principal.title = title.id LEFT JOIN name ON name.id = principal.name "
            "ORDER BY title.id, principal.line"
        )
        for _, rows in groupby(found, key=itemgetter(0)):
            (_, title, *_), *_ = together = list(rows)
            yield json.loads(title), [_parsed(*row[2:]) for row in together if row[2]]

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

    def _add(self, statement: str, *values: object) -> bool:
        return self._rows.execute(statement, values).rowcount == 1


def _parsed(line: int, credit: str, name: str | None) -> tuple[int, Row, Row | None]:
    return line, json.loads(credit), json.loads(name) if name else None


@contextmanager
def spooled() -> Iterator[Spool]:
    """Open a spool in a temporary folder, and take it away afterwards."""
    with TemporaryDirectory(prefix="rushcms-import-") as folder:
        spool = Spool(Path(folder) / "spool.sqlite3")
        try:
            yield spool
        finally:
            spool.close()
