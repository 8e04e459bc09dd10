"""Completeness: what a piece needs beside its text to be found and shown well."""

from collections.abc import Iterator

from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level, Place

DEK_LONGEST = 200
TITLE_LONGEST = 90


def check_completeness(copy: Copy) -> Iterator[Finding]:
    """Find what is missing around the text."""
    if not copy.dek.strip():
        yield _missing("dek-missing", "dek", Level.WARNING, "There is no dek: lists and search engines show one.")
    if copy.hero is None:
        yield _missing("no-hero", "hero", Level.WARNING, "There is no picture at the top; a plain card stands in.")
    if copy.film is None:
        yield _missing("no-film", "film", Level.WARNING, "No film: nothing here can be checked against its credits.")
    if not copy.has_topics:
        yield _missing("no-topic", "topics", Level.NOTICE, "No topic: readers find this in fewer places.")


def check_lengths(copy: Copy) -> Iterator[Finding]:
    """Find a title and a dek that are cut where they are shown; the place is what is too much."""
    yield from _long("title-long", "title", copy.title, TITLE_LONGEST, "Headlines get lost")
    yield from _long("dek-long", "dek", copy.dek, DEK_LONGEST, "Cards cut a dek")


def _missing(code: str, field: str, level: Level, message: str) -> Finding:
    return Finding(code, level, message, Place(field, 0, 0))


def _long(code: str, field: str, text: str, longest: int, why: str) -> Iterator[Finding]:
    if len(text) > longest:
        place, message = Place(field, longest, len(text)), f"{why} after {longest} characters; this has {len(text)}."
        yield Finding(code, Level.WARNING if field == "title" else Level.NOTICE, message, place, text[longest:])
