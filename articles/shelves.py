"""Shelves: the films and the topics that live articles are about, first those where readers got something new last."""

from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from articles.models import Publication, Topic
from films.models import Film

FILMS, TOPICS = 8, 12


@dataclass(frozen=True, slots=True)
class Shelf[Row]:
    """A film or a topic, and how many live articles are about it."""

    row: Row
    count: int


def films() -> list[Shelf[Film]]:
    """Return the films with the newest articles or updates, in at most three queries."""
    return _shelves("article__film", Film.objects.for_list(), FILMS)


def topics() -> list[Shelf[Topic]]:
    """Return the topics with the newest articles or updates, in at most two queries."""
    return _shelves("article__topics", Topic.objects.all(), TOPICS)


def _shelves[Row: (Film, Topic)](about: str, rows: QuerySet[Row], most: int) -> list[Shelf[Row]]:
    live = Publication.objects.live().exclude(**{about: None}).order_by()
    counted = live.values(about).annotate(number=Count("pk"), newest=Max("starts"))
    numbers = dict(counted.order_by("-newest", about).values_list(about, "number")[:most])
    found = rows.in_bulk(numbers)
    return [Shelf(found[pk], number) for pk, number in numbers.items() if pk in found]
