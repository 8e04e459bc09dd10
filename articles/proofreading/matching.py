"""Matching: where a film's names stand in a piece, and which capitalised words are left over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from articles.proofreading.known import Named
from articles.proofreading.prose import Block
from articles.proofreading.spellings import Form, Spellings
from articles.proofreading.words import HONORIFICS, ORDINARY, Word, words

CAPITALS = 0.6  # share of words with a capital from which on a line is taken for a headline


@dataclass(frozen=True, slots=True)
class Match:
    """Words that spell a name; `name` is whose, None where it may be several people's, `form` how it is spelt."""

    words: tuple[Word, ...]
    form: Form
    name: Named | None

    @property
    def start(self) -> int:
        """Where it begins in its field."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends in its field, before a possessive 's."""
        return self.words[-1].end


class Reading:
    """A piece read for names.

    `matches` come in the order of the piece. `strangers` are runs of capitalised words that spell no name the film
    knows, one run to what may be one name. `small` are the words that stand without a capital.
    """

    def __init__(self, spellings: Spellings, texts: Iterable[tuple[str, str, str, Sequence[Block]]]):
        self.spellings = spellings
        self.words: list[Word] = []
        self.shouted: set[tuple[str, int]] = set()
        for field, source, visible, blocks in texts:
            found = list(words(field, source, visible, blocks))
            self.words += found
            self.shouted |= _shouted(found, blocks)
        self.small = {word.key for word in self.words if not word.capital}
        self.introduced: set[str] = set()
        self.matches: list[Match] = []
        self.strangers: list[list[int]] = []
        self._read()

    def before(self, place: int) -> Word | None:
        """Return the word before that at *place* where both may be one name."""
        return self.words[place - 1] if self.words[place].joins else None

    def after(self, place: int) -> Word | None:
        """Return the word after that at *place* where both may be one name."""
        following = place + 1
        return self.words[following] if following < len(self.words) and self.words[following].joins else None

    def named(self, word: Word) -> bool:
        """Whether *word* may be part of a name by its looks: a capital, and neither a title nor an ordinary word."""
        unsaid = word.begins or word.text.isupper() or (word.field, word.block) in self.shouted
        ordinary = word.key == "i" or (unsaid and (word.key in ORDINARY or word.key in self.small))
        return word.capital and word.key not in HONORIFICS and not ordinary

    def tells(self, place: int) -> bool:
        """Whether the capital of the word at *place* says it is a name: not at a sentence's start nor in a headline."""
        word = self.words[place]
        return word.capital and not word.begins and (word.field, word.block) not in self.shouted

    def _read(self) -> None:
        place, run = 0, list[int]()
        while place < len(self.words):
            word = self.words[place]
            if run and not word.joins:
                run = self._close(run)
            match = self._match(place) if word.key in self.spellings.by_first else None
            if match:
                run = self._close(run)
                self.matches.append(match)
                place += len(match.words)
                continue
            if word.capital:
                run.append(place)
            elif run:
                run = self._close(run)
            place += 1
        self._close(run)

    def _close(self, run: list[int]) -> list[int]:
        if run:
            self.strangers.append(run)
        return []

    def _match(self, place: int) -> Match | None:
        for form in self.spellings.by_first[self.words[place].key]:
            found = tuple(self.words[place : place + len(form.keys)])
            if self._spells(form, found) and self._stands(form, place):
                name = self._whose(form)
                if name and form.whole:
                    self.introduced.add(name.about)
                return Match(found, form, name)
        return None

    def _spells(self, form: Form, found: tuple[Word, ...]) -> bool:
        return (
            len(found) == len(form.keys)
            and found[-1].key == form.keys[-1]
            and all(word.key == key for word, key in zip(found, form.keys, strict=True))
            and all(word.joins for word in found[1:])
            and all(word.capital for word, capital in zip(found, form.capitals, strict=True) if capital)
        )

    def _stands(self, form: Form, place: int) -> bool:
        """Whether the words are a name of their own: not an ordinary word, not part of a longer name."""
        first = self.words[place]
        if len(form.keys) > 1:
            return True
        if first.begins and (first.key in ORDINARY or first.key in self.small):
            return False
        return not (self._prefixed(place) or self._suffixed(place))

    def _prefixed(self, place: int) -> bool:
        before = self.before(place)
        return bool(before and self.named(before) and not self._matched(place - 1))

    def _suffixed(self, place: int) -> bool:
        after = self.after(place)
        return bool(after and self.named(after) and after.key not in self.spellings.by_first)

    def _matched(self, place: int) -> bool:
        return bool(self.matches) and self.matches[-1].words[-1] == self.words[place]

    def _whose(self, form: Form) -> Named | None:
        """Return the one whose name this is: the whole name's first, then who was introduced, then the only one."""
        owners = form.whole if len(form.keys) > 1 and form.whole else form.whole + form.short
        everybody = one_of_each(owners + form.introduced)
        introduced = [name for name in everybody if name.about in self.introduced]
        if len(everybody) > 1 or not owners:
            everybody = introduced if len(introduced) == 1 else []
        return everybody[0] if everybody else None


def one_of_each(names: list[Named]) -> list[Named]:
    """Return *names* once each; where somebody plays themselves, that is the person."""
    people = [name for name in names if name.kind == "person"]
    selves = {(pk, person.name.casefold()) for person in people for pk in person.plays}
    characters = [name for name in names if name.kind != "person" and (name.pk, name.name.casefold()) not in selves]
    return list({name.about: name for name in people + characters}.values())


def _shouted(found: list[Word], blocks: Sequence[Block]) -> set[tuple[str, int]]:
    """Tell in which blocks a capital says nothing: headlines that give one to most words, lines all in capitals."""
    together = groupby(found, key=attrgetter("block"))
    return {(line[0].field, block) for block, group in together if _is_shouted(line := list(group), blocks[block].kind)}


def _is_shouted(line: list[Word], kind: str) -> bool:
    if sum(word.capital and word.text.isupper() for word in line) > CAPITALS * len(line):
        return True
    long = [word.capital for word in line if len(word.key) > 3] if kind == "heading" else []
    return sum(long) > CAPITALS * len(long)
