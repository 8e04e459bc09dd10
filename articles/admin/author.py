"""Authors on the desk."""

from django.contrib import admin
from django.db.models import Count, Q

from articles.models import Author
from films import names
from films.forms import SluggedForm


class NamedAdmin(admin.ModelAdmin):
    """What authors and topics share: a name, an address made from it, and a count of articles."""

    form = SluggedForm
    search_fields = ["name"]
    ordering = ["name", "pk"]  # A count alone would lose the model's own order.

    def get_queryset(self, request):
        """Rows that know how many articles they have."""
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    def get_search_results(self, request, queryset, search_term):
        """Find every word in the name, or in the address, which has no accents."""
        for word in search_term.split():
            queryset = queryset.filter(Q(name__icontains=word) | Q(slug__contains=names.slug(word) or word))
        return queryset, False

    @admin.display(description="articles", ordering="article_count")
    def articles(self, row):
        """Say how many articles there are."""
        return row.article_count


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    """Bylines; one may belong to an account."""

    fieldsets = [
        (None, {"fields": ["name", "slug", "bio"]}),
        (None, {"fields": ["portrait", "user"], "classes": ["side"]}),
    ]
    autocomplete_fields = ["portrait", "user"]
    list_display = ["name", "user", "articles"]
    list_select_related = ["user"]
