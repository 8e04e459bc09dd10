"""Genres on the desk."""

from django.contrib import admin
from django.db.models import Count

from films.admin.lists import CatalogueAdmin
from films.forms import SluggedForm
from films.models import Genre
from films.models.fields import matching


@admin.register(Genre)
class GenreAdmin(CatalogueAdmin):
    """The list of genres, each with how many films it has."""

    form = SluggedForm
    fields = ["name", "slug"]
    list_display = ["name", "film_count"]

    def get_queryset(self, request):
        """Count the films with the genres."""
        return super().get_queryset(request).annotate(film_count=Count("films"))

    @admin.display(description="films", ordering="film_count")
    def film_count(self, genre):
        """Show how many films are of this genre."""
        return genre.film_count

    def found(self, queryset, text):
        """Search the names, whatever the accents."""
        return queryset.filter(matching(text, "folded"))
