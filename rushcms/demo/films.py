"""The sample films: two called "Rush", with the credits that we are sure of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from films import names
from films.cataloguing import add_person
from films.changes import recorded
from films.credits import CastLine, CrewLine, set_cast, set_crew
from films.models import (
    ChangeAction,
    Character,
    CharacterNameKind,
    Department,
    Film,
    Genre,
    Person,
    Precision,
    Release,
    ReleaseKind,
)

GAP = 10


@dataclass(frozen=True)
class Part:
    """A performer, the character played, and one line on the character that spoils nothing."""

    performer: str
    character: str
    line: str


@dataclass(frozen=True)
class Sample:
    """What is known of a sample film; `crew` holds (name, department, job)."""

    columns: Mapping[str, Any]
    genres: tuple[str, ...]
    releases: tuple[Mapping[str, Any], ...]
    cast: tuple[Part, ...]
    crew: tuple[tuple[str, str, str], ...]
    misspellings: Mapping[str, str] = field(default_factory=dict)


RUSH_1991 = Sample(
    columns={
        "title": "Rush",
        "year": 1991,
        "slug": "rush-1991",
        "runtime": 120,
        "logline": "Two Texas narcotics agents pose as a couple of users to get near one man.",
        "original_language": "en",
        "countries": ["US"],
        "languages": ["en"],
        "imdb_id": "tt0102820",
        "tmdb_id": 20289,
    },
    genres=("Crime", "Drama"),
    releases=({"country": "US", "date": date(1991, 12, 22), "certificate": "R"},),
    cast=(
        Part("Jason Patric", "Jim Raynor", "A Texas undercover narcotics agent who needs a new partner."),
        Part("Jennifer Jason Leigh", "Kristen Cates", "The partner he recruits; she has to be taken for a user."),
        Part("Sam Elliott", "Dodd", "The agents’ only contact within the police force."),
        Part("Gregg Allman", "Will Gaines", "A major figure of the drug underworld, and hard to get near."),
        Part("Max Perlich", "Walker", "Somebody the agents meet in the world they have entered."),
        Part("Tony Frank", "Nettle", "Dodd’s superior, set on seeing Gaines convicted."),
        Part("Special K. McCray", "Willie Red", "Another of those the agents meet there."),
    ),
    crew=(
        ("Lili Fini Zanuck", Department.DIRECTING, "director"),
        ("Pete Dexter", Department.WRITING, "screenplay"),
        ("Kim Wozencraft", Department.SOURCE, "novel"),
    ),
    misspellings={"Nettle": "Nettles"},
)

RUSH_2013 = Sample(
    columns={
        "title": "Rush",
        "year": 2013,
        "slug": "rush-2013",
        "runtime": 123,
        "logline": "Two racing drivers, alike in nothing but speed, fight for the championship of 1976.",
        "original_language": "en",
        "languages": ["en"],
        "imdb_id": "tt1979320",
        "tmdb_id": 96721,
    },
    genres=("Biography", "Drama", "Sport"),
    releases=(
        {"country": "GB", "date": date(2013, 9, 13), "certificate": "15"},
        {"country": "US", "date": date(2013, 9, 27), "certificate": "R"},
    ),
    cast=(
        Part("Chris Hemsworth", "James Hunt", "The British driver, loved by the crowd."),
        Part("Daniel Brühl", "Niki Lauda", "The Austrian driver, who leaves nothing to chance."),
        Part("Olivia Wilde", "Suzy Miller", "A model who marries James Hunt."),
        Part("Alexandra Maria Lara", "Marlene Lauda", "Niki Lauda’s wife."),
    ),
    crew=(
        ("Ron Howard", Department.DIRECTING, "director"),
        ("Peter Morgan", Department.WRITING, "written by"),
    ),
)

LIVES: Mapping[str, Mapping[str, Any]] = {
    "Jason Patric": {"born": date(1966, 6, 17)},
    "Jennifer Jason Leigh": {"born": date(1962, 2, 5)},
    "Sam Elliott": {"born": date(1944, 8, 9)},
    "Gregg Allman": {"born": date(1947, 12, 8), "died": date(2017, 5, 27)},
    "Lili Fini Zanuck": {"born": date(1954, 4, 2)},
    "Pete Dexter": {"born": date(1943, 1, 1), "born_precision": Precision.YEAR},
    "Chris Hemsworth": {"born": date(1983, 8, 11)},
    "Daniel Brühl": {"born": date(1978, 6, 16)},
    "Olivia Wilde": {"born": date(1984, 3, 10)},
    "Ron Howard": {"born": date(1954, 3, 1)},
}


def make_films() -> list[str]:
    """Make the sample films that are not there and tell which; leave the others as they are."""
    return [f"film {_make(sample)}" for sample in (RUSH_1991, RUSH_2013) if find(sample) is None]


def find(sample: Sample) -> Film | None:
    """Return the film that *sample* is, by IMDb id or else by address, whoever made it."""
    by_id = Film.objects.filter(imdb_id=sample.columns["imdb_id"]).first()
    return by_id or Film.objects.filter(slug=sample.columns["slug"]).first()


def _make(sample: Sample) -> Film:
    film = Film(**sample.columns, sort_title=names.sort_title(sample.columns["title"]))
    with recorded(film, by=None, action=ChangeAction.CREATED, source="the sample site"):
        _fill(film, sample)
    return film


def _fill(film: Film, sample: Sample) -> None:
    film.save()
    film.genres.set(_genre(name) for name in sample.genres)
    Release.objects.bulk_create(
        Release(film=film, kind=ReleaseKind.THEATRICAL, **release) for release in sample.releases
    )
    for part in sample.cast:
        _add_character(film, part, sample.misspellings.get(part.character))
    set_cast(film, [_cast_line(part, GAP * place) for place, part in enumerate(sample.cast, start=1)])
    set_crew(film, [CrewLine(_person(name), department, job) for name, department, job in sample.crew])


def _genre(name: str) -> Genre:
    return Genre.objects.get_or_create(slug=names.slug(name), defaults={"name": name})[0]


def _add_character(film: Film, part: Part, misspelling: str | None) -> None:
    """Make the character before the credits do, which then find it by its name."""
    slug = names.slug(part.character)
    character = Character.objects.create(film=film, name=part.character, slug=slug, description=part.line)
    if misspelling:
        character.names.create(text=misspelling, kind=CharacterNameKind.MISSPELLING)


def _cast_line(part: Part, billing: int) -> CastLine:
    return CastLine(_person(part.performer), (part.character,), billing=billing)


def _person(name: str) -> Person:
    known = Person.objects.filter(slug=names.slug(name)).first()
    return known or add_person(name, **LIVES.get(name, {}))
