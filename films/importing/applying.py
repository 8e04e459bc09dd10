"""Applying what was pasted or read from a file to a film's cast: one step, one Change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from films.billing import alphabetical
from films.cataloguing import add_person
from films.changes import recorded
from films.credits import CastLine, cast_lines, in_order, set_cast
from films.importing.entry import Entry
from films.importing.matching import Match, State
from films.models import Change, ChangeAction, Film, Person

MANNER = ("parts", "credited_as", "uncredited", "voice", "archive_footage", "as_self", "note")
FLAGS = {"uncredited": "uncredited", "voice": "voice", "archive_footage": "archive footage", "as_self": "as themselves"}
LONGEST_NOTE = 200


class Unclear(Exception):
    """Some entries cannot be applied; `matches` are those, each with the reason."""

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
    given, which is no billing where it is alphabetical. A line that is new or changed has *source*, where one is given,
    and is not checked any more. Raises Unclear, and then changes nothing.
    """
    if unclear := [each for each in matches if each.state not in {State.MATCHED, State.NEW}]:
        raise Unclear(unclear)
    with recorded(film, by=by, action=action, source=source) as recording:
        standing = {line.person.pk: line for line in cast_lines(film)}
        given = _given(matches, by=by, source=source)
        lines = {key: _merged(line, given.get(key), source) for key, line in standing.items()}
        new = [replace(line, source=source[:200]) for key, line in given.items() if key not in standing]
        ordered = in_order(film, [*lines.values(), *new])
        set_cast(
            film, _without_order(ordered, new) if alphabetical(line.person.name for line in new) else ordered, by=by
        )
    return Outcome(
        added=tuple(line.person.name for line in new),
        changed=tuple(line.person.name for key, line in lines.items() if key in given and line != standing[key]),
        unchanged=tuple(line.person.name for key, line in lines.items() if key in given and line == standing[key]),
        missing=tuple(line.person.name for key, line in standing.items() if key not in given),
        change=recording.change,
    )


def _given(matches: Sequence[Match], *, by, source: str) -> dict[int, CastLine]:
    """Return a line for everybody, by person, which joins all that is said of them; raises Unclear where it cannot."""
    given: dict[int, CastLine] = {}
    unclear = []
    for each, person in zip(matches, _whom(matches, by=by, source=source), strict=True):
        line = _line(person, each.entry)
        before = given.get(person.pk, line)
        if reason := _disagreement(before, line):
            unclear.append(replace(each, state=State.AMBIGUOUS, reason=reason))
        given[person.pk] = _joined(before, line)
    if unclear:
        raise Unclear(unclear)
    return given


def _whom(matches: Sequence[Match], *, by, source: str) -> Iterator[Person]:
    """Yield the person of each line; a new line's is new, unless it says that an earlier one has the same newcomer."""
    newcomers: dict[int, Person] = {}
    for place, each in enumerate(matches):
        person = each.person
        if person is None:
            key = -1 - place if each.newcomer is None else each.newcomer
            person = newcomers.get(key) or add_person(each.entry.name, by=by, source=source)
            newcomers[key] = person
        yield person


def _disagreement(one: CastLine, other: CastLine) -> str:
    """Return why two lines of one person cannot be one line, "" where they can."""
    differing = [called for name, called in FLAGS.items() if getattr(one, name) != getattr(other, name)]
    if one.credited_as and other.credited_as and one.credited_as != other.credited_as:
        differing.append("credited as")
    if differing:
        return f"another line of this person differs ({', '.join(differing)}): make them alike, or leave one out"
    if len(_joined(one, other).note) > LONGEST_NOTE:
        return "the notes of this person’s lines are too long for one line: shorten them"
    return ""


def _joined(one: CastLine, other: CastLine) -> CastLine:
    return replace(
        one,
        parts=tuple(dict.fromkeys([*one.parts, *other.parts])),
        credited_as=one.credited_as or other.credited_as,
        note=", ".join(dict.fromkeys(filter(None, [one.note, other.note]))),
    )


def _line(person: Person, entry: Entry) -> CastLine:
    manner = {name: getattr(entry, name) for name in MANNER}
    return CastLine(person, **manner | {"credited_as": entry.credited_as or _credited(person, entry)})


def _credited(person: Person, entry: Entry) -> str:
    """Return the name given where the person is known by another: an alias is how the film credits them, no dot."""
    same = entry.name.replace(".", "").casefold() == person.name.replace(".", "").casefold()
    return "" if same or entry.name.isupper() else entry.name


def _merged(line: CastLine, given: CastLine | None, source: str) -> CastLine:
    """Return a line that stands with what is *given* of it; what is not given stays."""
    if given is None:
        return line
    merged = replace(line, **{name: value for name in MANNER if (value := getattr(given, name))})
    return line if merged == line else replace(merged, source=source[:200] or line.source, verified_on=None)


def _without_order(lines: Sequence[CastLine], new: Sequence[CastLine]) -> list[CastLine]:
    added = {line.person.pk for line in new}
    return [replace(line, billing=None) if line.person.pk in added else line for line in lines]
