"""Proofs: what the proofreader found in an article's newest revision, kept for the list of articles."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from articles.locking import locked
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


@transaction.atomic
def read_again(article_id: int) -> tuple[Revision, list[Finding]]:
    """Return the newest revision of an article and what is found in it now, and keep that.

    Nobody saves another meanwhile. Raises Article.DoesNotExist.
    """
    head = locked(article_id).head_id
    revision = Revision.objects.select_related("article__film", "hero").get(pk=head)
    return revision, keep(revision)


def errors(revision: Revision) -> list[Finding]:
    """Return what keeps *revision* from readers, as it is read now."""
    return [finding for finding in proofread(copy_of(revision)) if finding.level == Level.ERROR]
