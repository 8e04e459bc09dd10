"""Changes: who changed what of a film or a person, with what stood there before and after."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from films.models.fields import one_of


class ChangeAction(models.TextChoices):
    """What somebody did, in the past tense."""

    CREATED = "created"
    EDITED = "edited"
    PASTED = "pasted", "pasted credits"
    IMPORTED = "imported"
    MERGED = "merged"
    SPLIT = "split"
    DELETED = "deleted"
    UNDONE = "undone", "took a change back"


def _says(side, pk):
    """Return the condition that the snapshot on *side* is of the row *pk*, where it says of which."""
    return Q(**{f"{side}__facts__id": pk}) | Q(**{f"{side}__facts__id__isnull": True})


class ChangeQuerySet(models.QuerySet):
    """Which changes."""

    def about(self, film):
        """Changes of *film* itself, and of the people it credits."""
        return self.filter(Q(film=film) | Q(person__credits__film=film)).distinct()

    def of(self, row):
        """Changes of *row*, a film or a person, itself, without the past of what was merged into it."""
        return self.filter(_says("before", row.pk), _says("after", row.pk), **{row._meta.model_name: row})

    def for_history(self):
        """Changes with what the history page tells of them, and of the whole that they are part of."""
        return self.select_related("by", "part_of").defer("part_of__before", "part_of__after", "part_of__moved")

    def since(self, moment):
        """Changes after *moment*, oldest first."""
        return self.filter(at__gt=moment).order_by("at", "pk")

    def deleted(self, model):
        """Deletions of films, or of people, that are not made again since."""
        part = "titles" if model._meta.model_name == "film" else "names"
        return self.filter(action=ChangeAction.DELETED, film=None, person=None, before__has_key=part)


class Change(models.Model):
    """One change of a film with its credits, or of a person; `before` and `after` are `films.changes.snapshot`s.

    What it was about may be deleted later; `about` then still says what that was called. A merge or a split touches
    much: what it did to every further film or person is a change `part_of` it, and is undone with it alone. `moved`
    says which other rows it made refer to something else, as `films.moving` writes and reads it.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    film = models.ForeignKey("films.Film", models.SET_NULL, null=True, related_name="changes")
    person = models.ForeignKey("films.Person", models.SET_NULL, null=True, related_name="changes")
    about = models.CharField(max_length=320)
    action = models.CharField(max_length=10, choices=ChangeAction)
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    part_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    moved = models.JSONField(default=list)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            one_of("action", ChangeAction),
            models.CheckConstraint(
                name="change_of_one_thing",
                condition=Q(film=None) | Q(person=None),
                violation_error_message="A change is of a film or of a person.",
            ),
        ]

    def __str__(self):
        return f"{self.about}: {self.get_action_display()}"
