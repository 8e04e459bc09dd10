"""Publishing: what readers see, from when, until when."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Publication


class PublishingError(Exception):
    """A publication that cannot be; the message says why, to an editor."""


class AlreadyPast(PublishingError):
    """The moment asked for is over."""


class MomentTaken(PublishingError):
    """Another revision goes live at that very moment."""


class NotLive(PublishingError):
    """There is nothing before readers to withdraw."""


@transaction.atomic
def publish(revision, *, by, at=None, note=""):
    """Let readers see *revision* from *at* on (now unless told) and return its publication.

    The publication covering that moment ends then; the new one ends where that one would have, or where the next
    begins. Publishing what is live already changes nothing. Raises AlreadyPast, MomentTaken, PermissionDenied.
    """
    _require_publisher(by)
    now = timezone.now()
    starts = at or now
    if starts < now:
        raise AlreadyPast("This moment is over; choose a later one, or publish now.")
    turns = Publication.objects.filter(article=_locked(revision.article_id))
    if turns.filter(starts=starts).exists():
        raise MomentTaken("Another revision goes live at that very moment; choose another.")
    before, after = turns.live(starts).first(), turns.scheduled(starts).first()
    if before and before.revision_id == revision.pk:
        return before
    ends = before.ends if before else after and after.starts
    if before:
        before.ends = starts
        before.save(update_fields=["ends"])
    return turns.create(article_id=revision.article_id, revision=revision, starts=starts, ends=ends, by=by, note=note)


@transaction.atomic
def withdraw(article, *, by):
    """Take *article* away from readers now and return the publication that ended; what is scheduled stays.

    Raises NotLive, PermissionDenied.
    """
    _require_publisher(by)
    now = timezone.now()
    turn = Publication.objects.filter(article=_locked(article.pk)).live(now).first()
    if turn is None:
        raise NotLive("Readers do not see this article now.")
    turn.ends = now
    turn.save(update_fields=["ends"])
    return turn


def _locked(article_id):
    """Keep other publishers of this article waiting until the transaction ends; SQLite's transactions always do."""
    return Article.objects.select_for_update().get(pk=article_id)


def _require_publisher(user):
    if user is not None and not user.has_perm("articles.publish_article"):
        raise PermissionDenied(f"{user} may not publish or withdraw articles.")
