"""The paste desk: a cast pasted as it was found, shown line by line as it was understood, mended, and applied."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from films.admin.people import evidence
from films.credits import cast_lines, parts
from films.importing.applying import MANNER, apply
from films.importing.entry import Entry
from films.importing.matching import Match, State, known_names, match
from films.importing.pasting import read
from films.models import Film, Person
from films.numbers import row_number

LONGEST = 200_000  # Characters in a paste; the longest cast on record has a tenth of that.
MOST = 4900  # Lines, as many as a film's cast may have.
NEW, LEFT_OUT = "new", "out"
FLAGS = ("uncredited", "voice", "archive_footage", "as_self")


class PastedForm(forms.Form):
    """The box."""

    text = forms.CharField(
        label="Credits as you found them",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "autofocus": True}),
    )
    source = forms.CharField(
        max_length=200, required=False, help_text="Where they come from: “press kit”, an address. Kept with the change."
    )

    def clean_text(self):
        """Refuse an empty box and one with too many lines."""
        text = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError("Paste something first.")
        if len(text.splitlines()) > MOST:
            raise ValidationError(f"These are more than {MOST:,} lines: is this one film’s cast?")
        return text


class LineForm(forms.Form):
    """A line as it was understood, each piece to be mended, and who it names: `who` is a person's number or a choice."""

    lines = forms.RegexField(r"\A[0-9]{1,7}(-[0-9]{1,7})?\Z", widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    understood = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200, required=False)
    who = forms.CharField(required=False)
    parts = forms.CharField(max_length=2000, required=False)
    credited_as = forms.CharField(max_length=200, required=False)
    uncredited = forms.BooleanField(required=False)
    voice = forms.BooleanField(required=False)
    archive_footage = forms.BooleanField(required=False)
    as_self = forms.BooleanField(required=False)
    note = forms.CharField(max_length=200, required=False)

    def clean_parts(self):
        """Return the parts named."""
        labels = tuple(dict.fromkeys(parts(self.cleaned_data["parts"])))
        if any(len(label) > 200 for label in labels):
            raise ValidationError("A part has at most 200 characters.")
        return labels

    def clean(self):
        """Ask who it is, unless the line is left out."""
        data = super().clean()
        if data.get("who") == LEFT_OUT:
            return data
        if not data.get("name"):
            self.add_error("name", "Name somebody, or leave this line out.")
        elif data.get("name") != data.get("understood") and data.get("who") != NEW:
            self.add_error("who", "You changed the name: look it up again, or add a new person.")
        elif not data.get("who"):
            self.add_error("who", "Choose who this is.")
        return data

    def entry(self):
        """Return the line as it stands now, whether all of it is right or not."""
        said = self.cleaned_data
        numbers = tuple(int(number) for number in said.get("lines", "1").split("-"))
        manner = {name: said[name] for name in MANNER if name in said}
        return Entry(tuple(range(numbers[0], numbers[-1] + 1)), said.get("text", ""), name=said.get("name", ""), **manner)


Lines = forms.formset_factory(LineForm, extra=0, max_num=MOST, absolute_max=MOST + 1, validate_max=True)


class PasteDesk(admin.ModelAdmin):
    """Adds the paste desk to a film's admin."""

    def get_urls(self):
        """Mount it before the addresses of single films."""
        view = self.admin_site.admin_view(self.paste)
        return [path("<int:pk>/paste/", view, name="films_film_paste"), *super().get_urls()]

    def paste(self, request, pk):
        """Show the box; read what was pasted; look it up again; apply it."""
        film = get_object_or_404(Film, pk=pk)
        if not (self.has_change_permission(request, film) and request.user.has_perm("films.change_credit")):
            raise PermissionDenied("You may not change credits.")
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        step = {"read": self._read, "look": self._look, "apply": self._apply}.get(request.POST.get("do"))
        return step(request, film) if step else self._box(request, film, PastedForm())

    def _read(self, request, film):
        form = PastedForm(request.POST)
        if not form.is_valid():
            return self._box(request, film, form)
        matches = match(read(form.cleaned_data["text"], known_names), film=film)
        return self._preview(request, film, form, matches)

    def _look(self, request, film):
        """Ask the catalogue again, for the names as they stand now."""
        form, lines = PastedForm(request.POST), Lines(request.POST)
        lines.is_valid()
        form.is_valid()
        return self._preview(request, film, form, match([line.entry() for line in lines], film=film))

    def _apply(self, request, film):
        form, lines = PastedForm(request.POST), Lines(request.POST)
        if not (form.is_valid() and lines.is_valid()):
            return self._preview(request, film, form, match([line.entry() for line in lines], film=film), lines)
        chosen = [line for line in lines if line.cleaned_data["who"] != LEFT_OUT]
        matches, missing = _chosen(chosen)
        if missing or not self._may_add(request, matches, lines):
            return self._preview(request, film, form, match([line.entry() for line in lines], film=film), lines)
        outcome = apply(matches, film=film, by=request.user, source=form.cleaned_data["source"])
        messages.success(request, _told(outcome))
        return HttpResponseRedirect(f"{reverse('admin:films_film_change', args=[film.pk])}#cast-group")
