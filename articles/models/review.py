"""Reviews: whether a colleague agrees that one revision may go out."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.revision import Revision
from films.models.fields import one_of


class Verdict(models.TextChoices):
    """What the reviewer said."""

    WAITING = "waiting", "waiting"
    APPROVED = "approved", "approved"
    CHANGES = "changes", "asks for changes"


def with_words_of(user, revisions):
    """Return those of *revisions* with words of *user* in them that neither a reviewer nor a reader has seen.

    These are all revisions since the last that was approved or live, and where one of them brings an old text back,
    whoever wrote that. What a command saved is the words of those who sign. *user* may be an expression.
    """
    known = revisions.alias(
        seen=Coalesce(Subquery(_seen_before().values("number")[:1]), Value(0)),
        seen_body=Coalesce(Subquery(_seen_before().values("body")[:1]), Value("")),
    )
    since = Q(number__gt=OuterRef("seen"), number__lte=OuterRef("number"))
    again = Exists(
        Revision.objects.filter(
            article=OuterRef("article"),
            body=OuterRef("body"),
            number__gt=OuterRef(OuterRef("seen")),
            number__lte=OuterRef(OuterRef("number")),
        )
    )
    brought_back = Q(number__lt=OuterRef("seen")) & ~Q(body=OuterRef("seen_body")) & Q(again)
    words = Revision.objects.filter(since | brought_back, article=OuterRef("article"))
    return known.filter(Exists(words.filter(Q(created_by=user) | Q(created_by=None, article__authors__user=user))))


def _seen_before():
    """Return the revisions before an outer one that were approved, or live, the last first."""
    seen = Q(reviews__verdict=Verdict.APPROVED) | Q(publications__starts__lte=timezone.now())
    earlier = Revision.objects.filter(seen, article=OuterRef("article"), number__lt=OuterRef("number"))
    return earlier.order_by("-number")


class ReviewQuerySet(models.QuerySet):
    """Which reviews."""

    def waiting(self):
        """Reviews nobody has answered, of revisions that are still the newest."""
        head = models.F("revision__article__head")
        return self.filter(verdict=Verdict.WAITING, revision=head, revision__article__trashed_at=None)

    def waiting_for(self, user):
        """Reviews that *user* may answer: asked of them or of anybody, and not about their own words."""
        own = with_words_of(user, Revision.objects.filter(pk=OuterRef("revision")))
        return self.waiting().filter(~Exists(own), Q(reviewer=user) | Q(reviewer=None))


class Review(models.Model):
    """A colleague's look at one revision; a later revision needs its own."""

    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="reviews")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reviews", help_text="Anybody."
    )
    request = models.CharField(max_length=500, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            one_of("verdict", Verdict),
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(verdict="waiting"),
                name="review_one_waiting",
                violation_error_message="A review of this revision is waiting already.",
            ),
            models.CheckConstraint(
                name="review_answered_with_its_time",
                condition=Q(verdict="waiting", answered_at=None)
                | (~Q(verdict="waiting") & Q(answered_at__isnull=False, reviewer__isnull=False)),
                violation_error_message="An answer has a time and somebody who gave it.",
            ),
        ]

    def __str__(self):
        return f"{self.revision}: {self.get_verdict_display()}"
