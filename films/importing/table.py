"""Reading a table of credits, as `films.credit_table` has it, film by film; what cannot stand is named by its place."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from films.credit_table import COLUMNS, LIFE, life, unguarded, value

MARKS = {"film", "person", "department", "part"}  # Columns by which such a table is known.


class Refused(Exception):
    """Something in a table that cannot be taken; the message names the file, the line and mostly the column."""

    def __init__(self, file: str, line: int, cause: str, column: str = ""):
        super().__init__(f"{file}, line {line}{f', column {column}' if column else ''}: {cause}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, by column, with the line on which it starts."""

    file: str
    line: int
    cells: Mapping[str, str]

    def refuse(self, cause: str, column: str = "") -> Refused:
        """Return what to raise where something in this row cannot be taken."""
        return Refused(self.file, self.line, cause, column)

    def values(self, model: type[Model], columns: Mapping[str, str]) -> dict[str, Any]:
        """Return the fields of *model* that *columns* hold, as the model has them; raises Refused."""
        found: dict[str, Any] = {}
        for column, name in columns.items():
            try:
                text = self.cells[column]
                found |= life(name, text) if name in LIFE else {name: value(model, name, text)}
            except ValidationError as error:
                raise self.refuse(" ".join(error.messages), column) from None
        return found


def is_table(path: Path) -> bool:
    """Tell whether the file at *path* begins with the headings of such a table."""
    with path.open("rb") as file:
        start = file.readline(10_000).decode("utf-8-sig", "replace")
    return set(next(csv.reader(start.splitlines()[:1]), [])) >= MARKS


def films(path: Path) -> Iterator[list[Row]]:
    """Yield the rows of each film, one film at a time; raises Refused."""
    seen: set[str] = set()
    for film, together in groupby(rows(path), key=lambda row: row.cells["film"]):
        found = list(together)
        if not film:
            raise found[0].refuse("No film is named in this row, by an address.", "film")
        if film in seen:
            raise found[0].refuse(f"The rows of {film} do not stand together: sort the table by film.", "film")
        seen.add(film)
        yield found


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows below the headings; raises Refused."""
    with path.open("rb") as file:
        reader = csv.reader(_lines(path.name, file), strict=True)
        headings = _headings(path.name, next(reader, []))
        start = reader.line_num + 1
        while (cells := _next(reader, path.name, start)) is not None:
            if cells:
                yield Row(path.name, start, _by_column(path.name, start, headings, cells))
            start = reader.line_num + 1


def alike(rows: Iterable[Row], columns: Iterable[str], *, key: Callable[[Row], Any]) -> dict[Any, Row]:
    """Return the first of *rows* for each *key*, and raise Refused where another says otherwise in one of *columns*."""
    first: dict[Any, Row] = {}
    checked = list(columns)
    for row in rows:
        same = first.setdefault(key(row), row)
        for column in checked:
            if row.cells[column] != same.cells[column]:
                raise row.refuse(f"“{row.cells[column]}” here, and “{same.cells[column]}” on line {same.line}.", column)
    return first


def _lines(name: str, file: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(file, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise Refused(name, number, f"It is not UTF-8: byte {error.start + 1} of the line.") from None
        if "\0" in text:
            raise Refused(name, number, "It holds a NUL character.")
        yield text


def _next(reader: Iterator[list[str]], name: str, line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise Refused(name, line, f"This is no well-formed CSV: {error}.") from None


def _headings(name: str, headings: list[str]) -> list[str]:
    lacking = [column for column in COLUMNS if column not in headings]
    strange = [column for column in headings if column not in COLUMNS]
    if lacking or strange or len(headings) > len(COLUMNS):
        cause = "There is no such column" if lacking else "No such column is known" if strange else "It stands twice"
        twice = next((column for column in headings if headings.count(column) > 1), "")
        raise Refused(name, 1, f"{cause}.", (lacking or strange or [twice])[0])
    return headings


def _by_column(name: str, line: int, headings: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(headings):
        raise Refused(name, line, f"There are {len(cells)} cells, and {len(headings)} columns.")
    return {heading: unguarded(cell) for heading, cell in zip(headings, cells, strict=True)}
