"""Spoilers: what the text hides, nothing beside the text may give away.

Titles, deks and search engines' lines are read by people who chose to know nothing. They leak where they say a word
that the text says inside its spoilers alone, or say of open words what it says of them there. Such a finding keeps a
piece from readers, so what may well be chance is let pass: words of our trade, names of the film and its people.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.proofreading.copy import FIELDS, Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.words import ORDINARY
from films import names

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
RUNS = {3: 3, 4: 2}  # So many words in a row are a statement where so many of them tell something.
ENDING = re.compile(r"(?<=...)(?:ing|ed|es|(?<!s)s)$")
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
    stem: str
    tells: bool


def check_spoilers(copy: Copy) -> Iterator[Finding]:
    """Find words outside the text that the text says inside spoilers alone."""
    hidden, shown = _words(copy.rendered.hidden), _words(copy.rendered.text)
    if not hidden:
        return
    named = _names(copy, {word.stem for word in shown})
    for field in FIELDS:
        text = "" if field == "body" else copy.visible[field]
        for start, end in _leaks(_words(text), hidden, shown, named):
            place = Place(field, start, end)
            message = f"The text says “{copy.typed(place)}” inside a spoiler alone; here everybody reads it."
            yield Finding("spoiler-exposed", Level.ERROR, message, place, copy.typed(place))


def _leaks(words: list[_Word], hidden: list[_Word], shown: list[_Word], named: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where *words* give away what is *hidden*; leaks that touch are one."""
    secret = {word.stem for word in hidden if word.tells} - {word.stem for word in shown} - named
    told = {index for index, word in enumerate(words) if word.stem in secret}
    for length, telling in RUNS.items():
        statements = _runs(hidden, length).keys() - _runs(shown, length).keys()
        for stems, places in _runs(words, length).items():
            run = words[places[0] : places[0] + length]
            says = sum(word.tells for word in run) >= telling and any(
                word.tells and word.stem not in named for word in run
            )
            if says and stems in statements:
                told.update(place + step for place in places for step in range(length))
    yield from _spans(words, told)


def _runs(words: list[_Word], length: int) -> dict[tuple[str, ...], list[int]]:
    """Return the runs of *length* words, each with the places where it begins."""
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(words) - length + 1):
        runs[tuple(word.stem for word in words[place : place + length])].append(place)
    return runs


def _spans(words: list[_Word], told: set[int]) -> Iterator[tuple[int, int]]:
    for index in sorted(told):
        if index - 1 not in told:
            last = index
            while last + 1 in told:
                last += 1
            yield words[index].start, words[last].end


def _words(text: str) -> list[_Word]:
    return [
        _Word(*match.span(), stem, stem not in PADDING) for match in WORD.finditer(text) if (stem := _stem(match[0]))
    ]


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """Return what "kill", "kills", "killed" and "Kills'" share."""
    bare = names.fold(word).removesuffix("'s").rstrip("'")
    bare = f"{bare[:-3]}y" if len(bare) > 4 and bare.endswith(("ies", "ied")) else ENDING.sub("", bare)
    return bare.removesuffix("e") if len(bare) > 3 else bare


def _names(copy: Copy, shown: set[str]) -> set[str]:
    """Return the stems of the names that are no secret: the film's, its people's, those of characters in open sight."""
    people = (spelling for person in copy.known.people.values() for spelling in (person.name, *person.others))
    public = [*copy.known.phrases, *people, copy.film.logline if copy.film else ""]
    for character in copy.known.characters.values():
        spellings = [character.name, *character.others]
        if any(stem in shown for spelling in spellings for stem in map(_stem, WORD.findall(spelling))):
            public += spellings
    return {stem for text in public for stem in map(_stem, WORD.findall(text))}


PADDING = frozenset(map(_stem, UNTELLING)) | frozenset("0123456789")
