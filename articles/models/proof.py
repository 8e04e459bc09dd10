"""Proofs: what the proofreader found in an article's newest revision, and what editors said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from films.models import Change


class ProofQuerySet(models.QuerySet):
    """Which proofs."""

    def current(self):
        """Proofs of newest revisions, read after the last change of their film and of the people that it credits."""
        changes = Change.objects.filter(at__gt=OuterRef("read_at"))
        of_film = changes.filter(film=OuterRef("article__film"))
        of_people = changes.filter(person__credits__film=OuterRef("article__film"))
        return self.filter(~Exists(of_film), ~Exists(of_people), revision=F("article__head"))


class Proof(models.Model):
    """How many findings of each level the newest revision had when it was last read; one row to an article."""

    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="proof")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="+")
    read_at = models.DateTimeField()
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    notices = models.PositiveIntegerField(default=0)

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["article"]

    def __str__(self):
        return f"{self.revision}: {self.errors} errors, {self.warnings} warnings, {self.notices} notices"


class Dismissal(models.Model):
    """A finding that somebody said is none: kept for that article and that text, folded."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="dismissals")
    code = models.CharField(max_length=30)
    text = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "code", "text"],
                name="dismissal_once",
                violation_error_message="This finding is dismissed already.",
            ),
            models.CheckConstraint(
                name="dismissal_has_code_and_reason",
                condition=~Q(code="") & ~Q(reason=""),
                violation_error_message="Say why this is right as it stands.",
            ),
        ]

    def __str__(self):
        return f"{self.article}: {self.code}, {self.text}"
