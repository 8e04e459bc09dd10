"""People who are probably in the catalogue twice, with what speaks for it and against it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from films.checking import evidence
from films.checking.evidence import (
    NEVER,
    Pair,
    Sign,
    abbreviated,
    alike,
    comparing,
    near,
    of_ids,
    squeezed,
    suffixes,
    worth_asking,
)
from films.checking.looking_up import people_like
from films.models import Credit, DistinctPeople, Person, Precision
from films.names import fold

type Key = tuple[int, int]

MOST = 2000  # Pairs that one query may bring; a queue so long is not worked through by hand.
FAR = 40  # Years between two careers that make one person less likely.

# One name, a name turned round, another name, a credited name. Two people with an id each are two: nobody is asked.
NAMED_ALIKE = comparing(
    """
WITH called AS (
  SELECT {own} AS name, id AS person FROM films_person
  UNION SELECT {turned}, id FROM films_person
  UNION SELECT {own}, person_id FROM films_personname
  UNION SELECT {credited}, person_id FROM films_credit WHERE credited_as <> ''
)
SELECT DISTINCT one.id, other.id, one.folded, other.folded
FROM called AS mine JOIN called AS theirs ON mine.name = theirs.name AND mine.person < theirs.person
JOIN films_person AS one ON one.id = mine.person JOIN films_person AS other ON other.id = theirs.person
WHERE mine.name <> ''
AND (one.imdb_id IS NULL OR other.imdb_id IS NULL) AND (one.tmdb_id IS NULL OR other.tmdb_id IS NULL)
ORDER BY one.id, other.id LIMIT {most} + (SELECT COUNT(*) FROM films_distinctpeople)
""",
    MOST,
    own="folded",
    turned="sort_key",
    credited="LOWER(credited_as)",
)
# Names that begin alike where lists sort them, of people on one film ...
ON_ONE_FILM = """
WITH there AS (
  SELECT DISTINCT credit.film_id, person.id, person.folded, SUBSTR(person.sort_key, 1, 4) AS start
  FROM films_credit AS credit JOIN films_person AS person ON person.id = credit.person_id
)
SELECT DISTINCT one.id, other.id, one.folded, other.folded
FROM there AS one JOIN there AS other ON one.film_id = other.film_id AND one.start = other.start AND one.id < other.id
"""
# ... or born on one day.
BORN_TOGETHER = """
SELECT one.id, other.id, one.folded, other.folded
FROM films_person AS one JOIN films_person AS other ON one.born = other.born AND one.id < other.id
WHERE one.born_precision = 'day' AND other.born_precision = 'day'
AND SUBSTR(one.sort_key, 1, 4) = SUBSTR(other.sort_key, 1, 4)
"""
NUMBERED_ALIKE = evidence.NUMBERED_ALIKE.replace("{table}", "films_person")


@dataclass(frozen=True, slots=True)
class Line:
    """What a credit says of who has it."""

    film: int
    title: str
    year: int | None
    credited_as: str

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True, slots=True)
class Side:
    """One of a pair with their credits and all their names, folded and squeezed."""

    person: Person
    lines: list[Line]
    called: dict[str, str]


def candidates() -> list[Key]:
    """Return the ids of pairs that something speaks for, in four queries.

    What only begins alike is kept where it is spelled nearly alike.
    """
    found = dict.fromkeys((one, other) for one, other, *_ in alike(NAMED_ALIKE))
    found.update(dict.fromkeys((one, other) for one, other, *_ in alike(NUMBERED_ALIKE)))
    for statement in (ON_ONE_FILM, BORN_TOGETHER):
        rows = alike(statement)
        found.update(dict.fromkeys((one, other) for one, other, *names in rows if near(*names) or abbreviated(*names)))
    return list(found)


def judged(keys: Collection[Key]) -> list[Pair[Person]]:
    """Return pairs of people with the evidence, those worth asking about, likeliest first, in four queries."""
    ids = {pk for key in keys for pk in key}
    people = Person.objects.prefetch_related("names").with_known_films().in_bulk(ids)
    lines = _lines(ids)
    sides = {pk: Side(person, lines[pk], _called(person)) for pk, person in people.items()}
    there = [(sides[one], sides[other]) for one, other in keys if one in sides and other in sides]
    return worth_asking(Pair(one.person, other.person, tuple(_signs(one, other))) for one, other in there)


def look_alikes(people: Collection[Person]) -> list[Pair[Person]]:
    """Return whom each of *people* may be, without who is settled to be somebody else, likeliest first."""
    judgements = DistinctPeople.objects.filter(Q(first__in=people) | Q(second__in=people))
    settled = set(judgements.order_by().values_list("first", "second"))
    return judged([key for key in people_like(people) if key not in settled])


def _lines(people: Collection[int]) -> dict[int, list[Line]]:
    columns = ("person", "film", "film__title", "film__year", "credited_as")
    lines: dict[int, list[Line]] = defaultdict(list)
    for person, *said in Credit.objects.filter(person__in=people).order_by("film", "pk").values_list(*columns):
        lines[person].append(Line(*said))
    return lines


def _called(person: Person) -> dict[str, str]:
    return {squeezed(fold(text)): text for text in (*(name.text for name in person.names.all()), person.name)}


def _signs(one: Side, other: Side) -> Iterator[Sign]:
    """Say all that is known of whether two people are one."""
    yield from _of_names(one, other)
    yield from _of_credited_names(one, other)
    yield from _of_films(one, other)
    yield from _of_a_date("born", one.person, other.person)
    yield from _of_a_date("died", one.person, other.person)
    yield from of_ids(one.person, other.person)
    if one.person.disambiguation != other.person.disambiguation:
        yield Sign(f"told apart as “{one.person.disambiguation or other.person.disambiguation}”", -25)


def _of_names(one: Side, other: Side) -> Iterator[Sign]:
    mine, theirs = one.person.folded, other.person.folded
    both = [text for name, text in one.called.items() if name in other.called]
    if mine == theirs:
        yield Sign("the same name", 40)
    elif squeezed(mine) == squeezed(theirs):
        yield Sign("the same name but for dots, hyphens and spaces", 36)
    elif sorted(mine.split()) == sorted(theirs.split()):
        yield Sign("the same name turned round", 28)
    elif both:
        yield Sign(f"both are called “{both[0]}”", 32)
    elif abbreviated(mine, theirs):
        yield Sign("the same name but for an initial", 18)
    elif near(mine, theirs):
        yield Sign("nearly the same name", 12)
    if suffixes(mine) != suffixes(theirs):
        yield Sign("only one of them is a junior or senior", -25)


def _of_credited_names(one: Side, other: Side) -> Iterator[Sign]:
    for who, namesake in ((one, other), (other, one)):
        for line in who.lines:
            if line.credited_as and squeezed(fold(line.credited_as)) in namesake.called.keys() - who.called.keys():
                yield Sign(f"{who.person.name} is credited as “{line.credited_as}” on {line}", 24)
                break


def _of_films(one: Side, other: Side) -> Iterator[Sign]:
    theirs = {line.film for line in other.lines}
    shared = list({line.film: str(line) for line in one.lines if line.film in theirs}.values())
    if shared:
        more = f" and {len(shared) - 1} more" if len(shared) > 1 else ""
        yield Sign(f"both are credited on {shared[0]}{more}", min(15 + 5 * len(shared), 35))
        return
    gap = _gap(one.lines, other.lines)
    if gap > FAR:
        yield Sign(f"their films lie {gap} years apart", -15)


def _gap(mine: Collection[Line], theirs: Collection[Line]) -> int:
    """Return how many years lie between two people's films, 0 where they overlap or are not known."""
    ours, others = ([line.year for line in lines if line.year] for lines in (mine, theirs))
    return max(min(others) - max(ours), min(ours) - max(others), 0) if ours and others else 0


def _of_a_date(what: str, one: Person, other: Person) -> Iterator[Sign]:
    """Compare two dates as far as they are known."""
    mine, theirs = getattr(one, what), getattr(other, what)
    if not mine or not theirs:
        return
    exact = getattr(one, f"{what}_precision") == getattr(other, f"{what}_precision") == Precision.DAY
    yield _dates(what, mine, theirs, exact=exact)


def _dates(what: str, mine: date, theirs: date, *, exact: bool) -> Sign:
    if mine.year != theirs.year:
        weight = -10 if abs(mine.year - theirs.year) == 1 else NEVER
        return Sign(f"{what} in {mine.year} and in {theirs.year}", weight)
    if exact and mine != theirs:
        return Sign(f"{what} on two days of {mine.year}", -10)
    return Sign(f"both {what} on {mine:%-d %B %Y}", 30) if exact else Sign(f"both {what} in {mine.year}", 16)
