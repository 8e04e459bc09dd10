"""Words: how names, texts and queries are cut up, alike in Python and in the database's triggers."""

import re
import unicodedata
from functools import lru_cache

from films.names import fold, search_text

# What stands inside a word, which is found with it and without: O'Connor, Spider-Man, E.T., M*A*S*H.
JOINERS = "'-.*·•"
# What parts words. In `folded` columns other scripts' marks survive, full-width ones as ASCII.
PARTERS = '!"#$%&()+,/:;<=>?@[\\]^_`{|}~\t\r' + "、。・「」『』【】〈〉《》〔〕〜…–—‐‑“”„«»‹›¿¡؟،؛‘’†№§¶°©®™×"
# Scripts that put no space between words: each character is a word, and a run of them a phrase.
RUNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30fa\u30fc-\u31ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)

_joined = str.maketrans(dict.fromkeys(JOINERS, "") | dict.fromkeys(PARTERS, " "))
_parted = str.maketrans(dict.fromkeys(JOINERS + PARTERS, " "))
_unjoined = str.maketrans(dict.fromkeys(PARTERS, " "))
_run = re.compile(f"([{RUNS}])")


def lines(*texts: str) -> str:
    """Return *texts* as lines of folded words, as `names` and `about` of an entry hold them.

    A word with a joiner is there in two: "o connor" and "oconnor". The triggers do the same in SQL, see `dialects`.
    """
    folded = "\n".join(search_text(_clean(text)) for text in texts if text)
    found = [line for table in (_parted, _joined) for line in _tidy(folded.translate(table))]
    return "\n".join(["", *dict.fromkeys(found), ""])


def prose(text: str) -> str:
    """Return the folded words of *text*, with a space around each character of scripts that have none."""
    native = search_text(_clean(text)).split("\n")[-1]
    return spaced(" ".join(each for word in native.translate(_unjoined).split() for each in _forms(word)))


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[str, ...]:
    """Return what a single *word* of a text is found by; texts repeat themselves."""
    return tuple(prose(word).split())


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[str, ...]:
    """Return *word* as it is, its parts where it is joined of some, and all of these in Latin letters."""
    bare = word.strip(JOINERS)
    parts = bare.translate(_parted).split()
    found = [bare.translate(_joined), *parts] if len(parts) > 1 else parts
    return tuple(dict.fromkeys([*found, *(fold(form) for form in found if not form.isascii())]))


def spaced(text: str) -> str:
    """Put spaces around each character of a script that has none between words."""
    return _run.sub(r" \1 ", text)


def keys(text: str) -> list[str]:
    """Return the lines that *text* is as a name: parted, joined, Latin and native, each once."""
    return list(filter(None, lines(text).split("\n")))


def terms(query: str) -> list[str]:
    """Return the words of *query* as they are searched for, a word with a joiner in one; none where there is none."""
    native = search_text(_clean(query)).split("\n")[-1]
    return native.translate(_joined).split()


def _clean(text: str) -> str:
    """Return *text* without what is no letter, digit, mark or punctuation: emoji, NUL, lone surrogates."""
    if text.isascii():
        return text.translate(_controls)
    return "".join(" " if unicodedata.category(each) in _ODD and each != "\n" else each for each in text)


_controls = dict.fromkeys([*range(10), *range(11, 32), 127], " ")
_ODD = {"Cc", "Cs", "Co", "Cn", "Cf", "So", "Sk", "Zl", "Zp"}


def _tidy(text: str) -> list[str]:
    return [bare for line in text.split("\n") if (bare := " ".join(line.split()))]
