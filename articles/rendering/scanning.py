"""Scanning: where in a stretch of prose our own marks stand, leaving out code, escapes and addresses.

One pass over the text, however many marks it has; what the parser's rules and the proofreader know of marks is this.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

CANDIDATE = re.compile(r"\[\[[^\[\]\r\n]*\]\]")
MARK = re.compile(
    rf"""
      (?P<escape> \\. )
    | (?P<code> `+ )
    | (?P<address> <[a-zA-Z][a-zA-Z0-9+.-]{{1,31}}:[^<>\s]*> )
    | (?P<reference> {CANDIDATE.pattern} )
    | (?P<bars> \|{{2,}} )
    """,
    re.VERBOSE | re.DOTALL,
)
BACKTICKS = re.compile("`+")


def marks(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be a reference (group `reference`) or a spoiler's bars (group `bars`) of inline *text*."""
    place, fences = 0, _fences(text)
    while match := MARK.search(text, place):
        place = match.end()
        if match["code"]:
            place = _closing(fences[len(match["code"])], place) or place
        elif match["reference"] or match["bars"]:
            yield match


def spoilers(text: str) -> dict[int, int]:
    """Return where each inline spoiler's opening bars start -> where its closing ones do.

    Bars pair as they come, and bind more tightly than emphasis and links, so that no stray star uncovers a spoiler.
    Of a longer run of bars the last two open and the first two close; with nothing between, they are bars.
    """
    pairs: dict[int, int] = {}
    opening: int | None = None
    for match in marks(text):
        if not match["bars"]:
            continue
        if opening is not None and text[opening + 2 : match.start()].strip():
            pairs[opening] = match.start()
            opening = match.end() - 2 if match.end() - match.start() >= 4 else None
        else:
            opening = match.end() - 2
    return pairs


def _fences(text: str) -> dict[int, list[tuple[int, int]]]:
    """Return the runs of backticks by length, start and end, the last one first."""
    runs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for run in BACKTICKS.finditer(text):
        runs[run.end() - run.start()].append((run.start(), run.end()))
    for same in runs.values():
        same.reverse()
    return runs


def _closing(runs: list[tuple[int, int]], place: int) -> int | None:
    """Return the end of the code that opened right before *place*; runs that are behind are dropped."""
    while runs and runs[-1][0] < place:
        runs.pop()
    return runs[-1][1] if runs else None
