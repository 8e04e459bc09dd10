"""Sitemaps of articles, topics and authors, and of the news among them."""

from datetime import timedelta

from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from articles.models import Author, Publication, Topic
from films.sitemaps import Section

NEWS = timedelta(hours=48)
MOST_NEWS = 1000  # More than that search engines leave unread.


class ArticleSitemap(Section):
    """Articles that are live, as they read since their last change."""

    changed = "starts"

    def items(self):
        return Publication.objects.live().select_related("article", "revision__hero").order_by("pk")

    def location(self, item):
        return item.article.get_absolute_url()

    def pictures(self, item):
        return [item.revision.hero] if item.revision.hero else []


class TopicSitemap(Section):
    """Topics with an article to read."""

    changed = "last_live"

    def items(self):
        return _with_last_live(Topic, "article__topics")


class AuthorSitemap(Section):
    """Authors with an article to read."""

    changed = "last_live"

    def items(self):
        return _with_last_live(Author, "article__authors")


def news():
    """Return what came out first within two days, newest first, for search engines of news."""
    live = Publication.objects.live().newest().select_related("article", "revision")
    return live.filter(first_published__gt=timezone.now() - NEWS)[:MOST_NEWS]


def _with_last_live(model, way):
    """Return the rows of *model* that lead *way* from live publications, with the last start as `last_live`."""
    live = Publication.objects.live().filter(**{way: OuterRef("pk")}).order_by().values(way)
    rows = model.objects.annotate(last_live=Subquery(live.annotate(last=Max("starts")).values("last")))
    return rows.filter(last_live__isnull=False).order_by("pk")
