"""Applying what was pasted or read from a file to a film's cast: one step, one Change."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from films.cataloguing import add_person
from films.changes import recorded
from films.credits import CastLine, cast_lines, in_order, set_cast
from films.importing.entry import Entry
from films.importing.matching import Match, State
from films.models import Change, ChangeAction, Film, Person

MANNER = ("parts", "credited_as", "uncredited", "voice", "archive_footage", "as_self", "note")
ALPHABET = 4  # Names in alphabetical order from which on that order says nothing of the billing.


class Unclear(Exception):
    """Some entries cannot be applied; `matches` are those."""

    def __init__(self, matches: Sequence[Match]):
        super().__init__(f"{len(matches)} of the lines are not clear.")
        self.matches = matches


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a cast, by names: `missing` stand on the film and not in what was applied, and stay.

    `change` says so in the film's history, and is None where nothing differs.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    missing: tuple[str, ...]
    change: Change | None = field(default=None, compare=False)


def apply(matches: Sequence[Match], *, film: Film, by, action: str = ChangeAction.PASTED, source: str = "") -> Outcome:
    """Put what *matches* say into the cast of *film* and return what that changed.

    Who is in the cast keeps their place, and gets the parts and the manner given; others come after, in the order
    given, which is no billing where it is alphabetical. Raises Unclear, and then changes nothing.
    """
    if unclear := [each for each in matches if each.state not in {State.MATCHED, State.NEW}]:
        raise Unclear(unclear)
    with recorded(film, by=by, action=action, source=source) as recording:
        standing = {line.person.pk: line for line in cast_lines(film)}
        given = _given(matches)
        lines = {key: _merged(line, given.get(key)) for key, line in standing.items()}
        new = [line for key, line in given.items() if key not in standing]
        ordered = in_order(film, [*lines.values(), *new])
        set_cast(film, _without_order(ordered, new) if _alphabetical(new) else ordered, by=by)
    return Outcome(
        added=tuple(line.person.name for line in new),
        changed=tuple(line.person.name for key, line in lines.items() if key in given and line != standing[key]),
        unchanged=tuple(line.person.name for key, line in lines.items() if key in given and line == standing[key]),
        missing=tuple(line.person.name for key, line in standing.items() if key not in given),
        change=recording.change,
    )


def _given(matches: Sequence[Match]) -> dict[int, CastLine]:
    """Return a line for everybody, by person; who stands on two lines has the parts of both."""
    given: dict[int, CastLine] = {}
    newcomers: dict[str, Person] = {}
    for each in matches:
        person = each.person or newcomers.get(each.entry.name) or add_person(each.entry.name)
        newcomers[each.entry.name] = person
        line = _line(person, each.entry)
        if before := given.get(person.pk):
            line = replace(before, parts=tuple(dict.fromkeys([*before.parts, *line.parts])))
        given[person.pk] = line
    return given


def _line(person: Person, entry: Entry) -> CastLine:
    manner = {name: getattr(entry, name) for name in MANNER}
    return CastLine(person, **manner | {"credited_as": entry.credited_as or _credited(person, entry)})


def _credited(person: Person, entry: Entry) -> str:
    """Return the name given where the person is known by another: an alias is how the film credits them."""
    same = entry.name.casefold() == person.name.casefold()
    return "" if same or entry.name.isupper() else entry.name


def _merged(line: CastLine, given: CastLine | None) -> CastLine:
    """Return a line that stands with what is *given* of it; what is not given stays."""
    if given is None:
        return line
    return replace(line, **{name: value for name in MANNER if (value := getattr(given, name))})


def _alphabetical(lines: Sequence[CastLine]) -> bool:
    names = [line.person.name.casefold() for line in lines]
    return len(names) >= ALPHABET and names == sorted(names)


def _without_order(lines: Sequence[CastLine], new: Sequence[CastLine]) -> list[CastLine]:
    added = {line.person.pk for line in new}
    return [replace(line, billing=None) if line.person.pk in added else line for line in lines]
