"""Linking: references that might stand where a piece only names people and characters of its film."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.proofreading.copy import Copy
from articles.proofreading.known import Known, Named
from articles.proofreading.matching import Match


@dataclass(frozen=True, slots=True)
class Proposal:
    """To put `markdown`, a reference, in place of `text`, which is `start` to `end` of the body.

    `kind` is person or character, `name` whose, `hint` what tells them from others: who plays or is played.
    """

    start: int
    end: int
    text: str
    markdown: str
    kind: str
    name: str
    hint: str


def proposals(copy: Copy) -> list[Proposal]:
    """Return a proposal for every right and unambiguous name in the body that is in no heading, link or reference."""
    blocks = copy.prose.blocks
    taken = _Taken(copy.prose.taken)
    return [
        _proposal(copy, match, match.name, cell=blocks[match.words[0].block].kind == "cell")
        for match in copy.reading.matches
        if match.name
        and match.words[0].field == "body"
        and blocks[match.words[0].block].kind != "heading"
        and not taken.meets(match.start, match.end)
        and _unbroken(copy, match)
    ]


def _proposal(copy: Copy, match: Match, name: Named, *, cell: bool) -> Proposal:
    text = copy.body[match.start : match.end]
    label = "" if text == name.name else f"{'\\' if cell else ''}|{' '.join(text.split())}"
    markdown = f"[[{name.reference}{label}]]"
    return Proposal(match.start, match.end, text, markdown, name.kind, name.name, _hint(copy.known, name))


def _hint(known: Known, name: Named) -> str:
    if name.kind == "person":
        return _listed("plays ", [known.characters[pk].name for pk in name.plays])
    return _listed("played by ", [known.people[pk].name for pk in name.played_by])


def _listed(before: str, names: list[str]) -> str:
    return before + ", ".join(dict.fromkeys(names)) if names else ""


def _unbroken(copy: Copy, match: Match) -> bool:
    """Whether nothing but words stands in the name: a label holds no emphasis, nor what quotes its next line."""
    return copy.body[match.start : match.end].split() == copy.prose.visible[match.start : match.end].split()


class _Taken:
    """Places, merged, where no reference may be put."""

    def __init__(self, places: Iterable[tuple[int, int]]):
        merged = list(_merged(places))
        self.starts = [start for start, _ in merged]
        self.ends = [end for _, end in merged]

    def meets(self, start: int, end: int) -> bool:
        """Whether one of the places has a character of *start* to *end*."""
        following = bisect_right(self.ends, start)
        return following < len(self.starts) and self.starts[following] < end


def _merged(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = (0, 0)
    for start, end in sorted(places):
        if start >= last[1]:
            yield from [last] if last[1] else []
            last = start, end
        last = last[0], max(last[1], end)
    yield from [last] if last[1] else []
