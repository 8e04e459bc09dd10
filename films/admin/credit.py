"""All credits in one list, to find those that nobody has checked; they are kept on the pages of their films."""

from collections import defaultdict

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import ngettext

from films.admin.lists import CatalogueAdmin
from films.admin.provenance import Checked, Source
from films.admin.verifying import SourceForm
from films.models import Credit, Department, Film, Person
from films.models.fields import found_by, matching
from films.names import search_terms
from films.roll import job_name
from films.verifying import verify

MOST = 5_000  # Lines that are marked at once: some three hundred films, each in a step of its own.
SHOWN = 12  # Lines that the question names.


@admin.register(Credit)
class CreditAdmin(CatalogueAdmin):
    """The lines of all films; each leads to its film, and many can be marked as checked at once."""

    actions = ["verify_chosen"]
    list_display = ["who", "what", "on", "source", "checked"]
    list_display_links = None
    list_filter = [Checked, Source, "department"]
    list_select_related = ["person", "film"]
    ordering = ["-film_id", "pk"]

    def get_queryset(self, request):
        """Bring the parts."""
        return super().get_queryset(request).prefetch_related("roles")

    def has_add_permission(self, request):
        """Lines are added on their film's page."""
        return False

    def has_change_permission(self, request, obj=None):
        """Lines are changed there, too."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Let lines go with their film, and not from here."""
        return obj is not None and request.user.has_perm("films.change_credit")

    def has_view_permission(self, request, obj=None):
        """Let in who keeps credits, too."""
        return super().has_view_permission(request, obj) or request.user.has_perm("films.change_credit")

    def has_verify_permission(self, request):
        """Whether the user may change films and their credits."""
        return request.user.has_perms(["films.change_film", "films.change_credit"])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to the film, where the line is kept."""
        return self._to_film(request, object_id)

    def delete_view(self, request, object_id, extra_context=None):
        """Lead to the film, where the line can be removed."""
        return self._to_film(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the film, which has the history."""
        return self._to_film(request, object_id)

    def _to_film(self, request, object_id):
        credit = self.get_object(request, object_id)
        if not self.has_view_permission(request, credit):
            raise PermissionDenied
        if credit is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(_place(credit))

    def found(self, queryset, text):
        """Search the names of people and films, whatever the accents: each word may stand in either."""
        for word in search_terms(text):
            people, films = (found_by(model, matching(word, "folded")) for model in (Person, Film))
            queryset = queryset.filter(Q(person__in=people) | Q(film__in=films))
        return queryset

    @admin.display(description="person", ordering="person__sort_key")
    def who(self, credit):
        """Name the person, and lead to the line on the film's page."""
        return format_html('<a href="{}">{}</a>', _place(credit), credit.person)

    @admin.display(description="credit", ordering="department")
    def what(self, credit):
        """Say what the line is for."""
        parts = " / ".join(role.label for role in credit.roles.all())
        return parts if credit.department == Department.CAST and parts else job_name(credit)

    @admin.display(description="film", ordering="film__sort_key")
    def on(self, credit):
        """Name the film."""
        return str(credit.film)

    @admin.display(description="checked on", ordering="verified_on", empty_value="never")
    def checked(self, credit):
        """Say when somebody checked the line."""
        return date_format(credit.verified_on, "j F Y") if credit.verified_on else None

    @admin.action(description="Mark as checked today…", permissions=["verify"])
    def verify_chosen(self, request, queryset):
        """Ask what the lines were held to; then write it down, one change to each film."""
        form = SourceForm(request.POST if request.POST.get("sure") else None)
        count = queryset.order_by().count()
        if count > MOST:
            told = f"These are {count:,} lines: choose at most {MOST:,} at a time, by a filter or a search."
            return messages.error(request, told)
        if form.is_valid():
            return self._verified(request, queryset, form.cleaned_data["source"])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "count": count,
            "more": max(count - SHOWN, 0),
            "chosen": queryset[:SHOWN],
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/films/verify_chosen.html", context)

    def _verified(self, request, queryset, source):
        by_film = defaultdict(list)
        for pk, film in queryset.order_by("film_id", "pk").values_list("pk", "film"):
            by_film[film].append(pk)
        films = Film.objects.in_bulk(by_film)
        for pk, lines in by_film.items():
            verify(films[pk], by=request.user, source=source, credits=lines)
        lines = sum(map(len, by_film.values()))
        told = ngettext("%d line is marked as checked today.", "%d lines are marked as checked today.", lines) % lines
        messages.success(request, told)


def _place(credit):
    """Return where on its film's page *credit* stands."""
    sheet = "cast" if credit.department == Department.CAST else "crew"
    return f"{reverse('admin:films_film_change', args=[credit.film_id])}#{sheet}-group"
