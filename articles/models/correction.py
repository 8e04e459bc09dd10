"""Corrections: what readers are told when a published text changes."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.publication import Publication
from films.models.fields import one_of


class CorrectionKind(models.TextChoices):
    """Why the text changed."""

    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    UPDATE = "update", "Update"


class CorrectionQuerySet(models.QuerySet):
    """Which corrections."""

    def shown(self, at=None):
        """Corrections of articles that readers see at *at*, newest first; one still to come is not shown."""
        at = at or timezone.now()
        live = Publication.objects.live(at).values("article")
        told = self.filter(publication__article__in=live, publication__starts__lte=at)
        return told.select_related("publication__revision", "publication__article").order_by(
            "-publication__starts", "-pk"
        )

    def of(self, article):
        """Corrections of *article*."""
        return self.filter(publication__article=article)


class Correction(models.Model):
    """A note for readers on what a publication put right."""

    publication = models.OneToOneField("articles.Publication", models.CASCADE, related_name="correction")
    kind = models.CharField(max_length=13, choices=CorrectionKind, default=CorrectionKind.CORRECTION)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("kind", CorrectionKind),
            models.CheckConstraint(
                name="correction_says_something",
                condition=~models.Q(text=""),
                violation_error_message="Tell readers what was put right.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text}"
