"""Splitting: giving some of what stands under one person, film or character to another, as one change.

The other is a row of the catalogue, or a new one that is made with the split. What texts say is left alone: a revision
never changes, and only somebody who reads it knows which of the two it means.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.db.models import Model
from django.utils import timezone

from films.cataloguing import catalogue, save_with_free_slug
from films.changes import recorded
from films.giving import characters_given, given, made, names_given, picture_given, shown_among
from films.models import (
    Change,
    ChangeAction,
    Character,
    CharacterName,
    Credit,
    Department,
    DistinctFilms,
    DistinctPeople,
    Film,
    FilmTitle,
    Image,
    Person,
    PersonName,
    Release,
    Role,
)
from films.models.credit import DIRECTOR_JOBS
from films.moving import carry_out
from films.names import free_slug, slug, sort_name, sort_title
from films.parts import addresses_left
from films.separable import character_reasons, film_reasons, person_reasons
from films.wholes import overlapped, recorded_whole

LATE = "Somebody else has just changed what would be split. Look again."


class SplitRefused(Exception):
    """What cannot be split so; `reasons` say why, in words for the desk."""

    def __init__(self, reasons: Sequence[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def split_person(
    person: Person,
    credits: Iterable[Credit],
    *,
    to: Person,
    by: AbstractBaseUser | None,
    names: Iterable[PersonName] = (),
    pictures: Iterable[Image] = (),
    note: str = "",
) -> Change:
    """Give these of the credits, other names and pictures of *person* to *to*, and return the Change that says so.

    *to* may be not saved yet, and is then made, settled as somebody else than *person*. An other name that is the name
    of *to* is no other name any more; a portrait goes along with its picture. What differs of the films and of *to* is
    part of the Change. Raises SplitRefused, and then changes nothing.
    """
    credits, names, pictures = list(credits), list(names), list(pictures)
    films = Film.objects.in_bulk({credit.film_id for credit in credits})
    note = _told([*credits, *names, *pictures], to, note)
    touched: list[Film | Person] = [to, *films.values()]
    with _refusing(), recorded_whole(person, touched, by=by, action=ChangeAction.SPLIT, note=note) as split:
        _read_again(person, to)
        _refuse(person_reasons(person, credits, to=to, names=names, pictures=pictures))
        if not to.pk:
            to.sort_name, to.portrait_id = sort_name(to.name, to.name_order), shown_among(person, pictures)
            catalogue(to)
            split.moved += carry_out(
                [made(DistinctPeople(first=person, second=to, by_id=by.pk if by else None, reason="split"))]
            )
        moved = [*given([*credits, *pictures], person_id=to.pk), *names_given(names, to.name, person_id=to.pk)]
        split.moved += carry_out([*moved, *picture_given(person, pictures, to)])
    return split.change


def split_film(
    film: Film,
    credits: Iterable[Credit],
    *,
    to: Film,
    by: AbstractBaseUser | None,
    titles: Iterable[FilmTitle] = (),
    releases: Iterable[Release] = (),
    pictures: Iterable[Image] = (),
    articles: Iterable[Model] = (),
    note: str = "",
) -> Change:
    """Give these of the credits, other titles, releases, pictures and articles of *film* to *to*; return the Change.

    Characters go along whom only these credits play; one whom others play too stays, and *to* has its own. *to* may be
    not saved yet, and is then made, settled as another film. What differs of *to* is part of the Change. Raises
    SplitRefused, and then changes nothing.
    """
    credits, titles, releases = list(credits), list(titles), list(releases)
    pictures, articles = list(pictures), list(articles)
    note = _told([*credits, *titles, *releases, *pictures, *articles], to, note)
    with _refusing(), recorded_whole(film, [to], by=by, action=ChangeAction.SPLIT, note=note) as split:
        _read_again(film, to)
        chosen: dict[str, Any] = {"titles": titles, "releases": releases, "pictures": pictures, "articles": articles}
        _refuse(film_reasons(film, credits, to=to, **chosen))
        if not to.pk:
            to.sort_title, to.poster_id = sort_title(to.title), shown_among(film, pictures)
            catalogue(to, director=_director(credits))
            split.moved += carry_out(
                [made(DistinctFilms(first=film, second=to, by_id=by.pk if by else None, reason="split"))]
            )
        fresh, moved = characters_given(credits, to)
        moved += given([*credits, *releases, *pictures, *articles], film_id=to.pk)
        moved += [*names_given(titles, to.title, film_id=to.pk), *picture_given(film, pictures, to)]
        split.moved += [*fresh, *carry_out(moved)]
    return split.change


def split_character(
    character: Character,
    roles: Iterable[Role],
    *,
    to: Character,
    by: AbstractBaseUser | None,
    names: Iterable[CharacterName] = (),
    note: str = "",
) -> Change:
    """Let *roles* of *character* be played as *to*, of the same film, with these other names; return the Change.

    *to* may be not saved yet, and is then made. Raises SplitRefused, and then changes nothing.
    """
    roles, names = list(roles), list(names)
    note = _told([*roles, *names], to, note)
    with _refusing(), recorded(character.film, by=by, action=ChangeAction.SPLIT, note=note) as split:
        _read_again(character, to)
        _refuse(character_reasons(character, roles, to=to, names=names))
        if not to.pk:
            of_film = Character.objects.filter(film=to.film_id)
            to.slug = free_slug(of_film, [slug(to.name) or "character"], taken=addresses_left(to.film_id))
            save_with_free_slug(to, of_film)
        carry_out([*given(roles, character_id=to.pk), *names_given(names, to.name, character_id=to.pk)])
        Film.objects.filter(pk=character.film_id).update(updated_at=timezone.now())
    return cast(Change, split.change)  # At least one role or name differs.


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise SplitRefused where somebody else's change gets in the way of what is written inside."""
    try:
        yield
    except DatabaseError as error:
        if not overlapped(error):
            raise
        raise SplitRefused([LATE]) from None


def _read_again(*rows: Model) -> None:
    """Let each of *rows* that is saved say what stands there now that it is locked; refuse where it is gone."""
    for row in rows:
        try:
            if row.pk:
                row.refresh_from_db()
        except ObjectDoesNotExist:
            raise SplitRefused([f"{row} is no longer there: deleted, or merged already."]) from None


def _refuse(reasons: Sequence[str]) -> None:
    if reasons:
        raise SplitRefused(reasons)


def _told(rows: Sequence[Model], to: Model, note: str) -> str:
    """Return what the history says of it: "3 lines went to John Smith (composer). From the press kit."."""
    lines = "1 line" if len(rows) == 1 else f"{len(rows)} lines"
    return " ".join(filter(None, [f"{lines} went to {to}.", note]))


def _director(credits: Iterable[Credit]) -> str:
    """Return the name of the first who directed, "" where nobody did."""
    directing = (credit for credit in credits if credit.department == Department.DIRECTING)
    return next((credit.person.name for credit in directing if credit.job in DIRECTOR_JOBS), "")
