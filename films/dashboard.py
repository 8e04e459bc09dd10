"""The dashboard's share of the catalogue: films that want credits, and what was changed last."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

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


def first(queryset):
    """Return the first rows of *queryset* and their number, in two queries."""
    return Section(list(queryset[:ROWS]), queryset.count())


def lacking_credits(user):
    """Return the films whose credits *user* is to complete; None for those who keep no credits."""
    if not (user.has_perm("films.change_film") and user.has_perm("films.change_credit")):
        return None
    films = Film.objects.lacking_credits()
    counts = films.aggregate(
        cast=Count("pk", filter=Q(lacks_cast=True)), director=Count("pk", filter=Q(lacks_director=True))
    )
    return Lacking(list(films.order_by("-created_at", "-pk")[:ROWS]), **counts)


def changed_lately(user):
    """Return the films and the people changed last, each a list; None for what *user* may not change."""
    return {
        "films": _latest(Film.objects.all()) if user.has_perm("films.change_film") else None,
        "people": _latest(Person.objects.all()) if user.has_perm("films.change_person") else None,
    }


def _latest(rows):
    return list(rows.order_by("-updated_at", "-pk")[:ROWS])
