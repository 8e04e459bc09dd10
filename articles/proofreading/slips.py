"""Slips: words that are nearly, but not quite, a name of the film, and look as if they were meant for it."""

from collections import defaultdict
from collections.abc import Iterator

from articles.proofreading.matching import Reading
from articles.proofreading.spellings import Part
from articles.proofreading.words import HONORIFICS, Word

SHORTEST = 4  # letters below which names are too alike to tell a slip from another name
THE = {"the", "those", "these"}
NEAR = 2  # words before a plural within which "the" makes it a family: "the two Raynors"


class Slips:
    """The capitalised words of a piece that are a slip away from a part of a name."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.parts: dict[str, list[Part]] = {}
        self.places: dict[str, list[int]] = defaultdict(list)
        self.runs = {place: run for run in reading.strangers for place in run}
        for place in self.runs:
            self.places[reading.words[place].key].append(place)
        self.alone = {match.words[0].key for match in reading.matches if len(match.words) == 1}

    def found(self) -> Iterator[tuple[Word, Part, str]]:
        """Give each such word with what it is meant for and how that is spelt in its place."""
        for key, places in self.places.items():
            if key not in self.reading.small and self.near(key):
                yield from self._meant(key, places)

    def near(self, key: str) -> list[Part]:
        """Return the parts of names that *key* may be meant for, none where it is a name itself."""
        if key not in self.parts:
            right = key in self.reading.spellings.right or len(key) < SHORTEST or not key.isascii()
            self.parts[key] = [] if right else self.reading.spellings.near(key) or self._plural(key)
        return self.parts[key]

    def _plural(self, key: str) -> list[Part]:
        return self.reading.spellings.near(key[:-1]) if key.endswith("s") else []

    def _meant(self, key: str, places: list[int]) -> Iterator[tuple[Word, Part, str]]:
        """Take a word for a slip beside the rest of its name, after a title, or alone if it is no stranger's."""
        sure = {place: part for place in places if (part := self._beside(place))}
        alone = [part for part in self.near(key) if part.alone]
        if alone:
            sure |= {place: alone[0] for place in places if place not in sure and self._titled(place)}
        bare = [place for place in places if place not in sure and not self._in_other_name(place)]
        strange = len(bare) + len(sure) < len(places)
        if alone and not strange and (sure or any(self.reading.tells(place) for place in bare)):
            sure |= dict.fromkeys(bare, alone[0])
        for place, part in sorted(sure.items()):
            if not self._family(place, part):
                yield self.reading.words[place], part, self._spelling(place, part)

    def _beside(self, place: int) -> Part | None:
        """Return the part that is meant where another word of the same name stands beside it."""
        key = self.reading.words[place].key
        for neighbour in self._neighbours(place):
            for part in self.near(key):
                if neighbour.key in self.reading.spellings.own.get(part.name.about, ()) or self._goes_with(
                    neighbour.key, part
                ):
                    return part
        return None

    def _goes_with(self, key: str, part: Part) -> bool:
        return any(other.name.about == part.name.about and other.key != part.key for other in self.near(key))

    def _neighbours(self, place: int) -> list[Word]:
        run = self.runs[place]
        beside = [place - 1] * (place > run[0]) + [place + 1] * (place < run[-1])
        return [word for near in beside if self.reading.named(word := self.reading.words[near])]

    def _in_other_name(self, place: int) -> bool:
        """Whether the word belongs to somebody else's name; in a headline a capital beside it does not tell."""
        word = self.reading.words[place]
        return bool(self._neighbours(place)) and (word.field, word.block) not in self.reading.shouted

    def _titled(self, place: int) -> bool:
        before = self.reading.before(place)
        return bool(before and before.capital and before.key in HONORIFICS)

    def _family(self, place: int, part: Part) -> bool:
        """Whether the word is a plural that may be right: "the Simpsons", "Daleks" of which there are several."""
        if self.reading.words[place].key not in {f"{part.key}s", f"{part.key}es"} or self._titled(place):
            return False
        if len(part.name.played_by) > 1 and not part.given:
            return True
        shared = len({other.name.about for other in self.near(self.reading.words[place].key)}) > 1
        return self._definite(place) and (shared or part.key not in self.alone)

    def _definite(self, place: int) -> bool:
        return any(word.key in THE for word in self.reading.words[max(0, place - NEAR) : place])

    def _spelling(self, place: int, part: Part) -> str:
        key = self.reading.words[place].key
        plural = self._definite(place) and key.endswith("s") and not self.reading.spellings.near(key)
        return f"{part.text}s" if plural else part.text
