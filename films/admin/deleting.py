"""Deleting on the desk: what is still used stays, whoever asks and however quickly somebody else is."""

from collections import Counter

from django.contrib import admin, messages
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.db.utils import IntegrityError
from django.http import HttpResponseRedirect

USED = "Something has come to use it since you asked, so nothing was deleted."
HELD = (ProtectedError, RestrictedError, IntegrityError)


class CarefulDeletion(admin.ModelAdmin):
    """An admin that tells what stands in the way of a deletion by numbers, since it may be thousands of rows."""

    def get_deleted_objects(self, objs, request):
        """Return what Django does, but name what stands in the way in one line to a kind."""
        try:
            Collector(using=objs[0]._state.db, origin=objs).collect(objs) if objs else None
        except ProtectedError as error:
            return [], {}, set(), _counted(error.protected_objects)
        except RestrictedError as error:
            return [], {}, set(), _counted(error.restricted_objects)
        return super().get_deleted_objects(objs, request)

    def delete_view(self, request, object_id, extra_context=None):
        """Ask once more where something came to use the row between the question and the answer."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except HELD:
            return _told(request)

    def response_action(self, request, queryset, **options):
        """Come back to the list where a selected row came to be used meanwhile."""
        try:
            return super().response_action(request, queryset, **options)
        except HELD:
            return _told(request)


def _told(request):
    messages.error(request, USED)
    return HttpResponseRedirect(request.get_full_path())


def _counted(rows):
    """Return how many rows there are of each kind: "3 credits", "1 article"."""
    counts = Counter(row._meta for row in rows)
    return sorted(f"{n} {kind.verbose_name if n == 1 else kind.verbose_name_plural}" for kind, n in counts.items())
