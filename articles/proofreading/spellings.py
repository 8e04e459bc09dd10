"""Spellings: every form in which a film's names may stand in prose, looked up by their first word."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from articles.proofreading.known import Known, Named
from articles.proofreading.words import APOSTROPHES, HONORIFICS, ORDINARY, SUFFIXES, Word, keys
from films.names import PARTICLES, surname

NOBODY = {"self", "himself", "herself", "themself", "themselves", "narrator"}
STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
LONG = 8  # letters from which on two slips are forgiven


@dataclass(slots=True)
class Form:
    """Words for somebody: their `whole` name, a `short` one, one for when they are `introduced`, a `wrong` one.

    `capitals` tells which of the words must begin with a capital. `wrong` has the right spelling with each name.
    """

    keys: tuple[str, ...]
    text: str
    capitals: tuple[bool, ...]
    whole: list[Named] = field(default_factory=list)
    short: list[Named] = field(default_factory=list)
    introduced: list[Named] = field(default_factory=list)
    wrong: list[tuple[Named, str]] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Whether anybody's name is spelt like this."""
        return bool(self.whole or self.short or self.introduced)


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a right name, which a word of the prose may be meant for.

    `given` tells that it stands first of several, `alone` that it may stand for the name by itself.
    """

    key: str
    text: str
    name: Named
    given: bool
    alone: bool


class Spellings:
    """The forms of the names that a film knows, and the single words in them."""

    def __init__(self, known: Known):
        self.forms: dict[tuple[str, ...], Form] = {}
        self.right: set[str] = set()
        self.written: set[str] = set()
        self.own: dict[str, set[str]] = defaultdict(set)
        self.parts: dict[str, list[Part]] = defaultdict(list)
        for name in known.everybody:
            self._add(name)
        for name in known.everybody:
            self._add_wrong(name)
        self.right.update(*self.own.values())
        self.right.update(word.key for phrase in known.phrases for word in keys(phrase))
        self.by_first: dict[str, list[Form]] = defaultdict(list)
        for form in sorted(self.forms.values(), key=lambda form: -len(form.keys)):
            self.by_first[form.keys[0]].append(form)

    def near(self, key: str) -> list[Part]:
        """Return the parts of names that *key*, which is none, is a slip away from, when they all spell alike.

        One letter put in, left out, changed or swapped is a slip; names of eight letters and more forgive two.
        """
        slips = defaultdict(list)
        for part in self.parts.get(key[0], ()):
            limit = 2 if len(part.key) >= LONG else 1
            if abs(len(part.key) - len(key)) <= limit:
                distance = OSA.distance(key, part.key, score_cutoff=limit)
                slips[distance if distance <= limit else limit + 9].append(part)
        nearest = min(slips, default=9)
        return slips[nearest] if nearest < 9 and len({part.key for part in slips[nearest]}) == 1 else []

    def _add(self, name: Named) -> None:
        for text in dict.fromkeys([name.name, *name.others]):
            words = keys(text)
            if not words or (len(words) == 1 and (words[0].key in NOBODY or not _tells(words[0]))):
                continue
            self.own[name.about].update(word.key for word in words)
            self.written.update(written(word.text) for word in words)
            self._form(words).whole.append(name)
            self._add_short(name, text, words)

    def _add_short(self, name: Named, text: str, words: Sequence[Word]) -> None:
        untitled = _untitled([word for word in words if word.key not in SUFFIXES])
        if len(untitled) < len(words):
            self._short(name, untitled)
        if any(_descriptive(word) for word in untitled) or name.order == "mononym":
            return self._add_parts(name, untitled[:1] if len(untitled) == 1 else [])
        family, given = _family(text[untitled[0].start :], untitled, name.order)
        if len(untitled) > 1:
            self._short(name, family)
            self._short(name, given, introduction=name.kind == "person")
        return self._add_parts(name, untitled)

    def _short(self, name: Named, words: Sequence[Word], *, introduction: bool = False) -> None:
        if words and all(map(_tells, words[:1])):
            form = self._form(words)
            (form.introduced if introduction else form.short).append(name)

    def _add_parts(self, name: Named, words: Sequence[Word]) -> None:
        for place, word in enumerate(words):
            if len(word.key) >= 4 and word.key.isascii() and word.capital:
                given = place == 0 and len(words) > 1
                alone = name.kind == "character" or not given
                self.parts[word.key[0]].append(Part(word.key, word.text, name, given, alone))

    def _add_wrong(self, name: Named) -> None:
        for text in name.misspellings:
            words = keys(text)
            if words and not (form := self._form(words)).right:
                form.wrong.append((name, _meant(words, name.name)))

    def _form(self, words: Sequence[Word]) -> Form:
        own = tuple(word.key for word in words)
        if own not in self.forms:
            capitals = tuple(
                word.capital and not (place == 0 and len(words) > 1 and word.key in {"the", "a", "an"})
                for place, word in enumerate(words)
            )
            self.forms[own] = Form(own, " ".join(word.text for word in words), capitals)
        return self.forms[own]


@lru_cache(maxsize=4096)
def written(text: str) -> str:
    """Return how *text* is spelt, accents and all, whatever the capitals and the shape of the apostrophe."""
    return unicodedata.normalize("NFC", text.translate(STRAIGHT)).casefold()


@lru_cache(maxsize=16)
def spellings(known: Known) -> Spellings:
    """Return the spellings of *known*, kept as long as the film's names stay the same: every preview asks for them."""
    return Spellings(known)


def _tells(word: Word) -> bool:
    """One letter, or one character of a script without spaces, stands for nobody."""
    return len(word.text) > 1


def _untitled(words: Sequence[Word]) -> Sequence[Word]:
    start = 0
    while start < len(words) - 1 and words[start].key in HONORIFICS:
        start += 1
    return words[start:]


def _descriptive(word: Word) -> bool:
    """Whether a name with this word is none but says who somebody is: "Man in Bar", "Nurse #2"."""
    return word.key.isdigit() or (word.text[0].islower() and word.key not in PARTICLES and word.key in ORDINARY)


def _family(text: str, words: Sequence[Word], order: str) -> tuple[Sequence[Word], Sequence[Word]]:
    """Return the family's words and the given ones; middle names and what is in quotes are neither."""
    if order == "eastern":
        return words[:1], words[1:]
    return words[-len(keys(surname(text))) :], words[:1]


def _meant(words: Sequence[Word], right: str) -> str:
    """Return what of the *right* name the misspelt *words* are meant for: "Raynor" for "Rainor" of Jim Raynor."""
    parts = keys(right)
    if len(words) > 1 or len(parts) == 1:
        return right
    nearest = min(parts, key=lambda part: OSA.distance(words[0].key, part.key))
    return nearest.text if OSA.distance(words[0].key, nearest.key) <= max(2, len(nearest.key) // 2) else right
