"""Asking, before a save, what it would leave behind: pages that say the old value in words, two rows for one person.

Nothing on this floor knows who writes about films. Whoever does registers with `foresees`, as an admin or a template
tag registers itself, and is asked about each change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import ValidationError

from films.admin.lists import CatalogueAdmin
from films.forms import SluggedForm

_seers: list[Callable[..., Any]] = []


class Outlook(Protocol):
    """What somebody foresees of a change: `template` shows it, `held` tells whether the user must see it first.

    `key` changes with what is foreseen; a form that sends it back has shown it. `asks` says above the form what to look
    at, `told` is said at that `level` once it is saved, unless it is empty.
    """

    template: str
    key: str
    held: bool
    asks: str
    told: str
    level: int

    def accept(self, *, by):
        """Do what follows from it that *by* saved all the same."""


@dataclass
class Foreseen(Exception):
    """A change that is not kept yet, since its user has to see *outlooks* first."""

    outlooks: list[Outlook]


def foresees(function):
    """Ask *function* what each Change of a film or person, given with its user, leaves behind: an Outlook or None."""
    _seers.append(function)
    return function


def tell_outlooks(request, change):
    """Tell what *change*, which is done, leaves behind."""
    _tell(request, _outlooks(request, change))


class HeldForm(SluggedForm):
    """A form that is `held` where it is only shown again, with what its save would leave behind."""

    held = ()  # What there is to look at.

    def clean(self):
        """Let nothing be saved by a form that is held."""
        data = super().clean()
        if self.held and not self.errors:
            raise ValidationError([ValidationError(asked, code="held") for asked in self.held])
        return data


class ForeseeingAdmin(CatalogueAdmin):
    """An admin that tries each save, and takes it back to show first what it would leave behind."""

    def foresee(self, request, change):
        """Raise Foreseen, which takes the save back, where *change* leaves something behind that was not shown yet."""
        outlooks = self.outlooks(request, change)
        shown = request.POST.getlist("foreseen")
        if any(outlook.held and outlook.key not in shown for outlook in outlooks):
            raise Foreseen(outlooks)
        for outlook in outlooks:
            outlook.accept(by=request.user)
        _tell(request, outlooks)

    def outlooks(self, request, change):
        """Return all that is foreseen of *change*."""
        return _outlooks(request, change)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form again, as it was typed, with what its save would leave behind."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Foreseen as foreseen:
            request.foreseen = foreseen.outlooks
            context = {**(extra_context or {}), "outlooks": foreseen.outlooks}
            return super().changeform_view(request, object_id, form_url, context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Let the form know that it is only shown again."""
        form = super().get_form(request, obj, change, **kwargs)
        form.held = [outlook.asks for outlook in getattr(request, "foreseen", ()) if outlook.held]
        return form


def _outlooks(request, change):
    return [outlook for seer in _seers if (outlook := seer(change, user=request.user))]


def _tell(request, outlooks):
    for outlook in outlooks:
        if outlook.told:
            messages.add_message(request, outlook.level, outlook.told)
