"""Pictures: stills, posters and portraits, with what a reader must be told of them."""

from django.db import models
from django.db.models import Q

from films.models.fields import SearchField


class Image(models.Model):
    """A picture that `films.images.accept` took in; width and height are in pixels, the focal point in percent."""

    file = models.FileField(upload_to="images/")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    renditions = models.JSONField(null=True, editable=False)  # Names of files; see films/renditions.py.
    alt = models.CharField("description", max_length=300, blank=True, help_text="For readers who cannot see it.")
    caption = models.CharField(max_length=300, blank=True)
    credit_line = models.CharField("credit", max_length=200, blank=True, help_text="Who made it, who owns it.")
    folded = SearchField("alt", "caption", "credit_line")
    licence = models.CharField(max_length=100, blank=True)
    focal_x = models.PositiveSmallIntegerField("focal point, across", default=50)
    focal_y = models.PositiveSmallIntegerField("focal point, down", default=50)
    film = models.ForeignKey("films.Film", models.SET_NULL, null=True, blank=True, related_name="images")
    person = models.ForeignKey("films.Person", models.SET_NULL, null=True, blank=True, related_name="images")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "picture"
        constraints = [
            models.CheckConstraint(
                name="image_has_size",
                condition=Q(width__gt=0, height__gt=0),
                violation_error_message="A picture has a width and a height.",
            ),
            models.CheckConstraint(
                name="image_focal_point_inside",
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                violation_error_message="The focal point lies between 0 and 100 percent.",
            ),
        ]

    def __str__(self):
        return self.alt or f"Picture {self.pk}"
