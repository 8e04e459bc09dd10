"""Counting a row's relations row by row, which leaves alone all rows that a page does not show."""

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce


def number_of(model, relation, **conditions):
    """Return how many rows of its *relation* that meet *conditions* a row of *model* has, as an expression.

    A join and a GROUP BY would count for every row of the table before the first page of it is known.
    """
    link = model._meta.get_field(relation).remote_field
    related = link.model._default_manager.filter(Q(**{link.name: OuterRef("pk")}), **conditions).order_by()
    return Coalesce(Subquery(related.values(link.name).annotate(number=Count("*")).values("number")), Value(0))
