"""Known: the names that a film knows, right ones and those that the house list calls wrong, in few queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from django.db.models import F

from films.models import (
    Character,
    CharacterName,
    CharacterNameKind,
    Credit,
    Film,
    FilmTitle,
    Person,
    PersonName,
    PersonNameKind,
    Role,
)

MOST = 5_000  # names that are asked for at once, of each model; a database takes no endless query


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a character of the film, with every spelling of the name.

    `name` is how the house writes it, `others` are right as well, `misspellings` are wrong. `played_by` are the ids of
    a character's performers, `plays` those of a person's characters. `order` is which end of the name is the family's.
    `spoils` marks a character that gives the film away.
    """

    kind: str
    pk: int
    slug: str
    name: str
    order: str = ""
    others: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    played_by: tuple[int, ...] = ()
    plays: tuple[int, ...] = ()
    spoils: bool = False

    @property
    def about(self) -> str:
        """What a finding says that it is about: "person:7"."""
        return f"{self.kind}:{self.pk}"

    @property
    def reference(self) -> str:
        """What a reference in Markdown leads to: "person:jason-patric"."""
        return f"{self.kind}:{self.slug}"


@dataclass(frozen=True)
class Known:
    """Everybody whom a film names, people before characters, in the order of the credits; what cannot change.

    `phrases` are what else the film calls by a name: its titles, and parts that are no character.
    """

    everybody: tuple[Named, ...] = ()
    phrases: tuple[str, ...] = ()

    @cached_property
    def people(self) -> dict[int, Named]:
        """The people, by id."""
        return {named.pk: named for named in self.everybody if named.kind == "person"}

    @cached_property
    def characters(self) -> dict[int, Named]:
        """The characters, by id."""
        return {named.pk: named for named in self.everybody if named.kind == "character"}


@dataclass(slots=True)
class _Name:
    """A name while it is read: as Named, `tied` being its parts or its performers."""

    slug: str
    name: str
    order: str = ""
    others: list[str] = field(default_factory=list)
    misspellings: list[str] = field(default_factory=list)
    tied: list[int] = field(default_factory=list)
    spoils: bool = False

    def named(self, kind: str, pk: int) -> Named:
        """Return it as it stays."""
        others, misspellings, tied = tuple(self.others), tuple(self.misspellings), tuple(self.tied)
        played_by, plays = ((), tied) if kind == "person" else (tied, ())
        return Named(kind, pk, self.slug, self.name, self.order, others, misspellings, played_by, plays, self.spoils)


@dataclass(slots=True)
class _Names:
    """What is read so far, people and characters by id."""

    phrases: list[str]
    people: dict[int, _Name] = field(default_factory=dict)
    characters: dict[int, _Name] = field(default_factory=dict)

    def known(self) -> Known:
        """Return all of it, as it stays."""
        people = [name.named("person", pk) for pk, name in self.people.items()]
        characters = [name.named("character", pk) for pk, name in self.characters.items()]
        return Known((*people, *characters), tuple(self.phrases))


def known(film: Film | None) -> Known:
    """Return the names that *film* knows, in six queries however many there are; none without a film."""
    if film is None:
        return Known()
    names = _Names([film.title, film.original_title, *film.titles.order_by("pk").values_list("text", flat=True)])
    _read_people(film, names)
    _read_characters(film, names)
    _read_parts(film, names)
    return names.known()


def known_elsewhere(folded: Collection[str]) -> set[str]:
    """Return those of *folded*, search texts of names, that some person, character or film has, in one query.

    Of more than MOST only the first are asked for.
    """
    asked = list(islice(folded, MOST))
    models = Person, PersonName, Character, CharacterName, Film, FilmTitle
    found = [model.objects.order_by().filter(folded__in=asked).values_list("folded", flat=True) for model in models]
    return set(found[0].union(*found[1:]).order_by())


def _read_people(film: Film, names: _Names) -> None:
    columns = "person", "person__slug", "person__name", "person__name_order", "credited_as"
    for pk, slug, name, order, credited_as in film.credits.billed().values_list(*columns):
        person = names.people.setdefault(pk, _Name(slug, name, order))
        if credited_as:
            person.others.append(credited_as)
    credited = Credit.objects.filter(film=film).order_by().values("person")
    spellings = PersonName.objects.filter(person__in=credited).order_by("pk")
    _read_spellings(names.people, spellings.values_list("person", "text", "kind"), PersonNameKind.MISSPELLING)


def _read_characters(film: Film, names: _Names) -> None:
    for pk, slug, name, spoils in film.characters.order_by("pk").values_list("pk", "slug", "name", "spoils"):
        names.characters[pk] = _Name(slug, name, spoils=spoils)
    spellings = CharacterName.objects.filter(character__film=film).order_by("pk")
    columns = spellings.values_list("character", "text", "kind")
    _read_spellings(names.characters, columns, CharacterNameKind.MISSPELLING)


def _read_spellings(named: dict[int, _Name], rows: Iterable[tuple[int, str, str]], wrong: str) -> None:
    for pk, text, kind in rows:
        spellings = named[pk].misspellings if kind == wrong else named[pk].others
        spellings.append(text)


def _read_parts(film: Film, names: _Names) -> None:
    """Tie characters to their performers; what a part is called is one more name of its character."""
    columns = "credit__person", "character", "label"
    billed = Role.objects.order_by(F("credit__billing").asc(nulls_last=True), "credit_id", "position")
    for person, character, label in billed.filter(credit__film=film).values_list(*columns):
        if character is None:
            names.phrases.append(label)
            continue
        names.people[person].tied.append(character)
        names.characters[character].tied.append(person)
        names.characters[character].others.append(label)
