"""A moment in a form: a time on the newsroom's clock, and which one where it comes twice."""

import re
from datetime import datetime

from django import forms
from django.utils import timezone

from articles import clock

WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?")
FORMAT = "%Y-%m-%dT%H:%M"
SECOND = [("0", "the first, before the clocks go back"), ("1", "the second, after")]


def on_the_clock(moment):
    """Return what a MomentForm holds where it stands at *moment*."""
    local = timezone.localtime(moment)
    return {"at": local.replace(tzinfo=None), "second": str(local.fold)}


class WallField(forms.Field):
    """A time as the clock on the newsroom's wall shows it, without a zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT)
    default_error_messages = {"required": "Choose a day and a time.", "invalid": "Write it like 2026-11-30T14:05."}

    def to_python(self, value):
        """Read what the browser's own field sends."""
        if not value:
            return None
        try:
            if not WRITTEN.fullmatch(value.strip()):
                raise ValueError  # With a zone, say, which is not the newsroom's to drop.
            return datetime.fromisoformat(value.strip())
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class MomentForm(forms.Form):
    """Asks for a moment; once valid, `moment` is it, or None where the form says now."""

    at = WallField(label="Day and time", required=False)
    second = forms.ChoiceField(label="Which of the two?", choices=SECOND, required=False, widget=forms.RadioSelect)

    moment = None

    @property
    def twice(self):
        """Whether the time that stands in the form comes twice, so that the form must ask which."""
        value = self["at"].value()
        try:
            wall = self.fields["at"].to_python(value) if isinstance(value, str) else value
            return bool(wall) and clock.comes_twice(clock.moment_at(wall, second=False))
        except (clock.NoSuchMoment, forms.ValidationError):
            return False

    def clean(self):
        """Read the clock, unless the form says now."""
        cleaned = super().clean()
        if "at" in cleaned and self.later(cleaned):
            self._read(cleaned["at"], cleaned.get("second"))
        return cleaned

    def later(self, cleaned):
        """Whether the moment asked for is not now."""
        return True

    def _read(self, wall, second):
        if wall is None:
            return self.add_error("at", self.fields["at"].error_messages["required"])
        try:
            self.moment = clock.moment_at(wall, second=bool(int(second)) if second else None)
        except (clock.NoSuchMoment, clock.TwiceThatNight) as error:
            self.add_error("at", str(error))
        return None


class NowOrLaterForm(MomentForm):
    """Asks whether at once or at which moment."""

    when = forms.ChoiceField(
        choices=[("now", "Now"), ("later", "Later")], initial="now", widget=forms.RadioSelect, label="When"
    )
    field_order = ["when", "at", "second"]

    def later(self, cleaned):
        """Take the time only where it was asked for: one left standing in the form is not meant."""
        return cleaned.get("when") == "later"
