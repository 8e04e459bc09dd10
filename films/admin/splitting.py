"""Splitting on the desk: lines are ticked, what goes where is shown, then done as one change with a way back."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from films.admin.foreseeing import tell_outlooks
from films.admin.overtaking import mark
from films.admin.shares import KINDS, lines_of, shares
from films.admin.split_forms import SplitForm
from films.admin.undoing import FILING, undo_address
from films.giving import cast_apart
from films.models import Film
from films.splitting import SplitRefused

EMPTIED = "Nothing would be left of {}: {} instead."


class SplitDesk(admin.ModelAdmin):
    """Adds splitting to the admin of films, people or characters."""

    def get_urls(self):
        """Mount it before the addresses of single rows."""
        split = self.admin_site.admin_view(self.split)
        return [path("<int:pk>/split/", split, name=f"films_{self.opts.model_name}_split"), *super().get_urls()]

    def has_split_permission(self, request):
        """Whether the user may change what a split changes, and make what it makes."""
        name = self.opts.model_name
        return request.user.has_perms([f"films.change_{name}", f"films.add_{name}", "films.change_credit"])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead from the row's page to splitting it."""
        tools = {"may_split": self.has_split_permission(request)}
        return super().change_view(request, object_id, form_url, {**tools, **(extra_context or {})})

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def split(self, request, pk):
        """Show the lines; show what would go where; do it, unless that is not what was shown."""
        if not self.has_split_permission(request):
            raise PermissionDenied("You may not split this.")
        row = get_object_or_404(self.model, pk=pk)
        names = [name for name in KINDS[self.model].names if name != "articles" or request.user.has_perms(FILING)]
        form = SplitForm(request.POST or None, row=row, names=names)
        step = request.POST.get("do")
        if request.method != "POST" or step == "find" or not form.is_valid():
            return self._split_shown(request, form, finding=step == "find")
        preview = Preview(form)
        if step != "split" or preview.reasons or form.cleaned_data["seen"] != preview.key:
            return self._split_shown(request, form, preview, late=step == "split" and not preview.reasons)
        return self._split_done(request, form, preview)

    def _split_done(self, request, form, preview):
        kind, chosen, to = form.kind, form.chosen, form.to
        try:
            first = chosen.pop(kind.first)
            change = kind.split(form.row, first, to=to, by=request.user, note=form.cleaned_data["note"], **chosen)
        except SplitRefused as refusal:
            preview.reasons = refusal.reasons
            return self._split_shown(request, form, preview)
        told = 'Split: what you chose of {} is {}’s now. <a href="{}">Undo</a>'
        messages.success(request, format_html(told, form.row, to, undo_address(change)))
        tell_outlooks(request, change)
        return HttpResponseRedirect(reverse(f"admin:films_{self.opts.model_name}_change", args=[to.pk]))

    def _split_shown(self, request, form, preview=None, *, late=False, finding=False):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": form.row,
            "form": form,
            "preview": preview,
            "late": late,
            "erring": form.is_bound and not finding and not form.is_valid(),
        }
        refused = late or (preview and preview.reasons)
        status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
        return TemplateResponse(request, "admin/films/split.html", context, status=status)


class Preview:
    """What a valid form would do: lines that go, lines that stay, and why it cannot be done; `key` changes with it."""

    def __init__(self, form):
        kind, chosen, to = form.kind, form.chosen, form.to
        self.to, self.new = to, not to.pk
        self.goes = [share for name in form.names for share in shares(name, chosen[name], form.row)]
        self.stays = _rest(form)
        self.apart = cast_apart(chosen["credits"]) if isinstance(form.row, Film) and chosen["credits"] else None
        first = chosen.pop(kind.first)
        self.reasons = kind.reasons(form.row, first, to=to, **chosen) or self._emptied(form)

    @property
    def key(self):
        """A short text that changes with anything that is shown, and with which of two that look alike it is."""
        told = [[share.title, [[line.key, str(line)] for line in share.lines]] for share in (*self.goes, *self.stays)]
        who = [[row.pk, row.name] for row in (*self.apart.along, *self.apart.shared)] if self.apart else []
        return mark([self.to.pk, str(self.to), told, who])

    def _emptied(self, form):
        """Say what to do instead where every line goes; lines that the user may not give away stay."""
        unseen = [name for name in form.kind.names if name not in form.names]
        if self.stays or any(lines_of(form.row, name).exists() for name in unseen):
            return []
        return [EMPTIED.format(form.row, "rename it" if self.new else "merge the two")]


def _rest(form):
    """Return the lines that are not ticked, by their headings."""
    chosen = {name: {row.pk for row in rows} for name, rows in form.chosen.items()}
    rest = {name: [row for row in rows if row.pk not in chosen[name]] for name, rows in form.rows.items()}
    return [share for name, rows in rest.items() for share in shares(name, rows, form.row)]
