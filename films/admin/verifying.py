"""Saying on the desk that a film's facts or its credits were checked today, and against what."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Min
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from films.admin.undoing import undo_address
from films.models import Film
from films.verifying import verify


class SourceForm(forms.Form):
    """What facts were held to."""

    source = forms.CharField(
        label="Checked against", max_length=200, help_text="“end titles”, “press kit”, an address. Kept with each."
    )


class VerifyForm(SourceForm):
    """What of a film was checked, and against what."""

    facts = forms.BooleanField(required=False, initial=True)
    credits = forms.BooleanField(required=False, initial=True)

    def clean(self):
        """Ask for something that was checked."""
        data = super().clean()
        if not (data.get("facts") or data.get("credits")):
            raise ValidationError("Tick what was checked.")
        return data


class VerifyDesk(admin.ModelAdmin):
    """Adds to a film's admin the page on which one says what was checked today."""

    def get_urls(self):
        """Mount it before the addresses of single films."""
        view = self.admin_site.admin_view(self.verify)
        return [path("<int:pk>/checked/", view, name="films_film_verify"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def verify(self, request, pk):
        """Ask what was checked; then write it down."""
        film = get_object_or_404(Film, pk=pk)
        if not self.has_change_permission(request, film):
            raise PermissionDenied("You may not change films.")
        form = VerifyForm(request.POST or None)
        keeps_credits = request.user.has_perm("films.change_credit")
        if not keeps_credits:
            del form.fields["credits"]
        if form.is_valid():
            return self._verified(request, film, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": film,
            "form": form,
            "keeps_credits": keeps_credits,
            "lines": film.credits.aggregate(all=Count("pk"), checked=Count("verified_on"), oldest=Min("verified_on")),
        }
        return TemplateResponse(request, "admin/films/verify.html", context)

    def _verified(self, request, film, said):
        lines = None if said.get("credits") else ()
        change = verify(film, by=request.user, source=said["source"], facts=said["facts"], credits=lines)
        told = "Marked as checked today." if change else "That was checked today already."
        undo = format_html(' <a href="{}">Undo</a>', undo_address(change)) if change else ""
        messages.success(request, format_html("{}{}", told, undo))
        return HttpResponseRedirect(reverse("admin:films_film_change", args=[film.pk]))
