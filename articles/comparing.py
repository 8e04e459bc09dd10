"""Comparing two texts: paragraphs first, then the words inside those that changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles import line_ends

# A reference, a link or a spoiler mark counts as one word, so that a change of it shows whole.
WORD = re.compile(r"\[\[[^\]\n]*\]\]|\]\([^)\s]*\)|\|\||:::|\w+(?:['’]\w+)*|\s+|[^\w\s]")
GAP = 3  # Characters; a shorter island of agreement between two changes is read as part of them.
REPEATS = 30_000  # Pairs of equal parts in two texts; beyond it, those of which there are more than a FEW count less.
FEW = 400
WORK = 4_000_000  # Pairs of words; beyond it two paragraphs are simply different.
ALIKE = 0.35  # Two paragraphs less alike than this are one taken out and one put in.


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: `kind` is "same", "added", "removed" or "changed"; `pieces` hold its words on both sides."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> tuple[Piece, ...]:
        """What the old side shows."""
        return tuple(piece for piece in self.pieces if piece.kind != "added")

    @property
    def after(self) -> tuple[Piece, ...]:
        """What the new side shows."""
        return tuple(piece for piece in self.pieces if piece.kind != "removed")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference of two texts; `added` and `removed` count words."""

    blocks: tuple[Block, ...]
    added: int
    removed: int


def compare(old: str, new: str) -> Comparison:
    """Return how *new* differs from *old*, paragraph by paragraph."""
    blocks = tuple(_blocks(paragraphs(old), paragraphs(new)))
    return Comparison(blocks, added=_count(blocks, "added"), removed=_count(blocks, "removed"))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of *text*, without the empty lines between them."""
    return [part.strip("\n") for part in re.split(r"\n\s*\n", line_ends.plain(text)) if part.strip()]


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of *old* and *new* as runs, small islands of agreement joined to the changes around them."""
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) * len(after) > WORK:
        return (Piece("removed", old), Piece("added", new))
    runs = [
        ("" if kind == "equal" else "changed", "".join(before[a:b]), "".join(after[c:d]))
        for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    ]
    return tuple(_pieces(_without_islands(runs)))


def matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs that both have, in order: where each starts in *old* and in *new*, and how long it is.

    Parts that say the same too often are not looked for, only recognized beside others: difflib would be busy with
    them for minutes.
    """
    head = _agreement(old, new)
    tail = _agreement(old[head:][::-1], new[head:][::-1])
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    here, there = Counter(middle), Counter(other)
    many = sum(count * there[part] for part, count in here.items()) > REPEATS
    common = {part for part, count in here.items() if many and count * there[part] > FEW}
    between = SequenceMatcher(common.__contains__, middle, other, autojunk=False).get_matching_blocks()
    found = [(0, 0, head), *((head + run.a, head + run.b, run.size) for run in between)]
    found.append((len(old) - tail, len(new) - tail, tail))
    return [run for run in found if run[2]]


def _agreement(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the parts with which both begin."""
    return next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    at = other_at = 0
    for start, other_start, size in [*matches(old, new), (len(old), len(new), 0)]:
        yield from _paired(old[at:start], new[other_at:other_start])
        yield from (Block("same", (Piece("same", text),)) for text in old[start : start + size])
        at, other_at = start + size, other_start + size


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Pair the paragraphs of two runs in order; what has no like on the other side stands alone."""
    place = 0
    for text in old:
        partner = next((i for i in range(place, min(place + 4, len(new))) if _alike(text, new[i])), None)
        if partner is None:
            yield Block("removed", (Piece("removed", text),))
            continue
        yield from (Block("added", (Piece("added", other),)) for other in new[place:partner])
        yield Block("changed", words(text, new[partner]))
        place = partner + 1
    yield from (Block("added", (Piece("added", other),)) for other in new[place:])


def _alike(old: str, new: str) -> bool:
    """Tell whether two paragraphs share enough of their words to be read as one that changed."""
    before, after = set(re.findall(r"\w+", old.casefold())), set(re.findall(r"\w+", new.casefold()))
    return 2 * len(before & after) >= ALIKE * (len(before) + len(after))


def _without_islands(runs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    joined: list[tuple[str, str, str]] = []
    for place, (kind, old, new) in enumerate(runs):
        inside = 0 < place < len(runs) - 1
        changed = kind or (inside and len(old.strip()) <= GAP and "\n" not in old)
        if changed and joined and joined[-1][0]:
            joined[-1] = ("changed", joined[-1][1] + old, joined[-1][2] + new)
        else:
            joined.append(("changed" if changed else "", old, new))
    return joined


def _pieces(runs: list[tuple[str, str, str]]) -> Iterator[Piece]:
    for kind, old, new in runs:
        if not kind:
            yield Piece("same", old)
            continue
        if old:
            yield Piece("removed", old)
        if new:
            yield Piece("added", new)


def _count(blocks: Sequence[Block], kind: str) -> int:
    return sum(len(piece.text.split()) for block in blocks for piece in block.pieces if piece.kind == kind)
