"""Choosing, on the desk, the other row that a row is merged with or shared out to: found by name, told by evidence."""

from films.models import Character, Film, Person
from films.models.fields import matching
from films.offering import best_named

OFFERED = 10


def others(row, text=""):
    """Return up to ten rows that answer to *text* and may be the other of *row*, each with what tells it apart.

    Without a *text* they are namesakes of *row*; of a character they are the others of its film.
    """
    return [each for each in _FINDERS[type(row)](row, text.strip()) if each != row][:OFFERED]


def with_evidence(rows):
    """Return *rows*, a queryset, with what tells one from a namesake: films of a person, makers, performers."""
    if rows.model is Person:
        return rows.with_known_films()
    return rows.with_directors() if rows.model is Film else rows.prefetch_related("roles__credit__person")


def _people(person, text):
    return best_named(text or person.name)


def _films(film, text):
    found = Film.objects.titled_like(text or film.title).exclude(pk=film.pk).order_by("sort_key", "year", "pk")
    return with_evidence(found)[:OFFERED]


def _characters(character, text):
    found = Character.objects.filter(matching(text, "folded"), film=character.film_id).exclude(pk=character.pk)
    return with_evidence(found.order_by("pk"))[:OFFERED]


_FINDERS = {Person: _people, Film: _films, Character: _characters}
