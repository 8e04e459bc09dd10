"""Publications: which revision readers see, from when, until when. Time itself publishes."""

from django.conf import settings
from django.db import models
from django.db.models import FETCH_RAISE, Exists, F, Min, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from articles.models.byline import Byline
from films.models import Credit


class PublicationQuerySet(models.QuerySet):
    """Which publications."""

    def live(self, at=None):
        """What readers see at the moment *at* (now unless told)."""
        at = at or timezone.now()
        return self.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at)

    def scheduled(self, at=None):
        """What readers will see after *at*, soonest first."""
        return self.filter(starts__gt=at or timezone.now()).order_by("starts")

    def newest(self):
        """Publications with the article that came out last first; a later revision does not move its article."""
        return self.with_first().order_by("-first_published", "-pk")

    def latest_for_list(self, count):
        """The *count* that came out last, with what a card shows; by ids first, which spares sorting whole rows."""
        keys = self.newest().values_list("pk", flat=True)[:count]
        return Publication.objects.filter(pk__in=list(keys)).newest().for_list()

    def with_first(self):
        """Publications that know when their article was first live, as `first_published`."""
        first = Publication.objects.filter(article=OuterRef("article")).order_by().values("article")
        return self.annotate(first_published=Subquery(first.annotate(first=Min("starts")).values("first")))

    def about(self, film):
        """Publications of articles filed under *film*."""
        return self.filter(article__film=film)

    def about_films_of(self, person):
        """Publications of articles filed under any film that credits *person*."""
        return self.filter(article__film__in=person.credits.values("film"))

    def signed_by(self, author):
        """Publications of articles that *author* signs, alone or with others."""
        return self.filter(article__bylines__author=author)

    def on_topic(self, topic):
        """Publications of articles on *topic*."""
        return self.filter(article__topics=topic)

    def for_list(self):
        """Publications with what a card shows: revision, hero, film and authors, in two queries."""
        bylines = Prefetch("article__bylines", _bylines())
        return self.select_related("revision__hero", "article__film").prefetch_related(bylines).fetch_mode(FETCH_RAISE)

    def for_feed(self):
        """Publications with what a feed tells of them, in three queries."""
        return self.for_list().prefetch_related("article__topics")

    def for_page(self):
        """Publications with what the article's page shows, in five queries however long the cast.

        All hangs on the revision, so that a preview without a publication can be shown by the same page.
        """
        return with_page_rows(self.with_first().with_corrected(), "revision__").fetch_mode(FETCH_RAISE)

    def with_corrected(self):
        """Publications that know whether readers were told of a correction of their article, as `corrected`."""
        told = Publication.objects.filter(article=OuterRef("article"), correction__isnull=False)
        told = told.filter(starts__lte=timezone.now())
        return self.annotate(corrected=Exists(told))


def with_page_rows(rows, to_revision=""):
    """Return *rows* with all that an article's page shows; *to_revision* is the way from a row to its revision."""
    credits = Prefetch(f"{to_revision}article__film__credits", Credit.objects.headline(), to_attr="headline")
    bylines = Prefetch(f"{to_revision}article__bylines", _bylines())
    joined = rows.select_related(f"{to_revision}hero", f"{to_revision}article__film__poster")
    return joined.prefetch_related(credits, bylines, f"{to_revision}article__topics")


def _bylines():
    return Byline.objects.select_related("author__portrait").order_by("position", "pk")


class Publication(models.Model):
    """A revision's turn before readers; `withdrawn` says that its end is a withdrawal.

    An end that is none is the start of the next publication. One may start at the moment of a withdrawal: taken off
    the timeline again, it leaves the withdrawal as it was.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="publications")
    revision = models.ForeignKey("articles.Revision", models.RESTRICT, related_name="publications")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["article", "starts"]
        indexes = [models.Index(fields=["article", "starts", "ends"], name="publication_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(ends=None),
                name="publication_one_open_end",
                violation_error_message="This article already has a publication without an end.",
            ),
            models.CheckConstraint(
                name="publication_ends_after_start",
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                violation_error_message="The end must come after the start.",
            ),
            models.CheckConstraint(
                name="publication_withdrawn_has_end",
                condition=Q(withdrawn=False) | Q(ends__isnull=False),
                violation_error_message="A withdrawal has its moment.",
            ),
        ]

    def __str__(self):
        return f"{self.revision}, from {self.starts:%Y-%m-%d %H:%M}"
