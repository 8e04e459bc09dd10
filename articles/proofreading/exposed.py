"""Exposed: characters who spoil the film by being there, named where everybody reads it.

A reference to one closes itself, and stays out of feeds and descriptions; what tells of them beside it does not. A name
that is typed is closed by nobody.
"""

from collections.abc import Iterator
from itertools import chain

from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.hiding import hidden
from articles.proofreading.spoilers import check_spoilers
from articles.rendering.references import references_in

REFERRED = "{} is marked as a spoiler: this becomes one by itself. Put what tells of them into it as well."
NAMED = "{} is marked as a spoiler, and here everybody reads the name. Put it in a spoiler, or leave it out."


def check_exposed(copy: Copy) -> Iterator[Finding]:
    """Find references to characters that spoil, and their full names, outside spoilers; a footnote is no spoiler."""
    if any(named.spoils for named in copy.known.characters.values()):
        closed = [Place("body", *span) for span in hidden(copy.body, copy.prose.blocks)]
        taken = [*closed, *(finding.place for finding in check_spoilers(copy))]
        for place, name, message in chain(_referred(copy), _named(copy)):
            if not any(_meet(place, other) for other in taken):
                taken.append(place)
                said = message.format(name)
                yield Finding("spoiler-exposed", Level.WARNING, said, place, copy.typed(place))


def _referred(copy: Copy) -> Iterator[tuple[Place, str, str]]:
    secret = {named.slug: named.name for named in copy.known.characters.values() if named.spoils}
    for reference in references_in(copy.body):
        if reference.kind == "character" and reference.key in secret:
            yield Place("body", reference.start, reference.end), secret[reference.key], REFERRED


def _named(copy: Copy) -> Iterator[tuple[Place, str, str]]:
    for match in copy.reading.matches:
        if match.name and match.name.spoils and match.name in match.form.whole:
            yield Place(match.words[0].field, match.start, match.end), match.name.name, NAMED


def _meet(one: Place, other: Place) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end
