"""Standing: which moves can still be carried out, since their rows are as they were left."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model

from films.models import (
    Character,
    CharacterAddress,
    CharacterName,
    Credit,
    Film,
    FilmTitle,
    Person,
    PersonName,
    Release,
    Role,
)
from films.moving import Move, Rows, taken_down

TOLD: tuple[type[Model], ...] = (Film, FilmTitle, Release, Film.genres.through, Person, PersonName, Credit, Role)
TOLD += (Character, CharacterName, CharacterAddress)  # What snapshots tell.


class Astray(Exception):
    """A row of a film or a person is not as it was left, or needs one that is gone."""


def possible(moved: Sequence[Move]) -> list[Move]:
    """Return those of *moved* that can be carried out: their rows are as they say, and what they need is there.

    What has gone its own way since, such as an article that is filed elsewhere by now, is left out; where that is a
    film's or a person's own, of which snapshots tell, Astray is raised.
    """
    rows, there = _rows(moved), _there(moved)
    strict = {model._meta.label_lower for model in TOLD}
    found = []
    for move in moved:
        if _stands(move, rows) and _needed(move) <= there:
            found.append(move)
        elif move["model"] in strict:
            raise Astray("It has been changed since in a way that left no history.")
    return found


def _rows(moved: Sequence[Move]) -> Rows:
    """Return the rows that are there, of those that *moved* are about."""
    keys = defaultdict(list)
    for move in moved:
        keys[move["model"]].append(move["id"])
    return taken_down(*(apps.get_model(label)._base_manager.filter(pk__in=pks) for label, pks in keys.items()))


def _stands(move: Move, rows: Rows) -> bool:
    row = rows.get((move["model"], move["id"] or 0))
    if row is None or move["before"] is None:
        return row is None and move["before"] is None
    passing = _stamps(apps.get_model(move["model"]))
    return all(row[name] == value for name, value in move["before"].items() if name not in passing)


def _stamps(model: type[Model]) -> set[str]:
    """Return the columns that say only when a row was last saved."""
    fields: list[Any] = list(model._meta.concrete_fields)
    return {field.attname for field in fields if getattr(field, "auto_now", False)}


def _needed(move: Move) -> set[tuple[type[Model], int | None]]:
    """Return the rows to which what *move* makes, or changes, will refer."""
    model, after = apps.get_model(move["model"]), move["after"] or {}
    fields: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation]
    return {(field.related_model, after[field.attname]) for field in fields if after.get(field.attname)}


def _there(moved: Sequence[Move]) -> set[tuple[type[Model], int | None]]:
    """Return which of the rows that *moved* need are there, or are made by them."""
    wanted = defaultdict(set)
    for model, pk in set().union(*map(_needed, moved)):
        wanted[model].add(pk)
    made = {(apps.get_model(move["model"]), move["id"]) for move in moved if move["before"] is None}
    there = {
        (model, pk)
        for model, pks in wanted.items()
        for pk in model._base_manager.filter(pk__in=pks).order_by().values_list("pk", flat=True)
    }
    return made | there
