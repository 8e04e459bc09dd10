"""Topics: what groups articles across films."""

from django.db import models
from django.urls import reverse

from films.models.fields import SearchField


class Topic(models.Model):
    """A subject that several articles share."""

    name = models.CharField(max_length=100, unique=True)
    folded = SearchField("name")
    slug = models.SlugField("address", max_length=120, unique=True, blank=True)
    description = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="topic_has_name_and_slug",
                condition=~models.Q(name="") & ~models.Q(slug=""),
                violation_error_message="A topic needs a name.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("articles:topic_detail", args=[self.slug])
