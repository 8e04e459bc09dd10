"""Entries: what the readers' search finds things by, a row for each thing that can be found."""

from django.db import models

from films.models.fields import one_of


class EntryKind(models.TextChoices):
    """What sort of thing an entry finds; an article is found by each of its published revisions."""

    ARTICLE = "article"
    FILM = "film"
    PERSON = "person"
    CHARACTER = "character"


class SearchEntry(models.Model):
    """How one thing is found; kept by triggers for facts, by `articles.searching.keeping` for articles.

    `subject` is the id of the film, person, character or revision. It is no foreign key: an entry is nobody's
    property that a deletion would have to list. `names` are lines of folded words with a line end before and after
    each; `about` are more such lines, of what the thing belongs to; `prose` the folded words of a text, and `text` the
    text itself, without spoilers. Beside the table stands an index of words, see `articles.searching.dialects`.
    """

    kind = models.CharField(max_length=9, choices=EntryKind)
    subject = models.BigIntegerField()
    names = models.TextField()
    about = models.TextField(default="")
    prose = models.TextField(default="")
    text = models.TextField(default="")

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            one_of("kind", EntryKind),
            models.UniqueConstraint(fields=["kind", "subject"], name="search_entry_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}"
