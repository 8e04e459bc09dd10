"""Merging: two rows for one person, film or character become one, as one change that can be undone.

A merge is planned first, without writing anything (`plan`); `foresee` tells the plan and `merge` carries it out. What
refers to the loser is found by asking the models, so that a merge need not know who does (`following`).
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError

from films.merging.characters import plan_characters
from films.merging.films import plan_films
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
from films.merging.people import plan_people
from films.merging.plan import Plan
from films.models import Change, ChangeAction, Character, Film, Person
from films.moving import carry_out
from films.wholes import overlapped, recorded_whole

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

PLANS: dict[type[Any], Callable[[Any, Any, Collection[str]], Plan]] = {
    Film: plan_films,
    Character: plan_characters,
}
COUNTED = ("credits", "roles", "characters", "mentions", "articles", "pictures")
LATE = "Somebody else has just changed what would be merged. Look again."


def merge[Row: Person | Film | Character](
    survivor: Row,
    loser: Row,
    *,
    by: AbstractBaseUser | None,
    taken: Collection[str] = (),
    credited: bool | None = None,
    note: str = "",
) -> Change:
    """Make *loser* part of *survivor*, and return the Change of the survivor, or of its film, that says so.

    What the survivor does not say it gets from the loser; where both say something, the loser's value is kept of the
    fields that *taken* names. All that refers to the loser then refers to the survivor, and its address leads there.
    A person's credits that say no name stay credited as the loser where *credited* says so; None decides by whether the
    two names are only spelt in two ways. Raises MergeRefused, and then changes nothing.
    """
    subject, others = _touched(survivor, loser)
    try:
        with recorded_whole(subject, others, by=by, action=ChangeAction.MERGED) as whole:
            survivor, loser = _fresh(survivor, loser)
            plan = _planned(survivor, loser, taken, credited)
            _require(plan, others, _touched(survivor, loser)[1])
            whole.note = " ".join(filter(None, [_told(plan, survivor, loser), note]))
            whole.moved = carry_out(plan.moves)
    except DatabaseError as error:
        if not overlapped(error):
            raise
        raise Vanished(LATE) from None
    return whole.change


def foresee[Row: Person | Film | Character](
    survivor: Row, loser: Row, taken: Collection[str] = (), *, credited: bool | None = None
) -> Foreseen:
    """Return what `merge` would do with the same words, in a number of queries that does not grow with what moves."""
    try:
        survivor, loser = _fresh(survivor, loser)
    except MergeRefused as refusal:
        return Foreseen(refusals=(str(refusal),))
    return _planned(survivor, loser, taken, credited).foreseen


def _planned(survivor: Any, loser: Any, taken: Collection[str], credited: bool | None) -> Plan:
    if isinstance(survivor, Person):
        return plan_people(survivor, loser, taken, credited=credited)
    return PLANS[type(survivor)](survivor, loser, taken)


def _touched(survivor: Any, loser: Any) -> tuple[Film | Person, list[Film | Person]]:
    """Return what the merge is a change of, and what else it touches."""
    if isinstance(survivor, Person):
        films = Film.objects.filter(credits__person=loser.pk).only("pk", "title", "year", "disambiguation")
        return survivor, [loser, *films.order_by("pk").distinct()]
    return (survivor, [loser]) if isinstance(survivor, Film) else (survivor.film, [])


def _fresh(survivor: Any, loser: Any) -> tuple[Any, Any]:
    """Return both as they stand; raise Unlike or Vanished where they cannot be merged whatever they say."""
    if type(survivor) is not type(loser):
        raise Unlike(f"{survivor} and {loser} are not of one kind.")
    if survivor.pk == loser.pk:
        raise Unlike(f"{survivor} cannot be merged with itself.")
    rows = type(survivor)._default_manager.in_bulk([survivor.pk, loser.pk])
    gone = [row for row in (survivor, loser) if row.pk not in rows]
    if gone:
        raise Vanished(f"{gone[0]} is no longer there: deleted, or merged already.")
    survivor, loser = rows[survivor.pk], rows[loser.pk]
    if isinstance(survivor, Character) and survivor.film_id != loser.film_id:
        raise Unlike("Characters of two films cannot be merged.")
    return survivor, loser


def _require(plan: Plan, locked: Sequence[Film | Person], touched: Sequence[Film | Person]) -> None:
    """Raise where the plan cannot be carried out."""
    for refusal in plan.refusals:
        raise refusal
    if not set(touched) <= set(locked):
        raise Vanished(LATE)


def _told(plan: Plan, survivor: Any, loser: Any) -> str:
    """Say in a sentence what was merged: "Merged Sam Eliott (2 credits, 3 mentions) into Sam Elliott."."""
    counts = ", ".join(str(moving) for moving in plan.foreseen.moves if moving.noun in COUNTED)
    return f"Merged {loser}{f' ({counts})' if counts else ''} into {survivor}."
