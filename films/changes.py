"""Changes: taking down what a film or a person is, and recording who made it something else."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal

from films.models import (
    Change,
    ChangeAction,
    Character,
    CharacterAddress,
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
STATED = ("id", "title", "year", "runtime", "logline", "original_language", "countries", "languages", "poster")
FILM = (*STATED, *NAMED_BY, "source", "verified_on")
LIFE = ("born", "born_precision", "died", "died_precision")
PERSON = ("id", "name", "name_order", "sort_name", "disambiguation", "bio", *LIFE, "portrait", "slug", *NAMED_BY[-3:])
RELEASE = ("country", "kind", "date", "precision", "certificate")
CHARACTER = ("name", "disambiguation", "description", "spoils", "slug")
MANNER = ("credited_as", "uncredited", "voice", "archive_footage", "as_self", "note", "source", "verified_on")
LINE = ("department", "job", "billing", "joiner", *MANNER)
ROLE = ("id", "position", "label", "character")

# Sent with `changes`, a list, once they are written and inside the same transaction; for the roof alone to hear.
changed = Signal()

_open: ContextVar[tuple[Film | Person, ...]] = ContextVar("open", default=())


@dataclass
class Recording:
    """What a `recorded` block wrote: its Change once the block has ended, None where nothing differed."""

    change: Change | None = None


def snapshot(subject: Film | Person) -> Snapshot:
    """Return all that the database says of *subject* now, as JSON; {} where it has no row.

    A film is `facts` (genres by name), `titles`, `releases`, `characters` (each with `names` and `addresses`), `cast`
    and `crew`; a line has `credit`, `person`, `name` and `roles`, a role `label`, `character` and `name`. A person is
    `facts` and `names`. All rows have their `id`, by which they can be put back. In nine queries for a film and two for
    a person, however much there is.
    """
    return snapshots(type(subject), [subject.pk]).get(subject.pk, {})


def snapshots(model: type[Film | Person], pks: Collection[int]) -> dict[int, Snapshot]:
    """Return a `snapshot` of each of these rows that is there, in the same number of queries as for one."""
    return _films(pks) if model is Film else _people(pks)


def own(subject: Film | Person) -> Snapshot:
    """Return what `snapshot` does without a film's credits and characters, in half the queries."""
    read = _about_films if isinstance(subject, Film) else _people
    return read([subject.pk]).get(subject.pk, {})


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
        with told_together([subject]):
            yield recording
        after = snapshot(subject)
        if before != after:
            told = {"by": by, "action": action, "source": source[:200], "note": note[:300]}
            recording.change = _written(subject, before=before, after=after, **told)


def record_all(
    rows: Sequence[Film | Person],
    before: Mapping[int, Snapshot],
    *,
    by: AbstractBaseUser | None,
    action: str,
    source: str = "",
    note: str = "",
    part_of: Change | None = None,
) -> list[Change]:
    """Write one Change of each of *rows*, all films or all people, that differs from its snapshot in *before*.

    What was not there before was made, what is there no more went. Call it inside the transaction of what was done, as
    `recorded` would.
    """
    after = snapshots(type(rows[0]), [row.pk for row in rows]) if rows else {}
    told = {"by": by, "action": action, "source": source[:200], "note": note[:300], "part_of": part_of}
    changes = Change.objects.bulk_create(
        _change(row, before=before.get(row.pk, {}), after=after.get(row.pk, {}), **told)
        for row in rows
        if before.get(row.pk, {}) != after.get(row.pk, {})
    )
    changed.send(Change, changes=changes)
    return changes


@contextmanager
def told_together(subjects: Sequence[Film | Person]) -> Iterator[None]:
    """Let no `recorded` inside write a Change of any of *subjects*, of which somebody else tells."""
    token = _open.set((*_open.get(), *subjects))
    try:
        yield
    finally:
        _open.reset(token)


def _written(subject: Film | Person, **columns: Any) -> Change:
    """Write a Change of *subject*, or, where that is gone, of what it was called."""
    change = _change(subject, **columns)
    change.save()
    changed.send(Change, changes=[change])
    return change


def _change(subject: Film | Person, **columns: Any) -> Change:
    change = Change(about=str(subject)[:320], **columns)
    if columns["after"] and isinstance(subject, Film):
        change.film = subject
    if columns["after"] and isinstance(subject, Person):
        change.person = subject
    return change


def _films(pks: Collection[int]) -> dict[int, Snapshot]:
    about = _about_films(pks)
    if not about:
        return {}
    characters, lines = _characters(pks), _lines(pks)
    return {
        pk: found
        | {
            "characters": characters[pk],
            "cast": [line for line in lines[pk] if line["department"] == Department.CAST],
            "crew": [line for line in lines[pk] if line["department"] != Department.CAST],
        }
        for pk, found in about.items()
    }


def _about_films(pks: Collection[int]) -> dict[int, Snapshot]:
    found = _facts(Film, pks, FILM)
    if not found:
        return {}
    genres = defaultdict(list)
    for pk, name in Genre.objects.filter(films__in=pks).values_list("films", "name"):
        genres[pk].append(name)
    titles = _rows(FilmTitle.objects.filter(film__in=pks), "film", "text", "kind")
    releases = _rows(Release.objects.filter(film__in=pks), "film", *RELEASE)
    return {
        pk: {"facts": facts | {"genres": genres[pk]}, "titles": titles[pk], "releases": releases[pk]}
        for pk, facts in found.items()
    }


def _people(pks: Collection[int]) -> dict[int, Snapshot]:
    found = _facts(Person, pks, PERSON)
    names = _rows(PersonName.objects.filter(person__in=pks), "person", "text", "kind") if found else {}
    return {pk: {"facts": facts, "names": names[pk]} for pk, facts in found.items()}


def _facts(model: type[Film | Person], pks: Collection[int], names: tuple[str, ...]) -> dict[int, Snapshot]:
    rows = model._default_manager.filter(pk__in=pks).order_by().values("pk", *names)
    return {row.pop("pk"): {name: _plain(row[name]) for name in names} for row in rows}


def _characters(films: Collection[int]) -> dict[int, list[Snapshot]]:
    names = _rows(CharacterName.objects.filter(character__film__in=films), "character", "text", "kind")
    addresses = _rows(CharacterAddress.objects.filter(character__film__in=films), "character", "slug")
    found = _rows(Character.objects.filter(film__in=films), "film", *CHARACTER)
    for row in chain.from_iterable(found.values()):
        row["names"], row["addresses"] = names[row["id"]], addresses[row["id"]]
    return found


def _rows(rows: QuerySet, owner: str, *names: str) -> dict[int, list[Snapshot]]:
    """Return *rows* by their *owner*."""
    found: dict[int, list[Snapshot]] = defaultdict(list)
    for row in rows.order_by("pk").values(owner, "id", *names):
        found[row[owner]].append({name: _plain(row[name]) for name in ("id", *names)})
    return found


def _lines(films: Collection[int]) -> dict[int, list[Snapshot]]:
    """Return the lines of the cast and the crew, in billing order; as plain rows, since an import reads very many."""
    credits = list(Credit.objects.filter(film__in=films).billed().values("film", "pk", "person", "person__name", *LINE))
    roles = _roles(films) if credits else {}
    found: dict[int, list[Snapshot]] = defaultdict(list)
    for row in credits:
        who = {"credit": row["pk"], "person": row["person"], "name": row["person__name"]}
        line = {name: _plain(row[name]) for name in LINE}
        found[row["film"]].append({**who, **line, "roles": roles.get(row["pk"], [])})
    return found


def _roles(films: Collection[int]) -> dict[int, list[Snapshot]]:
    """Return the parts by the credit they are played under."""
    found: dict[int, list[Snapshot]] = defaultdict(list)
    for credit, character, *row in (
        Role.objects.filter(credit__film__in=films)
        .order_by("credit", "position")
        .values_list("credit", "character__name", "pk", "position", "label", "character")
    ):
        found[credit].append({**dict(zip(ROLE, row, strict=True)), "name": character or ""})
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
