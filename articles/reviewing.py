"""Reviewing: asking a colleague, approving, asking for changes. An approval is of one revision."""

import logging
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.locking import locked, require_kept
from articles.models import Action, Article, Review, Verdict, record
from articles.permissions import may_review, may_write, require
from articles.presence import called

PERMISSIONS = "django.contrib.auth.backends.ModelBackend"  # Of our two backends, the one that knows permissions.

logger = logging.getLogger(__name__)


class ReviewError(Exception):
    """A step of the review that cannot be; the message says why, to an editor."""


class AlreadyAsked(ReviewError):
    """A review of this revision is waiting, or done."""


class Outdated(ReviewError):
    """The article has a newer revision, or is gone."""


@transaction.atomic
def request_review(revision, *, by, reviewer=None, request=""):
    """Ask *reviewer*, or anybody who may, to look at *revision*; they get a mail. Return the review.

    Raises AlreadyAsked, Outdated, InTrash, PermissionDenied.
    """
    require(may_write(by, revision.article), "ask for a review of this article")
    _require_newest(revision, _lock(revision.article_id))
    if reviewer and not may_review(reviewer, revision):
        raise ReviewError(f"{reviewer} may not review this revision.")
    if revision.reviews.filter(verdict__in=[Verdict.WAITING, Verdict.APPROVED]).exists():
        raise AlreadyAsked("A review of this revision is waiting, or done.")
    review = revision.reviews.create(asked_by=by, reviewer=reviewer, request=request)
    record(revision.article, Action.ASKED, by=by, revision=revision, detail=str(reviewer or ""))
    people = [reviewer] if reviewer else reviewers(revision)
    words = f"{_name(by)} asks for a review.\n\n{request}"
    _tell(people, review, by=by, subject="Please review", message=words)
    return review


def approve(review, *, by, comment=""):
    """Approve the revision of *review*; who asked gets a mail. Raises ReviewError, InTrash, PermissionDenied."""
    return _answer(review, Verdict.APPROVED, Action.APPROVED, by=by, comment=comment)


def ask_for_changes(review, *, by, comment):
    """Say what must change first; who asked gets a mail. Raises ReviewError, PermissionDenied."""
    if not comment.strip():
        raise ReviewError("Say what should change.")
    return _answer(review, Verdict.CHANGES, Action.CHANGES, by=by, comment=comment)


@transaction.atomic
def _answer(review, verdict, action, *, by, comment):
    # The article first, as whoever saves or purges it does, so that no two wait for each other.
    article = _lock(Review.objects.filter(pk=review.pk).values_list("revision__article", flat=True).first())
    review = Review.objects.select_related("revision__article").get(pk=review.pk)
    require(may_review(by, review.revision), "review this revision")
    if review.verdict != Verdict.WAITING:
        raise AlreadyAsked("This review is done.")
    _require_newest(review.revision, article)
    review.verdict, review.comment, review.reviewer, review.answered_at = verdict, comment, by, timezone.now()
    review.save()
    record(review.revision.article, action, by=by, revision=review.revision, detail=comment)
    subject, words = review.get_verdict_display().capitalize(), f"{_name(by)} {action.label}.\n\n{comment}"
    _tell([review.asked_by], review, by=by, subject=subject, message=words)
    return review


def _lock(article_id):
    try:
        return locked(article_id)
    except Article.DoesNotExist:
        raise Outdated("The article has been deleted.") from None


def _require_newest(revision, article):
    """Ask the locked *article*, so that no save slips between this question and what follows."""
    require_kept(article)
    if article.head_id != revision.pk:
        raise Outdated("The article has a newer revision; look at that one.")


def reviewers(revision):
    """Return everybody who may review *revision*; who wrote it may not."""
    allowed = get_user_model().objects.with_perm("articles.review_article", backend=PERMISSIONS)
    return allowed.exclude(pk=revision.created_by_id)


def _tell(people, review, *, by, subject, message):
    """Mail active colleagues, once all is written: one mail each, so that nobody learns the others' addresses."""
    others = [person for person in people if person and person != by and person.is_active and person.is_staff]
    subject = " ".join(f"{subject}: {review.revision.title}".split())
    text = f"{message}\n\n{review.revision.title}, revision {review.revision.number}\n{_address_of(review)}"
    mails = [EmailMessage(subject, text, to=[address]) for address in sorted({each.email for each in others} - {""})]
    if mails:
        transaction.on_commit(partial(_send, mails), robust=True)


def _send(mails):
    """Send *mails* over one connection; a mail server that fails costs the mail, never what was done."""
    try:
        with mailers.default as connection:
            for mail in mails:
                _send_one(mail, connection)
    except Exception:
        logger.exception("The mail server could not be reached: nobody was told of a review.")


def _send_one(mail, connection):
    try:
        connection.send_messages([mail])
    except Exception:
        logger.exception("A mail about a review could not be sent.")


def _address_of(review):
    """Return the whole address of the review's page, on the first of the site's own hosts."""
    scheme, host = "https" if settings.HTTPS else "http", settings.ALLOWED_HOSTS[0].removeprefix(".")
    return f"{scheme}://{host}{reverse('admin:articles_article_review', args=[review.revision.article_id])}"


def _name(user):
    """Return a colleague's whole name; short ones are for those who look at the same screen."""
    return user.get_full_name() or user.get_username() if user else called(None)
