"""What differs between two snapshots of a film or a person, in the words of those who keep them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import Truncator

from films import codes
from films.changes import PICTURES, Snapshot
from films.models import Character, CharacterName, Credit, Department, Film, FilmTitle, Person, PersonName, Release

LONGEST = 160
COUNTRIES, LANGUAGES = {"countries", "country"}, {"languages", "original_language"}
UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that differs; old or new is empty where nothing stood there, or nothing does now."""

    name: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.name} {self.old} → {self.new}" if self.old else f"{self.name} {self.new}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs of one line, or, where `about` is empty, one fact.

    `how` is "added" or "removed" for a line that came or went, and `noun` then says what sort of line it is.
    """

    about: str
    values: tuple[Value, ...] = ()
    how: str = ""
    noun: str = ""

    def __str__(self) -> str:
        said = "; ".join(map(str, self.values))
        head = " ".join(filter(None, [self.how, self.noun, self.about]))
        return f"{head}: {said}" if head and said else head or said


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """Return what makes *after* differ from *before*, facts first; either may be {}, or a part of a snapshot."""
    model = Film if "titles" in (before or after) else Person
    return [
        *_facts(model, before.get("facts", {}), after.get("facts", {})),
        *(difference for part, kind in PARTS.items() for difference in _part(part, kind, before, after)),
    ]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How rows of a part are told: `same` makes one row the other's past, `said` is what it says, by name."""

    model: type[Model]
    noun: str
    same: Callable[[Snapshot], Any]
    called: Callable[[Snapshot], str]
    hidden: frozenset[str] = frozenset({"id", "place"})


def _facts(model: type[Model], before: Snapshot, after: Snapshot) -> Iterator[Difference]:
    for name in before | after:
        old, new = in_words(model, name, before.get(name)), in_words(model, name, after.get(name))
        if name != "id" and old != new and (before or name not in USUAL):
            yield Difference("", (Value(label(model, name), old, new),))


def _part(part: str, kind: _Kind, before: Snapshot, after: Snapshot) -> Iterator[Difference]:
    olds = {kind.same(row): row for row in _placed(before.get(part, []))}
    news = {kind.same(row): row for row in _placed(after.get(part, []))}
    for key, row in news.items():
        values = tuple(_values(kind, olds.get(key, {}), row))
        if key not in olds:
            yield Difference(kind.called(row), values, "added", kind.noun)
        elif values:
            yield Difference(kind.called(olds[key]), values)
    for key, row in olds.items():
        if key not in news:
            yield Difference(kind.called(row), how="removed", noun=kind.noun)


def _values(kind: _Kind, before: Snapshot, after: Snapshot) -> Iterator[Value]:
    """Tell what differs of a row; of a new one, all that it says."""
    for name in after:
        if name in kind.hidden or (name == "billing" and before.get(name) == after[name]):
            continue
        old, new = _told(kind.model, name, before), _told(kind.model, name, after)
        if old != new and (before or name not in USUAL):
            yield Value(label(kind.model, name), old, new)


def _told(model: type[Model], name: str, row: Snapshot) -> str:
    """Return what *row* says under *name*; an order by its place, since the numbers have gaps."""
    if name == "billing" and row:
        return UNKNOWN if row["billing"] is None else str(row["place"])
    if name == "roles":
        return " / ".join(role["label"] for role in row.get(name, []))
    if name == "addresses":
        return ", ".join(address["slug"] for address in row.get(name, []))
    if name == "names":
        return ", ".join(
            f"{other['text']} ({in_words(CharacterName, 'kind', other['kind']).lower()})" for other in row.get(name, [])
        )
    return in_words(model, name, row.get(name))


def in_words(model: type[Model], name: str, value: Any) -> str:
    """Return a column's *value* as the desk shows it; "" for one that is empty."""
    if value in (None, "", [], False):
        return ""
    if name in PICTURES:
        return f"picture {value}"
    if isinstance(value, list):
        return ", ".join(in_words(model, name, each) for each in value)
    if name in COUNTRIES | LANGUAGES:
        return codes.country_name(value) if name in COUNTRIES else codes.language_name(value)
    if value is True:
        return "yes"
    return Truncator(dict(_choices(model, name)).get(value, value)).chars(LONGEST)


def _choices(model: type[Model], name: str) -> Any:
    try:
        return getattr(model._meta.get_field(name), "flatchoices", [])
    except FieldDoesNotExist:
        return []


def label(model: type[Model], name: str) -> str:
    """Return what the desk calls a column."""
    if name in LABELS:
        return LABELS[name]
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _placed(rows: list[Snapshot]) -> Iterator[Snapshot]:
    """Return *rows*, each knowing its place in the order given."""
    return ({**row, "place": place} for place, row in enumerate(rows, start=1))


def _by_id(row: Snapshot) -> Any:
    return row["id"]


def _text(row: Snapshot) -> str:
    return str(row.get("text") or row.get("name"))


def _release(row: Snapshot) -> str:
    return f"{codes.country_name(row['country'])}, {row['date']}"


def _line(row: Snapshot) -> Any:
    """In the cast the person makes the line, in the crew the job too."""
    return row["person"], row["department"], "" if row["department"] == Department.CAST else row["job"]


def _credited(row: Snapshot) -> str:
    if row["department"] == Department.CAST:
        return str(row["name"])
    return f"{row['name']}, {row['job'] or Department(row['department']).label.lower()}"


LABELS = {"roles": "part", "genres": "genres", "names": "other names", "spoils": "spoiler"}
LABELS["addresses"] = "former addresses"
WHO = frozenset({"credit", "person", "name", "place", "department", "job"})
# What nobody needs to be told of what is new.
USUAL = {"billing", "precision", "kind", "slug", "name_order", "born_precision", "died_precision"}
USUAL |= {"sort_name", "sort_title"}
PARTS = {
    "cast": _Kind(Credit, "cast", _line, _credited, WHO),
    "crew": _Kind(Credit, "crew", _line, _credited, WHO),
    "characters": _Kind(Character, "character", _by_id, _text),
    "releases": _Kind(Release, "release", _by_id, _release),
    "titles": _Kind(FilmTitle, "title", _by_id, _text),
    "names": _Kind(PersonName, "name", _by_id, _text),
}
