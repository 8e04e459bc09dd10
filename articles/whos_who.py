"""The who's who beside an article: the people and characters that its text names where anybody may read it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, Value, When, Window
from django.db.models.functions import RowNumber

from articles.rendering import Mentioned
from films.models import Character, Credit, Department, Film, Person
from films.roll import job_name

MOST_CREDITS = 6
MOST_FILMS = 3


@dataclass(frozen=True, slots=True)
class CharacterEntry:
    """A character and who plays it."""

    character: Character
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


def whos_who(mentions: Iterable[Mentioned], *, film: Film | None = None, cast: Sequence[Credit] = ()) -> WhosWho:
    """Return whom *mentions* name outside spoilers, in at most one query; *cast* is the film's, with its parts."""
    rows = [mention.row for mention in mentions if not mention.spoils and not _gives_away(mention.row)]
    characters = tuple(_character_entry(row, cast) for row in rows if isinstance(row, Character))
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


def _gives_away(row: object) -> bool:
    """Whether that *row* is there gives the film away: the text may label it so that it does not, an entry would."""
    return isinstance(row, Character) and row.spoils


def _character_entry(character: Character, cast: Iterable[Credit]) -> CharacterEntry:
    return CharacterEntry(character, tuple(credit for credit in cast if _plays(credit, character)))


def _plays(credit: Credit, character: Character) -> bool:
    return any(role.character_id == character.pk for role in credit.roles.all())


def _person_entries(people: Collection[Person], film: Film | None, cast: Iterable[Credit]) -> list[PersonEntry]:
    parts = {credit.person_id: credit for credit in cast}
    credits = _best_credits(people, film) if people else {}
    return [_person_entry(person, film, parts.get(person.pk), credits.get(person.pk, [])) for person in people]


def _best_credits(people: Collection[Person], film: Film | None) -> dict[int, list[Credit]]:
    """Return a few credits of each person, by the person's id: those on *film* first, then the newest films."""
    here = Case(When(film=film, then=Value(0)), default=Value(1)) if film else Value(0)
    newest = F("film__year").desc(nulls_last=True), F("billing").asc(nulls_last=True), "pk"
    place = Window(RowNumber(), partition_by="person", order_by=[here, *newest])
    credits = Credit.objects.filter(person__in=people).select_related("film").annotate(place=place)
    found: dict[int, list[Credit]] = defaultdict(list)
    for credit in credits.filter(place__lte=MOST_CREDITS).order_by("place"):
        found[credit.person_id].append(credit)
    return found


def _person_entry(person: Person, film: Film | None, part: Credit | None, credits: Iterable[Credit]) -> PersonEntry:
    here = [credit for credit in credits if film and credit.film_id == film.pk]
    jobs = [job_name(credit) for credit in here if credit.department != Department.CAST]
    films = dict.fromkeys(credit.film for credit in credits) if not here else {}
    return PersonEntry(person, part, tuple(dict.fromkeys(jobs)), tuple(films)[:MOST_FILMS])


def _is_told(entry: PersonEntry, played: Collection[int]) -> bool:
    """Whether a character's entry says it all: the person's one part is that character, and there is no job."""
    part = entry.part
    return part is not None and part.pk in played and len(part.roles.all()) == 1 and not entry.jobs
