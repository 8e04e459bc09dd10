"""Publishing: what readers see, from when, until when.

An article's publications are a timeline without overlaps: at every moment one revision or nothing. What is past
never changes; each function here moves one point of the future, or now.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles import clock
from articles.locking import locked, require_kept
from articles.models import Action, Correction, Publication, Verdict, record
from articles.permissions import may_publish, require


class PublishingError(Exception):
    """A change to the timeline that cannot be; the message says why, to an editor."""


class AlreadyPast(PublishingError):
    """The moment asked for is over."""


class MomentTaken(PublishingError):
    """Something else happens at that very moment."""


class NotLive(PublishingError):
    """There is nothing before readers at that moment."""


class NotApproved(PublishingError):
    """Nobody has approved this revision."""


class NothingToRead(PublishingError):
    """The revision has no text."""


class NothingPlanned(PublishingError):
    """There is no such plan to call off."""


@transaction.atomic
def publish(revision, *, by, at=None, note="", correction=None):
    """Let readers see *revision* from *at* on (now unless told) and return its publication.

    The publication covering that moment ends then; the new one ends where that one would have, or where the next
    begins. *correction* is a pair of CorrectionKind and a text for readers. Publishing what is live already changes
    nothing. Raises NotApproved, NothingToRead, AlreadyPast, MomentTaken, InTrash or
    PermissionDenied, and then changes nothing.
    """
    require(may_publish(by), "publish articles")
    article = locked(revision.article_id)
    _require_ready(article, revision, by)
    now = timezone.now()
    starts = _moment(at, now)
    turns = Publication.objects.filter(article=article)
    before = turns.live(starts).first()
    if before and before.revision_id == revision.pk and not correction:
        return before
    publication = _insert(article, turns, before, revision=revision, starts=starts, by=by, note=note)
    if correction:
        _correct(publication, *correction, by=by)
        record(article, Action.CORRECTED, by=by, revision=revision, detail=correction[1])
    action = Action.SCHEDULED if starts > now else Action.PUBLISHED
    record(article, action, by=by, revision=revision, detail=_when(starts) if starts > now else note)
    return publication


def schedule(revision, *, at, by, note="", correction=None):
    """Let readers see *revision* from the moment *at* on; see `publish`."""
    return publish(revision, by=by, at=at, note=note, correction=correction)


@transaction.atomic
def withdraw(article, *, by, at=None):
    """Take *article* from readers at *at* (now unless told) and return the publication that ends then.

    What is scheduled for later stays. Raises NotLive, AlreadyPast, MomentTaken or PermissionDenied.
    """
    require(may_publish(by), "withdraw articles")
    article, now = locked(article.pk), timezone.now()
    moment = _moment(at, now)
    turn = Publication.objects.filter(article=article).live(moment).first()
    if turn is None:
        raise NotLive("Readers do not see this article then." if at else "Readers do not see this article now.")
    if turn.starts == moment:
        raise MomentTaken("It goes live at that very moment; cancel that instead.")
    _end(turn, moment)
    record(article, Action.WITHDREW, by=by, revision=turn.revision, detail=_when(moment) if moment > now else "")
    return turn


@transaction.atomic
def cancel(publication, *, by):
    """Take a scheduled *publication* off the timeline; what was live until it goes on.

    Raises AlreadyPast, PermissionDenied.
    """
    require(may_publish(by), "cancel publications")
    article = locked(publication.article_id)
    publication = Publication.objects.select_related("revision").get(pk=publication.pk)
    if publication.starts <= timezone.now():
        raise AlreadyPast("It is before readers already; withdraw it instead.")
    _remove(article, publication)
    _record_cancelled(article, publication, by=by)


@transaction.atomic
def keep_live(publication, *, by):
    """Call off the planned end of *publication*: it stays until the next one begins, or for good.

    Raises NothingPlanned where nothing but the next one ends it, AlreadyPast where it has ended, PermissionDenied.
    """
    require(may_publish(by), "cancel withdrawals")
    article = locked(publication.article_id)
    publication = Publication.objects.select_related("revision").get(pk=publication.pk)
    if publication.ends and publication.ends <= timezone.now():
        raise AlreadyPast("It is no longer before readers; publish it again instead.")
    after = publication.ends and Publication.objects.filter(article=article, starts__gte=publication.ends).first()
    ends, planned = after.starts if after else None, publication.ends
    if ends == planned:
        raise NothingPlanned("No withdrawal is planned there any more.")
    _end(publication, ends)
    record(article, Action.CANCELLED, by=by, revision=publication.revision, detail=f"withdrawal, {_when(planned)}")


@transaction.atomic
def reschedule(publication, *, at, by):
    """Move a scheduled *publication* to another moment and return it in its new place; a planned end stays planned.

    Raises AlreadyPast for one that is live or a moment that is over, MomentTaken, PermissionDenied.
    """
    require(may_publish(by), "schedule articles")
    article = locked(publication.article_id)
    publication = Publication.objects.select_related("revision").get(pk=publication.pk)
    now = timezone.now()
    if publication.starts <= now:
        raise AlreadyPast("It is before readers already.")
    starts, correction = _moment(at, now), Correction.objects.filter(publication=publication).first()
    if starts == publication.starts:
        return publication
    turns = Publication.objects.filter(article=article)
    ends = None if turns.filter(starts=publication.ends).exists() else publication.ends
    _remove(article, publication)
    words = {"by": publication.by, "note": publication.note}
    moved = _insert(article, turns, turns.live(starts).first(), revision=publication.revision, starts=starts, **words)
    if ends and starts < ends and (moved.ends is None or ends < moved.ends):
        _end(moved, ends)
    if correction:
        _correct(moved, correction.kind, correction.text, by=correction.by)
    record(article, Action.SCHEDULED, by=by, revision=publication.revision, detail=_when(starts))
    return moved


def clear(article, *, by):
    """Take *article* from readers now and everything scheduled off the timeline; for the trash."""
    article, now = locked(article.pk), timezone.now()
    for turn in article.publications.filter(starts__gte=now).select_related("revision"):
        _record_cancelled(article, turn, by=by)
        turn.delete()
    for turn in article.publications.live(now):
        _end(turn, now)


def _require_ready(article, revision, by):
    require_kept(article)
    if not revision.body.strip():
        raise NothingToRead("There is nothing to read yet: the text is empty.")
    needed = settings.PUBLISHING_NEEDS_APPROVAL and by is not None
    if needed and not revision.reviews.filter(verdict=Verdict.APPROVED).exists():
        raise NotApproved(f"Nobody has approved revision {revision.number} yet; ask for a review first.")


def _moment(at, now):
    if at and at < now:
        raise AlreadyPast("This moment is over; choose a later one, or now.")
    return at or now


def _insert(article, turns, before, *, starts, **words):
    if turns.filter(starts=starts).exists():
        raise MomentTaken("Another revision goes live at that very moment; choose another.")
    after = turns.scheduled(starts).first()
    ends = before.ends if before else after and after.starts
    if before:
        _end(before, starts)
    return turns.create(article=article, starts=starts, ends=ends, **words)


def _remove(article, publication):
    """Take a point off the timeline: the publication that ended there goes on to where this one would have ended."""
    before = Publication.objects.filter(article=article, ends=publication.starts).first()
    publication.delete()
    if before:
        _end(before, publication.ends)


def _end(publication, moment):
    Publication.objects.filter(pk=publication.pk).update(ends=moment)
    publication.ends = moment


def _correct(publication, kind, text, *, by):
    Correction.objects.create(publication=publication, kind=kind, text=text, by=by)


def _record_cancelled(article, publication, *, by):
    detail = f"revision {publication.revision.number}, {_when(publication.starts)}"
    record(article, Action.CANCELLED, by=by, revision=publication.revision, detail=detail)


def _when(moment):
    return f"for {clock.said(moment)}"
