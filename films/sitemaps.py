"""Sitemaps of films and people, in pages, and what every sitemap has."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Count, Max

from films.models import Film, Person

PER_PAGE = 5_000


class Section(Sitemap):
    """One of the site's sitemaps; `changed` names the column that says when a row's page last changed."""

    limit = PER_PAGE
    changed = "updated_at"

    def lastmod(self, item):
        return getattr(item, self.changed)

    def pictures(self, item):
        """Return the pictures that the page of *item* shows large."""
        return []

    def extent(self):
        """Return how many pages the sitemap has, and when the newest of its rows changed; one query."""
        found = self.items().aggregate(number=Count("pk"), latest=Max(self.changed))
        return -(-found["number"] // self.limit), found["latest"]


class FilmSitemap(Section):
    """Films that there is something to read about."""

    def items(self):
        return Film.objects.with_substance().filter(substantial=True).select_related("poster").order_by("pk")

    def pictures(self, item):
        return [item.poster] if item.poster else []


class PersonSitemap(Section):
    """People that there is something to read about."""

    def items(self):
        return Person.objects.with_substance().filter(substantial=True).select_related("portrait").order_by("pk")

    def pictures(self, item):
        return [item.portrait] if item.portrait else []
