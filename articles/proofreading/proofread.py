"""Reading a piece: every check in turn."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable

from articles.models import Article
from articles.proofreading.bars import check_bars, check_fences
from articles.proofreading.completeness import check_completeness, check_lengths
from articles.proofreading.copy import FIELDS, Copy
from articles.proofreading.exposed import check_exposed
from articles.proofreading.facts import check_facts
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.headings import check_duplicates, check_order
from articles.proofreading.links import check_links, check_words
from articles.proofreading.names import check_inconsistent, check_misspelt, check_uncredited
from articles.proofreading.pictures import check_pictures
from articles.proofreading.references import check_references
from articles.proofreading.spoilers import check_spoilers
from articles.proofreading.stale import check_stale
from articles.proofreading.unfinished import check_unfinished
from films import names

Check = Callable[[Copy], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    check_completeness,
    check_lengths,
    check_spoilers,
    check_exposed,
    check_bars,
    check_fences,
    check_unfinished,
    check_misspelt,
    check_inconsistent,
    check_uncredited,
    check_facts,
    check_stale,
    check_references,
    check_order,
    check_duplicates,
    check_pictures,
    check_links,
    check_words,
)
ORDER = (*FIELDS, "hero", "film", "topics")
LEVELS = tuple(Level)
ABOUT_NAMES = ("stale-fact", "name-", "fact-conflict")  # Of two at one place that matter alike, the first is kept.
LONGEST = 300  # characters of a text that a dismissal keeps


def proofread(copy: Copy) -> list[Finding]:
    """Return what is to be said of *copy*, in the order of its fields and places, without what was dismissed.

    A name or a fact is told once, though several checks stumble over it.
    """
    findings = _once([finding for check in CHECKS for finding in check(copy)])
    dismissed = _dismissed(copy.article) if copy.article and copy.article.pk else set()
    return [finding for finding in findings if finding.level == Level.ERROR or key(finding) not in dismissed]


def key(finding: Finding) -> tuple[str, str]:
    """Return what a dismissal knows *finding* by: its code, and its text however capitalised or accented."""
    return finding.code, folded(finding.text)


def folded(text: str) -> str:
    """Return *text* as a dismissal keeps it."""
    return names.fold(text)[:LONGEST]


def _place(finding: Finding) -> tuple[int, int, int, str]:
    return ORDER.index(finding.place.field), finding.place.start, finding.place.end, finding.code


def _dismissed(article: Article) -> set[tuple[str, str]]:
    return set(article.dismissals.values_list("code", "text"))


def _once(findings: list[Finding]) -> list[Finding]:
    """Leave out what is said of a name or a fact where something weightier is said of the same words."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    kept = [
        finding for finding in sorted(findings, key=_weight) if not _family(finding) or _takes(taken, finding.place)
    ]
    return sorted(kept, key=_place)


def _takes(taken: dict[str, list[tuple[int, int]]], place: Place) -> bool:
    """Add *place* to those *taken*, which are kept in order, unless it meets one of them."""
    places, span = taken[place.field], (place.start, place.end)
    at = bisect(places, span)
    if (at and places[at - 1][1] > place.start) or (at < len(places) and places[at][0] < place.end):
        return False
    places.insert(at, span)
    return True


def _family(finding: Finding) -> int:
    """Return the place of the finding's code in ABOUT_NAMES, counted from one; nought where it is not among them."""
    return next((place for place, start in enumerate(ABOUT_NAMES, start=1) if finding.code.startswith(start)), 0)


def _weight(finding: Finding) -> tuple[int, int]:
    return LEVELS.index(finding.level), _family(finding)
