"""Rendering: Markdown in; HTML, plain text, headings and reading time out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.rendering import markdown, pictures
from articles.rendering.sanitising import clean
from films import lookup
from films.models import Character, Film, Image, Person

WORDS_A_MINUTE = 230

_parser = markdown.build()
_typographer = MarkdownIt("zero", {"typographer": True}).enable(["replacements", "smartquotes"])


class Audience(Enum):
    """Who looks: editors see marks where something is broken, readers do not."""

    READERS = "readers"
    EDITORS = "editors"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: its level (2 to 4), the id to link to, its text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A row that the text refers to, however often; `spoils` says that it does so inside spoilers alone."""

    row: Film | Person | Character | Image
    spoils: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body as readers get it.

    `text` is plain, safe for readers who want no spoilers, and the one source of every derived text; blocks are
    parted by an empty line, footnotes are left out. `reading_time` is in minutes, at least one. `mentions` come in
    the order of the text. `hidden` is what the spoilers say, for the proofreader alone.
    """

    html: SafeString
    text: str
    toc: tuple[Heading, ...]
    words: int
    reading_time: int
    mentions: tuple[Mentioned, ...] = ()
    hidden: str = ""


def render(
    source: str, *, film: Film | None = None, audience: Audience = Audience.READERS, prefix: str = ""
) -> Rendered:
    """Return what *source* says about *film* to *audience*, in at most one query; any text renders.

    *prefix* goes before every id, so that two articles can share a page.
    """
    env: dict[str, Any] = {"marks": audience is Audience.EDITORS}
    if prefix:
        env["docId"] = prefix
    tokens = _parser.parse(source, env)
    env["images"] = lookup.images(pictures.wanted(tokens))
    text = "\n\n".join(_blocks(tokens))
    words = len(text.split())
    return Rendered(
        html=clean(_parser.renderer.render(tokens, _parser.options, env)),
        text=text,
        toc=tuple(_headings(tokens)),
        words=words,
        reading_time=max(1, round(words / WORDS_A_MINUTE)),
    )


def smarten(text: str) -> str:
    """Return a plain line with the quotes, dashes and ellipses of print."""
    return "".join(_plain(token) for token in _typographer.parseInline(text))


def markdownify(source: str) -> str:
    """Return the HTML of *source* for editors: what django-markdownx calls."""
    return render(source, audience=Audience.EDITORS).html


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and (anchor := opening.attrGet("id")):
            yield Heading(level=int(opening.tag[1]), id=str(anchor), text=_plain(inline).strip())


def _blocks(tokens: list[Token]) -> Iterator[str]:
    footnotes = False
    for token in tokens:
        if token.type in {"footnote_block_open", "footnote_block_close"}:
            footnotes = token.type == "footnote_block_open"
        text = _plain(token).strip()
        if text and not footnotes:
            yield text


def _plain(token: Token) -> str:
    """Return the words of a token; pictures and footnote marks have none."""
    if token.type in {"image", "footnote_ref"}:
        return ""
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.children is not None:
        return "".join(map(_plain, token.children))
    return token.content
