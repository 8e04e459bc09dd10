"""What a reader asks for: the words that must be found, and what is only asked about them."""

import re
from dataclasses import dataclass
from functools import cached_property

from articles.searching import words

LONGEST = 100  # Characters of a query that count, and words.
MOST = 10
YEAR = re.compile(r"(?:18|19|20)[0-9]{2}")
ENDING = {"end", "ending", "endings", "ends", "finale"}
ASKING = ENDING | {
    *("about", "analysis", "cast", "character", "characters", "did", "do", "does", "explain", "explained"),
    *("explaining", "explanation", "happen", "happened", "happens", "how", "mean", "meaning", "means", "plot"),
    *("review", "reviewed", "story", "summary", "synopsis", "theme", "themes", "understand"),
    *("what", "whats", "when", "where", "which", "who", "whos", "whose", "why"),
}
# What says nothing of which film is meant.
GENERIC = ASKING | {
    *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "i", "in", "is", "it", "its", "me", "my", "of"),
    *("on", "or", "than", "that", "the", "this", "to", "was", "were", "with", "you", "your"),
    *("actor", "actors", "actress", "director", "film", "films", "full", "movie", "movies", "online", "played"),
    *("plays", "watch", "based", "book", "directed", "directs", "filmed", "made", "novel", "release", "released"),
    *("shot", "star", "starred", "starring", "stars", "true", "write", "writer", "written", "wrote"),
}


@dataclass(frozen=True)
class Asked:
    """A query as it is searched for; without `terms` it finds nothing."""

    text: str

    @cached_property
    def whole(self) -> str:
        """What counts of the text."""
        return " ".join(self.text[:LONGEST].split())

    @cached_property
    def all_terms(self) -> list[str]:
        """All its words."""
        return words.terms(self.whole)[:MOST]

    @cached_property
    def terms(self) -> list[str]:
        """The words that must be found, once each: all but the generic, unless there are no others."""
        telling = [term for term in self.all_terms if term not in GENERIC]
        return list(dict.fromkeys(telling or self.all_terms))

    @cached_property
    def last(self) -> str:
        """The word that may be the beginning of a longer one: that which is being typed."""
        return self.all_terms[-1] if self.all_terms[-1] in self.terms else ""

    @cached_property
    def keys(self) -> list[str]:
        """What a name is that is asked for exactly: the whole query, and its telling words without a year."""
        undated = [term for term in self.terms if not YEAR.fullmatch(term)] or self.terms
        telling = " ".join(word for word in self.whole.split() if set(words.terms(word)) & set(undated))
        return list(dict.fromkeys([*words.keys(self.whole), *words.keys(telling)]))

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question, which an article answers: "what is the movie rush about"."""
        return len(self.terms) < len(self.all_terms) and bool(ASKING & set(self.all_terms))

    @cached_property
    def asks_for_ending(self) -> bool:
        """Whether the question is how it ends."""
        return self.asks and bool(ENDING & set(self.all_terms))
