"""What speaks for and against two rows being one: signs in words, each with a weight, and the pair they make.

A name alone is no identity, and no likeness of names separates right from wrong: spelling is one sign among others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from rapidfuzz.distance import OSA

from films.names import SUFFIXES

DOUBT = 25  # What the signs of a pair must come to, to be worth anybody's time.
NEVER = -1000  # The weight of what two rows of one thing cannot have.
LIKELIHOODS = ((70, "very likely"), (45, "likely"), (DOUBT, "possible"))
MARKS = str.maketrans("", "", " .,'-:!?")
# The same in SQL, of a column that is folded already.
SQUEEZED = (
    "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE({},"
    "' ',''),'.',''),',',''),'''',''),'-',''),':',''),'!',''),'?','')"
)
# Rows of a table with one IMDb number, which may have more or fewer zeros before it.
NUMBERED_ALIKE = """
WITH numbered AS (
  SELECT id, folded, CAST(SUBSTR(imdb_id, 3) AS BIGINT) AS number FROM {table} WHERE imdb_id IS NOT NULL
)
SELECT one.id, other.id, one.folded, other.folded
FROM numbered AS one JOIN numbered AS other ON one.number = other.number AND one.id < other.id
"""
LONG = 8  # Letters from which on a name may differ in two.
ROMAN = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for a pair, or, where its weight is negative, against it."""

    words: str
    weight: int

    @property
    def against(self) -> bool:
        """Whether it makes the pair less likely."""
        return self.weight < 0


@dataclass(frozen=True, slots=True)
class Pair[Row: Model]:
    """Two rows that may be one; `first` has the lower id."""

    first: Row
    second: Row
    signs: tuple[Sign, ...]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    @property
    def score(self) -> int:
        """What the signs come to; the queue begins with the highest."""
        return sum(sign.weight for sign in self.signs)

    @property
    def likelihood(self) -> str:
        """The score in words."""
        return next((words for least, words in LIKELIHOODS if self.score >= least), "unlikely")

    @property
    def key(self) -> tuple[int, int]:
        """The ids of both."""
        return self.first.pk, self.second.pk

    def other(self, row: Row) -> Row:
        """Return the one that is not *row*."""
        return self.second if self.first == row else self.first


def worth_asking[Row: Model](pairs: Iterable[Pair[Row]]) -> list[Pair[Row]]:
    """Return the pairs that are not past belief, the likeliest first."""
    return sorted((pair for pair in pairs if pair.score >= DOUBT), key=lambda pair: (-pair.score, *pair.key))


def comparing(statement: str, most: int, **columns: str) -> str:
    """Return *statement* with its `{slots}` filled: each of *columns* squeezed as `squeezed` does, and `{most}`."""
    for slot, column in columns.items():
        statement = statement.replace(f"{{{slot}}}", SQUEEZED.format(column))
    return statement.replace("{most}", str(most))


def alike(statement: str) -> list[tuple[int, int, str, str]]:
    """Return what *statement* finds: the ids of two rows, and both names folded."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def of_ids(one: Any, other: Any) -> Iterator[Sign]:
    """Compare the ids that films and people have elsewhere: each is one row's, but IMDb's may have more zeros."""
    if one.imdb_id and other.imdb_id:
        same = int(one.imdb_id[2:]) == int(other.imdb_id[2:])
        yield Sign("one IMDb number, written in two ways", 70) if same else Sign("two IMDb ids", NEVER)
    for name, what in (("tmdb_id", "TMDB"), ("wikidata_id", "Wikidata")):
        if getattr(one, name) and getattr(other, name):
            yield Sign(f"two {what} ids", NEVER)


def squeezed(folded: str) -> str:
    """Return *folded* text without spaces and marks: "special k. mccray" and "special k mccray" are one."""
    return folded.translate(MARKS)


def near(one: str, other: str) -> bool:
    """Tell whether two folded names differ by a slip: one letter, or two in a long one, after the same first.

    Those that differ by a number, an initial or a suffix do not: each of these is there to tell two apart.
    """
    ours, theirs = one.split(), other.split()
    if one[:1] != other[:1] or (len(ours) == len(theirs) and any(map(_telling, ours, theirs))):
        return False
    return OSA.distance(one, other) <= (2 if min(len(one), len(other)) >= LONG else 1)


def abbreviated(one: str, other: str) -> bool:
    """Tell whether two folded names are one but for initials: "samuel l. jackson" and "samuel jackson"."""
    ours, theirs = one.replace(".", " ").split(), other.replace(".", " ").split()
    if min(len(ours), len(theirs)) < 2 or (ours[0], ours[-1]) != (theirs[0], theirs[-1]):
        return False
    longer, shorter = sorted((ours[1:-1], theirs[1:-1]), key=len, reverse=True)
    if not shorter:
        return all(len(word) == 1 for word in longer)
    return len(longer) == len(shorter) and all(_begins(a, b) for a, b in zip(longer, shorter, strict=True))


def suffixes(folded: str) -> set[str]:
    """Return which of "jr", "sr", "ii" ... a folded name has."""
    return {word.strip(".,") for word in folded.split()} & {suffix.strip(".") for suffix in SUFFIXES}


def _begins(one: str, other: str) -> bool:
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])


def _telling(one: str, other: str) -> bool:
    """Tell whether two words that stand in the same place tell apart what they stand in."""
    one, other = one.strip(".,:"), other.strip(".,:")
    if one == other:
        return False
    return (
        len(one) == len(other) == 1
        or any(map(str.isdigit, one + other))
        or {one, other} <= ROMAN | {""}
        or bool(suffixes(one) ^ suffixes(other))
    )
