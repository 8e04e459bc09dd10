"""Finding the films and people that a table names, by address and id, and making those that are not there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from films.changes import record_all, recorded
from films.importing.table import Row
from films.lookup import Wanted, find
from films.models import ChangeAction, Film, Person

IDS = ("imdb_id", "tmdb_id", "wikidata_id")
EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Told:
    """What a table's *row* says of a film or a person, by field."""

    row: Row
    columns: Mapping[str, Any]


def film_of(told: Told) -> Film:
    """Return the film that is there, or a new one without a row; raises Refused."""
    slug = told.columns["slug"]
    return _standing(Film, {slug: told}, find(Wanted(films={slug})).films).get(slug) or Film()


def people_of(told: Mapping[str, Told], *, by, source: str) -> tuple[dict[str, Person], list[Person]]:
    """Return the people by the address that the table gives them, and who of them is new; raises Refused.

    Who is not there is made; who is there keeps what stands, and has filled in what was not known. Each that is new
    or changed gets a Change.
    """
    found = _standing(Person, told, find(Wanted(people=set(told))).people)
    for slug, person in found.items():
        if lacking(person, told[slug]):
            with recorded(person, by=by, action=ChangeAction.IMPORTED, source=source):
                fill(person, told[slug])
                person.save()
    new = {slug: Person() for slug in told if slug not in found}
    for slug, person in new.items():
        fill(person, told[slug])
    Person.objects.bulk_create(new.values())
    record_all(list(new.values()), {}, by=by, action=ChangeAction.CREATED, source=source)
    return found | new, list(new.values())


def lacking(row: Film | Person, told: Told) -> dict[str, Any]:
    """Return what is told of *row* where it says nothing; of a new one, all."""
    said = told.columns
    if row.pk is None:
        return dict(said)
    bases = {name: name.removesuffix("_precision") for name in said}
    return {name: said[name] for name, base in bases.items() if getattr(row, base) in EMPTY and said[base] not in EMPTY}


def fill(row: Film | Person, told: Told) -> bool:
    """Put into *row* what it was lacking, and tell whether that was anything; raises Refused.

    What one column may hold is checked already; the rules between columns cost a query each, and people's are of dates.
    """
    missing = lacking(row, told)
    for name, value in missing.items():
        setattr(row, name, value)
    try:
        if missing and (isinstance(row, Film) or row.born or row.died):
            row.validate_constraints()
    except ValidationError as error:
        raise told.row.refuse(" ".join(error.messages), column_of(row)) from None
    return bool(missing)


def _standing[Subject: (Film, Person)](
    model: type[Subject], told: Mapping[str, Told], addressed: Mapping[str, Subject]
) -> dict[str, Subject]:
    """Return which rows the table means, by its addresses: those at the address, or with one of the ids."""
    _check_ids(told.values())
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
            _compare(row, each)
            found[slug] = row
    return found


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
