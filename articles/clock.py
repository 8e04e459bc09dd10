"""The newsroom's clock: which moment a time on its wall means, and how a moment is said; see settings.TIME_ZONE.

Twice a year the wall misleads: one hour is skipped, another comes twice. Neither is ever guessed.
"""

from datetime import UTC

from django.utils import timezone
from django.utils.formats import date_format

EARLIEST, LATEST = 1900, 2200  # Years; beyond, time zones overflow or mean nothing.


class NoSuchMoment(ValueError):
    """A time that the newsroom's clock never shows; the message says so, to an editor."""


class TwiceThatNight(ValueError):
    """A time that the clock shows twice; `both` holds the two moments, in order."""

    def __init__(self, both):
        super().__init__(
            f"The clocks go back on {date_format(both[0], 'j F Y')}, so {both[0]:%H:%M} comes twice: choose which."
        )
        self.both = both


def moment_at(wall, *, second=None):
    """Return the moment when the newsroom's clock shows the naive *wall*.

    Where it does so twice, *second* (a boolean) decides. In UTC, since Python calls no two times of different zones
    equal in the hour that comes twice. Raises NoSuchMoment, TwiceThatNight.
    """
    if not EARLIEST <= wall.year <= LATEST:
        raise NoSuchMoment(f"Choose a year from {EARLIEST} to {LATEST}.")
    first, last = both_readings(wall)
    if first.utcoffset() < last.utcoffset():
        after = first.astimezone(UTC).astimezone(first.tzinfo)
        raise NoSuchMoment(
            f"The clocks go forward on {date_format(wall, 'j F Y')}, so {wall:%H:%M} does not come. "
            f"Choose {after:%H:%M}, or another time."
        )
    if first.utcoffset() > last.utcoffset() and second is None:
        raise TwiceThatNight((first, last))
    return (last if second else first).astimezone(UTC)


def both_readings(wall):
    """Return *wall* as read before and after a change of the clocks; without one the two are the same."""
    zone = timezone.get_current_timezone()
    return wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)


def comes_twice(moment):
    """Tell whether the newsroom's clock shows the time of *moment* a second time that night."""
    first, last = both_readings(timezone.localtime(moment).replace(tzinfo=None))
    return first.utcoffset() > last.utcoffset()


def said(moment):
    """Return *moment* in the newsroom's words, naming the zone where the time alone would mean two moments."""
    local = timezone.localtime(moment)
    words = date_format(local, "j M Y, H:i")
    return f"{words} {local.tzname()}" if comes_twice(moment) else words
