"""Merging on the desk: two rows side by side, each difference decided, shown before it is done, undone by one link."""

import json
from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from films.admin.choosing import others, with_evidence
from films.admin.foreseeing import tell_outlooks
from films.admin.profiles import profile
from films.admin.undoing import undo_address
from films.merging import MergeRefused, foresee, merge
from films.models import Character

KEPT, TAKEN = "survivor", "loser"
TWO = "Tick exactly two to merge them."
STRANGERS = "Characters of two films cannot be merged."
VANISHED = "Not merged: one of the two is no longer there: deleted, or merged already."


class MergeForm(forms.Form):
    """What of two rows is kept: a choice for each field of which both say something, as `foresee` leaves it at first.

    `seen` is what the page told, line by line, so that nothing else is done than was looked at.
    """

    note = forms.CharField(max_length=300, required=False, help_text="Why they are the same. Kept with the change.")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, choices, **options):
        super().__init__(*args, auto_id="merge_%s", **options)
        self.names = [choice.name for choice in choices]
        for choice in choices:
            sides = [(KEPT, choice.survivor), (TAKEN, choice.loser)]
            self.fields[f"keep-{choice.name}"] = forms.ChoiceField(
                label=choice.label, choices=sides, initial=TAKEN if choice.taken else KEPT, widget=forms.RadioSelect
            )

    @property
    def taken(self):
        """The fields of which the loser's value is chosen, also where the form is not valid."""
        return [name for name in self.names if self[f"keep-{name}"].value() == TAKEN]

    @property
    def credited(self):
        """Whether credits that name nobody stay credited as the loser; None where that is no question."""
        return "credited_as" in self.taken if "credited_as" in self.names else None

    @property
    def questions(self):
        """The choices, as bound fields."""
        return [self[f"keep-{name}"] for name in self.names]

    def news(self, lines):
        """Return what of *lines* was not told when the page was shown, and what was told and no longer holds."""
        told = _strings(self["seen"].value())
        return [line for line in lines if line not in told], [line for line in told if line not in lines]


class MergeDesk(admin.ModelAdmin):
    """Adds merging to an admin: from a row's page, from two rows ticked in the list, or by an address with both."""

    actions = ["merge_chosen"]

    def get_urls(self):
        """Mount it before the addresses of single rows."""
        name, view = f"films_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<int:pk>/merge/", view(self.merge_with), name=f"{name}_merge_with"),
            path("<int:survivor>/merge/<int:loser>/", view(self.merge), name=f"{name}_merge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request):
        """Whether the user may change what a merge changes, and delete what it ends; characters change their film."""
        name = self.opts.model_name
        needed = [f"films.change_{name}", f"films.delete_{name}", "films.change_credit"]
        return request.user.has_perms([*needed, "films.change_film"] if self.model is Character else needed)

    @admin.action(description="Merge these two", permissions=["merge"])
    def merge_chosen(self, request, queryset):
        """Show the two that are ticked, the older one to be kept."""
        rows = list(queryset.order_by("pk")[:3])
        if len(rows) != 2:
            messages.warning(request, TWO)
        elif not _alike(*rows):
            messages.warning(request, STRANGERS)
        else:
            return HttpResponseRedirect(self._merge_address("merge", rows[0].pk, rows[1].pk))
        return None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead from the row's page to merging it."""
        tools = {"may_merge": self.has_merge_permission(request)}
        return super().change_view(request, object_id, form_url, {**tools, **(extra_context or {})})

    @method_decorator(require_safe)
    def merge_with(self, request, pk):
        """Offer the rows with which this one may be the same."""
        self._require_merge(request)
        row = get_object_or_404(self.model, pk=pk)
        text = request.GET.get("q", "")[:200]
        found = [(each, self._merge_address("merge", row.pk, each.pk)) for each in others(row, text)]
        return self._merge_page(request, "merge_with", row, text=text, found=found)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def merge(self, request, survivor, loser):
        """Show the two side by side with all that would happen; then merge them, unless that is something else now."""
        self._require_merge(request)
        if request.method == "POST" and not self._merge_both_there(survivor, loser):
            messages.error(request, VANISHED)
            return HttpResponseRedirect(self._merge_address("changelist"))
        kept, gone = self._merge_two(survivor, loser)
        told = foresee(kept, gone)
        form = MergeForm(request.POST or None, choices=told.choices, initial={"seen": json.dumps(lines(told))})
        if request.method != "POST" or "look" in request.POST:
            return self._merge_shown(request, kept, gone, form, told)
        news = form.news(lines(told))
        if any(news) or not form.is_valid():
            return self._merge_shown(request, kept, gone, form, told, news=news)
        return self._merge_done(request, kept, gone, form, told)

    def _merge_done(self, request, kept, gone, form, told):
        try:
            change = merge(kept, gone, by=request.user, **_decided(form), note=form.cleaned_data["note"])
        except MergeRefused as refusal:
            return self._merge_shown(request, kept, gone, form, told, refused=str(refusal))
        done = format_html('Merged: {} and {} are one. <a href="{}">Undo</a>', kept, gone, undo_address(change))
        messages.success(request, done)
        tell_outlooks(request, change)
        return HttpResponseRedirect(self._merge_address("change", kept.pk))

    def _merge_both_there(self, *pks):
        return all(self.model._default_manager.filter(pk=pk).exists() for pk in pks)

    def _merge_two(self, survivor, loser):
        """Return the two rows; 404 where either is not there, or they can never be one."""
        rows = with_evidence(self.model._default_manager.all())
        kept, gone = get_object_or_404(rows, pk=survivor), get_object_or_404(rows, pk=loser)
        if not _alike(kept, gone):
            raise Http404("These are no two that can be one.")
        return kept, gone

    def _require_merge(self, request):
        if not self.has_merge_permission(request):
            raise PermissionDenied("You may not merge these.")

    def _merge_shown(self, request, kept, gone, form, told, *, news=((), ()), refused=""):
        """Show the two, and what would happen as things stand and as the user chose."""
        chosen = foresee(kept, gone, **_decided(form)) if form.is_bound else told
        context = {
            "form": form,
            "told": chosen,
            "seen": json.dumps(lines(told)),
            "sides": [profile(kept), profile(gone)],
            "loser": gone,
            "leads": _leads(gone, kept) if "slug" in form.taken else _leads(kept, gone),
            "swapped": self._merge_address("merge", gone.pk, kept.pk),
            "came": news[0],
            "went": news[1],
            "refusals": list(dict.fromkeys(filter(None, [refused, *chosen.refusals]))),
        }
        status = HTTPStatus.CONFLICT if any(news) or refused else HTTPStatus.OK
        return self._merge_page(request, "merge", kept, status=status, **context)

    def _merge_page(self, request, name, row, *, status=HTTPStatus.OK, **context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": row}
        return TemplateResponse(request, f"admin/films/{name}.html", {**shared, **context}, status=status)

    def _merge_address(self, name, *args):
        return reverse(f"admin:films_{self.opts.model_name}_{name}", args=args)


def lines(told):
    """Return all that *told*, a Foreseen, says would happen, whatever the user chooses, as lines to read."""
    return [
        *(f"{choice.label}: {choice.survivor} or {choice.loser}" for choice in told.choices),
        *(f"{fill.label}: {fill.value}" for fill in told.fills),
        *(": ".join(filter(None, [str(move), ", ".join(move.shown)])) for move in told.moves),
        *(f"{row.about}: {row.both}; {row.kept}" for row in told.together),
    ]


def _decided(form):
    return {"taken": form.taken, "credited": form.credited}


def _strings(text):
    """Return the list of strings that *text* holds as JSON; what is sent may be anything."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _alike(one, other):
    """Tell whether the two could ever be one: two rows, and characters of one film."""
    return one != other and getattr(one, "film_id", None) == getattr(other, "film_id", None)


def _leads(kept, gone):
    """Return the address that will lead on and where to, none for a character, who has no page."""
    return None if isinstance(gone, Character) else (gone.get_absolute_url(), kept.get_absolute_url())
