"""Keeping films and people on the desk: each save and each deletion is one Change, and the history page tells them."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.template.response import TemplateResponse

from films import addresses
from films.admin.foreseeing import ForeseeingAdmin
from films.admin.undoing import PER_PAGE, told
from films.changes import recorded, snapshot
from films.models import ChangeAction
from films.numbers import row_number


class RecordedAdmin(ForeseeingAdmin):
    """An admin whose saves and deletions leave one Change of what `subject` names."""

    def subject(self, row):
        """Return the film or person that a change of *row* is a change of."""
        return row

    def rivals(self, pk):
        """Return the row that all lock who change the subject of the row *pk*, and they lock it first of all."""
        return self.model._default_manager.filter(pk=pk)

    def get_object(self, request, object_id, from_field=None):
        """Let who saves wait here for who saves already, to see then what they saved."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            list(self.rivals(row_number(object_id)).select_for_update().values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def save_model(self, request, obj, form, change):
        """Do nothing yet: the row is saved with all that belongs to it, as one change."""

    def save_related(self, request, form, formsets, change):
        """Save the row and what belongs to it; its old address leads to the new one."""
        row = form.instance
        subject = self.subject(row)
        made = not change and subject is row
        with recorded(subject, by=request.user, action=ChangeAction.CREATED if made else ChangeAction.EDITED) as done:
            super().save_model(request, row, form, change)
            super().save_related(request, form, formsets, change)
            self.follow(form)
        if done.change:
            subject = done.change.film or done.change.person
            addresses.follow(subject, done.change.before.get("facts", {}).get("slug"))
            self.foresee(request, done.change)

    def follow(self, form):
        """Change what follows from what the form changed, as part of the same change."""

    def delete_model(self, request, obj):
        """Delete the row, and every way to it."""
        with recorded(self.subject(obj), by=request.user, action=self._deletion(obj)):
            if hasattr(obj, "get_absolute_url"):
                addresses.forget(obj.get_absolute_url())
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Delete row by row, since each is a change of its own."""
        for row in queryset:
            self.delete_model(request, row)

    def _deletion(self, row):
        return ChangeAction.DELETED if self.subject(row) is row else ChangeAction.EDITED

    def history_view(self, request, object_id, extra_context=None):
        """Tell the changes in words, newest first."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        subject = self.subject(row)
        paginator = Paginator(subject.changes.for_history(), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "opts": subject._meta,
            "original": subject,
            "page": page,
            "pages": paginator.get_elided_page_range(page.number),
            "told": told(page, snapshot(subject), user=request.user),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/films/history.html", context)
