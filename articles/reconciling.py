"""Reconciling: what became of one text in two hands, part by part, with nothing dropped.

The classic three-way merge (diff3) on lines; written here since the ready-made library, merge3, comes under the GPL.
See Khanna, Kunal and Pierce, "A Formal Investigation of Diff3" (2007).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from articles import line_ends
from articles.comparing import Piece, matches, words


@dataclass(frozen=True, slots=True)
class Agreed:
    """Text that both have, or that only one changed; `base` is what stood there, and tells who changed it."""

    text: str
    base: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both changed, each their own way; texts may be empty where one took it out."""

    base: str
    theirs: str
    mine: str

    @property
    def their_changes(self) -> tuple[Piece, ...]:
        """Their side, word by word against the base."""
        return words(self.base, self.theirs)

    @property
    def my_changes(self) -> tuple[Piece, ...]:
        """My side, word by word against the base."""
        return words(self.base, self.mine)


Part = Agreed | Clash


def merge_text(base: str, theirs: str, mine: str) -> list[Part]:
    """Return *base* as changed by *theirs* and *mine*, in parts; joined by nothing they give the whole text."""
    lines = [line_ends.plain(text).splitlines(keepends=True) for text in (base, theirs, mine)]
    parts: list[Part] = []
    for part in _parts(*lines):
        last = parts[-1] if parts else None
        if isinstance(part, Agreed) and isinstance(last, Agreed):
            parts[-1] = Agreed(last.text + part.text, last.base + part.base)
        elif not isinstance(part, Agreed) or part.text or part.base:
            parts.append(part)
    return parts


def merge_value(base: object, theirs: object, mine: object) -> list[Part]:
    """Return a field that is kept or replaced whole, merged: one part."""
    base, theirs, mine = (("" if value is None else str(value)) for value in (base, theirs, mine))
    if theirs in (mine, base):
        return [Agreed(mine)]
    return [Agreed(theirs)] if mine == base else [Clash(base, theirs, mine)]


def clashes(parts: Sequence[Part]) -> list[Clash]:
    """Return the places of *parts* that somebody must decide on."""
    return [part for part in parts if isinstance(part, Clash)]


def resolve(parts: Sequence[Part], answers: Mapping[int, str]) -> str:
    """Return the whole text; *answers* hold the wanted text of each clash by its place among the clashes.

    Raises KeyError for a clash without an answer.
    """
    place, whole = 0, []
    for part in parts:
        if isinstance(part, Agreed):
            whole.append(part.text)
        else:
            whole.append(answers[place])
            place += 1
    return "".join(whole)


def _parts(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[Part]:
    at = ours = yours = 0
    for start, end, their_start, my_start in _anchors(base, theirs, mine):
        yield _part(base[at:start], theirs[yours:their_start], mine[ours:my_start])
        yield Agreed("".join(base[start:end]), "".join(base[start:end]))
        at, yours, ours = end, their_start + end - start, my_start + end - start
    yield _part(base[at:], theirs[yours:], mine[ours:])


def _anchors(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the runs of *base* that stand in both: start, end, and where they start in *theirs* and *mine*."""
    left, right = matches(base, theirs), matches(base, mine)
    while left and right:
        (a, their_a, size_a), (b, my_b, size_b) = left[0], right[0]
        start, end = max(a, b), min(a + size_a, b + size_b)
        if start < end:
            yield start, end, their_a + start - a, my_b + start - b
        if a + size_a < b + size_b:
            left.pop(0)
        else:
            right.pop(0)


def _part(base: list[str], theirs: list[str], mine: list[str]) -> Part:
    if mine in (theirs, base):
        return Agreed("".join(theirs), "".join(base))
    old, yours, ours = "".join(base), "".join(theirs), "".join(mine)
    if theirs == base:
        return Agreed(ours, old)
    joined = _beside(old, yours, ours) or _beside(old, ours, yours)
    return Agreed(joined, old) if joined else Clash(old, yours, ours)


def _beside(base: str, changed: str, grown: str) -> str:
    """Return *changed* with what *grown* put before or after *base*, where it did nothing else; else nothing.

    A paragraph added next to one that somebody else changed is no clash, but two added at one place are.
    """
    kept = base.rstrip("\n")
    if not kept or not changed.strip():
        return ""
    if grown.startswith(f"{kept}\n") and not changed.startswith(f"{kept}\n"):
        return changed.rstrip("\n") + grown[len(kept) :]
    if grown.endswith(f"\n{base}") and not changed.endswith(f"\n{base}"):
        return grown.removesuffix(base) + changed
    return ""
