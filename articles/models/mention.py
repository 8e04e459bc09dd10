"""Mentions: what a revision's text refers to, so that everything mentioned knows where."""

from django.db import models
from django.db.models import Q

TARGETS = ("film", "person", "character", "image")


class Mention(models.Model):
    """One thing that a revision's text refers to, however often; written with the revision, and like it never changed.

    `spoils` says that it stands inside spoilers alone. Whatever is mentioned cannot be deleted.
    """

    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="mentions")
    film = models.ForeignKey("films.Film", models.PROTECT, null=True, related_name="mentions")
    person = models.ForeignKey("films.Person", models.PROTECT, null=True, related_name="mentions")
    character = models.ForeignKey("films.Character", models.PROTECT, null=True, related_name="mentions")
    image = models.ForeignKey("films.Image", models.PROTECT, null=True, related_name="mentions")
    spoils = models.BooleanField(default=False)

    class Meta:
        ordering = ["revision", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mention_of_one_thing",
                condition=Q(
                    *[Q(**{f"{name}__isnull": name != target for name in TARGETS}) for target in TARGETS],
                    _connector=Q.OR,
                ),
                violation_error_message="A mention is of one thing.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["revision", target],
                    name=f"mention_{target}_once",
                    violation_error_message="This is mentioned already.",
                )
                for target in TARGETS
            ),
        ]

    @staticmethod
    def fall_together(kept, gone):
        """Return what one row says for two, as columns: it stands inside spoilers alone where both did."""
        return {"spoils": kept["spoils"] and gone["spoils"]}

    def __str__(self):
        return f"{self.revision}: {self.film or self.person or self.character or self.image}"
