"""What a misspelt query may have meant: names that are near it, letter by letter."""

from collections import Counter
from itertools import product
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from articles.models import EntryKind
from articles.searching import dialects
from articles.searching.asking import Asked
from articles.searching.ranking import readable

BEGINNING = 3  # Letters by which the database finds the names that are compared.
COMPARED = 3_000
SHORTEST = 4


def nearby(asked: Asked) -> str:
    """Return what *asked* should have said, in names that there are, or "" where nothing is near; in one query."""
    terms = [term for term in asked.terms if not term.isdigit()]
    if not terms or not any(len(term) >= SHORTEST for term in terms):
        return ""
    chosen = readable().exclude(kind=EntryKind.ARTICLE).filter(dialects.begins_any(list(map(_beginnings, terms))))
    proposals: Counter[tuple[str, ...]] = Counter()
    distances = {}
    for names in chosen.values_list("names", flat=True)[:COMPARED]:
        for line in set(filter(None, names.split("\n"))):
            if near := _near(terms, line.split()):
                distance, corrected = near
                proposals[corrected] += 1
                distances[corrected] = distance
    best = min(proposals, key=lambda each: (distances[each], -proposals[each], each), default=())
    return " ".join(best) if distances.get(best) else ""


def _near(terms: list[str], names: list[str]) -> tuple[int, tuple[str, ...]] | None:
    """Return how far *terms* are from words of a name, and these; None where one of them is too far."""
    total, corrected = 0, []
    for term in terms:
        distance, name = min(((_distance(term, name), name) for name in names), default=(len(term), ""))
        if distance > _allowed(term):
            return None
        total += distance
        corrected.append(name)
    return (total, tuple(corrected)) if len(set(corrected)) == len(corrected) else None


def _distance(term: str, name: str) -> int:
    return OSA.distance(term, name, score_cutoff=2)


def _allowed(term: str) -> int:
    return 0 if len(term) < SHORTEST else 1 if len(term) < 6 else 2


def _beginnings(term: str) -> list[str]:
    """Return what a word may begin with that *term* was meant to be: its own beginning, and all a slip away."""
    start = term[:BEGINNING]
    if len(term) < SHORTEST or not start.isascii():
        return [start]
    slips = {start, start[1] + start[0] + start[2], start[0] + start[2] + term[3], start[1:] + term[3]}
    for place, letter in product(range(BEGINNING), ascii_lowercase):
        slips.add(start[:place] + letter + start[place + 1 :])
        slips.add((start[:place] + letter + start[place:])[:BEGINNING])
    return sorted(slips)
