"""Reading: the words of a text without its markup, what spoilers hide apart from the rest."""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from markdown_it.token import Token

from articles.rendering import spoilers

SPACES = re.compile(" {2,}")


def read(tokens: list[Token]) -> tuple[str, str]:
    """Return what anybody may read, without footnotes, and what spoilers hide, their footnotes included.

    Blocks, and spoilers in one block, are parted by an empty line. A spoiler's label is no part of either: it stands on
    a switch.
    """
    shown, hidden = [], []
    for token, secret, note in _blocks(tokens):
        said, kept = _parted(token, secret)
        if not note:
            shown.append(said)
        hidden.append(kept)
    return _joined(shown), _joined(hidden)


def plain(token: Token) -> str:
    """Return the words of a token; pictures and footnote marks have none, references those that they resolved to."""
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type in {"image", "footnote_ref"}:
        return ""
    return token.content


def described(tokens: list[Token]) -> str:
    """Return the words of a picture's description."""
    words = (token for token, hidden in spoilers.standing(tokens) if not hidden)
    return "".join(described(token.children or []) if token.type == "image" else plain(token) for token in words)


def _blocks(tokens: list[Token]) -> Iterator[tuple[Token, bool, bool]]:
    """Yield what holds words: the token, whether a spoiler hides it, and whether it stands in a footnote."""
    note = label = False
    for token, hidden in spoilers.standing(tokens):
        if token.type in {"footnote_block_open", "footnote_block_close"}:
            note = token.type == "footnote_block_open"
        elif token.type in {"spoiler_block_open", "spoiler_body"}:
            label = token.type == "spoiler_block_open"
        elif not label and token.content:
            yield token, hidden, note


def _parted(token: Token, hidden: bool) -> tuple[str, str]:
    """Return what a block shows and what it hides."""
    if token.children is None:
        return ("", token.content) if hidden else (token.content, "")
    words = [(plain(child), secret) for child, secret in spoilers.standing(token.children, hidden=hidden)]
    spans = groupby(words, key=itemgetter(1))
    kept = "\n\n".join("".join(word for word, _ in span) for secret, span in spans if secret)
    said = "".join(word for word, secret in words if not secret)
    return (SPACES.sub(" ", said), kept) if kept else (said, "")


def _joined(blocks: list[str]) -> str:
    return "\n\n".join(text for block in blocks if (text := block.strip()))
