"""Loading 17,472 real films and 194,344 cast entries: `python -m benchmarks.importing`.

The data is movies.db of the PyPI package bokeh_sampledata (CC0), written out as IMDb's tables. It knows people by name
alone, so each name gets an id; its casts are alphabetical. Beside it stands a bare `executemany` of the same credits.
"""

import sqlite3
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.db import connection

from benchmarks.measuring import peak_megabytes, show
from benchmarks.site import site
from films.importing.imdb import import_imdb
from films.importing.imdb_rows import NAMES, PRINCIPALS, TITLES
from films.models import Credit, Film, Person

FILMS = 'SELECT imdbID, Title, Year, Runtime, Genre, Director, Writer, "Cast" FROM omdb ORDER BY imdbID'


def main():
    """Load the whole, load it again, load it bare; and once more to measure the memory, a tenth of it."""
    with TemporaryDirectory() as folder:
        lines = write_tables(Path(folder))
        rows = []
        with site():
            rows.append(row("load", lines, lambda: import_imdb(Path(folder))))
            rows.append(["", "films", Film.objects.count(), "people", Person.objects.count()])
            rows.append(["", "credits", Credit.objects.count(), "", ""])
            rows.append(row("load again: nothing changes", lines, lambda: import_imdb(Path(folder))))
            rows.append(row("the same rows bare, by executemany", Credit.objects.count(), bare))
        with site():
            rows.append(["peak MB of loading", "", peak_megabytes(lambda: import_imdb(Path(folder))), "", ""])
    show([connection.vendor, "lines", "seconds", "lines a second", ""], rows)


def row(what, lines, work):
    """Return how long *work* took, and how many *lines* a second that is."""
    start = perf_counter()
    work()
    seconds = perf_counter() - start
    return [what, lines, seconds, round(lines / seconds), ""]


def bare():
    """Copy the credits into a table without rules."""
    rows = list(Credit.objects.values_list("film", "person", "department", "job", "billing"))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (film bigint, person bigint, department text, job text, billing int)")
        cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s, %s)", rows)


def write_tables(folder: Path) -> int:
    """Write movies.db as IMDb's tables and return how many lines of credits there are."""
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
    return len(credits)


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


if __name__ == "__main__":
    main()
