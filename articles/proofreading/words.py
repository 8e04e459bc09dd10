"""Words: a text as the words that names are made of, each with its place and what stands before it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from articles.proofreading.prose import Block
from films.names import fold_within_script

MARKS = "".join(chr(code) for code in range(0x300, 0x1000) if unicodedata.category(chr(code)) in {"Mn", "Mc"})
UNSPACED = "\u0e00-\u0eff\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
APOSTROPHES = "'\u2019\u02bc\u2032"
LETTERS = rf"(?:[A-Za-z0-9]+|(?![{UNSPACED}])[^\W_]|[{MARKS}])+"
WORD = re.compile(rf"[{UNSPACED}]|{LETTERS}(?:[{APOSTROPHES}]{LETTERS})*")
POSSESSIVE = {f"{mark}{letter}" for mark in APOSTROPHES for letter in "sS"}

# What may stand inside a name: a space, a line's end, emphasis, a hyphen, a middle dot, the quotes of a nickname.
INSIDE = re.compile(r"[ \t*_~>\u00a0]*(?:\r\n?|\n)?[ \t*_~>\u00a0\"“”'‘’]*|[-‐‑・·]")
SENTENCE_END = re.compile(r"[.!?…:]|[\"“‘«„]$|\s['*_]*['\"][*_]*$")


def _several(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _several("""
    adm admiral agent ambassador aunt auntie baron baroness bishop brother capt captain cardinal chief cmdr coach
    col colonel commander congressman congresswoman constable corporal count countess cousin cpl dame deputy det
    detective doctor don doña dr duchess duke father fr frau gen general gov governor grandma grandpa granny herr
    imam insp inspector judge justice king lady lieutenant lord lt madam madame mademoiselle maj major marshal
    master mayor minister miss mister monsieur mother mr mrs ms mx nurse officer pope president prince princess
    private prof professor pvt queen rabbi rep rev reverend saint secretary sen senator sergeant señor señora sgt
    sheriff sir sister special st superintendent supt uncle
""")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
ORDINARY = _several("""
    a about above across after again against all almost along already also although always am among an and another
    any are as at away back be because been before behind being below beneath beside besides between beyond both but
    by can could did do does down during each either else enough even ever every everyone everything except few
    finally first for former from further given had has have he hence her here hers herself him himself his how
    however i if in indeed inside instead into is it its itself just last later least less let like likewise many
    may maybe me meanwhile might more moreover most much must my myself near neither never next no nobody none nor
    not nothing now nowhere of off often on once one only onto or other others otherwise our out outside over
    perhaps rather said same second see seen she should since so some somebody someone something sometimes somewhere
    soon still such than that the their them then there therefore these they third this those though three through
    throughout thus to together too toward towards two under unless unlike until up upon us very was we well were
    what whatever when whenever where whereas wherever whether which while who whoever whole whom whose why will
    with within without would yes yet you your
""")


class Word(NamedTuple):
    """A word of a field, without a possessive 's.

    `key` is what it is compared by. `gap` is what stands between it and the word before in the source; `joins` tells
    that both may be one name. `begins` tells that a sentence begins here, so that a capital says nothing.
    """

    field: str
    start: int
    end: int
    text: str
    key: str
    capital: bool
    gap: str
    joins: bool
    begins: bool
    block: int


def words(field: str, source: str, visible: str, blocks: Iterable[Block]) -> Iterator[Word]:
    """Give the words of *visible*, which is *source* with some of it blanked, block after block."""
    for number, block in enumerate(blocks):
        end, before = block.start, ""
        for match in WORD.finditer(visible, block.start, block.end):
            text, start = match[0], match.start()
            if text[-2:] in POSSESSIVE:
                text = text[:-2]
            key, gap = fold(text), source[end:start]
            joins, begins = (True, False) if gap == " " and before else _between(gap, before, key)
            end, before = start + len(text), key
            yield Word(field, start, end, text, key, text[0].isupper(), gap, joins, begins, number)


@lru_cache(maxsize=4096)
def keys(name: str) -> tuple[Word, ...]:
    """Return the words of a *name*; kept, since a film's names are read with every preview of a piece about it."""
    return tuple(words("", name, name, [Block(0, len(name), "name")]))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return what *text* is compared by."""
    return text.lower() if text.isascii() else fold_within_script(text)


def _between(gap: str, before: str, key: str) -> tuple[bool, bool]:
    """Tell whether the words round *gap* may be one name, and whether a sentence begins after it."""
    if not before:
        return False, True
    abbreviated = gap.startswith(".") and (len(before) == 1 or before in HONORIFICS or before in SUFFIXES)
    rest = gap[1:] if abbreviated or (gap.startswith(",") and key in SUFFIXES) else gap
    return bool(INSIDE.fullmatch(rest)), bool(SENTENCE_END.search(rest))
