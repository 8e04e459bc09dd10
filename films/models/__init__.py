"""The facts: what one film, person, character, credit or picture may be."""

from films.models.change import Change, ChangeAction
from films.models.character import Character, CharacterAddress, CharacterName, CharacterNameKind
from films.models.credit import Credit, Department, Joiner, Role
from films.models.fields import Precision
from films.models.film import Film, FilmTitle, Genre, Release, ReleaseKind, TitleKind
from films.models.image import Image
from films.models.person import NameOrder, Person, PersonName, PersonNameKind
from films.models.settled import DistinctFilms, DistinctPeople, PlausibleCredits

__all__ = [
    "Change",
    "ChangeAction",
    "Character",
    "CharacterAddress",
    "CharacterName",
    "CharacterNameKind",
    "Credit",
    "Department",
    "DistinctFilms",
    "DistinctPeople",
    "Film",
    "FilmTitle",
    "Genre",
    "Image",
    "Joiner",
    "NameOrder",
    "Person",
    "PersonName",
    "PersonNameKind",
    "PlausibleCredits",
    "Precision",
    "Release",
    "ReleaseKind",
    "Role",
    "TitleKind",
]
