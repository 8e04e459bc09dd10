"""Films that are probably in the catalogue twice, with what speaks for it and against it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from films.checking import evidence
from films.checking.evidence import Pair, Sign, alike, comparing, near, of_ids, squeezed, worth_asking
from films.checking.looking_up import films_like
from films.models import Credit, Department, DistinctFilms, Film
from films.models.credit import DIRECTOR_JOBS
from films.names import fold

type Key = tuple[int, int]

MOST = 2000  # Pairs that one query may bring.
FEW = 3  # Performers that a cast must have, for sharing none to mean something.

# One title in the same year or the next, or in an unknown one; or of any year, with somebody on both.
TITLED_ALIKE = comparing(
    """
WITH called AS (
  SELECT {own} AS title, id AS film FROM films_film
  UNION SELECT {bare}, id FROM films_film
  UNION SELECT {original}, id FROM films_film WHERE original_folded <> ''
  UNION SELECT {own}, film_id FROM films_filmtitle
)
SELECT DISTINCT one.id, other.id, one.folded, other.folded
FROM called AS mine JOIN called AS theirs ON mine.title = theirs.title AND mine.film < theirs.film
JOIN films_film AS one ON one.id = mine.film JOIN films_film AS other ON other.id = theirs.film
WHERE mine.title <> ''
AND (one.imdb_id IS NULL OR other.imdb_id IS NULL) AND (one.tmdb_id IS NULL OR other.tmdb_id IS NULL)
AND (
  one.year IS NULL OR other.year IS NULL OR one.year - other.year BETWEEN -1 AND 1
  OR EXISTS (
    SELECT 1 FROM films_credit AS here JOIN films_credit AS there ON there.person_id = here.person_id
    WHERE here.film_id = one.id AND there.film_id = other.id
  )
)
ORDER BY one.id, other.id LIMIT {most} + (SELECT COUNT(*) FROM films_distinctfilms)
""",
    MOST,
    own="folded",
    bare="REPLACE(sort_key, ', the', '')",
    original="original_folded",
)
# One director within a year: worth comparing the titles.
BY_ONE_DIRECTOR = """
SELECT DISTINCT one.id, other.id, one.folded, other.folded
FROM films_credit AS here JOIN films_credit AS there ON there.person_id = here.person_id
JOIN films_film AS one ON one.id = here.film_id JOIN films_film AS other ON other.id = there.film_id
WHERE here.department = 'directing' AND here.job IN ('', 'director')
AND there.department = 'directing' AND there.job IN ('', 'director')
AND one.id < other.id AND one.year - other.year BETWEEN -1 AND 1
"""
NUMBERED_ALIKE = evidence.NUMBERED_ALIKE.replace("{table}", "films_film")


@dataclass(slots=True)
class Side:
    """One of a pair with all its titles, folded and squeezed, and who directed it and played in it, by id."""

    film: Film
    called: dict[str, str]
    directors: dict[int, str] = field(default_factory=dict)
    cast: dict[int, str] = field(default_factory=dict)


def candidates() -> list[Key]:
    """Return the ids of pairs that something speaks for, in three queries."""
    found = dict.fromkeys((one, other) for one, other, *_ in alike(TITLED_ALIKE))
    found.update(dict.fromkeys((one, other) for one, other, *_ in alike(NUMBERED_ALIKE)))
    rows = alike(BY_ONE_DIRECTOR)
    found.update(dict.fromkeys((one, other) for one, other, *titles in rows if near(*titles)))
    return list(found)


def judged(keys: Collection[Key]) -> list[Pair[Film]]:
    """Return pairs of films with the evidence, those worth asking about, likeliest first, in four queries."""
    ids = {pk for key in keys for pk in key}
    films = Film.objects.prefetch_related("titles").with_directors().in_bulk(ids)
    people = _people(ids)
    sides = {pk: Side(film, _called(film), *people[pk]) for pk, film in films.items()}
    there = [(sides[one], sides[other]) for one, other in keys if one in sides and other in sides]
    return worth_asking(Pair(one.film, other.film, tuple(_signs(one, other))) for one, other in there)


def look_alikes(films: Collection[Film]) -> list[Pair[Film]]:
    """Return what each of *films* may be, without what is settled to be another one, likeliest first."""
    judgements = DistinctFilms.objects.filter(Q(first__in=films) | Q(second__in=films))
    settled = set(judgements.order_by().values_list("first", "second"))
    return judged([key for key in films_like(films) if key not in settled])


def _people(films: Collection[int]) -> dict[int, tuple[dict[int, str], dict[int, str]]]:
    """Return the directors and the cast of each film, by their ids."""
    found: dict[int, tuple[dict[int, str], dict[int, str]]] = defaultdict(lambda: ({}, {}))
    columns = ("film", "department", "job", "person", "person__name")
    rows = Credit.objects.filter(film__in=films, department__in=(Department.CAST, Department.DIRECTING))
    for film, department, job, person, name in rows.order_by("billing", "pk").values_list(*columns):
        if department == Department.CAST:
            found[film][1][person] = name
        elif job in DIRECTOR_JOBS:
            found[film][0][person] = name
    return found


def _called(film: Film) -> dict[str, str]:
    texts = (*(title.text for title in film.titles.all()), film.original_title, film.title)
    return {squeezed(_bare(fold(text))): text for text in texts if text}


def _bare(folded: str) -> str:
    return folded.removeprefix("the ")


def _signs(one: Side, other: Side) -> Iterator[Sign]:
    """Say all that is known of whether two films are one."""
    yield from _of_titles(one, other)
    yield from _of_years(one.film.year, other.film.year)
    yield from _of_directors(one, other)
    yield from _of_casts(one, other)
    yield from of_ids(one.film, other.film)
    if one.film.runtime and one.film.runtime == other.film.runtime:
        yield Sign(f"both run {one.film.runtime} minutes", 8)
    if one.film.disambiguation != other.film.disambiguation:
        yield Sign(f"told apart as “{one.film.disambiguation or other.film.disambiguation}”", -25)


def _of_titles(one: Side, other: Side) -> Iterator[Sign]:
    mine, theirs = one.film.folded, other.film.folded
    both = [text for title, text in one.called.items() if title in other.called]
    if mine == theirs:
        yield Sign("the same title", 35)
    elif squeezed(_bare(mine)) == squeezed(_bare(theirs)):
        yield Sign("the same title but for marks or “The”", 30)
    elif both:
        yield Sign(f"both are called “{both[0]}”", 28)
    elif near(mine, theirs):
        yield Sign("nearly the same title", 12)


def _of_years(mine: int | None, theirs: int | None) -> Iterator[Sign]:
    if not mine or not theirs:
        return
    apart = abs(mine - theirs)
    if not apart:
        yield Sign(f"both of {mine}", 20)
    elif apart == 1:
        yield Sign(f"of {mine} and {theirs}", 8)
    else:
        yield Sign(f"{apart} years apart", -25)


def _of_directors(one: Side, other: Side) -> Iterator[Sign]:
    shared = [name for person, name in one.directors.items() if person in other.directors]
    called = {fold(name) for name in other.directors.values()}
    namesakes = [name for name in one.directors.values() if fold(name) in called]
    if shared:
        yield Sign(f"both directed by {shared[0]}", 25)
    elif namesakes:
        yield Sign(f"each directed by a {namesakes[0]}", 15)
    elif one.directors and other.directors:
        each = [next(iter(side.directors.values())) for side in (one, other)]
        yield Sign(f"directed by {each[0]} and by {each[1]}", -40)


def _of_casts(one: Side, other: Side) -> Iterator[Sign]:
    shared = [name for person, name in one.cast.items() if person in other.cast]
    if shared:
        more = f" and {len(shared) - 1} more are" if len(shared) > 1 else " is"
        yield Sign(f"{shared[0]}{more} in both casts", min(10 * len(shared), 30))
    elif min(len(one.cast), len(other.cast)) >= FEW:
        yield Sign("nobody is in both casts", -20)
