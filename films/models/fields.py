"""Columns computed from their neighbours, and rules that several models share."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from films.names import fold, search_terms, search_text

SMALL, LARGE = 2**15 - 1, 2**31 - 1  # The highest numbers of PostgreSQL's columns; SQLite would take any.
IMDB_TITLE = RegexValidator(r"\Att[0-9]{7,10}\Z", "An IMDb title id looks like tt0102820.")
IMDB_NAME = RegexValidator(r"\Anm[0-9]{7,10}\Z", "An IMDb name id looks like nm0000640.")
WIKIDATA = RegexValidator(r"\AQ[1-9][0-9]*\Z", "A Wikidata id looks like Q1234.")


class Precision(models.TextChoices):
    """How much of a date is known; the rest of the stored date means nothing."""

    YEAR = "year", "year only"
    MONTH = "month", "month and year"
    DAY = "day", "full date"


class FoldedField(models.TextField):
    """A form of other text columns of the row, computed by `folded` and written with every save and bulk_create."""

    def __init__(self, *sources, **options):
        self.sources = sources
        super().__init__(**{"editable": False, "default": "", **options})

    def deconstruct(self):
        """Name the sources, so that migrations can make the field again."""
        name, path, args, options = super().deconstruct()
        return name, path, [*args, *self.sources], options

    def pre_save(self, model_instance, add):
        """Compute the value from the sources as they are being saved."""
        value = self.folded("\n".join(text for source in self.sources if (text := getattr(model_instance, source))))
        setattr(model_instance, self.attname, value)
        return value


class SearchField(FoldedField):
    """What of other columns is searched, by `matching`: without accents or capitals, in Latin and in its own script."""

    folded = staticmethod(search_text)


class SortField(FoldedField):
    """What rows are sorted by: without accents or capitals, in Latin."""

    folded = staticmethod(fold)


class OtherName(models.Model):
    """Another name of something, to be found by; a subclass says of what, and of which kind the name is."""

    text = models.CharField("name", max_length=200)
    folded = SearchField("text", db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.text


def matching(query, *columns):
    """Return the condition that every word of *query* stands in one of the search *columns*."""
    condition = Q()
    for term in search_terms(query):
        word = Q()
        for column in columns:
            word |= Q(**{f"{column}__contains": term})
        condition &= word
    return condition


def found_by(model, condition):
    """Return the ids of the rows that meet *condition*, for a query to look among these alone.

    Else SQLite goes through the whole table in the order that is asked for, to find what few rows answer a search.
    """
    return model._default_manager.filter(condition).order_by().values("pk")


def one_of(field, choices):
    """Return a constraint that keeps *field* to the values of *choices*."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_known",
        condition=Q(**{f"{field}__in": choices.values}),
        violation_error_message=f"This is no known {field}.",
    )
