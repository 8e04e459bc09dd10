"""Known: the names that a film knows, right ones and those that the house list calls wrong, in few queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Named:
    """A person or a character of the film, with every spelling of the name.

    `name` is how the house writes it, `others` are right as well, `misspellings` are wrong. `played_by` are the ids of
    a character's performers, `plays` those of a person's characters. `order` is which end of the name is the family's.
    """

    kind: str
    pk: int
    slug: str
    name: str
    order: str = ""
    others: list[str] = field(default_factory=list)
    misspellings: list[str] = field(default_factory=list)
    played_by: list[int] = field(default_factory=list)
    plays: list[int] = field(default_factory=list)

    @property
    def about(self) -> str:
        """What a finding says that it is about: "person:7"."""
        return f"{self.kind}:{self.pk}"

    @property
    def reference(self) -> str:
        """What a reference in Markdown leads to: "person:jason-patric"."""
        return f"{self.kind}:{self.slug}"


@dataclass(slots=True)
class Known:
    """Everybody whom a film names, by id, in the order of the credits.

    `phrases` are what else the film calls by a name: its titles, and parts that are no character.
    """

    people: dict[int, Named] = field(default_factory=dict)
    characters: dict[int, Named] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)

    def __hash__(self):
        return hash((*self.people, *self.characters))

    @property
    def everybody(self) -> list[Named]:
        """People, then characters."""
        return [*self.people.values(), *self.characters.values()]


def known(film: Film | None) -> Known:
    """Return the names that *film* knows, in six queries however many there are; none without a film."""
    if film is None:
        return Known()
    names = Known(phrases=[film.title, film.original_title, *film.titles.order_by("pk").values_list("text", flat=True)])
    _read_people(film, names)
    _read_characters(film, names)
    _read_parts(film, names)
    return names


def known_elsewhere(folded: Collection[str]) -> set[str]:
    """Return those of *folded*, search texts of names, that some person, character or film has, in one query."""
    models = Person, PersonName, Character, CharacterName, Film, FilmTitle
    found = [model.objects.order_by().filter(folded__in=folded).values_list("folded", flat=True) for model in models]
    return set(found[0].union(*found[1:]).order_by())


def _read_people(film: Film, names: Known) -> None:
    columns = "person", "person__slug", "person__name", "person__name_order", "credited_as"
    for pk, slug, name, order, credited_as in film.credits.billed().values_list(*columns):
        person = names.people.setdefault(pk, Named("person", pk, slug, name, order))
        if credited_as:
            person.others.append(credited_as)
    credited = Credit.objects.filter(film=film).order_by().values("person")
    spellings = PersonName.objects.filter(person__in=credited).order_by("pk")
    _read_spellings(names.people, spellings.values_list("person", "text", "kind"), PersonNameKind.MISSPELLING)


def _read_characters(film: Film, names: Known) -> None:
    for pk, slug, name in film.characters.order_by("pk").values_list("pk", "slug", "name"):
        names.characters[pk] = Named("character", pk, slug, name)
    spellings = CharacterName.objects.filter(character__film=film).order_by("pk")
    columns = spellings.values_list("character", "text", "kind")
    _read_spellings(names.characters, columns, CharacterNameKind.MISSPELLING)


def _read_spellings(named: dict[int, Named], rows: Iterable[tuple[int, str, str]], wrong: str) -> None:
    for pk, text, kind in rows:
        spellings = named[pk].misspellings if kind == wrong else named[pk].others
        spellings.append(text)


def _read_parts(film: Film, names: Known) -> None:
    """Tie characters to their performers; what a part is called is one more name of its character."""
    columns = "credit__person", "character", "label"
    billed = Role.objects.order_by(F("credit__billing").asc(nulls_last=True), "credit_id", "position")
    for person, character, label in billed.filter(credit__film=film).values_list(*columns):
        if character is None:
            names.phrases.append(label)
            continue
        names.people[person].plays.append(character)
        names.characters[character].played_by.append(person)
        names.characters[character].others.append(label)
