"""Spoilers: what the text hides, nothing beside the text may give away.

Titles, deks and search engines' lines are read by people who chose to know nothing. They leak where they repeat what
one clause inside a spoiler says, or name a character whom the text names inside spoilers alone. Such a finding keeps
a piece from readers, so a word that may well be chance is let pass: it takes three telling words in a row, or two of
which one is a name ("Kristen kills"), or a name that is said to be something ("Jim was the informer").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from articles.proofreading.copy import FIELDS, Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.words import ORDINARY
from films import names

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CLAUSE_END = re.compile(r"[.!?,;:…()—]|\n\s*\n")
ENDING = re.compile(r"(?<=...)(?:ing|ed|es|(?<!s)s)$")
BEING = frozenset({"is", "was", "are", "were", "becomes", "became"})
NEAR = 4  # words within which two telling ones stand side by side, whatever small ones are between
# Words of our trade and of any prose: that they stand inside a spoiler tells nothing.
UNTELLING = ORDINARY | frozenset(
    """
    act acted acting action actor actress actual adaptation ago analysis answer answers appear audience author based
    become becomes began begin beginning begins best better big book bring brings call called came camera cast character
    characters cinema clear close come comes complete credits day days describe detail details different director
    directed drama early end ended ending endings ends episode exactly explain explained explainer explains explanation
    fact facts feel feels film films final find finds full get gets give gives go goes going good great guide happen
    happened happening happens hard head hero hidden hour idea ii important kind know known knows lead leads left life
    little live lives long look looks lot made main major make makes making man mean meaning means men mind minute
    minutes moment movie movies name named need needs new night novel number old open opening original part parts people
    person picture piece place play played player plays plot point put question questions read reader readers real
    really reason reasons review right run running scene scenes screen screenplay script see seen seems sense sequel
    series set short shot show shows side simple small spoiler spoilers start starts stay story style summary take takes
    talk tell tells theme themes thing things think time times title told took true truth try turn turned turns twist
    twists understand version view viewer viewers want wants watch watching way ways whole woman women word words work
    works world write writer writing wrong year years young
    """.split()  # noqa: SIM905 - a page of quotes is no better to read.
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word and where it stands; `stem` is what its forms share, `tells` that it is more than padding."""

    start: int
    end: int
    text: str
    stem: str
    tells: bool


type Statement = tuple[str, ...]


def check_spoilers(copy: Copy) -> Iterator[Finding]:
    """Find words outside the text that the text says inside spoilers alone."""
    if not copy.rendered.hidden:
        return
    hidden, shown = _clauses(copy.rendered.hidden), _clauses(copy.rendered.text)
    secrets = _Secrets(copy, hidden, shown)
    for field in FIELDS:
        text = "" if field == "body" else copy.visible[field]
        told = {place for clause in _clauses(text) for place in secrets.told(clause)}
        told.update(secrets.named(field))
        for start, end in _spans(_words(text), told):
            place = Place(field, start, end)
            message = f"The text says “{copy.typed(place)}” inside a spoiler alone; here everybody reads it."
            yield Finding("spoiler-exposed", Level.ERROR, message, place, copy.typed(place))


class _Secrets:
    """What a piece says inside spoilers alone: single words, statements, and characters."""

    def __init__(self, copy: Copy, hidden: list[list[_Word]], shown: list[list[_Word]]):
        self.copy = copy
        self.shown = {word.stem for clause in shown for word in clause}
        self.capitals = {word.stem for clause in hidden for word in clause if word.text[0].isupper()}
        self.small = {word.stem for clause in hidden + shown for word in clause if not word.text[0].isupper()}
        self.names, self.known = _names(copy), _known(copy, self.shown)
        self.words = {word.stem for clause in hidden for word in clause if word.tells} - self.shown - self.known
        statements = {statement for clause in hidden for statement, _ in self._statements(clause)}
        self.statements = statements - {statement for clause in shown for statement, _ in self._statements(clause)}

    def told(self, clause: list[_Word]) -> Iterator[int]:
        """Yield where the words begin that make a statement of the spoilers."""
        for statement, run in self._statements(clause):
            if statement in self.statements:
                yield from (word.start for word in run)

    def named(self, field: str) -> Iterator[int]:
        """Yield where the words begin that name a character who is met inside spoilers alone."""
        for match in self.copy.reading.matches:
            if match.words[0].field == field and match.name and match.name.kind == "character":
                stems = {_stem(word.text) for word in match.words}
                if stems & self.capitals and not stems & (self.shown | self.small | self.known):
                    yield from (word.start for word in match.words)

    def _statements(self, clause: list[_Word]) -> Iterator[tuple[Statement, list[_Word]]]:
        """Yield what *clause* states, with the words from the first to the last that state it."""
        telling = [place for place, word in enumerate(clause) if word.tells]
        for length in (2, 3):
            for places in zip(*(telling[skipped:] for skipped in range(length)), strict=False):
                run = clause[places[0] : places[-1] + 1]
                near = all(after - before < NEAR for before, after in pairwise(places))
                if near and self._states([clause[place] for place in places], run):
                    being = "is" if length == 2 and self._is(run) else ""
                    yield (*(clause[place].stem for place in places), being), run

    def _states(self, telling: list[_Word], run: list[_Word]) -> bool:
        secret = [word.stem in self.words for word in telling]
        named = [word.stem in self.names and word.text[0].isupper() for word in telling]
        if len(telling) == 2:
            return any(named) and (any(secret) or (self._is(run) and named == [True, False]))
        return any(secret) and not all(named)

    def _is(self, run: list[_Word]) -> bool:
        return any(word.text.lower() in BEING for word in run[1:-1])


def _spans(words: list[_Word], told: set[int]) -> Iterator[tuple[int, int]]:
    """Join the words that are *told* and touch."""
    start = None
    for word, after in zip_longest(words, words[1:]):
        if word.start in told:
            start = word.start if start is None else start
            if after is None or after.start not in told:
                yield start, word.end
                start = None


def _clauses(text: str) -> list[list[_Word]]:
    starts = [0, *(match.end() for match in CLAUSE_END.finditer(text))]
    return [_words(text, start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _words(text: str, start: int = 0, end: int | None = None) -> list[_Word]:
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [_Word(*match.span(), match[0], stem, stem not in PADDING) for match in found if (stem := _stem(match[0]))]


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """Return what "kill", "kills", "killed" and "Kills'" share."""
    bare = names.fold(word).removesuffix("'s").rstrip("'")
    bare = f"{bare[:-3]}y" if len(bare) > 4 and bare.endswith(("ies", "ied")) else ENDING.sub("", bare)
    return bare.removesuffix("e") if len(bare) > 3 else bare


def _names(copy: Copy) -> set[str]:
    """Return the stems of the names of everybody in the film."""
    return _stems(text for name in copy.known.everybody for text in (name.name, *name.others)) - PADDING


def _known(copy: Copy, shown: set[str]) -> set[str]:
    """Return the stems of the names that are no secret: the film's, its people's, those of characters in open sight."""
    people = (spelling for person in copy.known.people.values() for spelling in (person.name, *person.others))
    public = [*copy.known.phrases, *people, copy.film.logline if copy.film else ""]
    for character in copy.known.characters.values():
        spellings = [character.name, *character.others]
        public += spellings if _stems(spellings) & shown else []
    return _stems(public)


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem for text in texts for stem in map(_stem, WORD.findall(text))}


PADDING = frozenset(map(_stem, UNTELLING)) | frozenset("0123456789")
