"""Undoing wholes: a merge or a split is taken back with all its parts, to the very rows that stood there before.

What was made with it goes again, unless something has come to use it; what went is made again under its old id, with
its history. The undoing is such a whole itself.
"""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.redirects.models import Redirect
from django.db.utils import IntegrityError

from films.models import Change, ChangeAction, Film, Person
from films.moving import Move, carry_out, counted, noun, taken_down, turned_round, users
from films.standing import Astray, possible
from films.undoable import (
    Gone,
    InUse,
    OnlyPart,
    Overtaken,
    Taken,
    model_of,
    require_own,
    require_picture,
    require_standing,
    subject_of,
    told,
)
from films.wholes import Snapshots, recorded_whole, taken

type Rows = Sequence[Film | Person]


def is_whole(change: Change) -> bool:
    """Tell whether *change* touched more than what it is about."""
    return bool(change.moved) or change.parts.exists()


def require_whole(change: Change) -> None:
    """Raise OnlyPart where *change* is part of another one."""
    if change.part_of:
        raise OnlyPart(f"This is part of what {told(change.part_of)}: undo that as a whole.")


def undo_whole(change: Change, *, by: AbstractBaseUser | None) -> Change:
    """Take *change* back with its parts, and return the Change that says so; see `films.undoing.undo`."""
    parts = _parts(change)
    rows = [subject_of(part) for part in parts]
    note = f"What was undone: {told(change)}"
    try:
        with recorded_whole(rows[0], rows[1:], by=by, action=ChangeAction.UNDONE, note=note) as whole:
            whole.moved = carry_out(_required(parts, rows, whole.before))
    except IntegrityError:
        raise Taken("Something has just come to stand in the place of a row that it needs.") from None
    return whole.change


def check_whole(change: Change) -> None:
    """Raise UndoRefused where *change* cannot be taken back with its parts as things stand."""
    parts = _parts(change)
    rows = [subject_of(part) for part in parts]
    _required(parts, rows, taken(rows))


def _parts(change: Change) -> list[Change]:
    """Return *change* and its parts."""
    return [change, *change.parts.select_related("film", "person").order_by("pk")]


def _required(parts: Sequence[Change], rows: Rows, now: Snapshots) -> list[Move]:
    """Return the moves that take *parts* back; raise UndoRefused where they cannot be."""
    for part, row in zip(parts, rows, strict=True):
        _require_standing(part, row, now)
    moved = _moves(parts, rows)
    for part, row in zip(parts, rows, strict=True):
        _require_free(part, row, rows, now, moved)
    try:
        moved = possible(moved)
    except Astray as astray:
        raise Gone(str(astray)) from None
    if left := users(moved):
        uses = ", ".join(counted(count, noun(model)) for model, count in left)
        raise InUse(f"Something that would go has come to be used since: {uses}.")
    return moved


def _require_standing(part: Change, row: Film | Person, now: Snapshots) -> None:
    """Raise Overtaken, naming what the part is about, where something else stands there by now."""
    try:
        require_standing(part, row, now[type(row)].get(row.pk, {}))
    except Overtaken as overtaken:
        raise Overtaken(f"{part.about}: {overtaken}" if part.part_of_id else str(overtaken)) from None


def _require_free(part: Change, row: Film | Person, rows: Rows, now: Snapshots, moved: Sequence[Move]) -> None:
    """Raise where an address, an id or a picture that the part had is not to be had again."""
    if not part.before:
        return
    stands = now[type(row)].get(row.pk, {})
    among = [other.pk for other in rows if type(other) is type(row)]
    leads = [move["id"] for move in moved if move["model"] == Redirect._meta.label_lower]
    require_own(row, part.before["facts"], stands, among=among, leads=leads)
    require_picture(part.before["facts"], stands)


def _moves(parts: Sequence[Change], rows: Rows) -> list[Move]:
    moved = turned_round(parts[0].moved)
    moved += _unmade(parts, rows, moved)
    return [*moved, *_histories(parts, rows, moved)]


def _unmade(parts: Sequence[Change], rows: Rows, moved: Sequence[Move]) -> list[Move]:
    """Return the moves by which films and people go that were made with the parts, where none of *moved* says so."""
    known = {(move["model"], move["id"]) for move in moved}
    made = [row for part, row in zip(parts, rows, strict=True) if not part.before]
    standing = taken_down(*(model._default_manager.filter(pk__in=_keys(made, model)) for model in (Film, Person)))
    return [
        {"model": label, "id": pk, "before": row, "after": None}
        for (label, pk), row in standing.items()
        if (label, pk) not in known
    ]


def _histories(parts: Sequence[Change], rows: Rows, moved: Sequence[Move]) -> list[Move]:
    """Return the moves by which the history of what goes is its heir's, and what comes back has its part of this."""
    heir, model = rows[0], type(rows[0])
    name = "film_id" if model is Film else "person_id"
    own = [move for move in moved if move["model"] == model._meta.label_lower]
    gone = [move["id"] for move in own if move["after"] is None]
    back = [move["id"] for move in own if move["before"] is None]
    known = [move["id"] for move in moved if move["id"] and move["model"] == Change._meta.label_lower]
    left = Change.objects.filter(**{f"{name}__in": gone}).exclude(pk__in=known) if gone else Change.objects.none()
    homeless = [
        (part.pk, row.pk)
        for part, row in zip(parts, rows, strict=True)
        if row.pk in back and model_of(part) is model and not part.film_id and not part.person_id
    ]
    return [
        *(_of_change(pk, name, owner, heir.pk) for pk, owner in left.order_by("pk").values_list("pk", name)),
        *(_of_change(pk, name, None, owner) for pk, owner in homeless),
    ]


def _of_change(pk: int, name: str, before: int | None, after: int) -> Move:
    return {"model": Change._meta.label_lower, "id": pk, "before": {name: before}, "after": {name: after}}


def _keys(rows: Rows, model: type[Film | Person]) -> list[int]:
    return [row.pk for row in rows if type(row) is model]
