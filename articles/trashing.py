"""The trash: out of sight at once, for good only after a month, and then only for those who may."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles import filing, publishing
from articles.locking import locked
from articles.models import Action, Article, record
from articles.permissions import may_publish, require

KEPT_FOR = timedelta(days=30)

logger = logging.getLogger(__name__)


class NotInTrash(Exception):
    """Only what is in the trash can be deleted for good."""


@transaction.atomic
def trash(article, *, by):
    """Put *article* in the trash: it leaves readers now, and nothing of it is scheduled any more.

    Raises PermissionDenied.
    """
    require(may_publish(by), "put articles in the trash")
    if Article.objects.filter(pk=article.pk, trashed_at=None).update(trashed_at=timezone.now()):
        publishing.clear(article, by=by)
        record(article, Action.TRASHED, by=by)


@transaction.atomic
def recover(article, *, by):
    """Take *article* from the trash, as a draft; publishing it again is another step. Raises PermissionDenied."""
    require(may_publish(by), "take articles from the trash")
    if Article.objects.filter(pk=article.pk, trashed_at__isnull=False).update(trashed_at=None):
        record(article, Action.RECOVERED, by=by)


@transaction.atomic
def purge(article, *, by):
    """Delete *article* with its whole history, and every way to it, for good; the log keeps a line.

    Texts that colleagues left unsaved in its form are theirs still, and offered as new articles. Raises NotInTrash,
    AlreadyPurged, PermissionDenied.
    """
    require(by is None or by.has_perm("articles.purge_article"), "delete articles for good")
    # First of all the forms, as whoever saves one does: two who lock in another order wait for each other for ever.
    list(article.autosaves.select_for_update())
    article = locked(article.pk)
    if article.trashed_at is None:
        raise NotInTrash("Put the article in the trash first.")
    logger.warning("purged article %s (%s)", article.pk, article.slug, extra={"by": str(by or "command")})
    filing.forget_addresses(article)
    article.autosaves.filter(unsaved=False).delete()
    article.delete()


def overdue(*, days=KEPT_FOR.days, at=None):
    """Return the articles that have been in the trash for *days*, longest first."""
    before = (at or timezone.now()) - timedelta(days=days)
    return Article.objects.filter(trashed_at__lte=before).order_by("trashed_at")
