"""Unfinished: notes to oneself that must not reach readers."""

import re
from collections.abc import Iterable, Iterator

from articles.proofreading.copy import FIELDS, Copy
from articles.proofreading.findings import Finding, Level, Place

# Not "TKO", "TK-421" or "XXX-rated", nor the numeral in "Super Bowl XXX".
NUMBERED = "".join(rf"(?<!\b{word} )" for word in ("Bowl", "Part", "Act", "Chapter", "Volume", "Book"))
MARKS = re.compile(rf"(?<![\w-])(?:(?:TK)+|TODO|FIXME|{NUMBERED}X{{3,}})(?![\w-])|(?i:\blorem\s+ipsum\b)")


def check_unfinished(copy: Copy) -> Iterator[Finding]:
    """Find "TK", "TODO", "XXX" and "lorem ipsum" in what people read; but a film may be called so."""
    for field in FIELDS:
        text = copy.visible[field]
        for match in MARKS.finditer(_without(copy.known.phrases, text) if MARKS.search(text) else ""):
            place = Place(field, *match.span())
            yield Finding("unfinished", Level.ERROR, "This is not finished.", place, copy.typed(place))


def _without(phrases: Iterable[str], text: str) -> str:
    """Return *text* with blanks in place of those of *phrases* that look like a mark."""
    for phrase in phrases:
        if MARKS.search(phrase):
            text = text.replace(phrase, " " * len(phrase))
    return text
