"""Offering people by what is typed of their names, best first."""

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from films import names
from films.models import Credit, Person

OFFERED = 10


def best_named(text, *, film=None):
    """Return up to ten people who answer to *text*: that very name first, then those that begin with it.

    They know a few of their films, and as `here` whether *film* (an id) credits them already. Two queries.
    """
    if not names.search_terms(text):
        return []
    exact, begins = Q(folded=names.search_text(text)), Q(folded__startswith=names.fold(text))
    credits = Credit.objects.filter(person=OuterRef("pk"), film=film)
    found = Person.objects.named_like(text).annotate(
        nearness=Case(When(exact, then=Value(0)), When(begins, then=Value(1)), default=Value(2)),
        credit_count=Count("credits"),
        here=Exists(credits),
    )
    return found.with_known_films().order_by("nearness", "-credit_count", "sort_key", "pk")[:OFFERED]
