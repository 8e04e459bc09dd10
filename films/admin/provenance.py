"""Filters by where facts and credits come from, and by how long ago somebody held them to that."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from films.models import Credit

NEVER = "never"
AGES = {"6": "6 months", "12": "a year", "24": "2 years"}  # By number of months.
MONTH = timedelta(days=365.25 / 12)
NO_SOURCE = "none"
OFFERED = 20


def unchecked(value):
    """Return which rows were never checked, or not for AGES[value]; None where *value* is neither."""
    if value == NEVER:
        return Q(verified_on=None)
    if value in AGES:
        return Q(verified_on=None) | Q(verified_on__lt=timezone.localdate() - int(value) * MONTH)
    return None


class Checked(admin.SimpleListFilter):
    """Shows rows that nobody has checked, or not lately."""

    title = "not checked"
    parameter_name = "checked"

    def lookups(self, request, model_admin):
        """Offer never, and a few ages."""
        return [(NEVER, "never"), *((months, f"for {age}") for months, age in AGES.items())]

    def queryset(self, request, queryset):
        """Keep the rows; what is none of those offered keeps all."""
        condition = unchecked(self.value())
        return queryset if condition is None else queryset.filter(self.condition(condition))

    def condition(self, rows):
        """Return the condition on the list's rows; *rows* is that on what was checked."""
        return rows


class FactsChecked(Checked):
    """Shows films whose facts nobody has checked, or not lately."""

    title = "facts not checked"
    parameter_name = "facts"


class CreditsChecked(Checked):
    """Shows films with a line of credit that nobody has checked, or not lately."""

    title = "credits not checked"
    parameter_name = "credits"

    def condition(self, rows):
        """Ask for a line; a film without any has nothing to check."""
        return Exists(Credit.objects.filter(rows, film=OuterRef("pk")))


class Source(admin.SimpleListFilter):
    """Shows rows by what they were taken from, the commonest sources first."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request, model_admin):
        """Offer the commonest sources, and none."""
        rows = model_admin.model.objects.exclude(source="").order_by()
        counted = rows.values("source").annotate(number=Count("pk")).order_by("-number", "source")
        commonest = counted.values_list("source", flat=True)[:OFFERED]
        return [(NO_SOURCE, "none given"), *((f"={source}", source) for source in commonest)]

    def queryset(self, request, queryset):
        """Keep the rows of that source."""
        if self.value() == NO_SOURCE:
            return queryset.filter(source="")
        return queryset.filter(source=self.value()[1:]) if (self.value() or "").startswith("=") else queryset
