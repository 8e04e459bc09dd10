"""Subjects: which film a sentence is about, where its piece is filed under one and speaks of others."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from articles.proofreading.copy import FIELDS, Copy
from articles.proofreading.findings import Place
from articles.proofreading.words import ORDINARY
from films.models import Film
from films.names import search_text

CAPITAL = r"(?![a-zß-öø-ÿ])[^\W\d_]"
PLAIN = re.compile(rf"{CAPITAL}[\w'’-]*(?:\s+(?:(?:of|the|and|in|a|to|on|for|from)\s+)*{CAPITAL}[\w'’-]*)*")
MARKED = re.compile(
    r"(?<![*\w])\*(?!\*)(?P<star>[^*\n]+)\*(?!\*)|(?<![_\w])_(?P<line>[^_\n]+)_(?!\w)"
    r"|[“\"](?P<quote>[^”\"\n]+)[”\"]|\[\[film:(?P<slug>[\w-]+)(?:\\?\|[^\]\n]*)?\]\]"
)
NOT_SPACE = re.compile(r"\S+")
YEAR_AFTER = re.compile(r"[*_”\"\s]*(?:\(|of )(?P<year>(?:18|19|20)\d\d)\b")
SAID_OF = re.compile(
    r"(?:\s+\((?:18|19|20)\d\d\))?(?:(?P<aside>,)\s+(?:which\s+(?:was|is)\s+)?|\s+(?:was|is)\s+)"
    r"(?:directed|written|scripted|an?\s+(?:[a-z-]+\s+)?\d{2,4}\b)"
)
PARAGRAPH = re.compile(r"\n[ \t]*\n")
SENTENCE = re.compile(r"[.!?]['\"”’*_)]*\s+(?=[\[*_“\"']*[^\W\da-z_])|\n[ \t]*\n")
LONGEST = 1000  # characters that a last sentence may have left
NEAR = 40  # characters after a claim within which another film's title takes it: "the 1973 film *Serpico*"
MOST = 2000  # Phrases of one piece that may be titles.


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    own: bool


class Subjects:
    """What each place of a piece is about; asks the database once."""

    def __init__(self, copy: Copy, film: Film):
        self.copy, self.film = copy, film
        self.own = {search_text(phrase) for phrase in copy.known.phrases if phrase}
        found = {field: list(_phrases(copy, field)) for field in FIELDS}
        self.others = self._others({phrase for phrases in found.values() for _, _, phrase, _ in phrases})
        self.titles = {field: sorted(self._titles(field, phrases), key=_start) for field, phrases in found.items()}
        self.paragraphs = {field: _starts(PARAGRAPH, getattr(copy, field)) for field in FIELDS}
        self.sentences = {field: _starts(SENTENCE, getattr(copy, field)) for field in FIELDS}

    def about_own(self, place: Place) -> bool:
        """Tell whether what is said at *place* is said of the piece's own film."""
        titles, sentences = self.titles[place.field], self.sentences[place.field]
        number = bisect_right(sentences, place.start)
        sentence, end = sentences[number - 1], [*sentences[number : number + 1], place.end + LONGEST][0]
        paragraphs = self.paragraphs[place.field]
        paragraph = paragraphs[bisect_right(paragraphs, place.start) - 1]
        at = bisect_left(titles, place.start, key=_start)
        before = [title for title in titles[max(at - 1, 0) : at] if paragraph <= title.start < title.end <= place.start]
        after = [title for title in titles[at : at + 1] if place.end <= title.start < end]
        if after and not after[0].own:
            within = before and before[0].start >= sentence
            return bool(within and before[0].own and after[0].start - place.end > NEAR)
        return not before or before[0].own

    def _others(self, phrases: set[str]) -> set[tuple[str, int | None]]:
        folded = {search_text(phrase) for phrase in sorted(phrases)[:MOST]} | self.own
        films = Film.objects.filter(folded__in=folded).exclude(pk=self.film.pk)
        return set(films.values_list("folded", "year"))

    def _titles(self, field: str, phrases: list[tuple[int, int, str, str]]) -> Iterator[_Title]:
        known = {folded for folded, _ in self.others}
        text = getattr(self.copy, field)
        yield from self._strangers(field)
        for start, end, phrase, slug in phrases:
            folded = search_text(phrase)
            year = YEAR_AFTER.match(text, end)
            if slug or folded in self.own:
                namesake = year and (folded, int(year["year"])) in self.others
                yield _Title(start, end, slug in {"", self.film.slug} and not namesake)
            elif folded in known or text[start] in '*_“"':
                yield _Title(start, end, own=False)

    def _strangers(self, field: str) -> Iterator[_Title]:
        """Yield what nobody knows and is told of like a film: "Last Exit to Brooklyn, directed by Uli Edel".

        Where something is, or was made, is none: "Set in Texas, a 120-minute film".
        """
        text = self.copy.visible[field]
        people = {match.end for match in self.copy.reading.matches if match.words[0].field == field}
        for match in PLAIN.finditer(text):
            said = SAID_OF.match(text, match.end())
            if said and match.end() not in people and self._is_strange(match[0], aside=bool(said["aside"])):
                yield _Title(match.start(), match.end(), own=False)

    def _is_strange(self, phrase: str, *, aside: bool) -> bool:
        words = search_text(phrase).split()
        own = any(" ".join(words[first:]) in self.own for first in range(len(words)))
        place = aside and (len(words) == 1 or words[1] in {"in", "at", "on", "from"})
        return bool(words) and not own and not place and words[-1] not in ORDINARY


def _phrases(copy: Copy, field: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield what may be a title: where, as what, and as which address."""
    text = getattr(copy, field)
    people = {match.start for match in copy.reading.matches if match.words[0].field == field}
    for match in MARKED.finditer(text):
        phrase = match["star"] or match["line"] or match["quote"] or ""
        if match["slug"] or ((phrase[:1].isupper() or phrase[:1].isdigit()) and match.start() + 1 not in people):
            yield match.start(), match.end(), phrase.strip(" ,.:;!?"), match["slug"] or ""
    for match in PLAIN.finditer(copy.visible[field]):
        words = list(NOT_SPACE.finditer(match[0]))
        for skipped, first in enumerate(words[:4]):
            phrase = " ".join(word[0] for word in words[skipped:])
            yield match.start() + first.start(), match.end(), phrase, ""


def _starts(end: re.Pattern[str], text: str) -> list[int]:
    return [0, *(match.end() for match in end.finditer(text))]


def _start(title: _Title) -> int:
    return title.start
