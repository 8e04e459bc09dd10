"""Recognising films and people that staff entered without ids, by what they share with a record of them.

A name alone never makes two people one: the same film has to credit both, in the same department.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from films.changes import Snapshot
from films.importing.records import CreditRecord, FilmRecord
from films.models import Film, Person
from films.names import fold

# A line of credits as it is recognised: its department, and a name that it says.
type Line = tuple[str, str]


def same_films(
    records: Sequence[FilmRecord], films: Iterable[Film], before: Mapping[int, Snapshot]
) -> dict[str | None, Film]:
    """Return those of *films*, which have no id, that *records* tell of, by IMDb's id.

    Title and year are the same, no other of *films* or of *records* has them, and somebody is credited by both.
    """
    standing = _grouped(((film.title, film.year), film) for film in films)
    told = _grouped(((record.title, record.year), record) for record in records)
    return {
        record.imdb_id: candidates[0]
        for key, (record, *namesakes) in told.items()
        if record.year and not namesakes and len(candidates := standing.get(key, [])) == 1
        if not {_line(credit) for credit in record.credits}.isdisjoint(
            key for key, _ in _lines(before[candidates[0].pk])
        )
    }


def same_people(
    records: Sequence[FilmRecord],
    films: Mapping[str | None, Film],
    people: Mapping[int, Person],
    before: Mapping[int, Snapshot],
) -> dict[str | None, Person]:
    """Return those of *people*, which have no id, that *records* credit on *films*, by IMDb's id.

    The film credits one of that name in that department, and so does the record.
    """
    found: dict[str | None, Person] = {}
    taken: set[int] = set()
    for record in records:
        film = films.get(record.imdb_id)
        for key, person in _pairs(record, before.get(film.pk, {}) if film else {}, people):
            if key not in found and person not in taken:
                found[key] = people[person]
                taken.add(person)
    return found


def _pairs(record: FilmRecord, film: Snapshot, people: Mapping[int, Person]) -> Iterator[tuple[str | None, int]]:
    """Yield IMDb's ids with the numbers of *people* who stand on *film* where only they can be meant."""
    standing = _grouped((line, person) for line, person in _lines(film) if person in people)
    told = _grouped((_line(credit), credit.person.imdb_id) for credit in record.credits)
    for line, ids in told.items():
        candidates = set(standing.get(line, ()))
        if len(set(ids)) == len(candidates) == 1:
            yield ids[0], candidates.pop()


def _lines(film: Snapshot) -> Iterator[tuple[Line, int]]:
    """Yield the lines that *film* had, by the person's name and by the name on the screen, each with its person."""
    for line in chain(film.get("cast", ()), film.get("crew", ())):
        for name in filter(None, {line["name"], line["credited_as"]}):
            yield (line["department"], fold(name)), line["person"]


def _line(credit: CreditRecord) -> Line:
    return credit.department, fold(credit.person.name)


def _grouped[Key, Value](pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
