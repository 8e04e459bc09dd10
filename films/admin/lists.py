"""What the desk's lists of films, people and pictures share: search without accents, order, filters."""

import re

from django.contrib import admin
from django.db.models import Q

from films.admin.deleting import CarefulDeletion
from films.cataloguing import save_with_free_slug
from films.forms import SluggedForm
from films.paging import LongPaginator


class CatalogueAdmin(CarefulDeletion):
    """An admin of the catalogue's; one with `search` finds rows by that method of its queryset, or by their ids."""

    search = ""
    search_fields = ["pk"]  # So that there is a box to type in; `search` says where it looks.
    list_per_page = 50
    paginator = LongPaginator
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "–"

    class Media:
        css = {"all": ["css/pictures.css", "css/admin/credits.css"]}

    def get_ordering(self, request):
        """Sort as the model does, aloud: a list that counts related rows would drop the model's own order."""
        return self.ordering or self.opts.ordering

    def save_model(self, request, obj, form, change):
        """Save, whoever took the address since it was checked."""
        if isinstance(form, SluggedForm):
            save_with_free_slug(obj, form.rivals(obj))
        else:
            super().save_model(request, obj, form, change)

    def get_search_results(self, request, queryset, search_term):
        """Return the rows that answer to *search_term*."""
        text = search_term.strip()
        return self.found(queryset, text) if text else queryset, False

    def found(self, queryset, text):
        """Return the rows that *text* finds, whatever its accents and capitals, or the one with that id."""
        if re.fullmatch(r"(tt|nm|Q)[0-9]+", text):
            return queryset.filter(Q(imdb_id=text) | Q(wikidata_id=text))
        return getattr(queryset, self.search)(text)


class Missing(admin.SimpleListFilter):
    """Shows rows in which something is still missing; a subclass names the conditions in `missing`."""

    title = "what is missing"
    parameter_name = "missing"
    missing: dict = {}

    def lookups(self, request, model_admin):
        """Name what may be missing."""
        return [(name, name) for name in self.missing]

    def queryset(self, request, queryset):
        """Keep the rows that lack it."""
        return queryset.filter(self.missing[self.value()]) if self.value() in self.missing else queryset
