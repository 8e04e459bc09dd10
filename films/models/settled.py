"""What somebody on the desk has settled: who only looks like somebody else, and whose credit only looks impossible."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Settled(models.Model):
    """A judgement, with who made it, when and why; it holds until somebody takes it back."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Distinct(Settled):
    """Two rows that look alike and are different; `first` has the lower id, so that no pair is there twice."""

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="%(class)s_once",
                violation_error_message="These two are settled as different already.",
            ),
            models.CheckConstraint(
                name="%(class)s_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message="The one with the lower id comes first.",
            ),
        ]

    def __str__(self):
        return f"{self.first} is not {self.second}"


class DistinctPeople(Distinct):
    """Two people who look alike and are different."""

    first = models.ForeignKey("films.Person", models.CASCADE, related_name="+")
    second = models.ForeignKey("films.Person", models.CASCADE, related_name="+")


class DistinctFilms(Distinct):
    """Two films that look alike and are different."""

    first = models.ForeignKey("films.Film", models.CASCADE, related_name="+")
    second = models.ForeignKey("films.Film", models.CASCADE, related_name="+")


class PlausibleCredits(Settled):
    """A person's credits on a film that look impossible and are right."""

    film = models.ForeignKey("films.Film", models.CASCADE, related_name="+")
    person = models.ForeignKey("films.Person", models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "person"],
                name="plausible_credits_once",
                violation_error_message="This is settled as right already.",
            )
        ]

    def __str__(self):
        return f"{self.person} on {self.film}"
