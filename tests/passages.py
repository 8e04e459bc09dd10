"""Passages: short texts in tests/data/passages with what must be found in them, and the films that they are about."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.proofreading import Copy
from films.models import CharacterNameKind, Department, NameOrder, Person, PersonNameKind
from tests.factories import make_credit, make_film, make_person

FOLDER = Path(__file__).parent / "data" / "passages"
RUSH = [
    "Jason Patric as Jim Raynor",
    "Jennifer Jason Leigh as Kristen Cates",
    "Sam Elliott as Dodd",
    "Gregg Allman as Will Gaines",
    "Max Perlich as Walker",
    "Tony Frank as Nettle",
    "Special K. McCray as Willie Red",
    "Lili Fini Zanuck, directing",
    "Pete Dexter, writing",
    "Kim Wozencraft, source",
]


def passages() -> Iterator[dict[str, Any]]:
    """Give every passage."""
    for file in sorted(FOLDER.glob("*.toml")):
        yield from tomllib.loads(file.read_text())["passage"]


def copy_for(passage: dict[str, Any]) -> Copy:
    """Make the film that *passage* is about, and return the passage as copy."""
    film = make_film(runtime=120)
    for line in passage.get("credits", RUSH):
        _make_credit(film, line, passage.get("order", []))
    for kind, key in (("alias", "aliases"), ("misspelling", "misspellings")):
        for name, spellings in passage.get(key, {}).items():
            _add_spellings(film, name, spellings, kind)
    for name in passage.get("elsewhere", []):
        make_person(name)
    return Copy(title="", dek="", body=passage["text"], film=film if passage.get("credits", RUSH) else None)


def _make_credit(film, line: str, eastern: list[str]) -> None:
    name, _, parts = line.partition(" as ")
    name, _, department = name.partition(", ")
    order = NameOrder.EASTERN if name in eastern else NameOrder.WESTERN
    person = make_person(name, name_order=order)
    make_credit(film, person, *filter(None, parts.split(" / ")), department=department or Department.CAST)


def _add_spellings(film, name: str, spellings: list[str], kind: str) -> None:
    assert kind in {*CharacterNameKind.values} & {*PersonNameKind.values}
    named = film.characters.filter(name=name).first() or Person.objects.get(name=name)
    for text in spellings:
        named.names.create(text=text, kind=kind)
