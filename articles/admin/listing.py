"""The list of articles on the desk: its columns, filters and search."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from articles.models import ArticleState, Byline, Publication
from articles.permissions import readable_by
from films import names
from films.models import Film


class StateFilter(admin.SimpleListFilter):
    """Articles by where they stand."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        """Offer every state."""
        return ArticleState.choices

    def queryset(self, request, queryset):
        """Keep the chosen state."""
        return queryset.filter(state=self.value()) if self.value() else queryset


class ArticleList(admin.ModelAdmin):
    """Shows where every article stands, who wrote it and who touched it last."""

    list_display = ["headline", "badge", "film", "byline", "kind", "saved", "live_since"]
    list_filter = [
        StateFilter,
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
        live = Publication.objects.filter(article=OuterRef("pk")).live()
        bylines = Prefetch("bylines", Byline.objects.select_related("author"))
        known = readable_by(request.user, super().get_queryset(request)).with_state().annotate(live_from=Subquery(live.values("starts")[:1]))
        return known.select_related("film", "head__created_by", "head__hero").prefetch_related(bylines)

    def get_search_results(self, request, queryset, search_term):
        """Find every word in the title, the film's titles or an author's name; addresses make accents no matter."""
        for word in search_term.split():
            queryset = queryset.filter(_mentions(word))
        return queryset, False

    @admin.display(description="title", ordering="head__title")
    def headline(self, article):
        """Name the article as its newest revision does."""
        return str(article)

    @admin.display(description="state", ordering="state")
    def badge(self, article):
        """Show where the article stands."""
        return badge(article.state)

    @admin.display(description="authors")
    def byline(self, article):
        """Name those who sign, in order."""
        return ", ".join(byline.author.name for byline in article.bylines.all())

    @admin.display(description="last saved", ordering="head__created_at")
    def saved(self, article):
        """Say when the head was saved, and by whom."""
        by = article.head.created_by
        when = timezone.localtime(article.head.created_at)
        return f"{_day(when)}, {when:%H:%M}, {by.get_short_name() or by.username if by else 'a command'}"

    @admin.display(description="live since", ordering="live_from")
    def live_since(self, article):
        """Say since when readers have seen what they see."""
        return _day(timezone.localtime(article.live_from)) if article.live_from else None


def badge(state):
    """Return *state* as the desk's coloured mark."""
    return format_html('<span class="badge badge-{}">{}</span>', state, ArticleState(state).label)


def _mentions(word):
    address = names.slug(word) or word
    authors = Byline.objects.filter(article=OuterRef("pk"), author__slug__contains=address)
    return (
        Q(head__title__icontains=word)
        | Q(slug__contains=address)
        | Q(film__in=Film.objects.titled_like(word).values("pk"))
        | Exists(authors)
    )


def _day(when):
    return date_format(when, "j M Y").replace(" ", "\N{NO-BREAK SPACE}")
