"""Markup: the headings, links and pictures of a Markdown source, and where in it they stand.

The parser of the dialect finds them, so code, escapes and nesting are what they are on the page. It knows lines alone:
its rules are listened to, and what they say of a stretch of text is found again in the lines of the source.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter, itemgetter

from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from articles.rendering import markdown

LINE_END = re.compile(r"\r\n?|\n")
ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\[\]()`*|\"]*[^\s<>\[\]()`*|\".,;:!?'’”]")
BEFORE_HEADING = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its marks; `level` is the page's, where the article's title is the one h1."""

    start: int
    end: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; from `label` to `label_end` stands what of it is read."""

    start: int
    end: int
    label: int
    label_end: int
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, `alt` its description."""

    start: int
    end: int
    alt: str
    address: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What is marked up in a source, each in the order of the text.

    `addresses` are where web addresses start and end that stand in plain sight, linked or not.
    """

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    addresses: tuple[tuple[int, int], ...]


@lru_cache(maxsize=8)
def read(source: str) -> Markup:
    """Return the markup of *source*; any text is read."""
    tokens = _parser.parse(source)
    lines = [0, *(match.end() for match in LINE_END.finditer(source)), len(source)]
    stretches = list(_stretches(source, lines, tokens))
    parts = [part for stretch in stretches for part in stretch.parts()]
    parts.sort(key=attrgetter("start"))
    return Markup(
        headings=tuple(_headings(source, lines, tokens)),
        links=tuple(part for part in parts if isinstance(part, Link)),
        pictures=tuple(part for part in parts if isinstance(part, Picture)),
        addresses=tuple(sorted(place for stretch in stretches for place in stretch.addresses())),
    )


def _headings(source: str, lines: list[int], tokens: list[Token]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.map:
            start, end = lines[opening.map[0]], lines[opening.map[1]]
            start += len(BEFORE_HEADING.match(source[start:end])[0])  # type: ignore[index]
            yield Heading(start, start + len(source[start:end].rstrip()), int(opening.tag[1]), inline.content)


def _stretches(source: str, lines: list[int], tokens: list[Token]) -> Iterator["_Stretch"]:
    """Yield the stretches of text that the parser read at one go; cells of a table share a line."""
    read_to = 0
    for token in tokens:
        if token.type == "inline" and token.map:
            read_to = max(read_to, lines[token.map[0]])
            stretch = _Stretch(token, source, read_to, lines[token.map[0] + 1 : token.map[1] + 1])
            read_to = stretch.end
            yield stretch
        elif token.type == "inline":
            yield _Stretch(token, source, max(source.find(f"^[{token.content}"), 0), [])  # A footnote inside a line.


class _Stretch:
    """A token's text, line by line, and where each of its lines stands in the source."""

    def __init__(self, token: Token, source: str, start: int, lines: list[int]):
        self.token, self.source = token, source
        self.starts: list[tuple[int, int, bool]] = []  # Where a line starts in the text and the source; if in a cell.
        read = 0
        for line, after in zip(token.content.split("\n"), [*lines, len(source)], strict=False):
            bars = "|" in line and source.find(line, start) < 0
            typed = _typed(line, bars=bars)
            place = max(source.find(typed, start), start)
            self.starts.append((read, place, bars))
            self.end = place + len(typed)
            read, start = read + len(line) + 1, after

    def parts(self) -> Iterator[Link | Picture]:
        """Yield the links and pictures of the text, with their places in the source."""
        for child in self.token.children or ():
            if span := child.meta.get("span"):
                start, end, label, label_end = map(self._at, span)
                if child.type == "image":
                    yield Picture(start, end, child.content.strip(), str(child.attrGet("src")))
                else:
                    yield Link(start, end, label, label_end, str(child.attrGet("href")))

    def addresses(self) -> Iterator[tuple[int, int]]:
        """Yield where web addresses stand that people read as they are; those in code, they do not."""
        children = self.token.children or []
        read = {found[0] for child in children if child.type == "text" for found in ADDRESS.finditer(child.content)}
        hidden = [child.meta["span"] for child in children if "span" in child.meta]
        for found in ADDRESS.finditer(self.token.content):
            led_to = any(
                start <= found.start() < end and not label <= found.start() < label_end
                for start, end, label, label_end in hidden
            )
            if found[0] in read and not led_to:
                yield self._at(found.start()), self._at(found.end())

    def _at(self, position: int) -> int:
        """Return where in the source the text's *position* is."""
        read, place, bars = self.starts[bisect_right(self.starts, position, key=itemgetter(0)) - 1]
        return place + len(_typed(self.token.content[read:position], bars=bars))


def _typed(line: str, *, bars: bool) -> str:
    """Return *line* as the source has it: in a table's cell a bar has a backslash before it."""
    return line.replace("|", "\\|") if bars else line


def _listening(rule: Callable[[StateInline, bool], bool], kind: str) -> Callable[[StateInline, bool], bool]:
    """Return *rule*, which also writes on the token it makes where that starts and ends, and what it is called."""

    def listen(state: StateInline, silent: bool) -> bool:
        start, made = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            token = next(token for token in state.tokens[made:] if token.type == kind)
            token.meta["span"] = (start, state.pos, *_label(state, start))
        return True

    return listen


def _label(state: StateInline, start: int) -> tuple[int, int]:
    """Return where the words of the link or picture from *start* to the state's place begin and end."""
    if state.src[start] == "<":
        return start + 1, state.pos - 1
    label = state.src.index("[", start) + 1
    return label, state.md.helpers.parseLinkLabel(state, label - 1)


_parser = markdown.build()
for _name, _rule, _kind in [
    ("link", link, "link_open"),
    ("image", image, "image"),
    ("autolink", autolink, "link_open"),
]:
    _parser.inline.ruler.at(_name, _listening(_rule, _kind))
