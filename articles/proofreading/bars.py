"""Bars and colons: marks of spoilers that hide nothing, or more than was meant."""

import re
from collections.abc import Iterator

from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.prose import Block
from articles.rendering import scanning
from articles.rendering.spoilers import FENCE

OPEN = (
    "This spoiler is not closed in its paragraph, so readers see it. Close it with ||, or write \\|\\| for mere bars."
)
NESTED = "A spoiler inside a spoiler ends the one around it, so readers see these words."
IN_TABLE = "In a table these bars end a cell, and readers see the words. Write \\|\\| there."
ENDLESS = "This spoiler is never closed, so it hides all that follows. End it with ::: on a line of its own."
CODE = re.compile(r" {0,3}(`{3,}|~{3,})")


def check_bars(copy: Copy) -> Iterator[Finding]:
    """Find bars that leave in the open what they were to hide."""
    for block in copy.prose.blocks:
        yield from _in_cell(copy, block) if block.kind == "cell" else _in_prose(copy, block)


def check_fences(copy: Copy) -> Iterator[Finding]:
    """Find spoiler blocks without an end."""
    open_ones: list[Place] = []
    code, place = "", 0
    for line in copy.body.splitlines(keepends=True):
        start, place = place, place + len(line)
        if fence := CODE.match(line):
            code = "" if code and line.strip().startswith(code) else code or fence[1]
        match = None if code else FENCE.fullmatch(line.strip().lstrip("> "))
        if match and match["spoiler"]:
            open_ones.append(Place("body", start, start + len(line.rstrip("\r\n"))))
        elif match and open_ones:
            open_ones.pop()
    for unclosed in open_ones:
        yield Finding("spoiler-open", Level.WARNING, ENDLESS, unclosed, copy.typed(unclosed))


def _in_prose(copy: Copy, block: Block) -> Iterator[Finding]:
    text = copy.body[block.start : block.end]
    if "||" not in text:
        return
    pairs = scanning.spoilers(text)
    bars = {*pairs, *pairs.values()}
    for match in scanning.marks(text):
        if match["bars"] and not bars & set(range(*match.span())):
            yield _finding(copy, block.start + match.start(), block.start + match.end(), OPEN)
    for closing in pairs.values():
        if re.match(r"\s\|\|\w", text[closing - 1 : closing + 3]):
            yield _finding(copy, block.start + closing, block.start + closing + 2, NESTED)


def _in_cell(copy: Copy, block: Block) -> Iterator[Finding]:
    start, end = block.start - 2, block.end + 2
    if start >= 0 and copy.body[start : block.start] == "||" == copy.body[block.end : end]:
        yield _finding(copy, start, end, IN_TABLE, f"\\|\\|{copy.body[block.start : block.end]}\\|\\|")


def _finding(copy: Copy, start: int, end: int, message: str, suggestion: str | None = None) -> Finding:
    place = Place("body", start, end)
    return Finding("spoiler-open", Level.ERROR, message, place, copy.typed(place), suggestion)
