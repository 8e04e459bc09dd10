"""Bylines: who signs an article, in which order."""

from django.db import models


class Byline(models.Model):
    """An author's place among those who sign an article."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.Author", models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["article", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="byline_author_once",
                violation_error_message="This author already signs the article.",
            ),
        ]

    def __str__(self):
        return f"{self.author}, {self.article}"
