"""What a reference asks for, and the parser's rules for it: `[[person:jason-patric|Patric]]`, `[[film.director]]`."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, link

from articles.rendering.scanning import CANDIDATE
from films.facts import FACTS, SPELLINGS

SLUG = "[-a-zA-Z0-9_]{1,250}"
ROW = re.compile(rf"(?P<kind>person|character|film):\s*(?P<key>{SLUG})", re.IGNORECASE)
FACT = re.compile(rf"film(?::\s*(?P<key>{SLUG}))?\.(?P<fact>[a-z-]+)", re.IGNORECASE)
CAST = re.compile(r"cast(?::\s*(?P<number>[1-9]\d{0,3}))?", re.IGNORECASE)
CAST_LINE = re.compile(r"(\[\[\s*cast\b[^\[\]|]*\]\])[ \t]*", re.IGNORECASE)


class Target(NamedTuple):
    """What a reference asks for: `kind` is person, character, film or cast, "" where it is none of them.

    `key` is an address; of a cast table it is how many it shows, "" for all. A film without one is the text's own.
    """

    kind: str
    key: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as typed; `start` and `end` are its places in the source (in its paragraph, while that is parsed)."""

    kind: str
    key: str
    label: str
    fact: str
    start: int
    end: int

    @property
    def target(self) -> Target:
        """What it asks for, whatever its label; `Rendered.broken` holds the targets that there are not."""
        return Target(self.kind, self.key, self.fact)


def install(parser: MarkdownIt) -> None:
    """Teach *parser* references, as tokens "reference", and cast tables, as tokens "cast", with a Reference in both."""
    parser.inline.ruler.before("link", "house_reference", _reference)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "house_cast", _cast, {"alt": interrupts})


def read(markup: str, start: int = 0, *, alone: bool = False) -> Reference:
    """Return what *markup*, "[[...]]" as typed, refers to; a cast table must stand *alone* on its line.

    What is no reference of ours has no kind, and as key what was typed.
    """
    asked, _, label = markup[2:-2].replace("\\|", "|").partition("|")
    kind, key, fact = _target(asked.strip(), alone=alone)
    return Reference(kind, key, label.strip(), fact, start, start + len(markup))


def stands(state: StateInline, match: re.Match[str]) -> bool:
    """Tell whether *match*, a candidate in the inline text of *state*, is a reference and no link of CommonMark's."""
    if match.end() > state.posMax or match[0].startswith("[[^"):
        return False
    return bool(read(match[0]).kind) or not any(_links(state, match.start() + bracket) for bracket in (0, 1))


def _target(asked: str, *, alone: bool) -> Target:
    cast = CAST.fullmatch(asked) if alone else None
    if cast:
        return Target("cast", cast["number"] or "")
    fact, row = FACT.fullmatch(asked), ROW.fullmatch(asked)
    name = SPELLINGS.get(fact["fact"].lower(), fact["fact"].lower()) if fact else ""
    if fact and name in FACTS:
        return Target("film", fact["key"] or "", name)
    return Target(row["kind"].lower(), row["key"]) if row else Target("", asked)


def _links(state: StateInline, place: int) -> bool:
    before, state.pos = state.pos, place
    try:
        return link(state, True)
    finally:
        state.pos = before


def _reference(state: StateInline, silent: bool) -> bool:
    match = CANDIDATE.match(state.src, state.pos)
    if not match or not stands(state, match):
        return False
    if not silent:
        token = state.push("reference", "", 0)
        reference = read(match[0], state.pos)
        # Something to stand between the quotes around it: what is shown is not known yet.
        token.content = reference.label or reference.key or reference.fact
        token.meta["reference"] = reference
    state.pos = match.end()
    return True


def _cast(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if state.is_code_block(start_line) or not state.src.startswith("[[", start):
        return False
    match = CAST_LINE.fullmatch(state.src, start, end)
    if match and not silent:
        token = state.push("cast", "", 0)
        token.map = [start_line, start_line + 1]
        token.content = match[1]
        token.meta["reference"] = read(match[1], start, alone=True)
        state.line = start_line + 1
    return bool(match)
