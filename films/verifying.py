"""Verifying: saying that a film's facts, or lines of its credits, were held to a source, and when."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from films.changes import recorded
from films.models import Change, Film


def not_to_come(day: date | None) -> None:
    """Raise ValidationError where *day* has not come yet: nothing has been checked on it."""
    if day and day > timezone.localdate():
        raise ValidationError("This day is still to come.")


def verify(film: Film, *, by, source: str, facts: bool = False, credits: Collection[int] | None = ()) -> Change | None:
    """Say that today somebody held the *facts* of *film*, and these of its *credits*, to *source*; None says all lines.

    Returns the one Change that says so, None where it was said today already. An empty *source* leaves those that
    stand there.
    """
    said = {"verified_on": timezone.localdate(), **({"source": source} if source else {})}
    with recorded(film, by=by, source=source) as recording:
        if facts:
            Film.objects.filter(pk=film.pk).update(**said)
        lines = film.credits.all() if credits is None else film.credits.filter(pk__in=credits)
        lines.update(**said)
        Film.objects.filter(pk=film.pk).update(updated_at=timezone.now())
    return recording.change
