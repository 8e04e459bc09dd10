"""Reading a piece: every check in turn."""

from collections.abc import Callable, Iterable

from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding

Check = Callable[[Copy], Iterable[Finding]]

CHECKS: tuple[Check, ...] = ()


def proofread(copy: Copy) -> list[Finding]:
    """Return what is to be said of *copy*, in the order of its fields and places, without what was dismissed."""
    return [finding for check in CHECKS for finding in check(copy)]
