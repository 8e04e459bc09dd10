"""Changes: taking down what a film or a person is, and recording who made it something else."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from films.models import (
    Change,
    ChangeAction,
    Character,
    CharacterName,
    Credit,
    Department,
    Film,
    FilmTitle,
    Genre,
    Person,
    PersonName,
    Release,
    Role,
)

type Snapshot = dict[str, Any]

PICTURES = {"poster", "portrait"}
NAMED_BY = ("sort_title", "original_title", "disambiguation", "slug", "imdb_id", "tmdb_id", "wikidata_id")
FILM = ("title", "year", "runtime", "logline", "original_language", "countries", "languages", "poster", *NAMED_BY)
LIFE = ("born", "born_precision", "died", "died_precision")
PERSON = ("name", "name_order", "sort_name", "disambiguation", "bio", *LIFE, "portrait", "slug", *NAMED_BY[-3:])
RELEASE = ("country", "kind", "date", "precision", "certificate")
CHARACTER = ("name", "disambiguation", "description", "spoils", "slug")
MANNER = ("credited_as", "uncredited", "voice", "archive_footage", "as_self", "note", "source", "verified_on")
LINE = ("department", "job", "billing", "joiner", *MANNER)

_open: ContextVar[tuple[Film | Person, ...]] = ContextVar("open", default=())


@dataclass
class Recording:
    """What a `recorded` block wrote: its Change once the block has ended, None where nothing differed."""

    change: Change | None = None


def snapshot(subject: Film | Person) -> Snapshot:
    """Return all that the database says of *subject* now, as JSON; {} where it has no row.

    A film is `facts` (genres by name), `titles`, `releases`, `characters` (each with `names`), `cast` and `crew`; a
    line has `credit`, `person`, `name` and `roles`, a role `label`, `character` and `name`. A person is `facts` and
    `names`. Rows have their `id`. In eight queries for a film and two for a person, however much there is.
    """
    return _film(subject.pk) if isinstance(subject, Film) else _person(subject.pk)


def own(subject: Film | Person) -> Snapshot:
    """Return what `snapshot` does without a film's credits and characters, in half the queries."""
    return _about_film(subject.pk) if isinstance(subject, Film) else _person(subject.pk)


def facts(row: Film | Person) -> Snapshot:
    """Return the facts that stand on *row* itself, saved or not, as `snapshot` does, without a film's genres."""
    names = FILM if isinstance(row, Film) else PERSON
    columns = {name: f"{name}_id" if name in PICTURES else name for name in names}
    return {name: _plain(getattr(row, column)) for name, column in columns.items()}


@contextmanager
def recorded(
    subject: Film | Person,
    *,
    by: AbstractBaseUser | None,
    action: str = ChangeAction.EDITED,
    source: str = "",
    note: str = "",
) -> Iterator[Recording]:
    """Do what stands inside as one step, and write one Change of *subject* where it differs in the end.

    *subject* may have no row before, or none after; *by* is None for a command. Others who change it wait. Inside
    another `recorded` of the same film or person nothing is written: the outer one tells all.
    """
    recording = Recording()
    with transaction.atomic():
        if subject in _open.get():
            yield recording
            return
        type(subject)._default_manager.select_for_update().filter(pk=subject.pk).values_list("pk").first()
        before = snapshot(subject)
        token = _open.set((*_open.get(), subject))
        try:
            yield recording
        finally:
            _open.reset(token)
        after = snapshot(subject)
        if before != after:
            told = {"by": by, "action": action, "source": source[:200], "note": note[:300]}
            recording.change = _written(subject, before=before, after=after, **told)


def _written(subject: Film | Person, **columns: Any) -> Change:
    """Write a Change of *subject*, or, where that is gone, of what it was called."""
    change = Change(about=str(subject)[:320], **columns)
    if columns["after"] and isinstance(subject, Film):
        change.film = subject
    if columns["after"] and isinstance(subject, Person):
        change.person = subject
    change.save()
    return change


def _film(pk: int | None) -> Snapshot:
    about = _about_film(pk)
    if not about:
        return {}
    credits = [_line(credit) for credit in Credit.objects.filter(film=pk).with_parts()]
    return about | {
        "characters": _characters(pk),
        "cast": [line for line in credits if line["department"] == Department.CAST],
        "crew": [line for line in credits if line["department"] != Department.CAST],
    }


def _about_film(pk: int | None) -> Snapshot:
    found = _facts(Film, pk, FILM)
    return found and {
        "facts": found | {"genres": list(Genre.objects.filter(films=pk).values_list("name", flat=True))},
        "titles": _rows(FilmTitle.objects.filter(film=pk), "text", "kind"),
        "releases": _rows(Release.objects.filter(film=pk), *RELEASE),
    }


def _person(pk: int | None) -> Snapshot:
    found = _facts(Person, pk, PERSON)
    return found and {"facts": found, "names": _rows(PersonName.objects.filter(person=pk), "text", "kind")}


def _facts(model: type[Film | Person], pk: int | None, names: tuple[str, ...]) -> Snapshot:
    found = model._default_manager.filter(pk=pk).order_by().values(*names).first()
    return {name: _plain(value) for name, value in (found or {}).items()}


def _characters(film: int | None) -> list[Snapshot]:
    names: dict[int, list[Snapshot]] = defaultdict(list)
    for row in _rows(CharacterName.objects.filter(character__film=film), "character", "text", "kind"):
        names[row.pop("character")].append(row)
    return [row | {"names": names[row["id"]]} for row in _rows(Character.objects.filter(film=film), *CHARACTER)]


def _rows(rows: QuerySet, *names: str) -> list[Snapshot]:
    return [{name: _plain(value) for name, value in row.items()} for row in rows.order_by("pk").values("id", *names)]


def _line(credit: Credit) -> Snapshot:
    """Return a line of the cast or the crew."""
    return {
        "credit": credit.pk,
        "person": credit.person_id,
        "name": credit.person.name,
        **{name: _plain(getattr(credit, name)) for name in LINE},
        "roles": [_role(role) for role in credit.roles.all()],
    }


def _role(role: Role) -> Snapshot:
    name = role.character.name if role.character else ""
    return {"label": role.label, "character": role.character_id, "name": name}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
