"""Strangers: full names that the film does not know, told from other words with capitals by how they stand."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from articles.proofreading.matching import Reading
from articles.proofreading.words import HONORIFICS, ORDINARY, Word

LONGEST = 4  # words of a name
DOING = frozenset(["directed", "written", "played", "produced", "shot", "scored", "composed", "portrayed", "voiced"])
BEING = frozenset(["actor", "actress", "director", "writer", "novelist", "screenwriter", "composer", "producer"])
DOES = frozenset(
    ["plays", "played", "stars", "starred", "directed", "directs", "wrote", "writes", "portrays", "voices"]
)
NOBODY = frozenset(["award", "awards", "bros", "city", "county", "festival", "films", "pictures", "prize", "street"])
NOBODY |= frozenset(["studio", "studios", "university", "war"])


@dataclass(frozen=True, slots=True)
class Stranger:
    """A full name of somebody unknown, at `place` among the words of the piece."""

    place: int
    words: tuple[Word, ...]

    @property
    def family(self) -> Word:
        """The last word, by which the name may be told again."""
        return self.words[-1]

    @property
    def text(self) -> str:
        """The name in one line."""
        return " ".join(word.text for word in self.words)


class Strangers:
    """The names in a piece that the film does not know, and the words that stand alone and may be short for one."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.names: list[Stranger] = []
        self.alone: dict[str, list[int]] = defaultdict(list)
        for run in reading.strangers:
            self._read(run)
        self.matched = {match.words[-1] for match in reading.matches}

    def people(self) -> Iterator[Stranger]:
        """Give the names that, by what stands round them, are people's; each once, where it first stands."""
        once: set[tuple[str, ...]] = set()
        for stranger in self.names:
            keys = tuple(word.key for word in stranger.words)
            if keys not in once and self._is_person(stranger):
                once.add(keys)
                yield stranger

    def _read(self, run: list[int]) -> None:
        """Take the titles and the ordinary words off; a single word left may be short for a name, more may be one."""
        start = 0
        while start < len(run) and not self.reading.named(self.reading.words[run[start]]):
            start += 1
        left = [self.reading.words[place] for place in run[start:]]
        if len(left) == 1:
            self.alone[left[0].key].append(run[start])
        elif 1 < len(left) <= LONGEST and self._is_name(run[start], left):
            self.names.append(Stranger(run[start], tuple(left)))

    def _is_name(self, place: int, found: list[Word]) -> bool:
        """Whether words look like a name: not at a sentence's start, in a headline, in quotes or after "the"."""
        usual = all(word.key.isascii() and word.key.isalpha() and word.key not in ORDINARY for word in found)
        quoted = found[0].gap[-1:] in ("*", "_", '"', "“", "‘", "'", "-")
        return (
            usual and not quoted and self.reading.tells(place) and not self._definite(place) and not self._nobody(found)
        )

    def _nobody(self, found: list[Word]) -> bool:
        return found[-1].key in NOBODY or found[0].key in HONORIFICS or any(word.text.isupper() for word in found[1:])

    def _definite(self, place: int) -> bool:
        before = self.reading.before(place)
        return bool(before and before.key == "the")

    def _is_person(self, stranger: Stranger) -> bool:
        return self._has_done(stranger) or self._is_told_again(stranger.family.key)

    def _has_done(self, stranger: Stranger) -> bool:
        """Whether the words beside the name are said of people in film: "played by", "the director", "stars"."""
        words, place = self.reading.words, stranger.place
        before = [word.key for word in words[max(0, place - 2) : place]]
        after = self.reading.after(place + len(stranger.words) - 1)
        plays = stranger.words[0].gap.strip() == "(" and words[place - 1] in self.matched
        made = before[-1:] == ["by"] and before[0] in DOING
        return plays or made or bool(BEING & set(before[-1:])) or bool(after and after.key in DOES)

    def _is_told_again(self, family: str) -> bool:
        known = family in self.reading.spellings.right
        return not known and any(
            self.reading.tells(place) and not self._definite(place) for place in self.alone[family]
        )
