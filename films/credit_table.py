"""The table in which credits are kept in a file: its columns, and how a cell says a value.

A row is a part of a credit: one with several parts has as many rows, which differ in the part alone, one without any
has a single row, and so has a film without credits. All that is said of film, person and character stands in each row.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Field, JSONField, Model

from films.models import Precision
from films.verifying import not_to_come

# By column, the field that it holds.
FILM = {
    "film": "slug",
    "title": "title",
    "sort_title": "sort_title",
    "year": "year",
    "film_disambiguation": "disambiguation",
    "film_imdb_id": "imdb_id",
    "film_tmdb_id": "tmdb_id",
    "film_wikidata_id": "wikidata_id",
    "original_title": "original_title",
    "original_language": "original_language",
    "runtime": "runtime",
    "logline": "logline",
    "countries": "countries",
    "languages": "languages",
    "film_source": "source",
    "film_verified_on": "verified_on",
}
PERSON = {
    "person": "slug",
    "name": "name",
    "sort_name": "sort_name",
    "name_order": "name_order",
    "born": "born",
    "died": "died",
    "person_disambiguation": "disambiguation",
    "person_imdb_id": "imdb_id",
    "person_tmdb_id": "tmdb_id",
    "person_wikidata_id": "wikidata_id",
}
LINE = ("department", "job", "billing", "joiner", "credited_as", "uncredited", "voice", "archive_footage", "as_self")
CREDIT = {name: name for name in (*LINE, "note", "source", "verified_on")}
PART = "part"
CHARACTER = {
    "character": "slug",
    "character_name": "name",
    "character_disambiguation": "disambiguation",
    "character_description": "description",
    "character_spoils": "spoils",
}
COLUMNS = (*FILM, *PERSON, *CREDIT, PART, *CHARACTER)

YES = "yes"
LIFE = ("born", "died")
LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

# What a spreadsheet takes for the start of a formula, wide signs and line ends too (https://owasp.org/www-community/
# attacks/CSV_Injection), and the sign that keeps it from doing so, so that a text with that sign survives as well.
GUARD = "'"
SIGNS = "=+\\-@＝＋－＠"
FORMULA = re.compile(rf"[{SIGNS}\t\r\n{GUARD}]")

# Where a spreadsheet of another country parts the cells, at semicolons, tabs or the ends of lines, a cell begins in the
# midst of ours; quotes around ours do not keep it from that, since they stand behind a comma and not at a beginning.
INNER = re.compile(rf'([;\t\r\n]"*)({GUARD}*[{SIGNS}])')
GUARDED = re.compile(rf'([;\t\r\n]"*){GUARD}({GUARD}*[{SIGNS}])')


def guarded(text: str) -> str:
    """Return *text* with an apostrophe wherever a spreadsheet would begin to reckon."""
    text = INNER.sub(rf"\1{GUARD}\2", text)
    return GUARD + text if FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that was `guarded`."""
    return GUARDED.sub(r"\1\2", cell.removeprefix(GUARD))


def cells(row: Model | None, columns: Mapping[str, str]) -> Iterator[str]:
    """Yield what *row* says in each of *columns*, a date as far as it is known; empty cells where there is no row."""
    for name in columns.values():
        value = getattr(row, name) if row else None
        if name in LIFE and value:
            yield value.isoformat()[: LENGTHS[getattr(row, f"{name}_precision")]]
        else:
            yield _said(value)


def value(model: type[Model], name: str, text: str) -> Any:
    """Return what the field *name* of *model* holds where its cell says *text*; raises ValidationError."""
    field: Field = model._meta.get_field(name)  # type: ignore[assignment]
    if isinstance(field, BooleanField):
        return _truth(text)
    said: Any = text.split() if isinstance(field, JSONField) else text or None if field.null else text
    found = field.clean(said, None)
    if name == "verified_on":
        not_to_come(found)
    return found


def life(name: str, text: str) -> dict[str, Any]:
    """Return the columns of a date of birth or death, known to the year, the month or the day; raises ValidationError.

    A birth that is not known to the day stands on the first, a death on the last that it can have been, so that the
    two are in order.
    """
    if not text:
        return {name: None, f"{name}_precision": Precision.DAY}
    match = PARTIAL.fullmatch(text)
    try:
        year, month, day = (int(part) if part else None for part in match.groups()) if match else (0, 0, 0)
        last = name == "died"
        month_known = month or (12 if last else 1)
        known = date(year or 0, month_known, day or (monthrange(year or 0, month_known)[1] if last else 1))
    except ValueError:
        raise ValidationError("A date is 1947, 1947-12 or 1947-12-08.") from None
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return {name: known, f"{name}_precision": precision}


def _said(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if isinstance(value, list):
        return " ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _truth(text: str) -> bool:
    if text not in ("", YES):
        raise ValidationError(f"Write “{YES}”, or leave it empty.")
    return text == YES
