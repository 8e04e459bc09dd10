"""Resolving many references at once, in a number of queries that does not grow with them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Model, Q
from django.urls import reverse

from films.addresses import redirects
from films.facts import Facts
from films.models import Character, Credit, Department, Film, Image, Person, Release
from films.models.credit import DIRECTOR_JOBS

MOST = 10_000  # Addresses of one kind in one text; a database takes no endless query, and nobody writes so many.


@dataclass(slots=True)
class Wanted:
    """What a text refers to, by address; `facts` are film addresses with the names of facts, "" the text's own film."""

    people: set[str] = field(default_factory=set)
    characters: set[str] = field(default_factory=set)
    films: set[str] = field(default_factory=set)
    facts: dict[str, set[str]] = field(default_factory=dict)
    cast: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of it, by the address under which it was asked for; `cast` is the own film's, in billing order."""

    people: dict[str, Person] = field(default_factory=dict)
    characters: dict[str, Character] = field(default_factory=dict)
    films: dict[str, Film] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    cast: tuple[Credit, ...] = ()


def images(ids: Collection[int]) -> dict[int, Image]:
    """Return the pictures with these *ids*, by id, in one query (none where nothing is asked)."""
    return Image.objects.in_bulk(ids) if ids else {}


def find(wanted: Wanted, film: Film | None = None) -> Found:
    """Return what of *wanted* there is, characters and cast those of *film*; a former address still finds its row.

    Asks for the kinds that are wanted alone: nothing where nothing is wanted.
    """
    films = _by_address(wanted.films | (wanted.facts.keys() - {""}), _films, "films:film_detail")
    own = {"": film} if film else {}
    return Found(
        people=_by_address(wanted.people, _people, "films:person_detail"),
        characters=_characters(wanted.characters, film),
        films=films,
        facts=_facts({slug: names for slug, names in wanted.facts.items() if slug in films | own}, films | own),
        cast=_cast(film) if wanted.cast else (),
    )


def _people(slugs: Iterable[str]) -> dict[str, Person]:
    return {person.slug: person for person in Person.objects.filter(slug__in=slugs)}


def _films(slugs: Iterable[str]) -> dict[str, Film]:
    return {film.slug: film for film in Film.objects.filter(slug__in=slugs)}


def _by_address[Row: Model](
    slugs: Collection[str], rows: Callable[[Iterable[str]], dict[str, Row]], view: str
) -> dict[str, Row]:
    """Return the rows by the address asked for, which may be one that its page has left."""
    asked = sorted(slugs)[:MOST]
    found = rows(asked) if asked else {}
    moved = _moved([slug for slug in asked if slug not in found], view)
    there = rows(set(moved.values())) if moved else {}
    return found | {old: there[new] for old, new in moved.items() if new in there}


def _moved(slugs: Collection[str], view: str) -> dict[str, str]:
    """Return the addresses of *slugs* that lead on, and where to: both as slugs of *view*'s pages."""
    if not slugs:
        return {}
    places = {reverse(view, args=[slug]): slug for slug in slugs}
    start, end = reverse(view, args=["slug"]).rsplit("slug", 1)
    leads = redirects().filter(old_path__in=places).values_list("old_path", "new_path")
    return {places[old]: new.removeprefix(start).removesuffix(end) for old, new in leads if new.startswith(start)}


def _characters(slugs: Collection[str], film: Film | None) -> dict[str, Character]:
    if not slugs or film is None:
        return {}
    rows = Character.objects.filter(film=film, slug__in=sorted(slugs)[:MOST])
    return {character.slug: character for character in rows}


def _cast(film: Film | None) -> tuple[Credit, ...]:
    return tuple(Credit.objects.filter(film=film).cast().with_parts()) if film else ()


def _facts(wanted: dict[str, set[str]], films: dict[str, Film]) -> dict[str, Facts]:
    """Return the facts of the films at these addresses, as far as the *wanted* names need them."""
    credits = _by_film(_makers, wanted, films, {"director", "writer"})
    releases = _by_film(_releases, wanted, films, {"release", "certificate"})
    counts = _by_film(_cast_counts, wanted, films, {"cast-count"})
    return {
        slug: Facts(film, credits.get(film.pk, []), releases.get(film.pk, []), sum(counts.get(film.pk, [])))
        for slug, film in ((slug, films[slug]) for slug in wanted)
    }


def _by_film[Value](
    ask: Callable[[list[Film]], Iterable[tuple[int, Value]]],
    wanted: dict[str, set[str]],
    films: dict[str, Film],
    facts: set[str],
) -> dict[int, list[Value]]:
    """Return what *ask* says of the films of which any of *facts* is wanted, by the film's id."""
    asked = [films[slug] for slug, names in wanted.items() if names & facts]
    said: dict[int, list[Value]] = {}
    for film, value in ask(asked) if asked else ():
        said.setdefault(film, []).append(value)
    return said


def _makers(films: list[Film]) -> Iterable[tuple[int, Credit]]:
    """Return the credits of directors and writers."""
    directing = Q(department=Department.DIRECTING, job__in=DIRECTOR_JOBS)
    credits = Credit.objects.filter(directing | Q(department=Department.WRITING), film__in=films)
    return [(credit.film_id, credit) for credit in credits.select_related("person").billed()]


def _releases(films: list[Film]) -> Iterable[tuple[int, Release]]:
    return [(release.film_id, release) for release in Release.objects.filter(film__in=films)]


def _cast_counts(films: list[Film]) -> Iterable[tuple[int, int]]:
    cast = Credit.objects.filter(film__in=films, department=Department.CAST).order_by()
    return cast.values("film").annotate(number=Count("pk")).values_list("film", "number")
