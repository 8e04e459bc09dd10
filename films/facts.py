"""Facts: what a film's rows say, in the words that running prose has for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from films.dates import known
from films.joining import listed
from films.models import Credit, Department, Film, Precision, Release, ReleaseKind


@dataclass(frozen=True, slots=True)
class Facts:
    """A film and what its facts are made of; `credits` are its directors' and writers', in billing order.

    Only what the facts that were asked for need is there.
    """

    film: Film
    credits: Sequence[Credit] = ()
    releases: Sequence[Release] = ()
    cast_count: int = 0


def say(name: str, facts: Facts) -> str:
    """Return the fact called *name*, one of FACTS; empty where the film lacks it."""
    return FACTS[name](facts)


def directors(facts: Facts) -> str:
    """Return who directed: "Lili Fini Zanuck", "Joel Coen & Ethan Coen"."""
    return _listed(facts.credits, Department.DIRECTING)


def writers(facts: Facts) -> str:
    """Return who wrote, joined as the film joins them: "A & B and C"."""
    return _listed(facts.credits, Department.WRITING)


def released(facts: Facts) -> str:
    """Return when the film came out, as precisely as that is known: "December 22, 1991", "1991"."""
    release = first_release(facts.releases, facts.film)
    return known(release.date, Precision(release.precision)) if release else ""


def certificate(facts: Facts) -> str:
    """Return the certificate that the film was first released under."""
    release = first_release([release for release in facts.releases if release.certificate], facts.film)
    return release.certificate if release else ""


def runtime(facts: Facts) -> str:
    """Return how long the film runs: "120 minutes"."""
    minutes = facts.film.runtime
    return f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes else ""


def _names(credits: Iterable[Credit], department: str) -> list[str]:
    """Return whom a film credits in *department*, each once; the uncredited only where nobody else is known."""
    wanted = [credit for credit in credits if credit.department == department]
    credited = [credit for credit in wanted if not credit.uncredited] or wanted
    return list(dict.fromkeys(credit.person.name for credit in credited))


def _listed(credits: Sequence[Credit], department: str) -> str:
    """Return whom the film credits in *department*, in one line; who wrote story and screenplay stands once."""
    names, joiners = _names(credits, department), _joiners(credits, department)
    return listed(names, [joiners[name] for name in names])


def _joiners(credits: Iterable[Credit], department: str) -> dict[str, str]:
    """Return what joins each name to the one before, where it stands first."""
    joiners: dict[str, str] = {}
    for credit in credits:
        if credit.department == department:
            joiners.setdefault(credit.person.name, credit.joiner)
    return joiners


def first_release(releases: Sequence[Release], film: Film) -> Release | None:
    """Return the first release in cinemas where the film comes from, else the first of all."""
    at_home = [
        release for release in releases if release.kind == ReleaseKind.THEATRICAL and release.country in film.countries
    ]
    return min(at_home or releases, key=lambda release: (release.date, release.pk), default=None)


FACTS: dict[str, Callable[[Facts], str]] = {
    "director": directors,
    "writer": writers,
    "year": lambda facts: str(facts.film.year or ""),
    "runtime": runtime,
    "release": released,
    "certificate": certificate,
    "cast-count": lambda facts: str(facts.cast_count or ""),
}
SPELLINGS = {"directors": "director", "writers": "writer"}
