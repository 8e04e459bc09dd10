"""The who's who beside an article: the people and characters that its text names where anybody may read it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Case, F, Prefetch, Value, When, prefetch_related_objects

from articles.rendering import Mentioned
from films.models import Character, Credit, Department, Film, Person
from films.roll import job_name

MOST_CREDITS = 6


@dataclass(frozen=True, slots=True)
class CharacterEntry:
    """A character and who plays it: nobody where that would give the film away."""

    character: Character
    address: str
    performers: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person: their part and jobs on the article's film; `known_for` are other films, where they have neither."""

    person: Person
    part: Credit | None
    jobs: tuple[str, ...]
    known_for: tuple[Film, ...]


@dataclass(frozen=True, slots=True)
class WhosWho:
    """Entries in the order of the text, `films` those besides its own, and `further` the cast that no entry names.

    `told` are the credits, by id, of performers of whom one character's entry tells, and no other.
    """

    characters: tuple[CharacterEntry, ...]
    people: tuple[PersonEntry, ...]
    told: frozenset[int]
    films: tuple[Film, ...]
    further: tuple[Credit, ...]

    @property
    def names_cast(self) -> bool:
        """Whether an entry names somebody of the cast."""
        return any(entry.performers for entry in self.characters) or any(entry.part for entry in self.people)


def whos_who(mentions: Iterable[Mentioned], film: Film | None) -> WhosWho:
    """Return whom *mentions* name outside spoilers, in at most one query; *film* knows its `headline` credits."""
    rows = [mention.row for mention in mentions if not mention.spoils]
    cast = [credit for credit in film.headline if credit.department == Department.CAST] if film else []
    characters = tuple(_character_entry(row, film, cast) for row in rows if isinstance(row, Character))
    people = _person_entries([row for row in rows if isinstance(row, Person)], film, cast)
    played = Counter(credit.pk for entry in characters for credit in entry.performers)
    own = tuple(entry for entry in people if not _is_told(entry, played))
    parts = {entry.part.pk for entry in own if entry.part}
    return WhosWho(
        characters=characters,
        people=own,
        told=frozenset(pk for pk, times in played.items() if times == 1 and pk not in parts),
        films=tuple(row for row in rows if isinstance(row, Film) and row != film),
        further=tuple(credit for credit in cast if credit.pk not in played.keys() | parts),
    )


def _character_entry(character: Character, film: Film, cast: Iterable[Credit]) -> CharacterEntry:
    address = film.get_absolute_url()
    if character.spoils:
        return CharacterEntry(character, address, performers=())
    performers = tuple(credit for credit in cast if _plays(credit, character))
    return CharacterEntry(character, f"{address}#character-{character.slug}", performers)


def _plays(credit: Credit, character: Character) -> bool:
    return any(role.character_id == character.pk for role in credit.roles.all())


def _person_entries(people: Collection[Person], film: Film | None, cast: Iterable[Credit]) -> list[PersonEntry]:
    parts = {credit.person_id: credit for credit in cast}
    prefetch_related_objects(people, Prefetch("credits", _best_credits(film), to_attr="best_credits"))
    return [_person_entry(person, film, parts.get(person.pk)) for person in people]


def _best_credits(film: Film | None):
    """A few credits of each person, those on *film* first, then the newest films."""
    here = Case(When(film=film, then=Value(0)), default=Value(1)) if film else Value(0)
    order = here, F("film__year").desc(nulls_last=True), F("billing").asc(nulls_last=True), "pk"
    return Credit.objects.select_related("film").order_by(*order)[:MOST_CREDITS]


def _person_entry(person: Person, film: Film | None, part: Credit | None) -> PersonEntry:
    here = [credit for credit in person.best_credits if film and credit.film_id == film.pk]
    jobs = [job_name(credit) for credit in here if credit.department != Department.CAST]
    elsewhere = dict.fromkeys(credit.film for credit in person.best_credits) if not here else {}
    return PersonEntry(person, part, tuple(dict.fromkeys(jobs)), tuple(elsewhere)[:3])


def _is_told(entry: PersonEntry, played: Collection[int]) -> bool:
    """Whether a character's entry says it all: the person's one part is that character, and there is no job."""
    part = entry.part
    return part is not None and part.pk in played and len(part.roles.all()) == 1 and not entry.jobs
