"""Settling what was checked: two are different, a credit is right; until somebody takes that back."""

from django.contrib.auth.models import AbstractBaseUser

from films.models import Credit, DistinctFilms, DistinctPeople, Film, Person, PlausibleCredits

REASON = 200  # Characters that a reason may have.


def settle_different(
    one: Film | Person, other: Film | Person, *, by: AbstractBaseUser | None, reason: str = ""
) -> DistinctFilms | DistinctPeople:
    """Keep it that two films, or two people, are different, so that nobody is asked again; return the judgement.

    What is settled already stays as it was. Raises ValueError for one row given twice.
    """
    if one.pk == other.pk:
        raise ValueError("Nobody and nothing is different from itself.")
    first, second = sorted((one.pk, other.pk))
    kept = DistinctFilms if isinstance(one, Film) else DistinctPeople
    said = {"by": by, "reason": reason[:REASON]}
    return kept.objects.get_or_create(first_id=first, second_id=second, defaults=said)[0]


def settle_plausible(film: Film, person: Person, *, by: AbstractBaseUser | None, reason: str = "") -> PlausibleCredits:
    """Keep it that the credits of *person* on *film* are right as they stand; return the judgement.

    Raises Credit.DoesNotExist where there are none.
    """
    if not Credit.objects.filter(film=film, person=person).exists():
        raise Credit.DoesNotExist("This person has no credit on this film any more.")
    said = {"by": by, "reason": reason[:REASON]}
    return PlausibleCredits.objects.get_or_create(film=film, person=person, defaults=said)[0]


def unsettle(judgement: DistinctFilms | DistinctPeople | PlausibleCredits) -> None:
    """Take a judgement back: what it was about is asked about again."""
    judgement.delete()
