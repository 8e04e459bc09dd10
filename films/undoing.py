"""Undoing: taking one change of a film or a person back, as a change of its own that can be undone too."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import ProtectedError, Q, RestrictedError
from django.db.utils import IntegrityError

from films import addresses
from films.changes import Snapshot, recorded, snapshot
from films.models import Change, ChangeAction, Film, Person
from films.restoring import restore
from films.undoable import (
    Gone,
    InUse,
    Made,
    Mentioned,
    OnlyPart,
    Overtaken,
    Taken,
    UndoRefused,
    merged_into,
    model_of,
    require,
    stands,
    subject_of,
    told,
)
from films.undoing_wholes import check_whole, is_whole, require_whole, undo_whole

__all__ = [
    "Gone",
    "InUse",
    "Made",
    "Mentioned",
    "OnlyPart",
    "Overtaken",
    "Taken",
    "UndoRefused",
    "check",
    "merged_into",
    "model_of",
    "stands",
    "subject_of",
    "undo",
]


def undo(change: Change, *, by: AbstractBaseUser | None) -> Change:
    """Put what *change* is about back to what it was before, and return the Change that says so.

    Its rows have the ids they had; the address it has loses to the one it had, and leads there. What was deleted is
    made again, with its history, but pictures that showed it and old links that led to it do not find it again.
    What the check desk had settled of it has gone with it, and comes up there again where it still looks so.
    People whom the change brought into the catalogue stay there. What has parts, such as a merge, is undone with them
    and with all that it moved. Raises UndoRefused, and then changes nothing.
    """
    require_whole(change)
    if is_whole(change):
        return undo_whole(change, by=by)
    subject = subject_of(change)
    try:
        with recorded(subject, by=by, action=ChangeAction.UNDONE, note=f"What was undone: {told(change)}") as undone:
            now = snapshot(subject)
            require(change, subject, now)
            restore(subject, now=now, then=change.before)
            _follow(subject, now)
    except (ProtectedError, RestrictedError):
        raise Mentioned("An article has come to mention somebody who would go.") from None
    except IntegrityError:
        raise Taken("Something has just come to stand in the place of a row that it needs.") from None
    if undone.change is None:
        raise Overtaken("Nothing differs any more.")
    return undone.change


def check(change: Change) -> None:
    """Raise UndoRefused where *change* cannot be undone as things stand."""
    require_whole(change)
    if is_whole(change):
        check_whole(change)
        return
    subject = subject_of(change)
    require(change, subject, snapshot(subject))


def _follow(subject: Film | Person, before: Snapshot) -> None:
    """Let the address that it had *before* lead to its own; what was made again has its history back."""
    if before:
        addresses.follow(subject, before["facts"]["slug"])
        return
    about = Q(before__facts__id=subject.pk) | Q(after__facts__id=subject.pk)
    orphans = Change.objects.filter(about, film=None, person=None).only("pk", "before", "after")
    own = [change.pk for change in orphans if model_of(change) is type(subject)]
    Change.objects.filter(pk__in=own).update(**{"film" if isinstance(subject, Film) else "person": subject})
