"""Merging: two rows for one person, film or character become one, as one change that can be undone."""

from collections.abc import Collection

from django.contrib.auth.models import AbstractBaseUser

from films.merging.foreseen import (
    Choice,
    Distinct,
    Fill,
    Foreseen,
    Impossible,
    MergeRefused,
    Moving,
    Together,
    Unlike,
    Vanished,
)
from films.models import Change, Character, Film, Person

__all__ = [
    "Choice",
    "Distinct",
    "Fill",
    "Foreseen",
    "Impossible",
    "MergeRefused",
    "Moving",
    "Together",
    "Unlike",
    "Vanished",
    "foresee",
    "merge",
]

type Mergeable = Person | Film | Character


def merge[Row: Person | Film | Character](
    survivor: Row, loser: Row, *, by: AbstractBaseUser | None, taken: Collection[str] = (), note: str = ""
) -> Change:
    """Make *loser* part of *survivor*, and return the Change of the survivor, or of its film, that says so.

    What the survivor does not say it gets from the loser; where both say something, the loser's value is kept of the
    fields that *taken* names. All that refers to the loser then refers to the survivor, and its address leads there.
    Raises MergeRefused, and then changes nothing.
    """
    raise NotImplementedError


def foresee[Row: Person | Film | Character](survivor: Row, loser: Row, taken: Collection[str] = ()) -> Foreseen:
    """Return what `merge` would do with the same words, in a number of queries that does not grow with what moves."""
    raise NotImplementedError
