"""Resolving: all that a text refers to, looked up at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from articles.rendering import pictures, shown, spoilers
from articles.rendering.shown import Shown
from articles.rendering.targets import Reference, Target
from films import lookup
from films.facts import say
from films.models import Character, Film, Image, Person

REFERRING = {"reference", "cast", "image"}

type Row = Film | Person | Character | Image


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A row that the text refers to, however often; `spoils` says that it does so inside spoilers alone.

    A character that spoils is in a spoiler wherever it stands.
    """

    row: Row
    spoils: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a text mentions, in its order, and what it refers to in vain."""

    mentions: tuple[Mentioned, ...]
    broken: frozenset[Target]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to resolve, as parsed: `env["marks"]` tells whether what is missing gets a mark."""

    tokens: list[Token]
    env: dict[str, Any]
    film: Film | None

    def places(self) -> list[tuple[Token, bool]]:
        """Return the tokens that refer to something, and whether each stands in a spoiler."""
        return [(token, hidden) for token, hidden in spoilers.leaves(self.tokens) if token.type in REFERRING]


def resolve(texts: Sequence[Text]) -> list[Resolved]:
    """Give each reference in *texts* what it shows, and each `env` the pictures.

    Asks the database no oftener for many texts than for one, and not at all where none refers to anything.
    """
    places = [text.places() for text in texts]
    images = lookup.images(pictures.wanted(token for of_one in places for token, _ in of_one))
    asked = [(_wanted(_references(of_one)), text.film) for text, of_one in zip(texts, places, strict=True)]
    found = lookup.find_all(asked)
    return [_resolved(text, of_one, there, images) for text, of_one, there in zip(texts, places, found, strict=True)]


def _references(places: Iterable[tuple[Token, bool]]) -> list[Reference]:
    return [token.meta["reference"] for token, _ in places if token.type != "image"]


def _resolved(
    text: Text, places: Iterable[tuple[Token, bool]], found: lookup.Found, images: dict[int, Image]
) -> Resolved:
    text.env["images"] = images
    answers = _Answers(text.film, found)
    spoils: dict[Row, bool] = {}
    broken = set()
    for token, hidden in places:
        row = pictures.shown(token, text.env) if token.type == "image" else answers.row(token.meta["reference"])
        secret = isinstance(row, Character) and row.spoils
        if row is not None:
            spoils[row] = (hidden or secret) and spoils.get(row, True)
        if token.type != "image" and not _write(token, answers, marks=text.env["marks"]):
            broken.add(token.meta["reference"].target)
        elif secret and not hidden:
            _close(token)
    return Resolved(tuple(Mentioned(row, hidden) for row, hidden in spoils.items()), frozenset(broken))


def _write(token: Token, answers: "_Answers", *, marks: bool) -> bool:
    """Let *token* show what its reference stands for; tell whether there is anything."""
    reference = token.meta["reference"]
    said = answers.shown(reference)
    token.meta["shown"] = said or shown.missing(reference, marks=marks)
    token.content = token.meta["shown"].text
    return said is not None


def _close(token: Token) -> None:
    """Let *token*, which names a character that spoils where anybody may read it, be a spoiler by itself."""
    token.meta |= {"spoils": True, "shown": shown.closed(token.meta["shown"])}


def _wanted(references: Iterable[Reference]) -> lookup.Wanted:
    """Return what to look up for *references*."""
    wanted = lookup.Wanted()
    for kind, key, fact in {reference.target for reference in references}:
        if fact:
            wanted.facts.setdefault(key, set()).add(fact)
        elif kind == "cast":
            wanted.cast = True
        elif kind:
            {"person": wanted.people, "character": wanted.characters, "film": wanted.films}[kind].add(key)
    return wanted


class _Answers:
    """What was found for the references of a text about *film*."""

    def __init__(self, film: Film | None, found: lookup.Found):
        self.film, self.found = film, found

    def row(self, reference: Reference) -> Row | None:
        """Return what a reference mentions: for a fact or a cast table, the film."""
        match reference.kind:
            case "person":
                return self.found.people.get(reference.key)
            case "character":
                return self.found.characters.get(reference.key)
            case "film" if reference.key:
                return self.found.films.get(reference.key)
            case "film" | "cast":
                return self.film
        return None

    def shown(self, reference: Reference) -> Shown | None:
        """Return what a reference shows, or None where it is broken."""
        row = self.row(reference)
        if isinstance(row, Person):
            return shown.person(row, reference)
        if isinstance(row, Character) and self.film:
            return shown.character(row, self.film, reference)
        return self._of_film(row, reference) if isinstance(row, Film) else None

    def _of_film(self, film: Film, reference: Reference) -> Shown | None:
        if reference.kind == "cast":
            credits = self.found.cast[: int(reference.key) if reference.key else None]
            return shown.cast(credits, film) if credits else None
        if reference.fact:
            value = say(reference.fact, self.found.facts[reference.key])
            return shown.fact(value) if value else None
        return shown.film(film, reference)
