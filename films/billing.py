"""Billing: the numbers that keep credits in order, with gaps so that a line moved renumbers no other."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf

GAP = 10
ALPHABET = 4  # Names in alphabetical order from which on that order says nothing of the billing.

# What a line has so far: its billing, and the id of its credit (None for a new line).
type Place = tuple[int | None, int | None]


def rebilled(places: Sequence[Place]) -> list[int | None]:
    """Return the billing of each line, given what the lines have, in the order wanted.

    Lines that did not move keep their number. Credits without billing, whose order is not known, stay without at the
    end of the list until somebody moves one; new lines after them have none either.
    """
    billed = len(places) - _unbilled(places)
    return [*_numbered(places[:billed]), *[None] * (len(places) - billed)]


def alphabetical(names: Iterable[str]) -> bool:
    """Tell whether a list of names stands in alphabetical order, which then is no billing."""
    folded = [name.casefold() for name in names]
    return len(folded) >= ALPHABET and folded == sorted(folded)


def _unbilled(places: Sequence[Place]) -> int:
    """Return how many lines at the end go without billing: credits in the order of their ids, then new lines."""
    count, following = 0, inf
    for billing, credit in reversed(places):
        if billing is not None or (credit or inf) > following or (credit is None and following != inf):
            break
        count, following = count + 1, credit or inf
    return count if following != inf else 0


def _numbered(places: Sequence[Place]) -> list[int | None]:
    """Return rising numbers that keep as many as can be kept, or fresh ones where a gap is too narrow."""
    numbers: list[int | None] = [None] * len(places)
    kept = _longest_rising(places)
    for start, end in pairwise([-1, *kept, len(places)]):
        low = places[start][0] or 0 if start >= 0 else 0
        high = places[end][0] if end < len(places) else None
        between = _between(low, high, end - start - 1)
        if between is None:
            return [GAP * place for place in range(1, len(places) + 1)]
        numbers[start + 1 : end + 1] = [*between, high][: len(places) - start - 1]
    return numbers


def _between(low: int, high: int | None, count: int) -> list[int] | None:
    """Return *count* rising numbers between *low* and *high*, or None where they do not fit."""
    if high is None:
        return [low + GAP * step for step in range(1, count + 1)]
    if count and high - low <= count:
        return None
    return [low + (high - low) * step // (count + 1) for step in range(1, count + 1)]


def _longest_rising(places: Sequence[Place]) -> list[int]:
    """Return the indexes of the most lines whose billing already rises; equal billings go by the credit's id."""
    keys: list[tuple[float, float]] = []
    lasts: list[int] = []
    before: dict[int, int | None] = {}
    for index, (billing, credit) in enumerate(places):
        if billing is None:
            continue
        key = (billing, credit or inf)
        length = bisect_left(keys, key)
        before[index] = lasts[length - 1] if length else None
        keys[length : length + 1], lasts[length : length + 1] = [key], [index]
    return _traced(lasts[-1] if lasts else None, before)


def _traced(last: int | None, before: dict[int, int | None]) -> list[int]:
    """Return the way that *before* tells from *last* back to its start, from start to end."""
    way = []
    while last is not None:
        way.append(last)
        last = before[last]
    return way[::-1]
