"""Variants: one name spelt in two ways in one piece."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

from articles.proofreading.matching import Reading
from articles.proofreading.spellings import written
from articles.proofreading.strangers import Strangers
from articles.proofreading.words import Word

SHORTEST = 5  # letters below which two names are likelier than one in two spellings
LONGEST = 40
VOWELS = frozenset("aeiouy")


def accents(reading: Reading) -> Iterator[tuple[Word, str]]:
    """Give the words of right names that leave accents out which stand elsewhere in the piece, with them."""
    spelt: dict[str, set[str]] = defaultdict(set)
    words = [
        (word, right)
        for match in reading.matches
        if match.form.right
        for word, right in zip(match.words, match.form.text.split(), strict=False)
    ]
    for word, _ in words:
        spelt[word.key].add(written(word.text))
    for word, right in words:
        known = written(word.text) in reading.spellings.written or word.text.isupper()
        if len(spelt[word.key]) > 1 and not known:
            yield word, right


def strangers(found: Strangers) -> Iterator[tuple[Word, str]]:
    """Give the words that spell a stranger's name otherwise than most of the piece, with the spelling of most."""
    places, givens = _places(found), _givens(found)
    for one, other in _pairs(places):
        known = {one, other} & (found.reading.spellings.right | found.reading.small)
        same = givens[one] & givens[other] if givens[one] and givens[other] else givens[one] | givens[other]
        if same and not known and not _derived(one, other):
            yield from _fewer(found.reading, places[one], places[other])


def _places(found: Strangers) -> dict[str, list[int]]:
    """Tell where words stand that may be a family name: alone, or at the end of a full name."""
    places: dict[str, list[int]] = defaultdict(list)
    for key, alone in found.alone.items():
        if any(map(found.reading.tells, alone)):
            places[key] += alone
    for stranger in found.names:
        places[stranger.family.key].append(stranger.place + len(stranger.words) - 1)
    return places


def _givens(found: Strangers) -> dict[str, set[str]]:
    givens: dict[str, set[str]] = defaultdict(set)
    for stranger in found.names:
        givens[stranger.family.key].add(stranger.words[0].key)
    return givens


def _pairs(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return which of *keys* are one slip apart: those that are alike once a letter of each is left out."""
    alike: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        if SHORTEST <= len(key) <= LONGEST and key.isascii():
            for rest in {key, *(key[:at] + key[at + 1 :] for at in range(1, len(key)))}:
                alike[rest].add(key)
    pairs = {pair for group in alike.values() if len(group) > 1 for pair in combinations(sorted(group), 2)}
    return sorted(pair for pair in pairs if OSA.distance(*pair) == 1)


def _derived(one: str, other: str) -> bool:
    """Whether one is the plural of the other, or its people: "Altmans", "Korean" and "Korea", "Texan" and "Texas"."""
    short, long = sorted((one, other), key=len)
    people = long.endswith("n") and (short[:-1] == long[:-1] or (short == long[:-1] and short[-1] in VOWELS))
    return long == f"{short}s" or people or {short[-3:], long[-3:]} == {"man", "men"}


def _fewer(reading: Reading, some: list[int], others: list[int]) -> Iterator[tuple[Word, str]]:
    """Give the places of the spelling that stands less often, or later where they stand as often."""
    right, wrong = sorted((some, others), key=lambda places: (-len(places), places[0]))
    for place in wrong:
        yield reading.words[place], reading.words[right[0]].text
