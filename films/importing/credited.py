"""Putting what a table says of one film into the catalogue: the film, its people, its characters and its credits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from films.changes import recorded
from films.credit_table import CHARACTER, CREDIT, FILM, PART, PERSON
from films.importing import table
from films.importing.applying import Outcome
from films.importing.catalogued import fill, film_of, people_of
from films.importing.holding import Told, hold
from films.importing.table import Row, alike
from films.models import ChangeAction, Character, CharacterAddress, Credit, Department, Film, Person, Role

type Part = tuple[str, int | None]  # A role's label, and its character.
type Key = tuple[int, str, str]

CHECK = ("verified_on", "source")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a film: `made` says that it is new, `people` are those who are; the outcome's names tell jobs."""

    film: Film
    made: bool
    people: tuple[Person, ...]
    outcome: Outcome

    @property
    def changed(self) -> bool:
        """Whether anything differs from what was there."""
        return bool(self.outcome.change or self.people)


@dataclass(frozen=True, slots=True)
class Line:
    """A credit as the table has it: its first row, what it says by field, and its parts."""

    row: Row
    person: Person
    columns: Mapping[str, Any]
    parts: tuple[Part, ...]

    @property
    def key(self) -> Key:
        """What makes the credit the one it is: in the cast the person, in the crew the job too."""
        return _key(self.person.pk, self.columns["department"], self.columns["job"])


def import_table(path: Path, *, by, film: str = "", dry_run: bool = False) -> Iterator[Imported]:
    """Put the films of the table at *path* into the catalogue, and yield what became of each.

    All is one step, which ends after the last of them, and which *dry_run* takes back; others who change what the table
    names wait meanwhile. With *film*, an address, no other is read. Raises Refused, and then has written nothing.
    """
    with transaction.atomic():
        hold((_film(rows), _people(rows)) for rows in _films(path, film))
        for rows in _films(path, film):
            yield import_film(rows, by=by, source=path.name)
        transaction.set_rollback(dry_run)


@transaction.atomic
def import_film(rows: Sequence[Row], *, by, source: str) -> Imported:
    """Put what *rows* say of one film into the catalogue, as one Change of the film, and one of each person.

    A film, a person or a character that is there keeps what stands. A credit that is there becomes what the table says
    of it, where that is the same with the later check, and one that the table does not name stays as it is. Raises
    Refused, and then changes nothing.
    """
    told = _film(rows)
    film = film_of(told)
    made = film.pk is None
    with recorded(film, by=by, action=ChangeAction.IMPORTED, source=source) as recording:
        fill(film, told)
        credited = [row for row in rows if _names_somebody(row)]
        people, new = people_of(_people(rows), by=by, source=source)
        outcome = _set_credits(film, _lines(credited, people, _characters(film, credited)))
    return Imported(film, made, tuple(new), Outcome(**outcome, change=recording.change))


def _films(path: Path, film: str) -> Iterator[Sequence[Row]]:
    return (rows for rows in table.films(path) if film in ("", rows[0].cells["film"]))


def _film(rows: Sequence[Row]) -> Told:
    alike(rows, FILM, key=lambda row: row.cells["film"])
    return Told(rows[0], rows[0].values(Film, FILM))


def _names_somebody(row: Row) -> bool:
    """Tell whether *row* is a credit; a film without any has one row that is none."""
    if row.cells["person"]:
        return True
    for column in (*PERSON, *CREDIT, PART, *CHARACTER):
        if row.cells[column]:
            raise row.refuse("Nobody is named in this row, by an address.", "person")
    return False


def _people(rows: Sequence[Row]) -> dict[str, Told]:
    first = alike(filter(_names_somebody, rows), PERSON, key=lambda row: row.cells["person"])
    return {slug: Told(row, row.values(Person, PERSON)) for slug, row in first.items()}


def _characters(film: Film, rows: Sequence[Row]) -> dict[str, Character]:
    """Return the film's characters by the address that the table gives them; those that are not there are made."""
    played = [row for row in rows if row.cells["character"]]
    first = alike(played, CHARACTER, key=lambda row: row.cells["character"])
    known = {character.slug: character for character in film.characters.filter(slug__in=first)}
    former = CharacterAddress.objects.filter(character__film=film, slug__in=first).select_related("character")
    known = {address.slug: address.character for address in former} | known
    new = {slug: Character(film=film, **row.values(Character, CHARACTER)) for slug, row in first.items()}
    new = {slug: character for slug, character in new.items() if slug not in known}
    Character.objects.bulk_create(new.values())
    return known | new


def _lines(rows: Sequence[Row], people: Mapping[str, Person], characters: Mapping[str, Character]) -> list[Line]:
    """Return the credits in the table's order; raises Refused where somebody has two that are one."""
    together: dict[Key, list[Row]] = {}
    for row in rows:
        person = people[row.cells["person"]]
        together.setdefault(_key(person.pk, row.cells["department"], row.cells["job"]), []).append(row)
    return [_line(found, people[found[0].cells["person"]], characters) for found in together.values()]


def _line(rows: Sequence[Row], person: Person, characters: Mapping[str, Character]) -> Line:
    alike(rows, CREDIT, key=lambda _: person)
    labels: set[str] = set()
    for row in rows:
        if row.cells[PART] in labels or (not row.cells[PART] and len(rows) > 1):
            raise row.refuse(f"{person} stands here twice with one part.", PART)
        labels.add(row.cells[PART])
    parts = tuple(_part(row, characters) for row in rows if row.cells[PART] or row.cells["character"])
    return Line(rows[0], person, rows[0].values(Credit, CREDIT), parts)


def _part(row: Row, characters: Mapping[str, Character]) -> Part:
    label = row.values(Role, {PART: "label"})["label"]
    character = row.cells["character"]
    return label, characters[character].pk if character else None


def _set_credits(film: Film, lines: Sequence[Line]) -> dict[str, tuple[str, ...]]:
    """Make the credits of *film* say what *lines* do, and return how many that added, changed and left, by names."""
    standing = {_key(each.person_id, each.department, each.job): each for each in film.credits.with_parts()}
    credits = {line.key: standing.get(line.key) or Credit(film=film, person=line.person) for line in lines}
    recast = [line for line in lines if _parts(credits[line.key]) != line.parts]
    rewritten = [line for line in lines if _rewrite(credits[line.key], _kept(credits[line.key], line))]
    Credit.objects.bulk_create(credits[line.key] for line in lines if line.key not in standing)
    changed = [credits[line.key] for line in rewritten if line.key in standing]
    if changed:
        Credit.objects.bulk_update(changed, list(CREDIT))
    _set_roles(recast, credits)
    if rewritten or recast:
        Film.objects.filter(pk=film.pk).update(updated_at=timezone.now())
    touched = {line.key for line in (*rewritten, *recast)}
    return {
        "added": _named(credits[line.key] for line in lines if line.key not in standing),
        "changed": _named(credits[line.key] for line in lines if line.key in standing and line.key in touched),
        "unchanged": _named(credits[line.key] for line in lines if line.key not in touched),
        "missing": _named(credit for key, credit in standing.items() if key not in credits),
    }


def _set_roles(lines: Sequence[Line], credits: Mapping[Key, Credit]) -> None:
    Role.objects.filter(credit__in=[credits[line.key] for line in lines]).delete()
    Role.objects.bulk_create(
        Role(credit=credits[line.key], position=position, label=label, character_id=character)
        for line in lines
        for position, (label, character) in enumerate(line.parts, start=1)
    )


def _kept(credit: Credit, line: Line) -> Mapping[str, Any]:
    """Return the columns of *line*, without its check where *credit* says the same and was checked later."""
    rest = {name: said for name, said in line.columns.items() if name not in CHECK}
    same = _parts(credit) == line.parts and all(getattr(credit, name) == said for name, said in rest.items())
    later = _check(credit.verified_on, credit.source) > _check(*(line.columns[name] for name in CHECK))
    return rest if same and later else line.columns


def _check(verified_on: date | None, source: str) -> tuple[date, bool]:
    return verified_on or date.min, bool(source)


def _rewrite(credit: Credit, columns: Mapping[str, Any]) -> bool:
    """Put *columns* into *credit*; tell whether it is new, or they differ from what it said."""
    differs = credit.pk is None or any(getattr(credit, name) != said for name, said in columns.items())
    for name, said in columns.items():
        setattr(credit, name, said)
    return differs


def _parts(credit: Credit) -> tuple[Part, ...]:
    return tuple((role.label, role.character_id) for role in credit.roles.all()) if credit.pk else ()


def _named(credits: Iterable[Credit]) -> tuple[str, ...]:
    return tuple(
        f"{credit.person.name}{f', {credit.job or credit.department}' if credit.department != Department.CAST else ''}"
        for credit in credits
    )


def _key(person: int, department: str, job: str) -> Key:
    return person, department, "" if department == Department.CAST else job
