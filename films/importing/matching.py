"""Matching: who of the catalogue the people of a paste are, with what speaks for it. A name alone is no identity."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from films import names
from films.importing.entry import Entry
from films.models import Film, Person, PersonName

YOUNGEST = 0  # Years after the birth at which somebody may play.
AFTER_DEATH = 5  # Years that a film may take to come out.


class State(StrEnum):
    """How sure it is who an entry names."""

    MATCHED = "matched"
    NEW = "new"
    AMBIGUOUS = "ambiguous"
    UNREAD = "not understood"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with whom it names: `person` where that is sure, else who it might be, each with `known_credits`."""

    entry: Entry
    state: State
    person: Person | None = None
    candidates: tuple[Person, ...] = ()
    reason: str = ""


def known_names(folded: Collection[str]) -> set[str]:
    """Return which of these *folded* names somebody of the catalogue has, in two queries."""
    own = Person.objects.filter(folded_name(folded)).values_list("name", flat=True)
    other = PersonName.objects.filter(folded_name(folded)).values_list("text", flat=True)
    return {names.fold(name) for name in (*own, *other)} & set(folded)


def folded_name(folded: Collection[str]) -> Q:
    """Return the condition that a name folds to one of *folded*; a search column may have the native text behind it."""
    # Other scripts stand in the column as "folded\nnative".
    native = Q()
    for name in folded:
        native |= Q(folded__startswith=f"{name}\n")
    return Q(folded__in=folded) | native


def match(entries: Sequence[Entry], *, film: Film) -> list[Match]:
    """Return *entries* with whom they name, in their order, in a fixed number of queries.

    One who is on *film* already goes before namesakes; of others, only somebody whose life fits the film's year is
    taken, and only where nobody else of that name does.
    """
    wanted = {names.fold(entry.name) for entry in entries if entry.name}
    people = _people(wanted)
    there = set(film.credits.values_list("person", flat=True))
    return [_matched(entry, people.get(names.fold(entry.name), []), film, there) for entry in entries]


def _people(folded: Iterable[str]) -> dict[str, list[Person]]:
    """Return everybody called so, by folded name, with three known films each."""
    folded = set(folded)
    other = PersonName.objects.filter(folded_name(folded)).values("person")
    found = Person.objects.filter(folded_name(folded) | Q(pk__in=other))
    by_name = defaultdict(list)
    for person in found.prefetch_related("names").with_known_films().order_by("pk"):
        for name in {names.fold(text) for text in (person.name, *(each.text for each in person.names.all()))} & folded:
            by_name[name].append(person)
    return by_name


def _matched(entry: Entry, people: Sequence[Person], film: Film, there: Collection[int]) -> Match:
    if entry.problem or not entry.name:
        return Match(entry, State.UNREAD, reason=entry.problem)
    on_film = [person for person in people if person.pk in there]
    fitting = [person for person in people if _fits(person, film)]
    if len(on_film) == 1:
        return Match(entry, State.MATCHED, on_film[0], reason="credited on this film already")
    if not people:
        return _newcomer(entry)
    if len(people) == len(fitting) == 1:
        return Match(entry, State.MATCHED, people[0], reason="nobody else has this name")
    reason = "more than one of this name" if len(people) > 1 else "this person’s life does not fit the film’s year"
    return Match(entry, State.AMBIGUOUS, candidates=tuple(people), reason=reason)


def _newcomer(entry: Entry) -> Match:
    """Take nobody in whose name is a guess, or is written in capitals, which would have to be changed."""
    if entry.guessed:
        return Match(entry, State.AMBIGUOUS, reason="nobody is known by this name, which is a guess")
    if entry.name.isupper() and len(entry.name) > 3:
        return Match(entry, State.AMBIGUOUS, reason="a new name in capitals: write it as it should stand")
    return Match(entry, State.NEW)


def _fits(person: Person, film: Film) -> bool:
    if film.year is None:
        return True
    born = person.born is None or person.born.year + YOUNGEST <= film.year
    return born and (person.died is None or film.year <= person.died.year + AFTER_DEATH)
