"""Autosaves: what stands in somebody's form and is not saved yet."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

PRESENT_FOR = timedelta(seconds=45)


class AutosaveQuerySet(models.QuerySet):
    """Which autosaves."""

    def present(self, at=None):
        """Forms that are open: heard of in the last three quarters of a minute."""
        return self.filter(updated_at__gt=(at or timezone.now()) - PRESENT_FOR)

    def unsaved(self):
        """Forms with text that no revision holds."""
        return self.filter(unsaved=True)


class Autosave(models.Model):
    """The state of one open form; each tab has its own, so that two tabs of one person never overwrite each other.

    `tab` is a random name the form was given; `payload` its fields as typed. A new article's form has no article yet,
    and one whose article was purged has none any more. `turn` counts what the form has sent: what comes late is older
    than what is here. `saved` is the revision that the form made last; its row outlives the save for a day, so that a
    form sent twice makes no second article.
    """

    article = models.ForeignKey("articles.Article", models.SET_NULL, null=True, related_name="autosaves")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    tab = models.CharField(max_length=36)
    base = models.ForeignKey("articles.Revision", models.SET_NULL, null=True, related_name="+")
    saved = models.ForeignKey("articles.Revision", models.SET_NULL, null=True, related_name="+")
    turn = models.PositiveBigIntegerField(default=0)
    payload = models.JSONField(default=dict)
    unsaved = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["article", "updated_at"], name="autosave_by_article")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "tab"],
                name="autosave_one_per_tab",
                violation_error_message="This form is kept already.",
            ),
            models.CheckConstraint(
                name="autosave_tab_is_named",
                condition=~models.Q(tab=""),
                violation_error_message="A form has a name.",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.article or 'a new article'}"
