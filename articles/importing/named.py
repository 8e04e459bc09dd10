"""The rows that a document names: its film, which must be there, its authors and topics, made where they are not."""

from difflib import get_close_matches
from typing import Any

from django.db.models import Q

from articles.importing.document import Document, Refused
from articles.models import Author, Topic
from films import names
from films.models import Film


def find_film(slug: str) -> Film:
    """Return the film at this address; raise Refused with the addresses near it."""
    film = Film.objects.filter(slug=slug).first()
    if film is None:
        near = get_close_matches(slug, Film.objects.values_list("slug", flat=True), cutoff=0.5)
        raise Refused(f"there is no film “{slug}”{'; near it: ' + ', '.join(near) if near else ''}.")
    return film


def film_of(document: Document) -> Film | None:
    """Return the film that *document* is about, if it says one; raise BadDocument."""
    try:
        return find_film(document.film) if document.film else None
    except Refused as error:
        raise document.problem(str(error), "film") from None


def authors_of(document: Document, notes: list[str]) -> list[Author]:
    """Return the authors who sign *document*, in order; *notes* tells who is new.

    A name that several authors have decides nothing: that raises BadDocument.
    """
    return [_author(name, document, notes) for name in document.authors]


def topics_of(document: Document, notes: list[str]) -> list[Topic]:
    """Return the topics of *document*, found by name or address; *notes* tells which are new."""
    return [_topic(name, notes) for name in document.topics]


def _author(name: str, document: Document, notes: list[str]) -> Author:
    known = list(Author.objects.filter(name=name)[:2])
    if len(known) > 1:
        cause = f"several authors are called {name}; import it without an author and sign it at the desk."
        raise document.problem(cause, "authors")
    return known[0] if known else _make(Author, name, notes)


def _topic(name: str, notes: list[str]) -> Topic:
    known = Topic.objects.filter(Q(name__iexact=name) | Q(slug=names.slug(name))).first()
    return known or _make(Topic, name, notes)


def _make(model: Any, name: str, notes: list[str]) -> Any:
    notes.append(f"new {model._meta.verbose_name} {name}")
    return model.objects.create(name=name, slug=names.free_slug(model.objects.all(), [names.slug(name)]))
