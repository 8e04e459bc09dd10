"""Dates of which a part may be unknown, for people and for machines."""

from datetime import date

from django.utils.dateformat import format as format_date

from films.models import Precision

FORMATS: dict[str, str] = {Precision.YEAR: "Y", Precision.MONTH: "F Y", Precision.DAY: "F j, Y"}
MACHINE_FORMATS: dict[str, str] = {Precision.YEAR: "Y", Precision.MONTH: "Y-m", Precision.DAY: "Y-m-d"}


def known(day: date, precision: str) -> str:
    """Return as much of *day* as is known: "1991", "December 1991" or "December 22, 1991"."""
    return format_date(day, FORMATS[precision])


def known_machine(day: date, precision: str) -> str:
    """Return as much of *day* as is known, for the `datetime` attribute and linked data."""
    return format_date(day, MACHINE_FORMATS[precision])
