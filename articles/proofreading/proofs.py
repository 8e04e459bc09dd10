"""Proofs: what the proofreader found in an article's newest revision, kept for the list of articles."""

from collections import Counter

from django.utils import timezone

from articles.models import Proof, Revision
from articles.proofreading.copy import copy_of
from articles.proofreading.findings import Finding, Level
from articles.proofreading.proofread import proofread


def keep(revision: Revision) -> list[Finding]:
    """Read *revision*, its article's newest, write down how much was found, and return that.

    In a number of queries that does not grow with the text or with what is found.
    """
    read_at = timezone.now()
    found = proofread(copy_of(revision))
    numbers = Counter(finding.level for finding in found)
    counts = {f"{level}s": numbers[level] for level in Level}
    Proof.objects.update_or_create(
        article=revision.article, defaults={"revision": revision, "read_at": read_at, **counts}
    )
    return found


def errors(revision: Revision) -> list[Finding]:
    """Return what keeps *revision* from readers, as it is read now."""
    return [finding for finding in proofread(copy_of(revision)) if finding.level == Level.ERROR]
