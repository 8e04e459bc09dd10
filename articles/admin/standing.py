"""How an article stands, as the side of the writing screen tells it."""

from articles.admin.record import RecordPage
from articles.admin.reviews import ReviewPages, standing_of
from articles.admin.shares import SharingPages
from articles.admin.timeline import PublishingPages
from articles.admin.trash import TrashPages
from articles.models import Review
from articles.permissions import may_review


class StandingPages(PublishingPages, ReviewPages, SharingPages, TrashPages, RecordPage):
    """All pages about where an article stands, mixed into the articles' admin."""


def standing(article, user):
    """Return what the side column tells of the newest revision's reviews, in one query."""
    rows = Review.objects.filter(revision__article=article).select_related("revision", "asked_by", "reviewer")
    review = standing_of(article.head, [*rows.defer("revision__body")[:20]])
    return {**review, "may_answer": bool(review["waiting"]) and may_review(user, article.head)}
