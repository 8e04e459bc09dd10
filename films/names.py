"""Names as people type, search and sort them: folding, addresses and sort names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from anyascii import anyascii
from django.db.models import QuerySet
from django.utils.text import slugify

ARTICLES = ("the ", "a ", "an ")
SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
PARTICLES = {"de", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "dos", "da"}
NUMBER = 6  # characters that a number at an address's end may need
APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u2032\u201c\u201d", "''''\"\"")


def _plain(text: str) -> str:
    """Casefold, drop accents, straighten quotes and join runs of white space; keep other scripts."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def fold(text: str) -> str:
    """Return *text* as it is compared: ASCII, without accents or capitals.

    "Amélie" and "AMELIE" fold alike. Every script becomes Latin letters (anyascii), which finds
    names typed in Latin but not native text by its parts: `search_text` keeps both.
    """
    plain = _plain(text)
    return plain if plain.isascii() else anyascii(plain).casefold()


def called(name: str) -> str:
    """Return what makes two names of parts one: *name* folded, or as it stands where nothing of it can be folded."""
    return fold(name) or name


def fold_within_script(text: str) -> str:
    """Return *text* as names are matched in prose: as `fold` where it is Latin, else without accents or capitals alone.

    So "Łódź" is "lodz", but no Chinese name is taken for an English word that is romanised alike.
    """
    plain = _plain(text)
    latin = plain.isascii() or unicodedata.name(plain[0], "").startswith("LATIN")
    return anyascii(plain).casefold() if latin else plain


def search_text(text: str) -> str:
    """Return what a search column holds: the folded text and, for other scripts, the native text too."""
    folded, native = fold(text), _plain(text)
    return folded if folded == native else f"{folded}\n{native}"


def spellings(name: str) -> set[str]:
    """Return *name* as `search_text` holds it, with and without the dots of initials: "K McCray" and "K. McCray"."""
    words = [word.rstrip(".") if len(word) < 3 else word for word in name.split()]
    dotted = [f"{word}." if len(word) == 1 and word.isalpha() else word for word in words]
    return {search_text(spelt) for spelt in (name, " ".join(words), " ".join(dotted)) if spelt}


def search_terms(query: str) -> list[str]:
    """Return the words of *query* in the form that `search_text` can be searched for."""
    return _plain(query).split()


def slug(*parts: object) -> str:
    """Return an ASCII address made of *parts*; never empty as long as one part has a letter or digit.

    anyascii comes first, since slugify alone turns 千と千尋 into nothing.
    """
    return slugify(anyascii(" ".join(str(part) for part in parts if part).translate(APOSTROPHES)))[:200].strip("-")


def free_slug(rows: QuerySet, candidates: Iterable[str], *, taken: Collection[str] = ()) -> str:
    """Return the first of *candidates* that no row of *rows* has, else the last with a number, cut to the column.

    Nor is it one of *taken*, which are no rows'.
    """
    room = rows.model._meta.get_field("slug").max_length - NUMBER
    wanted = _fitting(candidates, room)
    taken = {*taken, *rows.filter(slug__in=wanted).values_list("slug", flat=True)}
    if taken.issuperset(wanted):
        taken |= set(rows.filter(slug__startswith=f"{wanted[-1]}-").values_list("slug", flat=True))
    return first_free(wanted, taken)


def free_slugs(rows: QuerySet, wanted: Sequence[Sequence[str]]) -> list[str]:
    """Return a free address for each of *wanted*, lists of candidates: what `free_slug` does, for many at once."""
    room = rows.model._meta.get_field("slug").max_length - NUMBER
    fitting = [_fitting(candidates, room) for candidates in wanted]
    last = Counter(candidates[-1] for candidates in fitting)
    taken = set(
        rows.filter(slug__in={each for candidates in fitting for each in candidates}).values_list("slug", flat=True)
    )
    for base, count in last.items():
        if count > 1 or base in taken:
            taken |= set(rows.filter(slug__startswith=f"{base}-").values_list("slug", flat=True))
    found = []
    for candidates in fitting:
        found.append(first_free(candidates, taken))
        taken.add(found[-1])
    return found


def first_free(candidates: Sequence[str], taken: Collection[str]) -> str:
    """Return the first of *candidates* that is not *taken*, else the last one with the next number."""
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    numbered = re.compile(re.escape(candidates[-1]) + r"-([0-9]{1,4})")
    numbers = [int(match[1]) for match in map(numbered.fullmatch, taken) if match]
    return f"{candidates[-1]}-{max(numbers, default=1) + 1}"


def _fitting(candidates: Iterable[str], room: int) -> list[str]:
    return [cut for candidate in candidates if (cut := candidate[:room].strip("-"))] or ["untitled"]


def surname(name: str) -> str:
    """Return the family name of a western *name*, with its particles: "De Niro", "von Trier"."""
    words = [word for word in name.split() if word.lower() not in SUFFIXES]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return " ".join(words[max(start, 0) :])


def sort_name(name: str, order: str = "western") -> str:
    """Return *name* as a list sorts it: "Lili Fini Zanuck" becomes "Zanuck, Lili Fini".

    Only a name in western *order* is turned round; "Zhang Yimou" and "Madonna" stay as written.
    """
    if order != "western":
        return name
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in SUFFIXES else ""
    family = surname(" ".join(words))
    given = " ".join(words)[: -len(family)].strip().rstrip(",") if family else ""
    return ", ".join(part for part in (family.rstrip(","), given, suffix) if part)


def sort_title(title: str) -> str:
    """Return *title* with a leading English article put last: "The Piano" becomes "Piano, The"."""
    for article in ARTICLES:
        if title.lower().startswith(article) and len(title) > len(article):
            return f"{title[len(article) :]}, {title[: len(article)].strip()}"
    return title
