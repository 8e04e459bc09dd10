"""Completing a reference while it is typed: what may come after `[[`, the article's own film first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Case, F, Min, Prefetch, Q, QuerySet, Value, When

from articles.rendering import render
from films import names
from films.facts import FACTS
from films.models import Character, CharacterAddress, CharacterName, Credit, Film, Person, Role
from films.models.fields import matching
from films.offering import best_named

OFFERED = 20
OF_EACH = 8  # of the film's characters, and of its people: many of the one must not hide the other
KINDS = ("character", "person", "film")
FACT = re.compile(r"film(?::(?P<film>[^.]*))?\.(?P<name>[a-z-]*)")
ENDS_IN_YEAR = re.compile(r"\(?\b((?:1[89]|20)\d\d)\)?\s*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What might be meant: `reference` goes between the brackets, `note` tells it from its namesakes.

    `about` names the row, "character:12"; a reference that `goes_on` is only the beginning of one.
    """

    kind: str
    reference: str
    name: str
    note: str = ""
    about: str = ""
    goes_on: bool = False


def suggestions(typed: str, *, film: Film | None = None) -> list[Suggestion]:
    """Return what *typed*, the words after `[[`, may become in an article about *film*; best first.

    The film's characters and people come first, then facts, everybody and other films; accents do not matter. A kind
    and a colon ask for that kind alone, a film and a full stop for its facts. As many queries, however much is found.
    """
    kind, colon, rest = typed.strip().casefold().partition(":")
    if fact := FACT.fullmatch(typed.strip().casefold()):
        found = _facts(fact["film"], fact["name"], film)
    elif colon and kind in KINDS:
        found = _of_kind(kind, rest.replace("-", " "), film)
    else:
        found = _of_any_kind(typed, film)
    return list(islice(found, OFFERED))


def _of_kind(kind: str, words: str, film: Film | None) -> Iterator[Suggestion]:
    if kind == "film":
        yield from _films_or_own(words, film)
    elif kind == "character":
        yield from _characters(words, film, OFFERED)
    else:
        yield from _people(words, film, OFFERED)


def _of_any_kind(words: str, film: Film | None) -> Iterator[Suggestion]:
    yield from _characters(words, film, OF_EACH)
    yield from _own_facts(words, film)
    yield from _people(words, film, OF_EACH)
    yield from _films(words)


def _characters(words: str, film: Film | None, limit: int) -> Iterator[Suggestion]:
    if film is None:
        return
    found = film.characters.annotate(billing=Min("roles__credit__billing"))
    if names.search_terms(words):
        other = CharacterName.objects.filter(matching(words, "folded")).values("character")
        left = CharacterAddress.objects.filter(_at(words)).values("character")
        found = found.filter(matching(words, "folded") | Q(pk__in=other) | Q(pk__in=left) | _at(words))
    roles = Prefetch("roles", Role.objects.select_related("credit__person"))
    for character in found.order_by(F("billing").asc(nulls_last=True), "pk").prefetch_related(roles)[:limit]:
        yield _character(character)


def _people(words: str, film: Film | None, limit: int) -> Iterator[Suggestion]:
    """People of the film, then everybody of that name, who has to be told from the others by more."""
    here = list(_credited(words, film)[:limit]) if film else []
    for person in here:
        yield _person(person, _parts(person.here))
    known = {person.pk for person in here}
    for person in best_named(words, film=film and film.pk):
        if person.pk not in known:
            yield _person(person, [str(credit.film) for credit in person.known_credits])


def _credited(words: str, film: Film) -> QuerySet:
    """People with a line on *film*, in its order, who know their lines as `here`."""
    lines = Prefetch("credits", Credit.objects.filter(film=film).with_parts(), to_attr="here")
    found = Person.objects.filter(credits__film=film).annotate(billing=Min("credits__billing"))
    if names.search_terms(words):
        found = found.filter(Q(pk__in=Person.objects.named_like(words)) | _at(words))
    return found.order_by(F("billing").asc(nulls_last=True), "pk").prefetch_related(lines)


def _films_or_own(words: str, film: Film | None) -> Iterator[Suggestion]:
    """The films of that title; while nothing is typed, the article's own."""
    if film and not words.strip():
        yield Suggestion("film", f"film:{film.slug}", str(film), "the film of this article")
    yield from _films(words)


def _films(words: str) -> Iterator[Suggestion]:
    if not names.search_terms(words):
        return
    exact, begins = Q(folded=names.search_text(words)), Q(folded__startswith=names.fold(words))
    here = When(slug=names.slug(words), then=Value(0))
    nearness = Case(here, When(exact, then=Value(1)), When(begins, then=Value(2)), default=Value(3))
    found = Film.objects.filter(_titled(words) | _at(words)).annotate(nearness=nearness).with_directors()
    for film in found.order_by("nearness", F("year").desc(nulls_last=True), "sort_key", "pk")[:OF_EACH]:
        directors = ", ".join(credit.person.name for credit in film.directing)
        note = f"directed by {directors}" if directors else ""
        yield Suggestion("film", f"film:{film.slug}", str(film), note)


def _titled(words: str) -> Q:
    """Films of that title; a year at its end may be part of it or the film's own."""
    titled = Q(pk__in=Film.objects.titled_like(words))
    year = ENDS_IN_YEAR.search(words)
    if year and (title := words[: year.start()].strip()):
        titled |= Q(pk__in=Film.objects.titled_like(title), year=int(year[1]))
    return titled


def _at(words: str) -> Q:
    """Whoever types an address means what is there."""
    address = names.slug(words)
    return Q(slug__startswith=address) if address else Q(pk=None)


def _own_facts(words: str, film: Film | None) -> Iterator[Suggestion]:
    if film is None:
        return
    begun = words.strip().casefold()
    if not begun:
        yield Suggestion("fact", "film.", f"Facts of {film}", ", ".join(FACTS), goes_on=True)
    if "cast".startswith(begun) or begun.startswith("cast:"):
        yield Suggestion("cast", "cast", "Cast table", "on a line of its own")
        yield Suggestion("cast", "cast:6", "Cast table, the first six", "on a line of its own; any number")
    if begun and any(name.startswith(begun) for name in FACTS):
        yield from _facts(None, begun, film)


def _facts(asked: str | None, begun: str, film: Film | None) -> Iterator[Suggestion]:
    """Return the facts that begin so, with their present values, of the film at the address *asked*, or of *film*."""
    whose = "film" if film and asked is None else ""
    if asked:
        whose = next((found.reference for found in _films(asked.replace("-", " "))), "")
    if not whose:
        return
    for name, value in _values(whose, film):
        if name.startswith(begun):
            yield Suggestion("fact", f"{whose}.{name}", name.replace("-", " "), value or "not known yet")


def _values(whose: str, film: Film | None) -> Iterator[tuple[str, str]]:
    """Return every fact with what it says in a text: rendering alone knows how to say it."""
    lines = render("\n\n".join(f"{name}: [[{whose}.{name}]]" for name in FACTS), film=film).text
    for line in lines.split("\n\n"):
        name, _, value = line.partition(":")
        yield name, value.strip()


def _character(character: Character) -> Suggestion:
    players = ", ".join(dict.fromkeys(role.credit.person.name for role in character.roles.all()))
    note = _note(character.disambiguation, players and f"played by {players}")
    about = f"character:{character.pk}"
    return Suggestion("character", f"character:{character.slug}", character.name, note, about)


def _person(person: Person, told: list[str]) -> Suggestion:
    note = _note(person.years, person.disambiguation, ", ".join(told))
    return Suggestion("person", f"person:{person.slug}", person.name, note, f"person:{person.pk}")


def _parts(credits: list[Credit]) -> list[str]:
    """Say what somebody did for the film: the parts played, else the job."""
    played = [f"plays {role.label}" for credit in credits for role in credit.roles.all()]
    return played + [credit.job or credit.get_department_display() for credit in credits if not credit.roles.all()]


def _note(*said: str) -> str:
    return " · ".join(filter(None, said))
