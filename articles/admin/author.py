"""Authors on the desk."""

from django.contrib import admin
from django.db.models import Count

from articles import filing
from articles.models import Author
from films.forms import SluggedForm
from films.models.fields import matching


class NamedAdmin(admin.ModelAdmin):
    """What authors and topics share: a name, an address made from it, and a count of articles."""

    form = SluggedForm
    search_fields = ["name"]
    ordering = ["name", "pk"]  # A count alone would lose the model's own order.

    def get_queryset(self, request):
        """Rows that know how many articles they have."""
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    def get_search_results(self, request, queryset, search_term):
        """Find every word in the name, whatever its accents and capitals."""
        return queryset.filter(matching(search_term, "folded")), False

    def save_model(self, request, obj, form, change):
        """Store it as everybody does who renames one."""
        filing.store(obj)

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
