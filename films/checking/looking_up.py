"""Looking up whom or what given rows may be the same as, by indexes alone: quick enough to be asked at every save.

The queues find more, by comparing everything with everything; what is found here is judged in the same way.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any

from films import names
from films.checking.evidence import abbreviated, near
from films.models import Credit, Film, FilmTitle, Person, PersonName

type Key = tuple[int, int]
type Named = tuple[int, str]

WIDTHS = range(7, 11)  # Digits that an IMDb id may have.
APART = 1  # Years between two films by one director that may be one.


def people_like(people: Collection[Person]) -> list[Key]:
    """Return the ids of each of *people* with somebody of one of their names or their number, in five queries.

    Somebody whose name is spelled nearly alike is among them where both are on one film.
    """
    own = [(person.pk, person.name) for person in people]
    other = PersonName.objects.filter(person__in=people).values_list("person", "text")
    wanted = _wanted((pk, spelt) for pk, name in chain(own, other) for spelt in _either_way_round(name))
    named = Person.objects.filter(folded__in=wanted).values_list("folded", "pk")
    called = PersonName.objects.filter(folded__in=wanted).values_list("folded", "person")
    numbered = _numbered(people, Person)
    return _keys([*_pairs(wanted, [*named, *called]), *numbered, *_beside(people)])


def films_like(films: Collection[Film]) -> list[Key]:
    """Return the ids of each of *films* with one of its titles, its number, or nearly its title by its director.

    In five queries.
    """
    own = [(film.pk, title) for film in films for title in (film.title, film.original_title) if title]
    other = FilmTitle.objects.filter(film__in=films).values_list("film", "text")
    titles = [*own, *other]
    sorted_by = _wanted((pk, spelt) for pk, title in titles for spelt in _with_article(title))
    wanted = _wanted((pk, spelt) for pk, title in titles for spelt in names.spellings(title))
    named = Film.objects.filter(sort_key__in=sorted_by).values_list("sort_key", "pk")
    called = FilmTitle.objects.filter(folded__in=wanted).values_list("folded", "film")
    return _keys([*_pairs(sorted_by, named), *_pairs(wanted, called), *_numbered(films, Film), *_by_directors(films)])


def _wanted(named: Iterable[Named]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for pk, name in named:
        found[name].add(pk)
    return found


def _either_way_round(name: str) -> set[str]:
    """Return *name* as it is searched by, also with the family's name at the other end."""
    words = names.fold(name).split()
    return names.spellings(name) | {" ".join([*words[-1:], *words[:-1]]), " ".join([*words[1:], *words[:1]])}


def _with_article(title: str) -> set[str]:
    """Return what *title* is sorted by, also without its article, and with "the"."""
    key = names.fold(names.sort_title(title))
    bare = key.removesuffix(", the")
    return {key, bare, f"{bare}, the"}


def _pairs(wanted: Mapping[Any, set[int]], found: Iterable[tuple[str | None, int]]) -> list[Key]:
    return [(pk, other) for name, other in found for pk in wanted[name]]


def _numbered(rows: Collection[Film | Person], model: type[Film | Person]) -> list[Key]:
    """Return who has the IMDb number of one of *rows*, with more or fewer zeros before it."""
    wanted = _wanted(
        (row.pk, f"{row.imdb_id[:2]}{int(row.imdb_id[2:]):0{width}d}")
        for row in rows
        if row.imdb_id
        for width in WIDTHS
    )
    return _pairs(wanted, model._default_manager.filter(imdb_id__in=wanted).values_list("imdb_id", "pk"))


def _beside(people: Collection[Person]) -> list[Key]:
    """Return who is on a film with one of *people*, and is called nearly like them."""
    films = Credit.objects.filter(person__in=people).values("film")
    there = Person.objects.filter(credits__film__in=films).order_by().values_list("pk", "folded").distinct()
    pairs = [(person.pk, pk) for pk, folded in there for person in people if _nearly(person.folded, folded)]
    shared = _films_of({pk for pair in pairs for pk in pair})
    return [(one, other) for one, other in pairs if shared[one] & shared[other]]


def _nearly(one: str, other: str) -> bool:
    return one[:1] == other[:1] and (near(one, other) or abbreviated(one, other))


def _films_of(people: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for person, film in Credit.objects.filter(person__in=people).order_by().values_list("person", "film"):
        found[person].add(film)
    return found


def _by_directors(films: Collection[Film]) -> list[Key]:
    """Return what one of the directors of *films* made within a year, under nearly the same title."""
    made = Credit.objects.directing().order_by()
    theirs = made.filter(person__in=made.filter(film__in=films).values("person"))
    by_person: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    rows = theirs.exclude(film__year=None).values_list("person", "film", "film__folded", "film__year")
    for person, film, folded, year in rows:
        by_person[person].append((film, folded, year))
    own = {film.pk for film in films}
    return [
        (one[0], other[0])
        for made_by in by_person.values()
        for one in made_by
        if one[0] in own
        for other in made_by
        if abs(one[2] - other[2]) <= APART and near(one[1], other[1])
    ]


def _keys(pairs: Iterable[Key]) -> list[Key]:
    """Return pairs once each, the lower id first, none of a row with itself."""
    return list(dict.fromkeys((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]))
