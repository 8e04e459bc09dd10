"""Publishing: what readers see, from when, until when.

An article's publications are a timeline without overlaps: at every moment one revision or nothing. What is past
never changes; each function here moves one point of the future, or now.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import clock, timeline
from articles.correcting import correct
from articles.gating import PublishingError, pass_gate, require_readable
from articles.locking import locked
from articles.models import Action, Correction, Publication, Revision, record
from articles.permissions import may_publish, require
from articles.searching import keeping


class AlreadyPast(PublishingError):
    """The moment asked for is over."""


class MomentTaken(PublishingError):
    """Something else happens at that very moment, or before it."""


class NotLive(PublishingError):
    """There is nothing before readers at that moment."""


class NothingPlanned(PublishingError):
    """There is no such plan to call off."""


@transaction.atomic
def publish(revision, *, by, at=None, note="", correction=None, override=None):
    """Let readers see *revision* from *at* on (now unless told) and return its publication.

    The publication covering that moment ends then; the new one ends where that one would have, or where the next
    begins. *correction* is a pair of CorrectionKind and a text for readers; *override* an Override of
    failing checks, see `gating.pass_gate`. Publishing what is live already changes nothing. Raises NotApproved,
    FailingChecks, NothingToRead, AlreadyPast, MomentTaken, InTrash or PermissionDenied, and then changes nothing.
    """
    require(may_publish(by), "publish articles")
    article = locked(revision.article_id)
    require_readable(article, revision)
    now = timezone.now()
    starts = _moment(at, now)
    turns = Publication.objects.filter(article=article)
    before = turns.live(starts).first()
    if before and before.revision_id == revision.pk and not correction:
        return before
    _require_free(turns, starts)
    pass_gate(revision, by=by, override=override)
    words = {"article": article, "revision": revision, "by": by, "note": note}
    publication = timeline.insert(turns, before, starts=starts, **words)
    keeping.keep(Revision.objects.filter(pk=revision.pk))
    if correction:
        correct(publication, *correction, by=by)
    action = Action.SCHEDULED if starts > now else Action.PUBLISHED
    record(article, action, by=by, revision=revision, detail=_when(starts) if starts > now else note)
    return publication


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
    timeline.end(turn, moment, withdrawn=True)
    record(article, Action.WITHDREW, by=by, revision=turn.revision, detail=_when(moment) if moment > now else "")
    return turn


@transaction.atomic
def move_withdrawal(publication, *, at, by):
    """Let the planned withdrawal of *publication* come at another moment, and return the publication.

    Raises NothingPlanned, AlreadyPast, NotLive for a moment before it starts, MomentTaken for one after something else
    has gone live, PermissionDenied.
    """
    article, publication = _withdrawal(publication, by)
    moment = _moment(at, timezone.now())
    if moment == publication.ends:
        return publication
    if moment <= publication.starts:
        raise NotLive("Readers do not see it before then; cancel it instead.")
    after = timeline.following(publication)
    if after and moment > after.starts:
        raise MomentTaken("Another revision goes live before then; plan its withdrawal instead.")
    timeline.end(publication, moment, withdrawn=True)
    record(article, Action.WITHDREW, by=by, revision=publication.revision, detail=_when(moment))
    return publication


@transaction.atomic
def keep_live(publication, *, by):
    """Call off the planned withdrawal of *publication*: it stays until the next one begins, or for good.

    Raises NothingPlanned where nothing but the next one ends it, AlreadyPast where it has ended, PermissionDenied.
    """
    article, publication = _withdrawal(publication, by)
    planned, after = publication.ends, timeline.following(publication)
    timeline.end(publication, after and after.starts)
    record(article, Action.CANCELLED, by=by, revision=publication.revision, detail=f"withdrawal, {_when(planned)}")


@transaction.atomic
def cancel(publication, *, by):
    """Take a scheduled *publication* off the timeline; what was live until it goes on, unless a withdrawal ends that.

    Raises AlreadyPast, PermissionDenied.
    """
    require(may_publish(by), "cancel publications")
    article, publication = _stored(publication)
    if publication.starts <= timezone.now():
        raise AlreadyPast("It is before readers already; withdraw it instead.")
    timeline.remove(publication)
    _record_cancelled(article, publication, by=by)


@transaction.atomic
def reschedule(publication, *, at, by):
    """Move a scheduled *publication* to another moment and return it in its new place; withdrawals stay where they are.

    Raises AlreadyPast for one that is live or a moment that is over, MomentTaken, PermissionDenied.
    """
    require(may_publish(by), "schedule articles")
    article, publication = _stored(publication)
    now = timezone.now()
    if publication.starts <= now:
        raise AlreadyPast("It is before readers already.")
    starts, turns = _moment(at, now), Publication.objects.filter(article=article)
    if starts == publication.starts:
        return publication
    _require_free(turns, starts)
    moved = _move(publication, turns, starts)
    record(article, Action.SCHEDULED, by=by, revision=publication.revision, detail=_when(starts))
    return moved


@transaction.atomic
def clear(article, *, by):
    """Take *article* from readers now and everything scheduled off the timeline; for the trash."""
    article, now = locked(article.pk), timezone.now()
    for turn in article.publications.filter(starts__gte=now).select_related("revision"):
        _record_cancelled(article, turn, by=by)
        turn.delete()
    article.publications.filter(Q(ends=None) | Q(ends__gte=now)).update(ends=now, withdrawn=True)


def _move(publication, turns, starts):
    """Take *publication* out and put it in at *starts*, with its correction and the withdrawal that was to end it."""
    planned = publication.ends if publication.withdrawn else None
    correction = Correction.objects.filter(publication=publication).first()
    words = {"article": publication.article, "revision": publication.revision}
    words |= {"by": publication.by, "note": publication.note}
    timeline.remove(publication)
    moved = timeline.insert(turns, turns.live(starts).first(), starts=starts, **words)
    if planned and starts < planned and (moved.ends is None or planned <= moved.ends):
        timeline.end(moved, planned, withdrawn=True)
    if correction:
        told = {"kind": correction.kind, "text": correction.text, "by": correction.by}
        Correction.objects.create(publication=moved, **told)
    return moved


def _withdrawal(publication, by):
    """Return the locked article and *publication* as it is stored, whose withdrawal is still to come."""
    require(may_publish(by), "change withdrawals")
    article, publication = _stored(publication)
    if publication.ends and publication.ends <= timezone.now():
        raise AlreadyPast("It is no longer before readers; publish it again instead.")
    if not publication.withdrawn:
        raise NothingPlanned("No withdrawal is planned there any more.")
    return article, publication


def _stored(publication):
    article = locked(publication.article_id)
    return article, Publication.objects.select_related("article", "revision", "by").get(pk=publication.pk)


def _moment(at, now):
    if at and at < now:
        raise AlreadyPast("This moment is over; choose a later one, or now.")
    return at or now


def _require_free(turns, moment):
    if turns.filter(starts=moment).exists():
        raise MomentTaken("Another revision goes live at that very moment; choose another.")


def _record_cancelled(article, publication, *, by):
    detail = f"revision {publication.revision.number}, {_when(publication.starts)}"
    record(article, Action.CANCELLED, by=by, revision=publication.revision, detail=detail)


def _when(moment):
    return f"for {clock.said(moment)}"
