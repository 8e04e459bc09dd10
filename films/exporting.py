"""Writing credits to a file, as a table that `import_credits` reads back to the same films, people and credits."""

import csv
from collections.abc import Iterator
from itertools import chain

from films import names
from films.credit_table import CHARACTER, COLUMNS, CREDIT, FILM, PERSON, cells, guarded
from films.models import Credit, Department, Film, Role
from films.models.film import FilmQuerySet

FILMS = 100  # Held at once.
_PLACES = {department: place for place, department in enumerate(Department.values)}


def credits_csv(films: FilmQuerySet) -> Iterator[str]:
    """Yield the lines of a CSV file of all credits of *films*, in the order in which they came into the catalogue.

    Holds a few films at a time. The order of the lines survives an import, and so does every byte.
    """
    writer = csv.writer(_Passing())
    yield writer.writerow(COLUMNS)
    for film in films.order_by("pk").with_credits().iterator(chunk_size=FILMS):
        for row in _rows(film):
            yield writer.writerow(map(guarded, row))


class _Passing:
    """A file that keeps nothing, and hands on each line that is written to it."""

    def write(self, line: str) -> str:
        """Return *line*."""
        return line


def _rows(film: Film) -> Iterator[Iterator[str]]:
    film.sort_title = film.sort_title or names.sort_title(film.title)
    facts = tuple(cells(film, FILM))
    credits = sorted(film.all_credits, key=lambda credit: _PLACES[credit.department])  # type: ignore[attr-defined]
    for credit in credits or [None]:
        for said in _parts(credit):
            yield chain(facts, said)


def _parts(credit: Credit | None) -> Iterator[Iterator[str]]:
    """Yield what stands behind the film's columns: a row for each part, or the only one."""
    person = credit.person if credit else None
    if person:
        person.sort_name = person.sort_name or names.sort_name(person.name, person.name_order)
    line = (*cells(person, PERSON), *cells(credit, CREDIT))
    roles: list[Role | None] = [*credit.roles.all()] if credit else []
    for role in roles or [None]:
        yield chain(line, [role.label if role else ""], cells(role.character if role else None, CHARACTER))
