"""The credit roll: credits in the groups and the order in which readers look for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from films.models import Credit, Department
from films.models.credit import DIRECTOR_JOBS

FIRST_BILLED = 12


@dataclass(frozen=True, slots=True)
class Job:
    """Everybody who did one job, in billing order."""

    name: str
    credits: list[Credit]


@dataclass(frozen=True, slots=True)
class Roll:
    """A film's credits as its pages show them; `crew` is pairs of a department's name and its jobs."""

    cast: list[Credit]
    directors: list[Credit]
    crew: list[tuple[str, list[Job]]]

    @property
    def first_billed(self) -> list[Credit]:
        """The cast that is shown at once."""
        return self.cast[:FIRST_BILLED]

    @property
    def further(self) -> list[Credit]:
        """The cast that a reader asks for."""
        return self.cast[FIRST_BILLED:]

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
    for credit in credits:
        departments[credit.department].append(credit)
    cast = departments.pop(Department.CAST, [])
    directing = departments.get(Department.DIRECTING, [])
    return Roll(
        cast=cast,
        directors=[credit for credit in directing if credit.job in DIRECTOR_JOBS],
        crew=[(_label(each), jobs(departments[each])) for each in Department if each in departments],
    )


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


def _label(department: str) -> str:
    return str(capfirst(Department(department).label))
