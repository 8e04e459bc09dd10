"""Undoing on the desk: what a change did is shown the wrong way round, and taken back by who may change it."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from films.admin.foreseeing import tell_outlooks
from films.differences import differences
from films.models import Change, ChangeAction, Character, Film, Person
from films.undoing import UndoRefused, check, merged_into, model_of, stands, undo

PER_PAGE = 20
PARTS = 10  # Of a merge, shown before it is undone; more are counted.
FILING = ("articles.change_article", "articles.publish_article")  # Readers see at once where a piece is filed.
BRINGING = {ChangeAction.EDITED, ChangeAction.PASTED, ChangeAction.IMPORTED}  # What makes people on the way.


class UndoDesk(admin.ModelAdmin):
    """Adds the undoing of changes, and the list of what was deleted, to the admin of films or of people."""

    def get_urls(self):
        """Mount it before the addresses of single rows."""
        name = f"films_{self.opts.model_name}"
        return [
            path("changes/<int:pk>/undo/", self.admin_site.admin_view(self.undo), name=f"{name}_undo"),
            path("deleted/", self.admin_site.admin_view(self.deleted), name=f"{name}_deleted"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """Lead to what was deleted."""
        return super().changelist_view(request, {**(extra_context or {}), "deleted_url": self._deleted_address()})

    @method_decorator(require_safe)
    def deleted(self, request):
        """List what was deleted and is not made again, newest first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        deletions = Change.objects.deleted(self.model).select_related("by")
        page = Paginator(deletions, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number),
            "told": [{**each, "about": each["change"].about} for each in told(page, {}, user=request.user)],
        }
        return TemplateResponse(request, "admin/films/deleted.html", context)

    def response_delete(self, request, obj_display, obj_id):
        """Say that the deletion can be undone."""
        self._tell_of_deleted(request)
        return super().response_delete(request, obj_display, obj_id)

    def delete_queryset(self, request, queryset):
        """Delete, and say that it can be undone."""
        super().delete_queryset(request, queryset)
        self._tell_of_deleted(request)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def undo(self, request, pk):
        """Show what would differ, and ask; then undo the change, or say why it cannot be undone."""
        change = get_object_or_404(Change.objects.select_related("by", "film", "person"), pk=pk)
        if model_of(change) is not self.model:
            raise Http404
        if not may_undo(request.user, change):
            raise PermissionDenied("You may not change this.")
        try:
            if request.method == "POST":
                return self._undone(request, change)
            check(change)
        except UndoRefused as refusal:
            return self._asked(request, change, refusal)
        return self._asked(request, change)

    def _tell_of_deleted(self, request):
        what = self.opts.verbose_name_plural
        told = format_html('You can undo this, among the <a href="{}">deleted {}</a>.', self._deleted_address(), what)
        messages.info(request, told)

    def _deleted_address(self):
        return reverse(f"admin:films_{self.opts.model_name}_deleted")

    def _undone(self, request, change):
        undone = undo(change, by=request.user)
        back = format_html('<a href="{}">Undo that</a>', undo_address(undone)) if undone.before else ""
        messages.success(request, format_html("Undone: {} is as it was before. {}", undone.about, back))
        tell_outlooks(request, undone)
        return HttpResponseRedirect(_history(undone))

    def _asked(self, request, change, refusal=None):
        context = {
            **self.admin_site.each_context(request),
            "title": "Undo",
            "opts": self.opts,
            "change": change,
            "history": _history(change),
            "refusal": refusal,
            "differences": differences(change.after, change.before),
            "parts": _parts(change),
            "brought": change.action in BRINGING and bool(change.after.get("cast")),
        }
        status = HTTPStatus.CONFLICT if refusal and request.method == "POST" else HTTPStatus.OK
        return TemplateResponse(request, "admin/films/undo.html", context, status=status)


def may_undo(user, change):
    """Tell whether *user* may change all that *change* may have touched, and make what is gone again."""
    model, gone = model_of(change), not (change.film_id or change.person_id)
    name = model._meta.model_name
    needed = [f"films.change_{name}", *(["films.change_credit"] if model is Film else [])]
    return user.has_perms([*needed, *([f"films.add_{name}"] if gone else []), *_moving_permissions(change)])


def _moving_permissions(change):
    """Return what somebody has to be allowed to take back the rows that *change* made, let go and filed elsewhere.

    Who may merge two films may part them again, wherever that files their articles.
    """
    if not change.moved:
        return set()
    made = {move["model"] for move in change.moved if move["before"] is None}
    went = {move["model"] for move in change.moved if move["after"] is None}
    filed = change.action != ChangeAction.MERGED and any(move["model"] == "articles.article" for move in change.moved)
    split = change.action == ChangeAction.SPLIT
    subjects = {model: model._meta.label_lower for model in (Film, Person, Character)}
    unmade = {model for model, label in subjects.items() if label in made or (split and model is model_of(change))}
    again = {model for model, label in subjects.items() if label in went}
    return {
        "films.change_credit",
        *(FILING if filed else ()),
        *(f"films.delete_{model._meta.model_name}" for model in unmade),
        *(f"films.add_{model._meta.model_name}" for model in again),
    }


def undo_address(change):
    """Return where *change* is undone."""
    return reverse(f"admin:films_{model_of(change)._meta.model_name}_undo", args=[change.pk])


def told(changes, now, *, user):
    """Return each of *changes* as the history shows it, with the way to undo it or why there is none, in no query.

    *now* is the snapshot of what they are about. What was merged into that has its name as `about`; a change that is
    part of another has that one as `whole`, with where its history is as `whole_url`.
    """
    return [
        {
            "change": change,
            "about": change.about if merged_into(change) else "",
            "differences": differences(change.before, change.after),
            "may_undo": may_undo(user, change),
            "refusal": _refusal(change, now),
            "undo": undo_address(change),
            "whole": change.part_of,
            "whole_url": _place(change.part_of) if change.part_of else "",
        }
        for change in changes
    ]


def _refusal(change, now):
    """Say shortly why *change* cannot be undone now, "" where it can."""
    if change.part_of_id:
        return "Undone as a whole."
    if not change.before:
        return "Made here: to undo that, delete it."
    return "" if stands(change, now) else "Later changes stand on it: undo those first."


def _place(whole):
    """Return where *whole* stands in a history; "" where what it was about is gone."""
    row, name = whole.film_id or whole.person_id, "film" if whole.film_id else "person"
    return f"{reverse(f'admin:films_{name}_history', args=[row])}#change-{whole.pk}" if row else ""


def _parts(change):
    """Return what else would change back with *change*: what it is about and the differences, and how many more."""
    parts = change.parts.order_by("pk")
    shown = [{"about": part.about, "differences": differences(part.after, part.before)} for part in parts[:PARTS]]
    return {"shown": shown, "more": max(parts.count() - PARTS, 0)}


def _history(change):
    """Return where the history of what *change* is about is, or, where that is gone, the list it was in."""
    name, row = model_of(change)._meta.model_name, change.film_id or change.person_id
    return reverse(f"admin:films_{name}_history", args=[row]) if row else reverse(f"admin:films_{name}_changelist")
