"""17,472 real films and 194,344 cast entries: movies.db of the PyPI package bokeh_sampledata (CC0) as IMDb's tables.

It knows people by name alone, so each name gets an id; its casts are alphabetical.
"""

import sqlite3
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from films.importing.imdb_rows import NAMES, PRINCIPALS, TITLES

FILMS = 'SELECT imdbID, Title, Year, Runtime, Genre, Director, Writer, "Cast" FROM omdb ORDER BY imdbID'


def write_tables(folder: Path) -> tuple[int, list[str]]:
    """Write movies.db as IMDb's tables; return how many lines of credits there are, and the films' ids."""
    data = next(Path(find_spec("bokeh_sampledata").origin).parent.rglob("movies.db"))
    films = sqlite3.connect(data).execute(FILMS).fetchall()
    numbers = count(1)
    ids: dict[str, str] = {}
    credits = [
        (film[0], str(place), ids.setdefault(name, f"nm{next(numbers):07}"), category, "\\N", "\\N")
        for film in films
        for place, (category, name) in enumerate(people(film), start=1)
    ]
    basics = [
        (key, "movie", title, title, year, f"{runtime:.0f}", genres)
        for key, title, year, runtime, genres in map(facts, films)
    ]
    write(folder / "title.basics.tsv", TITLES, basics)
    write(folder / "title.principals.tsv", PRINCIPALS, credits)
    write(folder / "name.basics.tsv", NAMES, ((key, name, None, None) for name, key in ids.items()))
    return len(credits), [film[0] for film in films]


def facts(film):
    """Return a film's facts as IMDb writes them."""
    key, title, year, runtime, genres, *_ = film
    return key, title, year, runtime or 0, (genres or "").replace(", ", ",") or None


def people(film) -> Iterator[tuple[str, str]]:
    """Yield everybody of a film with their category."""
    for category, names in zip(("director", "writer", "actor"), film[5:], strict=True):
        for name in dict.fromkeys(filter(None, (names or "").split(", "))):
            yield category, name


def write(path: Path, columns, rows):
    """Write a table."""
    with path.open("w", encoding="utf-8") as file:
        for cells in [columns, *rows]:
            file.write("\t".join("\\N" if cell is None else str(cell) for cell in cells) + "\n")
