"""Restoring: writing what a snapshot says of a film or a person over what stands there, under the same row ids."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from films.changes import CHARACTER, LINE, PERSON, RELEASE, Snapshot
from films.changes import FILM as FACTS
from films.models import (
    Character,
    CharacterAddress,
    CharacterName,
    Credit,
    Film,
    FilmTitle,
    Genre,
    Person,
    PersonName,
    Release,
    Role,
)

NAME = ("text", "kind")
ROLE = ("position", "label", "character")


def restore(subject: Film | Person, *, now: Snapshot, then: Snapshot) -> None:
    """Make the rows of *subject*, which say *now*, say *then*; where *now* is {}, make them again.

    Call it inside a transaction that has the row locked. Raises ProtectedError or RestrictedError where something
    needs a row that would go, and IntegrityError where something has come to stand in the place of another.
    """
    _restore_facts(subject, then["facts"], made=not now)
    if isinstance(subject, Film):
        subject.genres.set(Genre.objects.filter(name__in=then["facts"]["genres"]))
        _replace(FilmTitle, NAME, now.get("titles", ()), then["titles"], film=subject)
        _replace(Release, RELEASE, now.get("releases", ()), then["releases"], film=subject)
        _restore_credits(subject, now, then)
    else:
        _replace(PersonName, NAME, now.get("names", ()), then["names"], person=subject)


def lines(taken: Snapshot) -> list[Snapshot]:
    """Return the lines of the cast and the crew that a snapshot has; none of {} or of a person's."""
    return [*taken.get("cast", ()), *taken.get("crew", ())]


def _restore_facts(subject: Film | Person, facts: Snapshot, *, made: bool) -> None:
    names = FACTS if isinstance(subject, Film) else PERSON
    if not made:
        subject.refresh_from_db()
    for column, value in _columns(type(subject), facts, names).items():
        setattr(subject, column, value)
    subject.save(force_insert=made)


def _restore_credits(film: Film, now: Snapshot, then: Snapshot) -> None:
    """Make the credits anew that differ: nothing refers to a credit but its roles, and no two are ever in one place."""
    gone, fresh = _differing(lines(now), lines(then), "credit")
    Credit.objects.filter(pk__in=gone).delete()
    _restore_characters(film, now.get("characters", ()), then["characters"])
    Credit.objects.bulk_create(
        Credit(pk=line["credit"], film=film, **_columns(Credit, line, (*LINE, "person"))) for line in fresh
    )
    Role.objects.bulk_create(
        Role(credit_id=line["credit"], pk=role["id"], **_columns(Role, role, ROLE))
        for line in fresh
        for role in line["roles"]
    )


def _restore_characters(film: Film, now: Sequence[Snapshot], then: Sequence[Snapshot]) -> None:
    """Change characters in place, since texts and roles refer to them."""
    standing = {row["id"] for row in now}
    gone, fresh = _differing(now, then)
    Character.objects.filter(pk__in=standing - {row["id"] for row in then}).delete()
    rows = [Character(pk=row["id"], film=film, **_columns(Character, row, CHARACTER)) for row in fresh]
    Character.objects.bulk_create(
        [row for row in rows if row.pk in standing],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*CHARACTER, "folded"],
    )
    Character.objects.bulk_create(row for row in rows if row.pk not in standing)
    _restore_beside(CharacterName, NAME, "names", gone, fresh)
    _restore_beside(CharacterAddress, ("slug",), "addresses", gone, fresh)


def _restore_beside(
    model: type[Model], names: Iterable[str], part: str, gone: Sequence[int], fresh: Iterable[Snapshot]
) -> None:
    """Make anew what stands beside each character of *fresh*, those who differ."""
    model._default_manager.filter(character__in=gone).delete()
    model._default_manager.bulk_create(
        model(pk=each["id"], character_id=row["id"], **_columns(model, each, names))
        for row in fresh
        for each in row.get(part, ())
    )


def _replace(
    model: type[Model], names: Iterable[str], now: Sequence[Snapshot], then: Sequence[Snapshot], **owner: Model
) -> None:
    """Make the rows of *owner* anew that differ; nothing refers to them."""
    gone, fresh = _differing(now, then)
    model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(model(pk=row["id"], **owner, **_columns(model, row, names)) for row in fresh)


def _differing(now: Iterable[Snapshot], then: Iterable[Snapshot], key: str = "id") -> tuple[list[int], list[Snapshot]]:
    """Return the ids of what is no longer as it was, and what it was."""
    old, new = ({row[key]: row for row in rows} for rows in (now, then))
    gone = [pk for pk, row in old.items() if new.get(pk) != row]
    return gone, [row for pk, row in new.items() if old.get(pk) != row]


def _columns(model: type[Model], row: Snapshot, names: Iterable[str]) -> dict[str, Any]:
    """Return the columns of *names* with what *row* says of them, as their fields have it.

    What there was no column for when *row* was written down is what the column has by default.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    said = {field: row[field.name] if field.name in row else field.get_default() for field in fields}
    return {field.attname: field.to_python(value) for field, value in said.items()}
