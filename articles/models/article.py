"""Articles: where a piece is filed, and which revision is its newest."""

import secrets

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from articles.models.publication import Publication
from articles.models.review import Review, Verdict
from films.models.fields import one_of


def new_share_key():
    """Return a secret that signed previews of an article rest on; another one ends them all."""
    return secrets.token_hex(16)


class ArticleState(models.TextChoices):
    """Where an article stands, as the desk shows it."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in-review", "in review"
    APPROVED = "approved", "approved"
    SCHEDULED = "scheduled", "scheduled"
    LIVE = "live", "live"
    LIVE_NEWER = "live-newer", "live, newer draft"
    WITHDRAWN = "withdrawn", "withdrawn"
    TRASHED = "trashed", "trashed"


def _draft_state(reviews):
    """Return what the desk is doing with an article outside the trash, given the *reviews* of its head."""
    return Case(
        When(trashed_at__isnull=False, then=None),
        When(Exists(reviews.filter(verdict=Verdict.WAITING)), then=Value(ArticleState.IN_REVIEW)),
        When(planned=True, then=Value(ArticleState.SCHEDULED)),
        When(live_revision=F("head"), then=None),
        When(Exists(reviews.filter(verdict=Verdict.APPROVED)), then=Value(ArticleState.APPROVED)),
        output_field=models.CharField(null=True),
    )


def _state(begun):
    """Return what an article is to readers, given its publications that have *begun*, or else to the desk."""
    return Case(
        When(trashed_at__isnull=False, then=Value(ArticleState.TRASHED)),
        When(live_revision=F("head"), then=Value(ArticleState.LIVE)),
        When(live_revision__isnull=False, then=Value(ArticleState.LIVE_NEWER)),
        When(Exists(begun), then=Value(ArticleState.WITHDRAWN)),
        default=Coalesce(F("draft_state"), Value(ArticleState.DRAFT)),
        output_field=models.CharField(),
    )


class ArticleQuerySet(models.QuerySet):
    """Which articles."""

    def with_state(self, at=None):
        """Articles that know where they stand as of *at*, and `live_revision`, the id of what readers see.

        `state` is what an article is to readers, or, before they ever saw it, what its newest revision is to the desk;
        `draft_state` what the desk is doing with it, None where that is nothing. Both are an ArticleState.
        """
        at = at or timezone.now()
        turns = Publication.objects.filter(article=OuterRef("pk"))
        reviews = Review.objects.filter(revision=OuterRef("head"))
        known = self.annotate(
            live_revision=Subquery(turns.live(at).values("revision")[:1]),
            planned=Exists(turns.scheduled(at)),
            draft_state=_draft_state(reviews),
        )
        return known.annotate(state=_state(turns.filter(starts__lte=at)))

    def in_state(self, state):
        """Articles `with_state` that *state* is true of, as readers or as the desk see them."""
        either = Q(state=state) | Q(draft_state=state)
        return self.filter(either | Q(planned=True) if state == ArticleState.SCHEDULED else either)


class ArticleKind(models.TextChoices):
    """What sort of piece."""

    EXPLAINER = "explainer"
    ENDING = "ending", "ending explained"
    REVIEW = "review"
    ESSAY = "essay"
    GUIDE = "guide"


class Article(models.Model):
    """Where a piece is filed; what it says stands in its revisions, and when it is live in its publications."""

    slug = models.SlugField("address", max_length=220, unique=True, blank=True)
    kind = models.CharField(max_length=12, choices=ArticleKind, default=ArticleKind.EXPLAINER)
    film = models.ForeignKey("films.Film", models.PROTECT, null=True, blank=True, related_name="articles")
    authors = models.ManyToManyField("articles.Author", through="articles.Byline", related_name="articles")
    topics = models.ManyToManyField("articles.Topic", blank=True, related_name="articles")
    # RESTRICT: PROTECT would stop the article's own deletion. Null only inside the transaction that makes an article.
    head = models.ForeignKey("articles.Revision", models.RESTRICT, null=True, editable=False, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    share_key = models.CharField(max_length=32, default=new_share_key, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("publish_article", "Can publish, schedule, withdraw and trash articles"),
            ("review_article", "Can review articles"),
            ("override_checks", "Can publish against a failing check"),
            ("purge_article", "Can delete articles from the trash for good"),
        ]
        constraints = [
            one_of("kind", ArticleKind),
            models.CheckConstraint(
                name="article_has_slug",
                condition=~Q(slug=""),
                violation_error_message="An article needs an address.",
            ),
        ]

    def __str__(self):
        return self.head.title if self.head_id else self.slug

    @property
    def marks(self):
        """What an article `with_state` is to readers and what the desk does with it, each ArticleState once."""
        return [ArticleState(state) for state in dict.fromkeys(filter(None, [self.state, self.draft_state]))]

    def get_absolute_url(self):
        return reverse("articles:article_detail", args=[self.slug])
