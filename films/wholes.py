"""Wholes: one change that touches several films and people, told as a change of one with the others' as its parts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from films.changes import Snapshot, changed, record_all, snapshots, told_together
from films.models import Change, Film, Person
from films.moving import Move

DEADLOCK = "40P01"  # PostgreSQL's word for two who wait for each other, and for ending one of them.
MODELS = (Film, Person)  # In the order in which everybody locks them.

type Snapshots = dict[type[Film | Person], dict[int, Snapshot]]


@dataclass
class Whole:
    """What a `recorded_whole` block did: `moved`, which the block itself says, and its Change once it has ended.

    `before` are the snapshots of all that it touches.
    """

    before: Snapshots
    moved: list[Move] = field(default_factory=list)
    note: str = ""
    change: Change = field(init=False)


@contextmanager
def recorded_whole(
    subject: Film | Person,
    others: Sequence[Film | Person],
    *,
    by: AbstractBaseUser | None,
    action: str,
    note: str = "",
) -> Iterator[Whole]:
    """Do what stands inside as one step, and write a Change of *subject* with one of each of *others* as its part.

    An other that does not differ in the end has no part; one that is made inside had nothing before, one that goes has
    nothing after. Others who change any of them wait; `moved` has to tell the rows, see `films.moving`.
    """
    rows = [subject, *others]
    with transaction.atomic():
        lock(rows)
        before = taken(rows)
        whole = Whole(before, note=note)
        with told_together(rows):
            yield whole
        _mark(rows)
        after = taken(rows)
        columns: dict[str, Any] = {
            "film" if isinstance(subject, Film) else "person": subject,
            "about": str(subject)[:320],
            "by": by,
        }
        whole.change = Change.objects.create(
            **columns,
            action=action,
            note=whole.note[:300],
            before=before[type(subject)].get(subject.pk, {}),
            after=after[type(subject)].get(subject.pk, {}),
            moved=whole.moved,
        )
        changed.send(Change, changes=[whole.change])
        for model in MODELS:
            parts = [row for row in others if type(row) is model]
            record_all(parts, before[model], by=by, action=action, part_of=whole.change)


def overlapped(error: DatabaseError) -> bool:
    """Tell whether *error* comes of somebody else's changing the same rows at the same moment."""
    return isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") == DEADLOCK


def lock(rows: Iterable[Film | Person]) -> None:
    """Let others who change these wait: films first, each in the order of their numbers."""
    rows = list(rows)
    for model in MODELS:
        pks = [row.pk for row in rows if type(row) is model and row.pk]
        list(model._default_manager.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))


def taken(rows: Sequence[Film | Person]) -> Snapshots:
    """Return the snapshots of these rows, in a number of queries that does not grow with them."""
    pks = {model: [row.pk for row in rows if type(row) is model and row.pk] for model in MODELS}
    return {model: snapshots(model, found) if found else {} for model, found in pks.items()}


def _mark(rows: Iterable[Film | Person]) -> None:
    """Mark them as changed, whatever of them did."""
    rows = list(rows)
    for model in MODELS:
        pks = [row.pk for row in rows if type(row) is model]
        model._default_manager.filter(pk__in=pks).update(updated_at=timezone.now())
