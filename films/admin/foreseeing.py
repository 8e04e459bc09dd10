"""Asking, before a save, what it would leave behind: pages that say the old value in words.

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

    `key` changes with what is foreseen; a form that sends it back has shown it. `told` is said once it is saved.
    """

    template: str
    key: str
    held: bool
    told: str


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

    held = False

    def clean(self):
        """Let nothing be saved by a form that is held."""
        data = super().clean()
        if self.held and not self.errors:
            raise ValidationError("Look at what still says the old value, then save anyway.", code="held")
        return data


class ForeseeingAdmin(CatalogueAdmin):
    """An admin that tries each save, and takes it back to show first what it would leave behind."""

    def foresee(self, request, change):
        """Raise Foreseen, which takes the save back, where *change* leaves something behind that was not shown yet."""
        outlooks = _outlooks(request, change)
        unseen = [outlook for outlook in outlooks if outlook.held and outlook.key != request.POST.get("foreseen")]
        if unseen:
            raise Foreseen(outlooks)
        _tell(request, outlooks)

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
        form.held = hasattr(request, "foreseen")
        return form


def _outlooks(request, change):
    return [outlook for seer in _seers if (outlook := seer(change, user=request.user))]


def _tell(request, outlooks):
    for outlook in outlooks:
        messages.add_message(request, messages.WARNING if outlook.held else messages.INFO, outlook.told)
