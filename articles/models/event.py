"""Events: who did what to an article, and when."""

from django.conf import settings
from django.db import models

from films.models.fields import one_of


class Action(models.TextChoices):
    """What somebody did, in the past tense."""

    SAVED = "saved", "saved"
    RESTORED = "restored", "restored"
    NAMED = "named", "named a revision"
    ASKED = "asked", "asked for review"
    APPROVED = "approved", "approved"
    CHANGES = "changes", "asked for changes"
    PUBLISHED = "published", "published"
    SCHEDULED = "scheduled", "scheduled"
    CANCELLED = "cancelled", "cancelled a scheduled change"
    WITHDREW = "withdrew", "withdrew"
    CORRECTED = "corrected", "corrected"
    AMENDED = "amended", "mended a correction"
    RETRACTED = "retracted", "took back a correction"
    MOVED = "moved", "changed the address"
    FILED = "filed", "filed"
    SHARED = "shared", "shared a preview"
    UNSHARED = "unshared", "ended shared previews"
    TRASHED = "trashed", "put in the trash"
    RECOVERED = "recovered", "took from the trash"
    OVERRODE = "overrode", "overrode a check"
    DISMISSED = "dismissed", "dismissed a finding"


class Event(models.Model):
    """One line of an article's record; the activity that did it wrote it, in the same transaction."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="events")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=10, choices=Action)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["article", "-at"], name="event_by_article")]
        constraints = [one_of("action", Action)]

    def __str__(self):
        return f"{self.by or 'A command'} {self.get_action_display()}"


def record(article, action, *, by, revision=None, detail=""):
    """Write down that *by* did *action*; call it inside the transaction of what was done."""
    return Event.objects.create(article=article, revision=revision, by=by, action=action, detail=detail)
