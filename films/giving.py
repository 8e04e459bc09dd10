"""Giving: the moves of `films.moving` by which rows come to stand under another film, person or character."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model

from films.models import Character, Credit, Film, Image, Person, Role
from films.moving import Move, carry_out, columns
from films.names import first_free, fold
from films.parts import addresses_left


def changed(row: Model, **after: Any) -> Move:
    """Return the move that gives columns of *row* other values."""
    before = {name: getattr(row, name) for name in after}
    return {"model": row._meta.label_lower, "id": row.pk, "before": before, "after": after}


def made(row: Model) -> Move:
    """Return the move that makes *row*, which is not saved."""
    return {"model": row._meta.label_lower, "id": None, "before": None, "after": columns(row)}


def given(rows: Iterable[Model], **owner: int) -> list[Move]:
    """Return the moves that give *rows* another *owner*."""
    return [changed(row, **owner) for row in rows]


def names_given(rows: Iterable[Any], name: str, **owner: int) -> list[Move]:
    """Return the moves that give other names or titles another *owner*; one that is that owner's own *name* goes."""
    return [
        {"model": row._meta.label_lower, "id": row.pk, "before": columns(row), "after": None}
        if row.text == name
        else changed(row, **owner)
        for row in rows
    ]


def shown_among(row: Film | Person, pictures: Sequence[Image]) -> int | None:
    """Return the id of the poster or portrait of *row*, where it is among *pictures*."""
    shown = getattr(row, _shown_in(row))
    return shown if shown in {picture.pk for picture in pictures} else None


def picture_given(row: Film | Person, pictures: Sequence[Image], to: Film | Person) -> list[Move]:
    """Return the moves that let the poster or portrait of *row* go along with *pictures*; what *to* has, it keeps."""
    shown, column = shown_among(row, pictures), _shown_in(row)
    moved = [changed(row, **{column: None})] if shown else []
    return [*moved, *([changed(to, **{column: shown})] if shown and not getattr(to, column) else [])]


def _shown_in(row: Film | Person) -> str:
    return "poster_id" if isinstance(row, Film) else "portrait_id"


@dataclass(frozen=True, slots=True)
class Apart:
    """Whom credits play that leave a film: those who go `along`, and those who are `shared` with others who stay."""

    roles: list[Role]
    along: list[Character]
    shared: list[Character]


def cast_apart(credits: Sequence[Credit]) -> Apart:
    """Return whom *credits* of one film play, and who of them others play too; in two queries."""
    roles = list(Role.objects.filter(credit__in=credits).exclude(character=None).select_related("character"))
    played = {role.character.pk: role.character for role in roles if role.character}
    others = Role.objects.filter(character__in=played).exclude(credit__in=credits)
    stay = set(others.values_list("character", flat=True))
    along = [character for pk, character in sorted(played.items()) if pk not in stay]
    return Apart(roles, along, [character for pk, character in sorted(played.items()) if pk in stay])


def characters_given(credits: Sequence[Credit], to: Film) -> tuple[list[Move], list[Move]]:
    """Return the moves that are made already, and those to make, by which *to* has the characters of *credits*.

    A character goes along whom nobody else plays; of one whom others play too *to* has its own, by the same name, which
    is made where it is not there.
    """
    apart, standing = cast_apart(credits), list(to.characters.order_by("pk"))
    taken = {character.slug for character in standing} | addresses_left(to.pk)
    along = [_along(character, to, taken) for character in apart.along]
    own = {fold(character.name): character.pk for character in reversed(standing)}
    wanted = {fold(character.name): character for character in apart.shared if fold(character.name) not in own}
    fresh = carry_out([made(_double(character, to, taken)) for character in wanted.values()])
    own |= {name: cast(int, move["id"]) for name, move in zip(wanted, fresh, strict=True)}
    shared = {character.pk: own[fold(character.name)] for character in apart.shared}
    parts = [(role, shared[pk]) for role in apart.roles if (pk := role.character_id) in shared]
    return fresh, [*along, *(changed(role, character_id=double) for role, double in parts)]


def _along(character: Character, to: Film, taken: set[str]) -> Move:
    slug = _free(character.slug, taken)
    return changed(character, film_id=to.pk, **({"slug": slug} if slug != character.slug else {}))


def _double(character: Character, to: Film, taken: set[str]) -> Character:
    """Return a character of *to* who is like *character*, not saved."""
    said = {name: getattr(character, name) for name in ("name", "disambiguation", "description", "spoils")}
    return Character(film=to, slug=_free(character.slug, taken), **said)


def _free(slug: str, taken: set[str]) -> str:
    free = first_free([slug], taken)
    taken.add(free)
    return free
