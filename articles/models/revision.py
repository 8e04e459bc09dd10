"""Revisions: what was written, each kept as it was saved."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.publication import with_page_rows
from films.models.fields import SearchField, one_of


class Spoilers(models.TextChoices):
    """How much of the film the whole piece gives away."""

    NONE = "none", "no spoilers"
    MILD = "mild", "mild spoilers"
    FULL = "full", "full spoilers"


class RevisionQuerySet(models.QuerySet):
    """Which revisions."""

    def for_page(self):
        """Revisions with what the article's page shows, for previews of any of them."""
        return with_page_rows(self).fetch_mode(models.FETCH_RAISE)

    def for_history(self):
        """Revisions with who saved them and which publications they had, newest first, in two queries."""
        return self.select_related("created_by").prefetch_related("publications", "reviews").order_by("-number")


class Revision(models.Model):
    """What an article said when somebody saved it; a database trigger refuses any change but that of its name.

    A revision without `created_by` was saved by a command.
    """

    # What an editor writes, and what two revisions are compared by.
    CONTENT = ("title", "dek", "body", "hero", "seo_title", "seo_description", "spoilers")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    folded = SearchField("title")
    dek = models.CharField(max_length=300, blank=True, help_text="One or two sentences that say what the piece tells.")
    body = models.TextField(blank=True)
    hero = models.ForeignKey("films.Image", models.PROTECT, null=True, blank=True, related_name="+")
    seo_title = models.CharField("title for search engines", max_length=70, blank=True)
    seo_description = models.CharField("description for search engines", max_length=170, blank=True)
    spoilers = models.CharField(max_length=4, choices=Spoilers, default=Spoilers.NONE)
    note = models.CharField(max_length=200, blank=True, help_text="What changed, for colleagues.")
    name = models.CharField(max_length=100, blank=True)
    words_added = models.PositiveIntegerField(default=0)
    words_removed = models.PositiveIntegerField(default=0)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            one_of("spoilers", Spoilers),
            models.UniqueConstraint(
                fields=["article", "number"],
                name="revision_number_once",
                violation_error_message="This article already has a revision with that number.",
            ),
            models.CheckConstraint(
                name="revision_has_title",
                condition=~Q(title=""),
                violation_error_message="An article needs a title.",
            ),
            models.CheckConstraint(
                name="revision_first_has_no_parent",
                condition=Q(number=1, parent=None) | Q(number__gt=1, parent__isnull=False),
                violation_error_message="Only the first revision has no parent.",
            ),
        ]

    def __str__(self):
        return f"{self.title} (revision {self.number})"

    @property
    def content(self):
        """What the editor wrote, by field name."""
        return {field: getattr(self, field) for field in self.CONTENT}
