"""Finding the films and people that a table names, by address and id, and letting others who change them wait."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Q

from films.importing.table import Row
from films.lookup import Wanted, find
from films.models import Film, Person

IDS = ("imdb_id", "tmdb_id", "wikidata_id")
TOGETHER = 20  # Films that are looked up at once.
LOCKED = 500  # Rows that are locked at once.


@dataclass(frozen=True, slots=True)
class Told:
    """What a table's *row* says of a film or a person, by field."""

    row: Row
    columns: Mapping[str, Any]


def hold(films: Iterable[tuple[Told, Mapping[str, Told]]]) -> None:
    """Let others who change these films and their people wait until the transaction ends; raises Refused.

    Films come first, each kind in the order of its numbers, as `films.wholes` locks them, so that nobody waits in a
    circle. What is told of them is not kept, since a table may be long.
    """
    wanted: dict[type[Any], set[int]] = {Film: set(), Person: set()}
    for some in batched(films, TOGETHER, strict=False):
        told = {film.columns["slug"]: film for film, _ in some}
        people = {slug: person for _, people in some for slug, person in people.items()}
        wanted[Film].update(row.pk for row in _meant(Film, told).values())
        wanted[Person].update(row.pk for row in _meant(Person, people).values())
    for model, pks in wanted.items():
        for _ in _locked(model, pks):
            pass


def held[Subject: (Film, Person)](model: type[Subject], told: Mapping[str, Told]) -> dict[str, Subject]:
    """Return the rows that are meant, by address, as they are once nobody else changes them; raises Refused."""
    _check_ids(told.values())
    meant = {slug: row.pk for slug, row in _meant(model, told).items()}
    rows = {row.pk: row for row in _locked(model, set(meant.values()))}
    found = {slug: rows[pk] for slug, pk in meant.items() if pk in rows}
    for slug, row in found.items():
        _compare(row, told[slug])
    return found


def _meant[Subject: (Film, Person)](model: type[Subject], told: Mapping[str, Told]) -> dict[str, Subject]:
    """Return the row at each address, or with one of the ids."""
    found_at = find(Wanted(films=set(told)) if model is Film else Wanted(people=set(told)))
    addressed: Mapping[str, Any] = found_at.films if model is Film else found_at.people
    known: dict[tuple[str, Any], Subject] = _by_id(model, told.values())
    found: dict[str, Subject] = {}
    for slug, each in told.items():
        rows: list[Subject | None] = [addressed.get(slug)]
        rows += [known.get((name, each.columns[name])) for name in IDS]
        meant = {row.pk: row for row in rows if row}
        if len(meant) > 1:
            named = " and ".join(f"{row} ({row.slug})" for row in meant.values())
            raise each.row.refuse(f"The address and the ids are not one’s, but belong to {named}.", column_of(model()))
        for row in meant.values():
            found[slug] = row
    return found


def _locked[Subject: (Film, Person)](model: type[Subject], pks: Collection[int]) -> Iterator[Subject]:
    """Yield these rows in the order of their numbers, each as it is once others who change it have to wait."""
    rows = model._default_manager.select_for_update().order_by("pk")
    for some in batched(sorted(pks), LOCKED, strict=False):
        yield from rows.filter(pk__in=some)


def _by_id[Subject: (Film, Person)](model: type[Subject], told: Collection[Told]) -> dict[tuple[str, Any], Subject]:
    wanted = {name: [value for each in told if (value := each.columns[name])] for name in IDS}
    condition = Q(*((f"{name}__in", values) for name, values in wanted.items() if values), _connector=Q.OR)
    rows = model._default_manager.filter(condition) if any(wanted.values()) else []
    return {(name, value): row for row in rows for name in IDS if (value := getattr(row, name))}


def _check_ids(told: Collection[Told]) -> None:
    """Refuse an id that two have."""
    seen: dict[tuple[str, Any], Told] = {}
    for each in told:
        for name in IDS:
            if value := each.columns[name]:
                first = seen.setdefault((name, value), each)
                if first is not each:
                    raise each.row.refuse(f"{value} is the id of somebody else, on line {first.row.line}.", "person")


def _compare(row: Film | Person, told: Told) -> None:
    """Refuse what is told of somebody or something else at the same address."""
    for name in (*IDS, "year" if isinstance(row, Film) else "born"):
        here, there = (getattr(value, "year", value) for value in (getattr(row, name), told.columns[name]))
        if here and there and here != there:
            cause = f"{row} at this address has {here} for its {name}, not {there}: is this somebody or something else?"
            raise told.row.refuse(cause, column_of(row))


def column_of(row: Film | Person) -> str:
    """Return the column of the table in which *row* has its address."""
    return row._meta.model_name or ""
