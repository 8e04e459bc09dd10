"""Forms that know what stood there when they were opened, so that nobody saves over a colleague's work unawares."""

import hashlib
import json
from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from films import addresses, names
from films.admin.foreseeing import HeldForm
from films.changes import facts, own
from films.differences import differences

OVERTAKEN = (
    "Somebody else saved this %(what)s after you opened the page. Yours stands below, unsaved, and theirs is kept. "
    "Compare them, then tick the box to put yours in place of theirs."
)
IN_PIECES = "This page arrived in pieces; nothing was saved. Send it again."


def overtaken(*, said, opened, now, replace):
    """Tell whether what is *said* differs from what was *opened*, and so does what stands there *now*.

    All four are fingerprints; *replace* is that of a colleague's work which the user has seen and lets go.
    """
    return said != opened and now not in {said, opened, replace}


def mark(said):
    """Return a short text that changes with anything in *said*."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


class OpenedForm(HeldForm):
    """A form that refuses to be saved over facts that somebody else changed since it was opened, and says which.

    Who typed no fact keeps theirs. `theirs` is what differs, `now` what a colleague's work is replaced by.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    theirs = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = own(self.instance)
        self.now = mark(self.standing)
        self.initial["opened"] = json.dumps(self.standing)

    def free_slug(self, row):
        """Return an address that no other row has, or had."""
        candidates = self.candidates(row)
        taken = addresses.left(self.instance, candidates[0])
        return names.free_slug(self.rivals(row), candidates, taken=taken)

    def clean_slug(self):
        """Refuse an address by which readers and texts still find another row."""
        slug = self.cleaned_data["slug"]
        if slug and slug in addresses.left(self.instance, slug):
            raise ValidationError("Old links to somebody or something else still lead from this address.")
        return slug

    def clean(self):
        """Refuse what would overwrite a colleague's facts, or rows that stand beside them."""
        data = super().clean()
        if self.errors or not self.standing or not data.get("opened"):
            return data
        opened = self._opened(data["opened"])
        typed = self._typed(data)
        if self._overtaken(opened, typed):
            self.theirs = differences(opened, self.standing)
            raise ValidationError(OVERTAKEN, params={"what": self._meta.model._meta.verbose_name}, code="overtaken")
        if typed == opened["facts"]:
            data.update({name: self._stored(name) for name in typed.keys() & data.keys()})
        return data

    def _opened(self, text):
        try:
            opened = json.loads(text)
            return {part: opened[part] for part in self.standing}
        except (ValueError, KeyError, TypeError):
            raise ValidationError(IN_PIECES) from None

    def _overtaken(self, opened, typed):
        """Tell whether a row that stood there was touched, or other facts were typed than a colleague did."""
        replace = self.now == self.data.get("replace")
        rows = [(part, row) for part in opened if part != "facts" for row in opened[part]]
        if any(row not in self.standing[part] for part, row in rows):
            return not replace
        now = mark(self.standing["facts"])
        return overtaken(said=mark(typed), opened=mark(opened["facts"]), now=now, replace=now if replace else "")

    def _typed(self, data):
        """Return the facts that the form says."""
        typed = facts(construct_instance(self, copy(self.instance), self._meta.fields, self._meta.exclude))
        return typed | ({"genres": [genre.name for genre in data["genres"]]} if "genres" in data else {})

    def _stored(self, name):
        """Return what the database has for the field *name*."""
        return self.instance.genres.all() if name == "genres" else getattr(self.instance, name)
