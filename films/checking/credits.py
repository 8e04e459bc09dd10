"""Credits that cannot be right: before a birth, long after a death, at an age nobody works at.

Only years are compared, since a film has no more, and a date known to the year alone has its year right.

- Before birth: the film's year is earlier than that of the birth. Nothing excuses that.
- After death: the film came out more than five years after, and the credit is not of archive footage. So long may a
  film that somebody finished lie unreleased. What the dead go on giving is left alone: what they wrote and composed is
  filmed and played for centuries, and thanks may be given to anybody.
- Too old: nobody has died, as far as is known, and works past 105: the death is missing, or it is a namesake.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, CharField, F, IntegerField, Max, Q, Value, When
from django.db.models.functions import Cast, Substr

from films.importing.matching import AFTER_DEATH
from films.models import Credit, Department, Film, Person
from films.models.credit import CreditQuerySet

type Key = tuple[int, int]

MOST = 2000  # Pairs of a film and a person that the queue holds.
OLDEST = 105
OUTLIVE = (Department.WRITING, Department.SOURCE, Department.MUSIC, Department.OTHER)


@dataclass(frozen=True, slots=True)
class Implausible:
    """Somebody's credits on a film that cannot be right, and why in words."""

    film: Film
    person: Person
    credits: list[Credit]

    def __str__(self) -> str:
        return f"{self.person} on {self.film}"

    @property
    def key(self) -> Key:
        """The ids of the film and the person."""
        return self.film.pk, self.person.pk

    @property
    def reason(self) -> str:
        """What is wrong, from the years."""
        return _reason(self.film.year or 0, self.credits[0].born_year, self.credits[0].died_year)  # type: ignore[attr-defined]


def implausible() -> CreditQuerySet:
    """Return the credits that cannot be right, each with `born_year`, `died_year` and by how many years it is `off`."""
    known = Credit.objects.annotate(born_year=_year("person__born"), died_year=_year("person__died"))
    before = Q(film__year__lt=F("born_year"))
    mortal = ~Q(department__in=OUTLIVE) & Q(archive_footage=False)
    after = mortal & Q(film__year__gt=F("died_year") + AFTER_DEATH)
    old = mortal & Q(died_year=None, film__year__gt=F("born_year") + OLDEST)
    off = Case(
        When(before, then=F("born_year") - F("film__year")),
        When(after, then=F("film__year") - F("died_year")),
        default=F("film__year") - F("born_year") - OLDEST,
        output_field=IntegerField(),
    )
    return known.filter(before | after | old).annotate(off=off)


def candidates() -> list[Key]:
    """Return the ids of films and people whose credits cannot be right, the furthest off first, in one query."""
    pairs = implausible().order_by().values_list("film", "person").annotate(worst=Max("off"))
    return [(film, person) for film, person, _ in pairs.order_by("-worst", "film", "person")[:MOST]]


def judged(keys: Collection[Key]) -> list[Implausible]:
    """Return what cannot be right of these films and people, in their order, in two queries."""
    wanted = implausible().filter(film__in={film for film, _ in keys}, person__in={person for _, person in keys})
    found: dict[Key, list[Credit]] = defaultdict(list)
    for credit in wanted.select_related("film", "person").prefetch_related("roles").billed():
        found[credit.film_id, credit.person_id].append(credit)
    return [Implausible(found[key][0].film, found[key][0].person, found[key]) for key in keys if key in found]


def _year(column: str) -> Cast:
    """Return the year of a date *column*: cut from its text, which SQLite does faster than any of its functions."""
    return Cast(Substr(Cast(column, CharField()), Value(1), Value(4)), IntegerField())


def _reason(year: int, born: int | None, died: int | None) -> str:
    if born and year < born:
        return f"The film is of {year}; the birth is of {born}."
    if died:
        return f"The film is of {year}, {year - died} years after the death, and this is no archive footage."
    return f"The film is of {year}, at the age of {year - (born or year)}, and no death is known."
