"""Prose: what of a Markdown source people read, and where it stands.

All else is blanked, never taken out, so that a place in the prose is the same place in the source.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from articles.rendering import markdown

LABEL = 300  # characters that CommonMark's own labels seldom reach; longer ones are no references
NOT_LINE_END = re.compile(r"[^\r\n]")
LINE_END = re.compile(r"\r\n?|\n")
CELL_END = re.compile(r"(?<!\\)\|")
FIRST_LINE = re.compile(r"(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)]|\[\^[^\]\n]++\]:)(?=[ \t])))*[ \t]*(?:#{1,6}(?=[ \t]))?")
QUOTE_MARK = re.compile(r"^(?:[ \t]*>)+", re.MULTILINE)
HEADING_END = re.compile(r"[ \t]#+[ \t]*$", re.MULTILINE)
SCHEME = re.compile(r"[A-Za-z]{2,10}\Z")
MAY_BE_MARKUP = re.compile(r"[\\|*~_`<\[\]!^:]")
MARKUP = re.compile(
    r"""
      (?P<mark> (?:\\?\|){2} | [*~]+ | (?<![^\W_])_+ | _+(?![^\W_]) )
    | (?P<escape> \\[!-/:-@\[-`{-~] )
    | (?P<code> `+ )
    | (?P<angle> <[A-Za-z/!][^<>\n]{0,500}> | \[\^[^\[\]\n]{1,200}\] )
    | (?P<address> ://[^\s<>\])]+ )
    | (?P<reference> \[\[[^\[\]|\\\n]*+ (?:\\?\|(?P<label>[^\[\]\n]*+))? \]\] )
    | (?P<opening> [!^]?\[ )
    | (?P<target> \]\( (?: [^()\\"]++ | \\. | \([^()\n]*+\) | "(?P<title>[^"\\]*+)" )*+ \) )
    | (?P<again> \]\[ (?P<key>[^\[\]\n]*+) \] )
    | (?P<closing> \] )
    """,
    re.VERBOSE,
)
KINDS = {"heading": "heading", "th": "cell", "td": "cell", "blockquote": "quote", "footnote_reference": "note"}
KINDS["list_item"] = "item"
PRECEDENCE = ("heading", "quote", "note", "item")

_parser = markdown.build()
_parser.core.ruler.enableOnly(["normalize", "block"])


@dataclass(frozen=True, slots=True)
class Block:
    """Prose that belongs together; `kind` is heading, cell, quote, note (a footnote), item or paragraph."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Prose:
    """What people read of a source.

    `visible` is as long as the source. `blocks` come in order and do not overlap. `taken` are the places, start and
    end, where a link, a reference or a picture stands already.
    """

    visible: str
    blocks: tuple[Block, ...]
    taken: tuple[tuple[int, int], ...]


def visible(source: str) -> str:
    """Return *source* with spaces in place of all that nobody reads: code, addresses, references, marks of markup.

    The words of headings, quotes, lists, tables, footnotes, links, labels and pictures stay where they are.
    """
    return read(source).visible


@lru_cache(maxsize=8)
def read(source: str) -> Prose:
    """Return the prose of *source*; any text is read, in time that grows with its length alone."""
    env: dict[str, Any] = {}
    blocks = tuple(_blocks(source, _parser.parse(source, env)))
    page = _Page(source, env.get("references", {}))
    for block in blocks:
        page.read(block)
    return Prose(page.visible(), blocks, tuple(page.taken))


def _blocks(source: str, tokens: list[Token]) -> Iterator[Block]:
    """Tell where prose stands; the parser knows lines alone."""
    lines = [0, *(match.end() for match in LINE_END.finditer(source)), len(source)]
    inside: list[str] = []
    for token in tokens:
        if token.nesting:
            _step(inside, token)
        if token.map is None:
            continue
        start, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
        if token.type == "tr_open":
            yield from _cells(source, start, end)
        elif token.type == "inline" and "cell" not in inside:
            yield Block(start, end, next((kind for kind in PRECEDENCE if kind in inside), "paragraph"))


def _step(inside: list[str], token: Token) -> None:
    if token.nesting > 0:
        inside.append(KINDS.get(token.type.removesuffix("_open"), ""))
    else:
        inside.pop()


def _cells(source: str, start: int, end: int) -> Iterator[Block]:
    for bar in [*(match.start() for match in CELL_END.finditer(source, start, end)), end]:
        if source[start:bar].strip(" \t\r\n>|"):
            yield Block(start, bar, "cell")
        start = min(bar + 1, end)


class _Page:
    """A source while it is being read, block after block, from one end to the other."""

    def __init__(self, source: str, references: dict[str, Any]):
        self.source, self.references = source, references
        self.shown = list(source)
        self.taken: list[tuple[int, int]] = []
        self.read_to = 0
        self.openings: list[re.Match[str]] = []
        self.fences: dict[int, list[int]] = {}

    def read(self, block: Block) -> None:
        """Hide what nobody reads from the end of the block before to the end of *block*."""
        first = FIRST_LINE.match(self.source, block.start, block.end)
        place = first.end() if first and block.kind != "cell" else block.start
        self._hide(self.read_to, place)
        self._read_lines(place, block)
        self.openings, self.fences = [], _fences(self.source, place, block.end)
        while found := MAY_BE_MARKUP.search(self.source, place, block.end):
            match = MARKUP.match(self.source, found.start(), block.end)
            place = getattr(self, f"_{match.lastgroup}")(match) if match else found.end()
        self.read_to = block.end

    def _read_lines(self, start: int, block: Block) -> None:
        pattern = {"quote": QUOTE_MARK, "heading": HEADING_END}.get(block.kind)
        for match in pattern.finditer(self.source, start, block.end) if pattern else ():
            self._hide(*match.span())

    def visible(self) -> str:
        """Return the whole source with what is to hide blanked, line ends kept."""
        self._hide(self.read_to, len(self.source))
        return "".join(self.shown)

    def _hide(self, start: int, end: int) -> None:
        hidden = self.source[start:end]
        self.shown[start:end] = " " * (end - start) if hidden.isprintable() else NOT_LINE_END.sub(" ", hidden)

    def _mark(self, match: re.Match[str]) -> int:
        self._hide(*match.span())
        return match.end()

    _angle = _mark

    def _address(self, match: re.Match[str]) -> int:
        """Hide a bare address with its scheme, which stands before what gave it away."""
        scheme = SCHEME.search(self.source[max(0, match.start() - 10) : match.start()])
        self._hide(match.start() - len(scheme[0] if scheme else ""), match.end())
        return match.end()

    def _escape(self, match: re.Match[str]) -> int:
        self._hide(match.start(), match.start() + 1)
        return match.end()

    def _code(self, match: re.Match[str]) -> int:
        """Hide a code span, which the next run of as many backticks ends; without one it is none."""
        fences = self.fences[len(match[0])]
        following = bisect_left(fences, match.end())
        if following == len(fences):
            return match.end()
        end = fences[following] + len(match[0])
        self._hide(match.start(), end)
        return end

    def _reference(self, match: re.Match[str]) -> int:
        start, end = match.span("label") if match["label"] else (match.end(), match.end())
        self._hide(match.start(), start)
        self._hide(end, match.end())
        self.taken.append(match.span())
        return match.end()

    def _opening(self, match: re.Match[str]) -> int:
        self.openings.append(match)
        return match.end()

    def _target(self, match: re.Match[str]) -> int:
        """Hide where a link leads; the caption of a picture, which stands in the same place, is read."""
        opening = self._opened(match)
        if opening and opening[0] == "![" and match["title"]:
            self._hide(match.start(), match.start("title"))
            self._hide(match.end("title"), match.end())
        else:
            self._hide(*match.span())
        return match.end()

    def _again(self, match: re.Match[str]) -> int:
        if not self._known(match["key"] or self._inside(match)):
            return self._closing(match)
        self._opened(match)
        return self._mark(match)

    def _closing(self, match: re.Match[str]) -> int:
        """Hide the brackets of a footnote and of a link that says only what it leads to; others are people's own."""
        noted = self.openings and self.openings[-1][0] == "^["
        if noted or self._known(self._inside(match)):
            self._opened(match)
            self._hide(match.start(), match.start() + 1)
        elif self.openings:
            self.openings.pop()
        return match.start() + 1

    def _opened(self, match: re.Match[str]) -> re.Match[str] | None:
        """Return where the link that ends with *match* began, which is now taken and its bracket hidden."""
        if not self.openings:
            return None
        opening = self.openings.pop()
        self._hide(*opening.span())
        self.taken.append((opening.start(), match.end()))
        return opening

    def _inside(self, match: re.Match[str]) -> str:
        start = self.openings[-1].end() if self.openings else match.start()
        return self.source[start : match.start()] if match.start() - start <= LABEL else ""

    def _known(self, label: str) -> bool:
        return bool(self.references and label and normalizeReference(label) in self.references)


def _fences(source: str, start: int, end: int) -> dict[int, list[int]]:
    """Return where runs of backticks stand, by their length."""
    fences = defaultdict(list)
    for run in re.compile("`+").finditer(source, start, end):
        fences[len(run[0])].append(run.start())
    return fences
