"""IMDb's three tables as records: titles, names and principals, line by line.

Format: https://developer.imdb.com/non-commercial-datasets/
"""

import json
import re

from films.importing.records import CreditRecord, FilmRecord, PersonRecord
from films.importing.tsv import BrokenLine, Row
from films.models import Department
from films.models.film import FIRST_FILM

TITLES = ("tconst", "titleType", "primaryTitle", "originalTitle", "startYear", "runtimeMinutes", "genres")
NAMES = ("nconst", "primaryName", "birthYear", "deathYear")
PRINCIPALS = ("tconst", "ordering", "nconst", "category", "job", "characters")

KINDS = {"movie", "tvMovie", "video", "short", "tvShort"}
CAST = {"actor", "actress", "self", "archive_footage"}
CREW = {
    "director": (Department.DIRECTING, ""),
    "writer": (Department.WRITING, "writer"),
    "producer": (Department.PRODUCTION, "producer"),
    "composer": (Department.MUSIC, "composer"),
    "cinematographer": (Department.CAMERA, "cinematographer"),
    "editor": (Department.EDITING, "editor"),
    "production_designer": (Department.ART, "production designer"),
    "casting_director": (Department.OTHER, "casting director"),
}
SOURCE = re.compile(r"\b(novel|novella|book|play|short story|memoir|article|comic|characters)\b", re.IGNORECASE)
MOST_MINUTES = 32_767
PLACES = 32_767
LIFE = (1700, 2100)


def film(row: Row) -> FilmRecord:
    """Return a line of title.basics; raises BrokenLine."""
    title = _text(row, "primaryTitle", most=300)
    original = _text(row, "originalTitle", most=300, required=False)
    return FilmRecord(
        imdb_id=_id(row, "tconst", "tt"),
        title=title,
        original_title=original if original != title else "",
        year=_number(row, "startYear", FIRST_FILM.year, 2100),
        runtime=_number(row, "runtimeMinutes", 0, MOST_MINUTES) or None,
        genres=tuple(filter(None, row["genres"].split(","))),
    )


def person(row: Row) -> PersonRecord:
    """Return a line of name.basics; raises BrokenLine."""
    born = _number(row, "birthYear", *LIFE)
    died = _number(row, "deathYear", *LIFE)
    if born and died and died < born:
        raise BrokenLine(f"deathYear {died} comes before birthYear {born}.")
    return PersonRecord(_id(row, "nconst", "nm"), _text(row, "primaryName", most=200), born, died)


def credit(row: Row, person: PersonRecord) -> CreditRecord:
    """Return a line of title.principals as *person*'s credit; raises BrokenLine."""
    category, place = row["category"], _number(row, "ordering", 1, PLACES) or 1
    if category in CAST:
        parts = () if category == "self" else _parts(row["characters"])
        archive = category == "archive_footage"
        return CreditRecord(person, Department.CAST, place, "", parts, category == "self", archive)
    if category not in CREW:
        raise BrokenLine(f"“{category}” is no category that is known.")
    department, usual = CREW[category]
    job = _text(row, "job", most=100, required=False)
    if department == Department.WRITING and SOURCE.search(job):
        department = Department.SOURCE
    return CreditRecord(person, department, place, job=usual if job in {"", category} else job)


def principal(row: Row) -> tuple[str, str]:
    """Return the ids of the title and of the person that a line of title.principals joins; raises BrokenLine."""
    return _id(row, "tconst", "tt"), _id(row, "nconst", "nm")


def _parts(text: str) -> tuple[str, ...]:
    """Return the characters of a cell, which holds a JSON list of them."""
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        raise BrokenLine("“characters” is no JSON list.") from None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BrokenLine("“characters” is no JSON list of names.")
    parts = tuple(dict.fromkeys(part for each in found if (part := " ".join(each.split()))))
    if any(len(part) > 200 or "\0" in part for part in parts):
        raise BrokenLine("“characters” holds a name that is too long or no name.")
    return parts


def _id(row: Row, column: str, prefix: str) -> str:
    if not re.fullmatch(rf"{prefix}[0-9]{{7,10}}", row[column]):
        raise BrokenLine(f"“{row[column][:40]}” is no {column}.")
    return row[column]


def _text(row: Row, column: str, *, most: int, required: bool = True) -> str:
    text = " ".join(row[column].split())
    if required and not text:
        raise BrokenLine(f"{column} is empty.")
    if len(text) > most:
        raise BrokenLine(f"{column} is longer than {most} characters.")
    return text


def _number(row: Row, column: str, least: int, most: int) -> int | None:
    text = row[column]
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise BrokenLine(f"{column} is “{text[:40]}”, not a number from {least} to {most}.")
    return int(text)
