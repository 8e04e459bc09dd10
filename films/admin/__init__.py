"""The cast and crew desk: films, people, characters, credits, genres and pictures."""

from films.admin.character import CharacterAdmin
from films.admin.credit import CreditAdmin
from films.admin.film import FilmAdmin
from films.admin.genre import GenreAdmin
from films.admin.image import ImageAdmin
from films.admin.person import PersonAdmin

__all__ = ["CharacterAdmin", "CreditAdmin", "FilmAdmin", "GenreAdmin", "ImageAdmin", "PersonAdmin"]
