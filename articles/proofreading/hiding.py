"""Hiding: where in a Markdown source spoilers stand."""

from collections.abc import Iterable, Iterator

from articles.proofreading.prose import LINE_END, Block
from articles.rendering import markdown, scanning, spoilers

type Span = tuple[int, int]

_outline = markdown.build()
_outline.core.ruler.enableOnly(["normalize", "block", "house_spoilers"])


def hidden(source: str, blocks: Iterable[Block]) -> list[Span]:
    """Return where *source*, whose prose stands in *blocks*, hides something: the start and the end of each place."""
    return [*_blocks(source), *_lines(source, blocks)]


def _blocks(source: str) -> Iterator[Span]:
    if ":::" not in source:
        return
    lines = [0, *(end.end() for end in LINE_END.finditer(source)), len(source)]
    for token, inside in spoilers.standing(_outline.parse(source, {})):
        if inside and token.map:
            yield lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]


def _lines(source: str, blocks: Iterable[Block]) -> Iterator[Span]:
    """Find what bars hide; those of a table's cell are escaped."""
    for block in blocks:
        text = source[block.start : block.end]
        if block.kind == "cell":
            text = text.replace("\\|\\|", "  ||")
        for opening, closing in scanning.spoilers(text).items():
            yield block.start + opening, block.start + closing
