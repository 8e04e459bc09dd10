"""Authors: the names under which articles are signed."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from films.models.fields import SearchField


class Author(models.Model):
    """A byline; it need not belong to anybody who can log in."""

    name = models.CharField(max_length=150)
    folded = SearchField("name")
    slug = models.SlugField("address", max_length=170, unique=True, blank=True)
    bio = models.TextField("biography", blank=True)
    portrait = models.ForeignKey("films.Image", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="author", verbose_name="account"
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="author_has_name_and_slug",
                condition=~models.Q(name="") & ~models.Q(slug=""),
                violation_error_message="An author needs a name.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("articles:author_detail", args=[self.slug])
