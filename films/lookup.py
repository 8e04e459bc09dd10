"""Resolving many references at once, in a number of queries that does not grow with them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Model, Q
from django.urls import reverse

from films.addresses import redirects
from films.facts import Facts
from films.models import Character, CharacterAddress, Credit, Department, Film, Image, Person, Release
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


type Asked = tuple[Wanted, Film | None]  # What a text refers to, and the film that it is about.


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
    return find_all([(wanted, film)])[0]


def find_all(asked: Sequence[Asked]) -> list[Found]:
    """Return for each text what `find` does, in as many queries as for one.

    Its people and films may hold some that other texts asked for.
    """
    named = set().union(*(wanted.films | (wanted.facts.keys() - {""}) for wanted, _ in asked))
    films = _by_address(named, _films, "films:film_detail")
    there = {film.slug: film for _, film in asked if film} | films
    facts = _facts(_facts_wanted(asked, there), there)
    characters = _characters(asked)
    cast = _casts([film for wanted, film in asked if film and wanted.cast])
    people = _by_address(set().union(*(wanted.people for wanted, _ in asked)), _people, "films:person_detail")
    return [
        Found(
            people=people,
            characters=characters.get(film.pk, {}) if film else {},
            films=films,
            facts=_own_facts(wanted, film, facts),
            cast=tuple(cast.get(film.pk, ())) if film and wanted.cast else (),
        )
        for wanted, film in asked
    ]


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


def _characters(asked: Iterable[Asked]) -> dict[int, dict[str, Character]]:
    """Return the characters by film and address, which may be one that a merge left."""
    wanted: dict[int, set[str]] = {}
    for each, film in asked:
        if each.characters and film:
            wanted.setdefault(film.pk, set()).update(each.characters)
    found: dict[int, dict[str, Character]] = {pk: {} for pk in wanted}
    for character in Character.objects.filter(_at("", wanted)) if wanted else ():
        found[character.film_id][character.slug] = character
    missing = {pk: slugs - found[pk].keys() for pk, slugs in wanted.items() if slugs - found[pk].keys()}
    left = CharacterAddress.objects.filter(_at("character__", missing)).select_related("character").order_by("-pk")
    for address in left if missing else ():
        found[address.character.film_id][address.slug] = address.character
    return found


def _at(relation: str, wanted: dict[int, set[str]]) -> Q:
    """Return the condition that a row has one of the addresses *wanted* of its film, to which *relation* leads."""
    places = [Q(**{f"{relation}film": film, "slug__in": sorted(slugs)[:MOST]}) for film, slugs in wanted.items()]
    return Q(*places, _connector=Q.OR)


def _casts(films: Collection[Film]) -> dict[int, list[Credit]]:
    """Return the casts in billing order, by film."""
    found: dict[int, list[Credit]] = {}
    for credit in Credit.objects.filter(film__in=films).cast().with_parts() if films else ():
        found.setdefault(credit.film_id, []).append(credit)
    return found


def _facts_wanted(asked: Iterable[Asked], films: Collection[str]) -> dict[str, set[str]]:
    """Return the names of the facts wanted of each of *films*, by address; a text's own film goes by its own."""
    names: dict[str, set[str]] = {}
    for wanted, film in asked:
        for key, facts in wanted.facts.items():
            address = key or (film.slug if film else "")
            if address in films:
                names.setdefault(address, set()).update(facts)
    return names


def _own_facts(wanted: Wanted, film: Film | None, facts: dict[str, Facts]) -> dict[str, Facts]:
    """Return those of *facts* that a text wants, by the address under which it asks for them."""
    places = {key: key or (film.slug if film else "") for key in wanted.facts}
    return {key: facts[address] for key, address in places.items() if address in facts}


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
