"""Passages: a comparison as people read it, the paragraphs that nobody touched folded away."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.comparing import Block

CONTEXT = 1  # Untouched paragraphs that stay in sight beside a change.
WORTH_FOLDING = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs that are shown, or `folded`, together."""

    blocks: tuple[Block, ...]
    folded: bool = False


def passages(blocks: Sequence[Block], *, before: bool = False, after: bool = False) -> list[Passage]:
    """Return *blocks* in passages; *before* and *after* tell that a change stands there as well."""
    runs = [(kind, tuple(run)) for kind, run in groupby(blocks, key=lambda block: block.kind == "same")]
    found: list[Passage] = []
    for place, (untouched, run) in enumerate(runs):
        if not untouched:
            found.append(Passage(run))
            continue
        head = CONTEXT if place or before else 0
        tail = CONTEXT if place < len(runs) - 1 or after else 0
        found += _folded(run, head, len(run) - tail)
    return found


def _folded(run: tuple[Block, ...], start: int, end: int) -> list[Passage]:
    if end - start < WORTH_FOLDING:
        return [Passage(run)]
    shown = [Passage(run[:start]), Passage(run[start:end], folded=True), Passage(run[end:])]
    return [passage for passage in shown if passage.blocks]
