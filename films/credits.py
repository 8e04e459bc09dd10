"""Keeping a film's credits: who played in it and who made it, with their parts, in order."""

import hashlib
import json
import re
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

from django.utils import timezone

from films.billing import rebilled
from films.changes import recorded
from films.models import Character, Credit, Department, Film, Person
from films.parts import set_roles, unmentioned


class CreditsRefused(Exception):
    """Lines that cannot stand together; `place` is the index of the one too many."""

    def __init__(self, message, place):
        super().__init__(message)
        self.place = place


class PersonTwice(CreditsRefused):
    """A performer has two lines in one cast."""


class PartTwice(CreditsRefused):
    """A performer's line names one part twice."""


class JobTwice(CreditsRefused):
    """Somebody stands twice for one job."""


@dataclass(frozen=True)
class CastLine:
    """A performer's line in the cast; billing None says that the order is not known.

    A source and a day of checking that are not given (...) stay as they stand.
    """

    person: Person
    parts: tuple[str, ...] = ()
    credited_as: str = ""
    uncredited: bool = False
    voice: bool = False
    archive_footage: bool = False
    as_self: bool = False
    billing: int | None = None
    joiner: str = ""
    note: str = ""
    source: Any = ...
    verified_on: Any = ...

    department = Department.CAST
    job = ""


@dataclass(frozen=True)
class CrewLine:
    """Somebody's line for one job behind the camera; a source and a day not given (...) stay as they stand."""

    person: Person
    department: str
    job: str = ""
    joiner: str = ""
    credited_as: str = ""
    uncredited: bool = False
    billing: int | None = None
    note: str = ""
    source: Any = ...
    verified_on: Any = ...


def parts(text):
    """Return the parts that *text* names: "Driver / Technician #2" are two, "Dr. Jekyll/Mr. Hyde" is one."""
    pieces = re.split(r"(?<=\s)/(?=\s)", f" {text} ")
    return tuple(label for piece in pieces if (label := " ".join(piece.split())))


def cast_lines(film):
    """Return the film's cast as it stands, in order."""
    credits = film.credits.cast().select_related("person").prefetch_related("roles")
    return [_line(CastLine, credit, parts=tuple(role.label for role in credit.roles.all())) for credit in credits]


def crew_lines(film):
    """Return the film's crew as it stands, by department and in order."""
    return [_line(CrewLine, credit) for credit in film.credits.crew().select_related("person")]


def in_order(film, lines):
    """Return *lines* with the billing that keeps them in the order given; see `films.billing.rebilled`."""
    standing = {_key(credit): (credit.billing, credit.pk) for credit in film.credits.all()} if film.pk else {}
    sheets = defaultdict(list)
    for line in lines:
        sheets[line.department].append(line)
    return [
        _with_billing(line, billing)
        for sheet in sheets.values()
        for line, billing in zip(
            sheet, rebilled([standing.get(_key(line), (None, None)) for line in sheet]), strict=True
        )
    ]


def fingerprint(lines):
    """Return a short text that changes with anything that *lines* say, and with their order, but not with numbers."""
    said = [{**vars(line), "person": line.person.pk or line.person.name, "billing": None} for line in lines]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]


def check_cast(lines):
    """Raise PersonTwice or PartTwice where a cast cannot hold these *lines*."""
    twice = _twice(lines)
    if twice is not None:
        raise PersonTwice(f"{lines[twice].person} is in the cast twice; one line can hold several parts.", twice)
    for place, line in enumerate(lines):
        if len(set(line.parts)) < len(line.parts):
            raise PartTwice(f"{line.person}'s line names one part twice.", place)


def check_crew(lines):
    """Raise JobTwice where *lines* give somebody one job twice."""
    twice = _twice(lines)
    if twice is not None:
        line = lines[twice]
        raise JobTwice(f"{line.person} already stands for “{line.job or line.department}”.", twice)


def set_cast(film, lines, *, by=None):
    """Make *lines* the film's whole cast, and record that *by* did.

    A part keeps the character it is linked to; a new one finds its character by name or other name, or makes it. A
    part that is only written otherwise stays who it was, and a character called by it takes the new name. People as
    themselves play no character. A character whom nobody plays any more goes, unless something else is recorded of it
    or a text mentions it. Raises PersonTwice or PartTwice, and
    then changes nothing.
    """
    check_cast(lines)
    with _changing(film, by):
        played = set(film.characters.filter(roles__isnull=False).values_list("pk", flat=True))
        credits = _set_lines(film, film.credits.cast(), lines)
        set_roles(film, credits, lines)
        nobody = {"roles": None, "names": None, "description": "", "disambiguation": "", "spoils": False}
        Character.objects.filter(pk__in=played, **nobody, **unmentioned()).delete()


def set_crew(film, lines, *, by=None):
    """Make *lines* the film's whole crew, and record that *by* did; raise JobTwice, and then change nothing."""
    check_crew(lines)
    with _changing(film, by):
        _set_lines(film, film.credits.crew(), lines)


def lock(film):
    """Let nobody else write *film*'s credits until this transaction ends."""
    Film.objects.select_for_update().filter(pk=film.pk).first()


@contextmanager
def _changing(film, by):
    """Change *film*'s credits as one step and mark the film as changed: every change of credits passes here."""
    with recorded(film, by=by):
        Film.objects.filter(pk=film.pk).update(updated_at=timezone.now())
        yield


def _line(kind, credit, **values):
    """Return *credit* as a line of *kind*."""
    return kind(
        **{field.name: getattr(credit, field.name) for field in fields(kind) if field.name != "parts"}, **values
    )


def _with_billing(line, billing):
    return type(line)(**{**vars(line), "billing": billing})


def _key(line):
    """Return what makes a line or a credit the one it is: in the cast the person, in the crew the job too."""
    person = line.person_id if isinstance(line, Credit) else line.person.pk or line.person.name
    return person, line.department, "" if line.department == Department.CAST else line.job


def _twice(lines):
    """Return the index of the first line that stands there already, or None."""
    seen = set()
    for place, line in enumerate(lines):
        if _key(line) in seen:
            return place
        seen.add(_key(line))
    return None


def _set_lines(film, standing, lines):
    """Make *standing* credits say *lines*, adding and removing; return them in the lines' order."""
    known = {_key(credit): credit for credit in standing}
    credits = [known.get(_key(line)) or Credit(film=film, person=line.person) for line in lines]
    kept = {credit.pk for credit in credits}
    Credit.objects.filter(pk__in=[credit.pk for credit in known.values() if credit.pk not in kept]).delete()
    changed = [credit for credit, line in zip(credits, lines, strict=True) if _rewrite(credit, line) and credit.pk]
    if changed:
        columns = {field.name for field in fields(lines[0])} - {"person", "parts"}
        Credit.objects.bulk_update(changed, sorted(columns))
    Credit.objects.bulk_create(credit for credit in credits if not credit.pk)
    return credits


def _rewrite(credit, line):
    """Put what *line* says into *credit*; tell whether that differs."""
    held = {field: value for field, value in vars(line).items() if field not in {"person", "parts"}}
    said = {field: value for field, value in held.items() if value is not ...}
    said["department"] = line.department
    before = {field: getattr(credit, field) for field in said}
    for field, value in said.items():
        setattr(credit, field, value)
    return before != said
