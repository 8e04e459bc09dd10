"""Offering people by what is typed of their names, best first."""

from django.db.models import Exists, OuterRef, Q

from films import names
from films.models import Credit, Person
from films.models.fields import matching

OFFERED = 10
BEST = ("-credit_count", "sort_key", "pk")


def best_named(text, *, film=None):
    """Return up to ten people who answer to *text*: that very name first, then those that begin with it.

    They know a few of their films, and as `here` whether *film* (an id) credits them already. Of those who are equally
    near, who has most credits comes first. Three queries, or up to five: who is less near is only looked for while
    there is room, since a few letters stand in very many names.
    """
    if not names.search_terms(text):
        return []
    keys = []
    for people in _by_nearness(text):
        if room := OFFERED - len(keys):
            keys += people.exclude(pk__in=keys).with_counts().order_by(*BEST).values_list("pk", flat=True)[:room]
    credits = Credit.objects.filter(person=OuterRef("pk"), film=film)
    found = Person.objects.annotate(here=Exists(credits)).with_known_films().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _by_nearness(text):
    """Yield the people called *text*, those whose name begins with it, and those whose names have all its words."""
    begins = Q(folded__startswith=names.fold(text))
    yield Person.objects.filter(folded=names.search_text(text))
    yield Person.objects.filter(matching(text, "folded"), begins)
    yield Person.objects.named_like(text)
