"""Excerpts: the sentences of a piece in which given words stand, with references as the words that they show."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.proofreading.prose import visible
from articles.rendering.references import Reference, references_in

END = re.compile(r"\s*\n[ \t]*\n\s*|(?<=[.!?…])[\"'”’)\]]*\s+")
BESIDE = 160  # Characters left on either side of the words, of a sentence that is longer.

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt; `found` says that it is what was looked for, `follows` that a reference shows it."""

    text: str
    found: bool = False
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence with what was found in it; `follows` says that all of it comes from references, none was typed."""

    pieces: tuple[Piece, ...]
    follows: bool

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def excerpts(source: str, words: re.Pattern[str], shown: Callable[[Reference], str]) -> Iterator[Excerpt]:
    """Yield the sentences of the Markdown *source* in which the group `old` of *words* is found.

    *shown* says what a reference without a label shows.
    """
    text, following = _read(source, shown)
    found = [match.span("old") for match in words.finditer(text) if match["old"]]
    for start, end in _sentences(text):
        inside = [span for span in found if start <= span[0] < end]
        if inside:
            pieces = _pieces(text, start, end, {span: _within(span, following) for span in inside})
            yield Excerpt(pieces, follows=all(piece.follows for piece in pieces if piece.found))


def _read(source: str, shown: Callable[[Reference], str]) -> tuple[str, list[Span]]:
    """Return what people read of *source*, and where in that references stand that no label keeps from following."""
    prose, parts, following, place, length = visible(source), [], [], 0, 0
    for reference in references_in(source):
        before = prose[place : reference.start]
        words = reference.label or shown(reference)
        start = length + len(before)
        if not reference.label:
            following.append((start, start + len(words)))
        parts += [before, words]
        place, length = reference.end, start + len(words)
    return "".join([*parts, prose[place:]]), following


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for end in END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _within(span: Span, others: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _pieces(text: str, start: int, end: int, found: dict[Span, bool]) -> tuple[Piece, ...]:
    """Return the sentence in pieces, shortened where it is long; *found* says of each place whether it follows."""
    first, last = max(start, min(found)[0] - BESIDE), min(end, max(found)[1] + BESIDE)
    pieces, place = [Piece("… ")] if first > start else [], first
    for (begin, finish), follows in found.items():
        words = Piece(_spaced(text[begin:finish]), found=True, follows=follows)
        pieces += [Piece(_spaced(text[place:begin])), words]
        place = finish
    pieces += [Piece(_spaced(text[place:last])), Piece(" …" if last < end else "")]
    return tuple(piece for piece in pieces if piece.text)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
