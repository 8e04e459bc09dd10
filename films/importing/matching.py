"""Matching: who of the catalogue the people of a paste are, with what speaks for it. A name alone is no identity."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Q

from films import names
from films.importing.entry import Entry
from films.models import Film, Person, PersonName

AFTER_DEATH = 5  # Years that a film may take to come out.
OF_FILM = re.compile(r"(?P<title>.*\S)\s*\((?P<year>\d{4})[^()]*\)")


class State(StrEnum):
    """How sure it is who an entry names."""

    MATCHED = "matched"
    NEW = "new"
    AMBIGUOUS = "ambiguous"
    UNREAD = "not understood"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with whom it names: `person` where that is sure, else who it might be, each with `known_credits`.

    `newcomer` is the place, in what was matched, of the first line whose new person this could be; new lines that have
    the same one are one new person, and those that have none are each somebody else.
    """

    entry: Entry
    state: State
    person: Person | None = None
    candidates: tuple[Person, ...] = ()
    reason: str = ""
    newcomer: int | None = None


def known_names(called: Collection[str]) -> set[str]:
    """Return which of these names somebody of the catalogue has, whatever the accents and capitals, in two queries."""
    by_text = {names.search_text(name): name for name in called}
    own = Person.objects.filter(folded__in=by_text).values_list("folded", flat=True)
    other = PersonName.objects.filter(folded__in=by_text).values_list("folded", flat=True)
    return {by_text[text] for text in (*own, *other)}


def match(entries: Sequence[Entry], *, film: Film) -> list[Match]:
    """Return *entries* with whom they name, in their order, in a fixed number of queries.

    One who is on *film* already goes before namesakes; of others, only somebody whose life fits the film's year is
    taken, and only where nobody else of that name does.
    """
    people = _people({spelling for entry in entries for spelling in names.spellings(entry.name)})
    there = set(film.credits.values_list("person", flat=True))
    titles = _titles(film) if any(entry.film for entry in entries) else set()
    found = [_matched(entry, _called(entry.name, people), film, there) for entry in entries]
    return _told_apart([_of_this_film(each, film, titles) for each in found])


def _called(name: str, people: dict[str, list[Person]]) -> list[Person]:
    """Return everybody called *name*, however its initials are dotted."""
    found = {person.pk: person for spelling in sorted(names.spellings(name)) for person in people.get(spelling, ())}
    return [found[pk] for pk in sorted(found)]


def _titles(film: Film) -> set[str]:
    called = [film.title, film.original_title, *film.titles.values_list("text", flat=True)]
    return {names.fold(title) for title in called if title}


def _of_this_film(each: Match, film: Film, titles: Collection[str]) -> Match:
    """Ask about a line that says of itself to be of another film."""
    said = OF_FILM.fullmatch(each.entry.film)
    if not said or each.state == State.UNREAD:
        return each
    same = names.fold(said["title"].strip('"')) in titles and film.year in {None, int(said["year"])}
    return each if same else replace(each, state=State.AMBIGUOUS, reason=f"this line is of {each.entry.film}")


def _told_apart(matches: Sequence[Match]) -> list[Match]:
    """Ask about new lines of one name: they may be one person with two parts, or two people."""
    first: dict[str, int] = {}
    for place, each in enumerate(matches):
        if each.state in {State.NEW, State.AMBIGUOUS}:
            first.setdefault(names.search_text(each.entry.name), place)
    return [
        _asked(each, place, first.get(names.search_text(each.entry.name)), matches)
        for place, each in enumerate(matches)
    ]


def _asked(each: Match, place: int, newcomer: int | None, matches: Sequence[Match]) -> Match:
    if newcomer is None or each.state not in {State.NEW, State.AMBIGUOUS}:
        return each
    if newcomer == place or each.state == State.AMBIGUOUS:
        return replace(each, newcomer=newcomer)
    reason = f"line {matches[newcomer].entry.lines[0]} has the same new name: one person, or two?"
    return replace(each, state=State.AMBIGUOUS, reason=reason, newcomer=newcomer)


def _people(wanted: set[str]) -> dict[str, list[Person]]:
    """Return everybody called so, by the text that names are searched by, with three known films each."""
    other = PersonName.objects.filter(folded__in=wanted).values("person")
    found = Person.objects.filter(Q(folded__in=wanted) | Q(pk__in=other))
    by_text: dict[str, list[Person]] = defaultdict(list)
    for person in found.prefetch_related("names").with_known_films().order_by("pk"):
        for text in {person.folded, *(name.folded for name in person.names.all())} & wanted:
            by_text[text].append(person)
    return by_text


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
    born = person.born is None or person.born.year <= film.year
    return born and (person.died is None or film.year <= person.died.year + AFTER_DEATH)
