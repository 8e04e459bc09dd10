"""Entries: a performer's line as it was pasted and as it was understood."""

import re
from dataclasses import dataclass, replace

from films.credits import parts as parts_of

THEMSELVES = {"self", "himself", "herself", "themselves", "themself"}
MOST = 200  # Characters in a name, a part or a note; what is longer is no line of credits.

_ATTRIBUTE = re.compile(
    r"""[(\[]\s*(?:
        (?P<as>(?:credited\ )?as)\s+(?P<name>[^()\[\]]+?)
        |(?P<uncredited>uncredited|not\ credited)
        |(?P<voice>voice|voice\ only|english\ voice)
        |(?P<archive>archive\ footage|archival\ footage|archive\ sound)
        |(?P<note>(?:segment|singing\ voice|scenes?\ deleted|credit\ only|unconfirmed|stunts?|cameo)[^()\[\]]*)
    )\s*[)\]]\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What *lines* of a paste (their numbers, from 1 on) say, `text` being what stood there.

    An entry with a `problem` was not understood, or only in part; one that is `guessed` is to be looked at. `place` is
    the place in the billing where the paste says so, and `film` the film whose line it is, where the line names one.
    """

    lines: tuple[int, ...]
    text: str
    name: str = ""
    parts: tuple[str, ...] = ()
    credited_as: str = ""
    uncredited: bool = False
    voice: bool = False
    archive_footage: bool = False
    as_self: bool = False
    note: str = ""
    place: int | None = None
    film: str = ""
    guessed: bool = False
    problem: str = ""


def entry(lines: tuple[int, ...], text: str, name: str, part: str = "", **known: object) -> Entry:
    """Return *name* playing *part* as an entry; what stands in brackets behind either is taken for what it is.

    Several parts are parted by " / " alone: "Dr. Jekyll/Mr. Hyde" is one.
    """
    name, of_name = _attributes(name)
    part, of_part = _attributes(part)
    found = of_name | of_part | known
    parts = tuple(dict.fromkeys(parts_of(part)))
    made = Entry(lines, text, name=name, parts=parts, as_self=bool(parts) and parts[0].casefold() in THEMSELVES)
    made = replace(made, **found)  # type: ignore[arg-type]
    return replace(made, problem=made.problem or _problem(made))


def unread(number: int, text: str, problem: str = "This line was not understood.") -> Entry:
    """Return a line that says nothing of a performer, or nothing that was understood."""
    return Entry((number,), text, problem=problem)


def without_attributes(text: str) -> str:
    """Return *text* without what stands in brackets behind it."""
    return _attributes(text)[0]


def _attributes(text: str) -> tuple[str, dict[str, object]]:
    """Take attributes off the right end of *text*, again and again; return the rest with what they said."""
    found: dict[str, object] = {}
    notes: list[str] = []
    text = " ".join(text.split())
    while match := _ATTRIBUTE.match(text, max(text.rfind("("), text.rfind("["), 0)):
        text = text[: match.start()].rstrip(" ,;")
        if match["as"]:
            found["credited_as"] = match["name"]
        elif match["note"]:
            notes.insert(0, " ".join(match["note"].split()))
        else:
            found[{"archive": "archive_footage"}.get(match.lastgroup or "", match.lastgroup or "")] = True
    if notes:
        found["note"] = ", ".join(notes)
    return text.strip(" ,;"), found


def _problem(made: Entry) -> str:
    if not made.name:
        return "Nobody is named here."
    if max(map(len, (made.name, made.credited_as, made.note, *made.parts))) > MOST:
        return f"Something here is longer than {MOST} characters."
    return ""
