"""The dashboard's share of the catalogue: films that want credits, what wants checking, what was changed last."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from films.checking.queues import KEPT, queues_of
from films.completeness import incomplete
from films.models import Film, Person

ROWS = 6


@dataclass(frozen=True)
class Section:
    """The first few rows of something, and how many there are in all."""

    rows: list[Any]
    count: int


@dataclass(frozen=True)
class Lacking:
    """A few films without cast or director, the newest on the desk first, and how many there are of either sort."""

    rows: list[Film]
    cast: int
    director: int


@dataclass(frozen=True)
class Checks:
    """How many wait in each queue, by its name; and how many films are incomplete, None for who completes none."""

    queues: list[tuple[str, str]]
    incomplete: int | None


def first(queryset):
    """Return the first rows of *queryset* and their number, in two queries."""
    return Section(list(queryset[:ROWS]), queryset.count())


def lacking_credits(user):
    """Return the films whose credits *user* is to complete; None for those who keep no credits."""
    if not (user.has_perm("films.change_film") and user.has_perm("films.change_credit")):
        return None
    newest = Film.objects.lacking_credits().order_by("-created_at", "-pk")
    return Lacking(
        rows=list(newest[:ROWS]),
        cast=Film.objects.without_cast().count(),
        director=Film.objects.without_director().count(),
    )


def checks(user):
    """Return the queues that *user* is to work through, and how many films something is missing of; None for neither.

    The figures are of the last ten minutes: counting what may be wrong takes longer than a dashboard should.
    """
    queues = [(queue.name, queue.figure) for queue in queues_of(user)]
    if not queues:
        return None
    counted = user.has_perm("films.change_film")
    return Checks(queues, cache.get_or_set("films-incomplete", incomplete, KEPT) if counted else None)


def changed_lately(user):
    """Return the films and the people changed last, each a list; None for what *user* may not change."""
    return {
        "films": _latest(Film.objects.all()) if user.has_perm("films.change_film") else None,
        "people": _latest(Person.objects.all()) if user.has_perm("films.change_person") else None,
    }


def _latest(rows):
    return list(rows.order_by("-updated_at", "-pk")[:ROWS])
