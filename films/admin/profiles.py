"""A film, a person or a character in short, by which somebody on the desk tells whether two are the same."""

from dataclasses import dataclass

from django.db.models import Model

from films.models import Character, Film, Image, Person

IDS = {"imdb_id": "IMDb", "tmdb_id": "TMDB", "wikidata_id": "Wikidata"}


@dataclass(frozen=True, slots=True)
class Profile:
    """A row with its picture, and what is known of it: pairs of a label and a value, the empty ones left out."""

    row: Model
    picture: Image | None
    facts: list[tuple[str, str]]


def profile(row: Person | Film | Character) -> Profile:
    """Return the Profile of *row*, which is one that knows its evidence."""
    picture = getattr(row, "portrait", None) or getattr(row, "poster", None)
    facts = [*_TELLERS[type(row)](row), *((label, str(getattr(row, name, "") or "")) for name, label in IDS.items())]
    return Profile(row, picture, [(label, value) for label, value in facts if value])


def _person(person):
    return [
        ("Life", person.years),
        ("Also called", _names(person.names)),
        ("Known for", ", ".join(str(credit.film) for credit in person.known_credits)),
        ("Credits", str(person.credits.count())),
        ("Pictures", _number(person.images)),
    ]


def _film(film):
    return [
        ("Year", str(film.year or "")),
        ("Directed by", ", ".join(credit.name for credit in film.directing)),
        ("Running time", f"{film.runtime} minutes" if film.runtime else ""),
        ("Other titles", _names(film.titles)),
        ("Cast", _number(film.credits.cast())),
        ("Crew", _number(film.credits.crew())),
        ("Pictures", _number(film.images)),
    ]


def _character(character):
    return [
        ("Also called", _names(character.names)),
        ("Described as", character.description),
        ("Played by", ", ".join(role.credit.name for role in character.roles.all())),
    ]


def _names(rows):
    return ", ".join(rows.values_list("text", flat=True)[:6])


def _number(rows):
    return str(rows.count() or "")


_TELLERS = {Person: _person, Film: _film, Character: _character}
