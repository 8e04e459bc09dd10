"""Brackets: those that nothing closes are read at once, where markdown-it would look for their end again and again."""

import re
from bisect import bisect_left, bisect_right

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

RUN = re.compile(r"\[+")
START = {"[", "!", "^"}


class Brackets:
    """Where in a text brackets open, run by run, and where they close."""

    def __init__(self, text: str):
        runs = [match.span() for match in RUN.finditer(text)]
        self.starts, self.ends = [start for start, _ in runs], [end for _, end in runs]
        self.closings = [place for place, letter in enumerate(text) if letter == "]"]

    def open_at(self, place: int) -> int:
        """Count how many open one after the other from *place* on."""
        run = bisect_right(self.starts, place) - 1
        return max(self.ends[run] - place, 0) if run >= 0 else 0

    def closings_after(self, place: int) -> int:
        """Count those that close after *place*."""
        return len(self.closings) - bisect_left(self.closings, place)


def install(parser: MarkdownIt) -> None:
    """Teach *parser* to pass over brackets that cannot become a link, a picture or a footnote; what it reads stays."""
    parser.inline.ruler.after("backticks", "house_brackets", _unclosed)


def _unclosed(state: StateInline, silent: bool) -> bool:
    """Read the opening brackets of a run that are more than all closing ones after it."""
    if state.src[state.pos] not in START:
        return False
    brackets = _brackets(state)
    spare = brackets.open_at(state.pos + (state.src[state.pos] != "[")) - brackets.closings_after(state.pos)
    if spare <= 0:
        return False
    passed = state.src[state.pos : min(state.pos + spare, state.posMax)]
    if not silent:
        state.append_pending(passed)
    state.pos += len(passed)
    return True


def _brackets(state: StateInline) -> Brackets:
    """Return where the brackets of the paragraph stand, found out once."""
    known: dict[str, Brackets] = state.env.setdefault("brackets", {})
    if state.src not in known:
        known[state.src] = Brackets(state.src)
    return known[state.src]
