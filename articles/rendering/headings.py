"""Headings: their levels, their anchors, and the list of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from articles.rendering import spoilers
from articles.rendering.reading import plain
from films import names

ANCHORED = {"h2", "h3", "h4"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: its level (2 to 4), the id to link to, its text."""

    level: int
    id: str
    text: str


def install(parser: MarkdownIt) -> None:
    """Teach *parser* our headings: none is an h1, and those that a list of contents may name have an id."""
    parser.core.ruler.push("house_headings", _lower_first)
    parser.core.ruler.push("house_anchors", _anchor)


def headings(tokens: list[Token]) -> Iterator[Heading]:
    """Yield the headings that have an id."""
    for place, opening in enumerate(tokens):
        if opening.type == "heading_open" and (anchor := opening.attrGet("id")):
            text = "".join(_words(tokens[place + 1]))
            yield Heading(level=int(opening.tag[1]), id=str(anchor), text=" ".join(text.split()))


def _lower_first(state: StateCore) -> None:
    """The page's own h1 is the title, so a `#` heading in the body is an h2."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"


def _anchor(state: StateCore) -> None:
    """Give each heading an id of its own; one in a spoiler gets none, since an address would tell what it says.

    The prefix keeps two articles on one page apart, and an article from the page around it.
    """
    taken: dict[str, int] = {}
    for place, (token, hidden) in enumerate(spoilers.standing(state.tokens)):
        if token.type == "heading_open" and token.tag in ANCHORED and not hidden:
            name = _free(_name("".join(_words(state.tokens[place + 1]))), taken)
            token.attrSet("id", f"{state.env.get('docId', '')}{name}")


def _free(name: str, taken: dict[str, int]) -> str:
    """Return *name*, with a number where it is *taken*, in one step however often it is."""
    wanted = name
    while wanted in taken:
        wanted = f"{name}-{taken[name]}"
        taken[name] += 1
    taken[wanted] = 1
    return wanted


def _name(title: str) -> str:
    """Name a heading; a name that a footnote may have gets another word before it."""
    anchor = names.slug(title) or "section"
    return f"section-{anchor}" if anchor.startswith("fn") else anchor


def _words(heading: Token) -> Iterator[str]:
    """Yield what of a heading stands in no spoiler."""
    return (plain(token) for token, hidden in spoilers.standing(heading.children or []) if not hidden)
