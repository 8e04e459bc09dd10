"""Reading pasted credits, in whatever layout they come; no line is lost."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from csv import reader

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from films import names
from films.importing.entry import Entry, entry, unread
from films.importing.layouts import CREW, LAYOUTS, Line, Pair, forwards, is_name, plain

# Says which of some names belong to people who are known.
type Known = Callable[[Collection[str]], Collection[str]]

TURNED = {"capitals", "bracketed", "prose"}  # Layouts in which the part usually comes first.
COLUMNS = {
    "name": ("actor", "actress", "performer", "name", "cast", "person", "played by", "player"),
    "part": ("role", "roles", "character", "characters", "part", "parts", "as"),
    "place": ("billing", "order", "#", "no", "no.", "position"),
    "credited_as": ("credited as",),
    "note": ("note", "notes"),
    "uncredited": ("uncredited",),
    "voice": ("voice",),
    "archive_footage": ("archive footage",),
}
FLAGS = {"uncredited", "voice", "archive_footage"}
YES = {"1", "x", "y", "yes", "true"}
LONGEST = 2000  # Characters in a line; what is longer is no line of a cast, and would be slow to read.

_LINE_END = re.compile(r"\r\n|\r|\n")


def read(text: str, known: Known) -> list[Entry]:
    """Return what *text* says, in its order; every line with anything on it is in one entry at least. Never raises.

    The layout is found line by line, but that of tables, of NFO files and of performers and parts on lines of their
    own, which is one for all. *known* decides which side of a line is the performer. A line of more than LONGEST
    characters is not read, unless it is one of an NFO file, which may be all on one.
    """
    numbered = list(enumerate(_LINE_END.split(text), start=1))
    if "<actor>" in text.casefold():
        return _nfo(text, numbered)
    endless = [
        unread(number, raw, f"This line is longer than {LONGEST:,} characters.")
        for number, raw in numbered
        if len(raw) > LONGEST and raw.strip()
    ]
    lines = [Line(number, raw, plain(raw)) for number, raw in numbered if len(raw) <= LONGEST]
    lines = [line for line in lines if line.text.strip()]
    found = _table(lines, known) or _alternating(lines, known) or _by_line(lines, known)
    return sorted([*endless, *found], key=lambda made: made.lines)


def _by_line(lines: Sequence[Line], known: Known) -> list[Entry]:
    found = [each for line in lines for each in _first(line) or [unread(line.number, line.raw, _why(line))]]
    turned = _turned([each for each in found if isinstance(each, Pair)], known)
    return [each.entry(turned=turned[each.kind]) if isinstance(each, Pair) else each for each in found]


def _first(line: Line) -> list[Pair | Entry]:
    """Return what the first layout that fits *line* reads in it, [] where none does."""
    read = next((read for layout in LAYOUTS if (read := layout(line))), [])
    return [read] if isinstance(read, Pair) else list(read)


def _why(line: Line) -> str:
    crew = "This is a line of the crew, not of the cast."
    return crew if CREW.match(line.text) else "This line was not understood."


def _turned(pairs: Iterable[Pair], known: Known) -> dict[str, bool]:
    """Decide for each layout, once and for all its lines, whether the performer stands on the right."""
    by_kind = defaultdict(list)
    for pair in pairs:
        by_kind[pair.kind].append((pair.left, pair.right))
    return {kind: _right_is_performer(sides, known, otherwise=kind in TURNED) for kind, sides in by_kind.items()}


def _right_is_performer(sides: Sequence[tuple[str, str]], known: Known, *, otherwise: bool) -> bool:
    """Ask who is known; where that does not tell, take what is usual."""
    left, right = ({entry((0,), "", side).name for side in column} for column in zip(*sides, strict=True))
    votes = len(set(known(right)) & right) - len(set(known(left)) & left)
    return votes > 0 if votes else otherwise


def _alternating(lines: Sequence[Line], known: Known) -> list[Entry]:
    """Read performers and their parts on lines of their own, one after the other."""
    if len(lines) < 4 or len(lines) % 2 or any(_first(line) or not is_name(line.text) for line in lines):
        return []
    pairs = list(zip(lines[::2], lines[1::2], strict=True))
    turned = _right_is_performer([(one.text, two.text) for one, two in pairs], known, otherwise=False)
    return [
        entry(
            (one.number, two.number),
            f"{one.raw}\n{two.raw}",
            *((two.text, one.text) if turned else (one.text, two.text)),
        )
        for one, two in pairs
    ]


def _table(lines: Sequence[Line], known: Known) -> list[Entry]:
    """Read a spreadsheet's cells, its columns found by their headings or, without any, by who is known."""
    for delimiter in "\t;,|":
        rows = [_cells(line.text, delimiter) for line in lines]
        heading = [_column(cell) for cell in rows[0]] if rows else []
        if "name" in heading and len(heading) > 1:
            return [unread(lines[0].number, lines[0].raw, "The headings."), *map(_row(heading), lines[1:], rows[1:])]
        if len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1 and _are_names(rows):
            return _without_headings(lines, rows, known, certain=delimiter != ",")
    return []


def _without_headings(lines: Sequence[Line], rows: list[list[str]], known: Known, *, certain: bool) -> list[Entry]:
    sides = [(row[0], row[1]) for row in rows]
    backwards = {forwards(f"{left}, {right}") for left, right in sides}
    if not certain and set(known(backwards)) & backwards:
        return [
            entry((line.number,), line.raw, f"{right} {left}") for line, (left, right) in zip(lines, sides, strict=True)
        ]
    turned = _right_is_performer(sides, known, otherwise=False)
    heading = ["part", "name"] if turned else ["name", "part"]
    return [_row(heading, guessed=not certain)(line, row) for line, row in zip(lines, rows, strict=True)]


def _are_names(rows: list[list[str]]) -> bool:
    return all(is_name(cell) for row in rows for cell in row[:2])


def _cells(text: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(reader([text.replace("\0", "")], delimiter=delimiter), [])]


def _column(heading: str) -> str:
    return next((name for name, called in COLUMNS.items() if heading.casefold().replace("_", " ") in called), "")


def _row(heading: Sequence[str], **more: object) -> Callable[[Line, list[str]], Entry]:
    def made(line: Line, cells: list[str]) -> Entry:
        if len(cells) > len(heading) and any(cells[len(heading) :]):
            return unread(line.number, line.raw, "There are more cells than headings.")
        said = {name: cell for name, cell in zip(heading, cells, strict=False) if name and cell}
        told: dict[str, object] = {name: said[name].casefold() in YES for name in FLAGS & said.keys()}
        told |= {name: said[name] for name in ("credited_as", "note") if name in said}
        if re.fullmatch(r"[0-9]{1,4}", said.get("place", "")):
            told["place"] = int(said["place"])
        name = said.get("name", "")
        odd = {"guessed": True} if name and not is_name(name) else {}
        return entry((line.number,), line.raw, _forwards(name), said.get("part", ""), **{**told, **more, **odd})

    return made


def _forwards(name: str) -> str:
    """Return "Leigh, Jennifer Jason" the other way round, but not "Robert Downey, Jr."."""
    return name if name.rpartition(",")[2].strip().casefold() in names.SUFFIXES else forwards(name)


def _nfo(text: str, numbered: Sequence[tuple[int, str]]) -> list[Entry]:
    """Read the actors of a Kodi NFO file; https://kodi.wiki/view/NFO_files. Its other lines are kept as not read."""
    entries: list[Entry] = []
    taken: set[int] = set()
    ends = [match.end() for match in _LINE_END.finditer(text)]
    for start, end in _actors(text):
        numbers = tuple(range(bisect_right(ends, start) + 1, bisect_right(ends, end - 1) + 2))
        entries.append(_actor(text[start:end], numbers))
        taken.update(numbers)
    rest = [
        unread(number, raw, "This is no entry of the cast.")
        for number, raw in numbered
        if raw.strip() and number not in taken
    ]
    return sorted([*entries, *rest], key=lambda made: made.lines)


def _actors(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each actor of an NFO file starts and ends; one that never ends is none."""
    start = None
    for match in re.finditer(r"<(/?)actor>", text, re.IGNORECASE):
        if not match[1] and start is None:
            start = match.start()
        elif match[1] and start is not None:
            yield start, match.end()
            start = None


def _actor(element: str, numbers: tuple[int, ...]) -> Entry:
    try:
        actor = fromstring(element)
    except (ParseError, DefusedXmlException, ValueError):
        return Entry(numbers, element, problem="This is no well-formed XML.")
    said = {child.tag: " ".join((child.text or "").split()) for child in actor}
    order = said.get("order", "")
    place = int(order) + 1 if re.fullmatch(r"[0-9]{1,4}", order) else None
    return entry(numbers, element, said.get("name", ""), said.get("role", ""), place=place)
