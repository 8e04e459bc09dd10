"""What of a text is shown where it was found, and the words that found it marked: from plain text alone."""

import re
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.searching import words

WORD = re.compile(r"\w+(?:['’.-]\w+)*")
COMPARED = 200  # Places in a text that are weighed against each other.
BEFORE, LENGTH = 60, 220  # Characters before the first word that is found, and in all.

type Spans = list[tuple[int, int]]


def marked(text: str, terms: list[str]) -> SafeString:
    """Return *text* as HTML, all of it, with a mark around each word that is one of *terms* or begins with one."""
    return _html(text, _spans(text, terms))


def snippet(text: str, terms: list[str]) -> SafeString | None:
    """Return the passage of *text* in which most of *terms* stand together, marked, or None where there is none."""
    spans = _spans(text, terms)[:COMPARED]
    if not spans:
        return None
    first = max(spans, key=lambda span: (_different(text, spans, span[0]), -span[0]))[0]
    start = _word_start(text, max(0, first - BEFORE))
    end = _word_end(text, min(len(text), start + LENGTH))
    inside = [(left - start, right - start) for left, right in spans if start <= left and right <= end]
    passage = _html(text[start:end].replace("\n", " "), inside)
    return format_html("{}{}{}", "… " if start else "", passage, " …" if end < len(text) else "")


def _different(text: str, spans: Spans, start: int) -> int:
    """Return how many different words are found in what would be shown from *start*."""
    return len({text[left:right].casefold() for left, right in spans if start <= left < start + LENGTH - BEFORE})


def _spans(text: str, terms: list[str]) -> Spans:
    return [span for word in WORD.finditer(text) if (span := _found(word, terms))]


def _found(word: re.Match[str], terms: list[str]) -> tuple[int, int] | None:
    """Return what of *word* is to be marked: all of it, or the characters found in a run of a script without spaces."""
    if any(form.startswith(term) for form in words.forms(word[0]) for term in terms):
        return word.span()
    for term in terms:
        if not term.isascii() and term in word[0]:
            start = word.start() + word[0].index(term)
            return start, start + len(term)
    return None


def _html(text: str, spans: Spans) -> SafeString:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    pieces = ((text[left:right], place % 2) for place, (left, right) in enumerate(pairwise(edges)))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if odd else piece,) for piece, odd in pieces)
    )


def _word_start(text: str, place: int) -> int:
    gap = text.rfind(" ", max(0, place - 20), place + 1) if place else -1
    return gap + 1 if gap >= 0 else place


def _word_end(text: str, place: int) -> int:
    gap = text.find(" ", place, place + 20) if place < len(text) else -1
    return gap if gap >= 0 else place
