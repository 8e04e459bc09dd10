"""Typography: straight quotes become those of print, in time that grows with the text alone.

markdown-it's own rule decides the same, but copies the whole paragraph for every quote, and looks through all that are
open for every one that closes: a megabyte of quotes would keep it busy for hours.
"""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

QUOTE = re.compile("['\"]")
MARKS = {'"': ("“", "”"), "'": ("‘", "’")}
BREAKS = {"softbreak", "hardbreak"}


SPECIAL = re.compile(r"['\"+.,?!(-]")  # A line without any of these stays as it is.


class Opening(NamedTuple):
    """A quote that may open; `nearest` is where in the stack the last one of each mark stands, on the same level."""

    token: int
    place: int
    level: int
    nearest: dict[str, int]


def install(parser: MarkdownIt) -> None:
    """Teach *parser* the marks of print: ellipses and dashes by markdown-it's rules, quotes by ours."""
    parser.options["typographer"] = True
    parser.enable(["replacements", "smartquotes"])
    parser.core.ruler.at("smartquotes", _curl)


def smarten(text: str) -> str:
    """Return a plain line with the quotes, dashes and ellipses of print."""
    if not SPECIAL.search(text):
        return text
    return "".join(child.content for token in _lines.parseInline(text) for child in token.children or ())


def _curl(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and QUOTE.search(token.content):
            _Curler(token.children).curl()


class _Curler:
    """The tokens of one paragraph while their quotes are turned."""

    def __init__(self, tokens: list[Token]):
        self.tokens = tokens
        self.letters: dict[int, list[str]] = {}
        self.before, self.after = _ends(tokens, -1), _ends(tokens[::-1], 0)[::-1]
        self.open: list[Opening] = []

    def curl(self) -> None:
        """Turn every quote that is in the text."""
        for index, token in enumerate(self.tokens):
            while self.open and self.open[-1].level > token.level:
                self.open.pop()
            if token.type == "text" and QUOTE.search(token.content):
                self.letters[index] = list(token.content)
                for quote in QUOTE.finditer(token.content):
                    self._turn(index, quote)
        for index, letters in self.letters.items():
            self.tokens[index].content = "".join(letters)

    def _turn(self, index: int, quote: re.Match[str]) -> None:
        opens, closes = _ways(quote[0], *self._around(index, quote))
        if closes and self._close(index, quote):
            return
        if opens:
            self._open(index, quote)
        elif quote[0] == "'":
            self.letters[index][quote.start()] = MARKS["'"][1]

    def _around(self, index: int, quote: re.Match[str]) -> tuple[str, str]:
        """Return the letters on either side of *quote*, in the tokens beside it where it ends its own."""
        start, end, text = quote.start(), quote.end(), quote.string
        return text[start - 1] if start else self.before[index], text[end] if end < len(text) else self.after[index]

    def _open(self, index: int, quote: re.Match[str]) -> None:
        level = self.tokens[index].level
        below = self.open[-1].nearest if self.open and self.open[-1].level == level else {}
        self.open.append(Opening(index, quote.start(), level, below | {quote[0]: len(self.open)}))

    def _close(self, index: int, quote: re.Match[str]) -> bool:
        """Pair *quote* with the last one of its mark that is open on its level; those between stay as they are."""
        if not self.open or self.open[-1].level < self.tokens[index].level:
            return False
        nearest = self.open[-1].nearest.get(quote[0])
        if nearest is None:
            return False
        opening, (left, right) = self.open[nearest], MARKS[quote[0]]
        self.letters[opening.token][opening.place] = left
        self.letters[index][quote.start()] = right
        del self.open[nearest:]
        return True


def _ends(tokens: list[Token], end: int) -> list[str]:
    """Return for each of *tokens* the letter at the *end* of what came before it: a space after a break."""
    letters, letter = [], " "
    for token in tokens:
        letters.append(letter)
        if token.type in BREAKS:
            letter = " "
        elif token.content:
            letter = token.content[end]
    return letters


def _ways(quote: str, before: str, after: str) -> tuple[bool, bool]:
    """Tell whether *quote* may open and whether it may close, by the letters around it."""
    left, right = _is_mark(before), _is_mark(after)
    blank_left, blank_right = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    opens = not blank_right and (not right or blank_left or left)
    closes = not blank_left and (not left or blank_right or right)
    if quote == after == '"' and "0" <= before <= "9":  # The first of two is an inch.
        return False, False
    if opens and closes:  # Inside a word neither; inside a run of marks, both as they are.
        return left, right
    return opens, closes


def _is_mark(letter: str) -> bool:
    return isMdAsciiPunct(ord(letter)) or isPunctChar(letter)


_lines = MarkdownIt("zero")
install(_lines)
