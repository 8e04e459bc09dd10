"""Names: which are misspelt, spelt in two ways, or nobody's whom the film or the house knows."""

from collections.abc import Iterator
from itertools import chain, islice

from articles.proofreading import variants
from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.known import MOST, Named, known_elsewhere
from articles.proofreading.matching import Match
from articles.proofreading.slips import Slips
from articles.proofreading.spellings import Part
from articles.proofreading.words import APOSTROPHES, Word
from films.names import search_text


def check_misspelt(copy: Copy) -> Iterator[Finding]:
    """Find names that the house list calls wrong, and words a slip or two away from a name of the film."""
    reading = copy.reading
    for match in reading.matches:
        if not match.form.right and not _is_word(match, reading.small):
            yield _listed(copy, match)
    for slip in Slips(reading).found():
        yield _slipped(copy, *slip)


def check_inconsistent(copy: Copy) -> Iterator[Finding]:
    """Find words of a name that stand otherwise elsewhere in the piece, where the film does not know both."""
    for word, right in chain(variants.accents(copy.reading), variants.strangers(copy.strangers)):
        suggestion = right.upper() if _shouts(word.text) else right
        message = f"“{word.text}” is “{right}” elsewhere in this piece."
        yield Finding("name-inconsistent", Level.WARNING, message, _place(word), _text(copy, word), suggestion)


def check_uncredited(copy: Copy) -> Iterator[Finding]:
    """Find full names of people in neither this film's credits nor anybody else's; once each, the first MOST."""
    people = {search_text(stranger.text): stranger for stranger in islice(copy.strangers.people(), MOST)}
    known = known_elsewhere(people) if people else set()
    for folded, stranger in people.items():
        if folded not in known:
            first, last = stranger.words[0], stranger.words[-1]
            text = getattr(copy, first.field)[first.start : last.end]
            message = f"Neither the film’s credits nor the site’s people know {stranger.text}."
            yield Finding("name-uncredited", Level.NOTICE, message, Place(first.field, first.start, last.end), text)


def _place(word: Word) -> Place:
    return Place(word.field, word.start, word.end)


def _text(copy: Copy, word: Word) -> str:
    return getattr(copy, word.field)[word.start : word.end]


def _is_word(match: Match, small: set[str]) -> bool:
    """Whether what is listed is a word of the piece as well: "Nettles in the garden; nettles sting"."""
    return len(match.words) == 1 and match.words[0].key in small


def _listed(copy: Copy, match: Match) -> Finding:
    name, right = match.form.wrong[0]
    place = Place(match.words[0].field, match.start, match.end)
    text = getattr(copy, place.field)[place.start : place.end]
    message = f"“{text}” is on the house list of misspellings of {name.name}."
    return _finding(place, text, right.upper() if _shouts(text) else right, message, name)


def _slipped(copy: Copy, word: Word, part: Part, right: str) -> Finding:
    source = getattr(copy, word.field)
    end = word.end
    if _possessive(source, word) and not right.endswith("s"):
        end, right = end + 1, f"{right}{source[word.end]}s"
    right = right.upper() if _shouts(word.text) else right
    text = source[word.start : end]
    message = f"“{text}” may be {part.name.name}, misspelt."
    return _finding(Place(word.field, word.start, end), text, right, message, part.name)


def _possessive(source: str, word: Word) -> bool:
    """Whether the apostrophe after a word in s is a possessive's and no closing quote: none was opened before."""
    line = source[max(0, word.start - 200) : word.start].rpartition("\n")[2]
    opened = any(f" {mark}" in f" {line}" for mark in ("'", "‘"))
    return word.key.endswith("s") and source[word.end : word.end + 1] in tuple(APOSTROPHES) and not opened


def _shouts(text: str) -> bool:
    return len(text) > 1 and text.isupper()


def _finding(place: Place, text: str, suggestion: str, message: str, name: Named) -> Finding:
    return Finding("name-misspelt", Level.WARNING, message, place, text, suggestion, name.about)
