"""Reviewing: asking a colleague, approving, asking for changes. An approval is of one revision."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.locking import locked, require_kept
from articles.models import Action, Article, Review, Revision, Verdict, record, with_words_of
from articles.permissions import has_words, may_review, may_write, require
from articles.presence import full_name
from articles.telling import tell

PERMISSIONS = "django.contrib.auth.backends.ModelBackend"  # Of our two backends, the one that knows permissions.

MOST_NAMED = 4
OWN_WORDS = "Some of this is your own words, and nobody approves those."
NOBODY_ELSE = "Everybody who may review has written some of it."


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
        raise ReviewError(f"{full_name(reviewer)} may not review this revision. {who_may_review(revision)}")
    if revision.reviews.filter(verdict__in=[Verdict.WAITING, Verdict.APPROVED]).exists():
        raise AlreadyAsked("A review of this revision is waiting, or done.")
    review = revision.reviews.create(asked_by=by, reviewer=reviewer, request=request)
    record(revision.article, Action.ASKED, by=by, revision=revision, detail=str(reviewer or ""))
    people = [reviewer] if reviewer else reviewers(revision)
    words = f"{full_name(by)} asks for a review.\n\n{request}"
    tell(people, review, by=by, subject="Please review", message=words)
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
    require_another(by, review.revision)
    if review.verdict != Verdict.WAITING:
        raise AlreadyAsked("This review is done.")
    _require_newest(review.revision, article)
    review.verdict, review.comment, review.reviewer, review.answered_at = verdict, comment, by, timezone.now()
    review.save()
    record(review.revision.article, action, by=by, revision=review.revision, detail=comment)
    subject, words = review.get_verdict_display().capitalize(), f"{full_name(by)} {action.label}.\n\n{comment}"
    tell([review.asked_by], review, by=by, subject=subject, message=words)
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
    """Return everybody who may review *revision*: `may_review` for all colleagues."""
    own = with_words_of(OuterRef(OuterRef("pk")), Revision.objects.filter(pk=revision.pk))
    return _who_may("review_article").filter(~Exists(own))


def require_another(user, revision):
    """Raise PermissionDenied where *user* may not review *revision*, saying who may."""
    require(user.has_perm("articles.review_article"), "review articles")
    if has_words(user, revision):
        raise PermissionDenied(f"{OWN_WORDS} {who_may_review(revision)}")


def who_may_review(revision):
    """Return in a sentence who may review *revision*, or what can be done where nobody may."""
    if names := _names(reviewers(revision)):
        return f"{names} may review it."
    return f"{NOBODY_ELSE} {_ways_out()}"


def _ways_out():
    if names := _names(_who_may("publish_article").filter(pk__in=_who_may("override_checks"))):
        return f"{names} may publish it all the same, and has to say why."
    return "Somebody else needs the right to review, or somebody the right to publish against a failing check."


def _who_may(do):
    colleagues = get_user_model().objects.with_perm(f"articles.{do}", backend=PERMISSIONS)
    return colleagues.filter(is_staff=True)


def _names(users):
    """Return *users* by name, as a list is spoken."""
    *others, last = [full_name(user) for user in users.order_by("first_name", "username")[:MOST_NAMED]] or [""]
    return f"{', '.join(others)} or {last}" if others else last
