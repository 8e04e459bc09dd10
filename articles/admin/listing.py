"""The list of articles on the desk: its columns, filters and search."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from articles import clock
from articles.admin.bulk import BulkActions
from articles.admin.proofs import ProofFilter, findings, with_proofs
from articles.models import ArticleState, Autosave, Byline, Publication, Review
from articles.permissions import owned_by, readable_by
from articles.presence import called, colleagues
from films import names
from films.models import Film
from films.models.fields import matching

LINE = '<span class="line help">{}</span>'
HERE_NOW = '<span class="here-now{}">{} has it open</span>'


class StateFilter(admin.SimpleListFilter):
    """Articles by where they stand; those in the trash are shown where they are asked for, and only there."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        """Offer every state."""
        return ArticleState.choices

    def queryset(self, request, queryset):
        """Keep the chosen state."""
        return queryset.in_state(self.value()) if self.value() else queryset.filter(trashed_at=None)

    def choices(self, changelist):
        """Say that all is not quite all."""
        everything, *states = super().choices(changelist)
        return [{**everything, "display": "All but the trash"}, *states]


class WhoseFilter(admin.SimpleListFilter):
    """What concerns the user: their own articles, and those that wait for their review."""

    title = "whose"
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        """Offer what waits, with its number, to those who may review."""
        mine = [("mine", "Mine")]
        if not request.user.has_perm("articles.review_article"):
            return mine
        return [*mine, ("waiting", f"Waiting for me ({Review.objects.waiting_for(request.user).count()})")]

    def queryset(self, request, queryset):
        """Keep what concerns the user."""
        if self.value() == "waiting":
            return queryset.filter(head__in=Review.objects.waiting_for(request.user).values("revision"))
        return owned_by(request.user, queryset) if self.value() == "mine" else queryset


class ArticleList(BulkActions):
    """Shows where every article stands, who wrote it and who touched it last."""

    list_display = ["headline", "badge", "film", "byline", "kind", "found", "saved"]
    list_filter = [
        WhoseFilter,
        StateFilter,
        ProofFilter,
        "kind",
        ("authors", admin.RelatedOnlyFieldListFilter),
        ("topics", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = 50
    ordering = ["-head__created_at", "-pk"]
    search_fields = ["head__title"]
    search_help_text = "Title, address, film or author"

    def get_queryset(self, request):
        """Articles with all that the list and the form show of them."""
        turns = Publication.objects.filter(article=OuterRef("pk"))
        live, coming = turns.live(), turns.scheduled()
        bylines = Prefetch("bylines", Byline.objects.select_related("author"))
        open_now = Autosave.objects.present().select_related("user").defer("payload")
        open_forms = Prefetch("autosaves", open_now, to_attr="open_forms")
        known = (
            with_proofs(readable_by(request.user, super().get_queryset(request)))
            .with_state()
            .annotate(
                live_from=Subquery(live.values("starts")[:1]),
                live_until=Subquery(live.values("ends")[:1]),
                next_start=Subquery(coming.values("starts")[:1]),
            )
        )
        return known.select_related("film", "head__created_by", "head__hero").prefetch_related(bylines, open_forms)

    def get_search_results(self, request, queryset, search_term):
        """Find every word in the title, the address, the film's titles or an author's name, whatever its accents."""
        for word in search_term.split():
            queryset = queryset.filter(_mentions(word))
        return queryset, False

    @admin.display(description="title", ordering="head__title")
    def headline(self, article):
        """Name the article as its newest revision does."""
        return str(article)

    @admin.display(description="state", ordering="state")
    def badge(self, article):
        """Show where the article stands, since when readers have seen what they see, and what time will change next."""
        since = f"since {_day(timezone.localtime(article.live_from))}" if article.live_from else ""
        lines = [(line,) for line in (since, next_change(article)) if line]
        return format_html("{}{}", badges(article), format_html_join("", LINE, lines))

    @admin.display(description="authors")
    def byline(self, article):
        """Name those who sign, in order."""
        return ", ".join(byline.author.name for byline in article.bylines.all())

    @admin.display(description="findings", ordering="proof__errors")
    def found(self, article):
        """Show what the proofreader found, and whether the film has changed since."""
        return findings(article)

    @admin.display(description="last saved", ordering="head__created_at")
    def saved(self, article):
        """Say when the head was saved, and by whom, and who has it open now."""
        by = article.head.created_by
        when = timezone.localtime(article.head.created_at)
        said = f"{_day(when)}, {when:%H:%M}, {called(by) if by else 'a command'}"
        return format_html("{}{}", said, format_html_join("", HERE_NOW, colleagues(article.open_forms)))


def badges(article):
    """Return the coloured marks of an article `with_state`: what it is to readers, and what the desk does with it."""
    marks = ((mark.value, mark.label) for mark in article.marks)
    return format_html_join(" ", '<span class="badge badge-{}">{}</span>', marks)


def next_change(article):
    """Return in words what time will change next for readers of a row of the list, or nothing."""
    starts, ends = article.next_start, article.live_until
    if starts and (ends is None or starts <= ends):
        return f"{'changes' if article.live_revision else 'goes live'} {_said(starts)}"
    return f"ends {_said(ends)}" if ends else ""


def _mentions(word):
    authors = Byline.objects.filter(matching(word, "author__folded"), article=OuterRef("pk"))
    return (
        matching(word, "head__folded")
        | Q(slug__contains=names.slug(word) or word)
        | Q(film__in=Film.objects.titled_like(word).values("pk"))
        | Exists(authors)
    )


def _day(when):
    return date_format(when, "j M Y").replace(" ", "\N{NO-BREAK SPACE}")


def _said(when):
    return clock.said(when).replace(" ", "\N{NO-BREAK SPACE}")
