"""The credit roll: credits in the groups and the order in which readers look for them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from films.billing import alphabetical
from films.models import Credit, Department
from films.models.credit import DIRECTOR_JOBS

FIRST_BILLED = 12
MANY = 2  # From which on one asks what an order means.


@dataclass(frozen=True, slots=True)
class Job:
    """Everybody who did one job, in billing order."""

    name: str
    credits: list[Credit]


@dataclass(frozen=True, slots=True)
class Run:
    """Performers one after the other whose order means the same: `order` says what, "" that the film bills them so."""

    order: str
    credits: list[Credit]


@dataclass(frozen=True, slots=True)
class Roll:
    """A film's credits as its pages show them; `crew` is pairs of a department's name and its jobs.

    `checked_on` is the day on which the first of them was checked, None where any was not.
    """

    cast: list[Credit]
    directors: list[Credit]
    crew: list[tuple[str, list[Job]]]
    checked_on: date | None = None

    @property
    def first_billed(self) -> list[Credit]:
        """The cast that is shown at once."""
        return self.cast[:FIRST_BILLED]

    @property
    def further(self) -> list[Credit]:
        """The cast that a reader asks for."""
        return self.cast[FIRST_BILLED:]

    @property
    def first_runs(self) -> list[Run]:
        """The cast that is shown at once, in runs."""
        return runs(self.cast)[0]

    @property
    def further_runs(self) -> list[Run]:
        """The cast that a reader asks for, in runs; the order of what goes on is not told again."""
        return runs(self.cast)[1]

    @property
    def anchors(self) -> dict[int, str]:
        """The ids under which characters are found, by their first role; one that spoils has none, and stays hidden."""
        roles = [role for credit in self.cast for role in credit.roles.all()]
        shown = [(role.character, role.pk) for role in roles if role.character and not role.character.spoils]
        first = {character.slug: role for character, role in reversed(shown)}
        return {role: f"character-{slug}" for slug, role in first.items()}


def roll(credits: Iterable[Credit]) -> Roll:
    """Return *credits* of one film, given in billing order, as a roll."""
    departments = defaultdict(list)
    checked: list[date | None] = []
    for credit in credits:
        departments[credit.department].append(credit)
        checked.append(credit.verified_on)
    cast = departments.pop(Department.CAST, [])
    directing = departments.get(Department.DIRECTING, [])
    return Roll(
        cast=cast,
        directors=[credit for credit in directing if credit.job in DIRECTOR_JOBS],
        crew=[(_label(each), jobs(departments[each])) for each in Department if each in departments],
        checked_on=_first(checked),
    )


def runs(cast: Sequence[Credit]) -> tuple[list[Run], list[Run]]:
    """Return the first of *cast* and the rest, each in runs: who is billed, then who is not."""
    billed = [credit for credit in cast if credit.billing is not None]
    unbilled = [credit for credit in cast if credit.billing is None]
    order = unbilled_order(unbilled, after=bool(billed))
    room = max(FIRST_BILLED - len(billed), 0)
    first = [Run("", billed[:FIRST_BILLED]), Run(order, unbilled[:room])]
    rest = [Run("", billed[FIRST_BILLED:]), Run("" if room else order, unbilled[room:])]
    return [run for run in first if run.credits], [run for run in rest if run.credits]


def unbilled_order(credits: Sequence[Credit], *, after: bool = False) -> str:
    """Return what the order of *credits* without billing means, in words; *after* says that billed ones come before."""
    if len(credits) < MANY:
        return "Also" if after and credits else ""
    people = [credit.person for credit in credits]
    sorts = ([person.name for person in people], [person.sort_name for person in people])
    order = "in alphabetical order" if any(map(alphabetical, sorts)) else "in no particular order"
    return f"Also, {order}" if after else capfirst(order)


def filmography(credits: Iterable[Credit]) -> list[Job]:
    """Return *credits* of one person by job: acting first, then department by department."""
    places = {department: place for place, department in enumerate(Department.values)}
    return jobs(sorted(credits, key=lambda credit: places[credit.department]))


def jobs(credits: Iterable[Credit]) -> list[Job]:
    """Return *credits* by job, each job where its first credit stands."""
    found = defaultdict(list)
    for credit in credits:
        found[job_name(credit)].append(credit)
    return [Job(name, together) for name, together in found.items()]


def job_name(credit: Credit) -> str:
    """Return what the person did, for a heading: "Screenplay", "Director", "Acting"."""
    if credit.department == Department.CAST:
        return "Acting"
    if credit.department == Department.DIRECTING and not credit.job:
        return "Director"
    return capfirst(credit.job) or _label(credit.department)


def _first(days: Sequence[date | None]) -> date | None:
    """Return the first of *days*, None where any of them is not known, or there are none."""
    known = [day for day in days if day]
    return min(known) if known and len(known) == len(days) else None


def _label(department: str) -> str:
    return str(capfirst(Department(department).label))
