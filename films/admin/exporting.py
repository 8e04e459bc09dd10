"""Exporting credits from the desk: of one film from its page, of those chosen from the list, as a file to keep."""

from codecs import BOM_UTF8

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from films.exporting import credits_csv
from films.models import Film


class ExportDesk(admin.ModelAdmin):
    """Adds the export of credits to the films' admin, for whoever may look at credits."""

    actions = ["export_chosen"]

    def get_urls(self):
        """Mount it before the addresses of single films."""
        view = self.admin_site.admin_view(self.export)
        return [path("<int:pk>/credits.csv", view, name="films_film_export"), *super().get_urls()]

    def has_export_permission(self, request):
        """Whether the user may look at films and at their credits."""
        sees_credits = request.user.has_perm("films.view_credit") or request.user.has_perm("films.change_credit")
        return sees_credits and self.has_view_or_change_permission(request)

    @method_decorator(require_safe)
    def export(self, request, pk):
        """Send the credits of one film."""
        film = get_object_or_404(Film, pk=pk)
        if not self.has_export_permission(request):
            raise PermissionDenied("You may not look at credits.")
        return _attachment(Film.objects.filter(pk=film.pk), f"{film.slug}-credits.csv")

    @admin.action(description="Export credits (CSV)", permissions=["export"])
    def export_chosen(self, request, queryset):
        """Send the credits of the films chosen."""
        return _attachment(Film.objects.filter(pk__in=queryset.order_by().values("pk")), "credits.csv")


def _attachment(films, name):
    """Return the credits of *films* as they are read, with the mark by which spreadsheets know UTF-8."""
    lines = (line.encode() for line in credits_csv(films))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_marked(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _marked(lines):
    yield BOM_UTF8
    yield from lines
