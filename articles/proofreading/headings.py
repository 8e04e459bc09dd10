"""Headings: steps of one level, and each said once."""

from collections.abc import Iterator
from itertools import pairwise

from articles.proofreading import markup
from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.markup import Heading
from films import names

TITLE = Heading(0, 0, 1, "")


def check_order(copy: Copy) -> Iterator[Finding]:
    """Find headings that skip a level on the way down; the first one stands under the title."""
    for above, heading in pairwise([TITLE, *markup.read(copy.body).headings]):
        if heading.level > above.level + 1:
            text = copy.body[heading.start : heading.end]
            marks = "#" * (above.level + 1)
            message = f"After a heading of level {above.level} comes one of level {above.level + 1}: “{marks}”."
            place = Place("body", heading.start, heading.end)
            suggestion = marks + text.lstrip("#")
            yield Finding("heading-order", Level.WARNING, message, place, text, suggestion)


def check_duplicates(copy: Copy) -> Iterator[Finding]:
    """Find headings that say what an earlier one says."""
    seen = set()
    for heading in markup.read(copy.body).headings:
        said = names.fold(heading.text)
        if said and said in seen:
            place, text = Place("body", heading.start, heading.end), copy.body[heading.start : heading.end]
            yield Finding("heading-duplicate", Level.WARNING, "An earlier heading says the same.", place, text)
        seen.add(said)
