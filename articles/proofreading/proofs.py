"""Proofs: what the proofreader found in an article's newest revision, kept for the list of articles."""

import logging
from collections import Counter

from django.db import transaction
from django.utils import timezone

from articles.locking import locked
from articles.models import Proof, Revision
from articles.proofreading.copy import copy_of
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.proofread import proofread
from articles.rendering import Rendered

logger = logging.getLogger(__name__)

FAILED = "The proofreader itself failed on this text: nobody knows what is in it."
UNREAD = Finding("unread", Level.ERROR, FAILED, Place("body", 0, 0))


def read(revision: Revision, page: Rendered | None = None) -> list[Finding]:
    """Return what is found in *revision*, of which *page* is the body as editors see it.

    A check that fails must cost nobody a save: the failure is logged, and UNREAD is all that is found.
    """
    try:
        with transaction.atomic():
            return proofread(copy_of(revision, page))
    except Exception:
        logger.exception("The proofreader failed on revision %s of article %s.", revision.number, revision.article_id)
        return [UNREAD]


def keep(revision: Revision, page: Rendered | None = None) -> list[Finding]:
    """Read *revision*, its article's newest, write down how much was found, and return that; see `read`.

    What could not be read counts as not read. In a number of queries that does not grow with the text or with what is
    found.
    """
    read_at = timezone.now()
    found = read(revision, page)
    if UNREAD in found:
        Proof.objects.filter(article=revision.article).delete()
        return found
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
    """Return what keeps *revision* from readers, as it is read now; UNREAD where it cannot be read."""
    return [finding for finding in read(revision) if finding.level == Level.ERROR]
