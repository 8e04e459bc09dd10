"""Plain text: a title, "by NAME", a dek, then paragraphs with short lines between them as headings."""

import re
from itertools import groupby

from articles.importing.document import Document, longest_of
from articles.importing.literal import literal_heading, literal_paragraph
from articles.models import Revision
from films.names import SUFFIXES

LONGEST_HEADING = 80
LONGEST_BYLINE = 200
LONGEST_DEK = longest_of(Revision, "dek")
BYLINE = re.compile(r"by\s+(\S.*)", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"(?:\s*,)?\s+and\s+|\s*[&,]\s*", re.IGNORECASE)
ENDS_SENTENCE = re.compile(r"""[.…:;,]["'”’»)\]]*$""")
BULLET = re.compile(r"[-+*•–]\s")


def parse_text(text: str, source: str) -> Document:
    """Return the document that plain *text* is; signs that Markdown would read are escaped, quotes stay as typed."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    top = next(place for place, line in enumerate(lines) if line)
    authors, lines_below = _byline(lines[top + 1 :])
    blocks = [list(block) for filled, block in groupby(lines_below, key=bool) if filled]
    dek = _dek(blocks)
    body = "\n\n".join(_markdown(block, last=block is blocks[-1]) for block in blocks[bool(dek) :])
    return Document(source, title=lines[top], body=body, dek=dek, authors=authors, lines={"title": top + 1})


def _byline(lines: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the names of the byline, where the first line with words is one, and the lines below it."""
    top = next((place for place, line in enumerate(lines) if line), 0)
    signed = BYLINE.fullmatch(lines[top]) if lines and len(lines[top]) <= LONGEST_BYLINE else None
    if not signed or (ENDS_SENTENCE.search(signed[1]) and signed[1].split()[-1].lower() not in SUFFIXES):
        return (), lines
    return _names(signed[1]), lines[top + 1 :]


def _names(signed: str) -> tuple[str, ...]:
    """Part the names of a byline: "Ana Ruiz, Sammy Davis, Jr. and Bo Li" are three."""
    names: list[str] = []
    for part in filter(None, BETWEEN_NAMES.split(signed)):
        if names and part.lower() in SUFFIXES:
            names[-1] = f"{names[-1]}, {part}"
        elif part not in names:
            names.append(part)
    return tuple(names)


def _dek(blocks: list[list[str]]) -> str:
    """Return the first block where it can be a dek: short enough, of words, and with text below it."""
    dek = " ".join(blocks[0]) if len(blocks) > 1 else ""
    return dek if len(dek) <= LONGEST_DEK and not BULLET.match(dek) and _has_words(dek) else ""


def _markdown(block: list[str], *, last: bool) -> str:
    heading = len(block) == 1 and not last and _is_heading(block[0])
    return literal_heading(block[0]) if heading else literal_paragraph(block)


def _is_heading(line: str) -> bool:
    """Tell whether a line that stands alone heads a section: short, of words, and no sentence or list item."""
    return (
        len(line) <= LONGEST_HEADING and _has_words(line) and not BULLET.match(line) and not ENDS_SENTENCE.search(line)
    )


def _has_words(line: str) -> bool:
    return any(map(str.isalnum, line))
