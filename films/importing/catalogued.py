"""Making the films and people that a table names and that are not there, and filling in what others lack."""

from collections.abc import Mapping, Set
from typing import Any

from django.core.exceptions import ValidationError

from films.changes import record_all, snapshots
from films.importing.holding import Told, column_of, held
from films.models import ChangeAction, Film, Person
from films.models.fields import FoldedField

EMPTY: tuple[Any, ...] = (None, "", [])


def film_of(told: Told) -> Film:
    """Return the film that is there, which nobody else then changes, or a new one without a row; raises Refused."""
    slug = told.columns["slug"]
    return held(Film, {slug: told}).get(slug) or Film()


def people_of(told: Mapping[str, Told], *, by, source: str) -> tuple[dict[str, Person], list[Person]]:
    """Return the people by the address that the table gives them, and who of them is new; raises Refused.

    Who is not there is made; who is there keeps what stands, and has filled in what was not known. Each that is new
    or changed gets a Change.
    """
    found = held(Person, told)
    late = {person.pk: person for slug, person in found.items() if lacking(person, told[slug])}
    before = snapshots(Person, late)
    for slug, person in found.items():
        fill(person, told[slug])
    record_all(list(late.values()), before, by=by, action=ChangeAction.IMPORTED, source=source)
    new = {slug: Person() for slug in told if slug not in found}
    for slug, person in new.items():
        put(person, told[slug])
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


def fill(row: Film | Person, told: Told) -> None:
    """Save in *row* what it was lacking, and no other column of one that is there; raises Refused."""
    if names := put(row, told):
        row.save(update_fields=_written(row, names) if row.pk else None)


def put(row: Film | Person, told: Told) -> Set[str]:
    """Put into *row* what it was lacking, and return the names of that; raises Refused.

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
    return missing.keys()


def _written(row: Film | Person, names: Set[str]) -> set[str]:
    """Return *names* with the columns that follow from them."""
    folded = (field for field in row._meta.fields if isinstance(field, FoldedField))
    return {*names, "updated_at"} | {field.name for field in folded if not names.isdisjoint(field.sources)}
