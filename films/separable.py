"""What can be split off: why lines that stand under one person, film or character cannot be given to another."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from films.models import (
    Character,
    CharacterName,
    Credit,
    Department,
    Film,
    FilmTitle,
    Image,
    Person,
    PersonName,
    Release,
    Role,
)

NOTHING = "Choose at least one line."
LEFT = "Something that you chose has come to stand elsewhere meanwhile. Choose again."


def person_reasons(
    person: Person,
    credits: Sequence[Credit],
    *,
    to: Person,
    names: Sequence[PersonName] = (),
    pictures: Sequence[Image] = (),
) -> list[str]:
    """Return why these of *person* cannot be given to *to*, in words for the desk; nothing where they can."""
    standing = _standing((person.credits, credits), (person.names, names), (person.images, pictures))
    return _same(person, to) or standing or [*_parts_taken(credits, to), *_names_taken(names, to)]


def film_reasons(
    film: Film,
    credits: Sequence[Credit],
    *,
    to: Film,
    titles: Sequence[FilmTitle] = (),
    releases: Sequence[Release] = (),
    pictures: Sequence[Image] = (),
    articles: Sequence[Any] = (),
) -> list[str]:
    """Return why these of *film* cannot be given to *to*, in words for the desk; nothing where they can."""
    standing = _standing(
        (film.credits, credits),
        (film.titles, titles),
        (film.releases, releases),
        (film.images, pictures),
        (film.articles.filter(trashed_at=None), articles),
    )
    taken = [*_lines_taken(credits, to), *_titles_taken(titles, to), *_releases_taken(releases, to)]
    return _same(film, to) or standing or taken


def character_reasons(
    character: Character, roles: Sequence[Role], *, to: Character, names: Sequence[CharacterName] = ()
) -> list[str]:
    """Return why these of *character* cannot be given to *to*, in words for the desk; nothing where they can."""
    if to.film_id != character.film_id:
        return [f"{to} is a character of another film."]
    standing = _standing((character.roles, roles), (character.names, names))
    return _same(character, to) or standing or _names_taken(names, to)


def _same(row: Model, to: Model) -> list[str]:
    return [f"That is {row} still."] if row == to else []


def _standing(*chosen: tuple[Any, Sequence[Model]]) -> list[str]:
    """Return why there is nothing to split off: nothing is chosen, or not all of it stands there any more."""
    if not any(wanted for _, wanted in chosen):
        return [NOTHING]
    there = all(
        rows.filter(pk__in=[row.pk for row in wanted]).count() == len(wanted) for rows, wanted in chosen if wanted
    )
    return [] if there else [LEFT]


def _parts_taken(credits: Sequence[Credit], to: Person) -> list[str]:
    """Say which lines *to* has already: one of the cast to a film, one of the crew to a job."""
    standing = to.credits.filter(film__in={credit.film_id for credit in credits}) if to.pk else []
    taken = {(credit.film_id, _line(credit)) for credit in standing}
    return [_twice(to, credit, credit.film) for credit in credits if (credit.film_id, _line(credit)) in taken]


def _lines_taken(credits: Sequence[Credit], to: Film) -> list[str]:
    """Say who has these lines in *to* already."""
    standing = to.credits.filter(person__in={credit.person_id for credit in credits}) if to.pk else []
    taken = {(credit.person_id, _line(credit)) for credit in standing}
    return [_twice(credit.person, credit, to) for credit in credits if (credit.person_id, _line(credit)) in taken]


def _line(credit: Credit) -> tuple[str, str]:
    return credit.department, "" if credit.department == Department.CAST else credit.job


def _twice(person: Person, credit: Credit, film: Film) -> str:
    if credit.department == Department.CAST:
        return f"{person} is in the cast of {film} already; one line there can hold several parts."
    return f"{person} already stands for “{credit.job or credit.get_department_display()}” in {film}."


def _names_taken(names: Sequence[PersonName] | Sequence[CharacterName], to: Person | Character) -> list[str]:
    standing: Any = to.names if to.pk else PersonName.objects.none()
    taken = standing.filter(text__in=[name.text for name in names]) if names else []
    return [f"{to} already has the name “{name}”." for name in taken]


def _titles_taken(titles: Sequence[FilmTitle], to: Film) -> list[str]:
    taken = to.titles.filter(text__in=[title.text for title in titles]) if to.pk and titles else []
    return [f"{to} already has the title “{title}”." for title in taken]


def _releases_taken(releases: Sequence[Release], to: Film) -> list[str]:
    standing = list(to.releases.all()) if to.pk and releases else []
    taken = {(release.country, release.kind, release.date) for release in standing}
    return [
        f"{to} already has the release in {release.country_name} on {release.date}."
        for release in releases
        if (release.country, release.kind, release.date) in taken
    ]
