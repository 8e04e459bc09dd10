"""The forms of the paste desk: the box, and a line for each that was read."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from films.credits import parts
from films.importing.applying import MANNER
from films.importing.entry import Entry
from films.importing.matching import Match, State
from films.models import Person
from films.names import search_text
from films.numbers import row_number

LONGEST = 200_000  # Characters in a paste; the longest cast on record has a tenth of that.
MOST = 2000  # Lines; the longest casts on record have fewer.
NEW, LEFT_OUT = "new", "out"
SAME = "same-"  # With the place of an earlier line: the new person of that line.


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
    """A line as it was understood, each piece to be mended; `who` is a person's number, NEW, SAME… or LEFT_OUT."""

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

    def __init__(self, *args, people, may_add, place, **options):
        super().__init__(*args, **options)
        self.people = people
        self.place = place
        self.may_add = may_add

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
        elif data.get("who") == NEW and not self.may_add:
            self.add_error("who", "You may not add people; choose somebody, or leave this line out.")
        elif self.same() is None and data.get("who") != NEW:
            data["person"] = self.people.get(row_number(data.get("who")))
            if not data["person"]:
                self.add_error("who", "Choose who this is.")
        return data

    def same(self):
        """Return the place of the line whose new person this one is too, None where that was not chosen."""
        who = self.cleaned_data.get("who", "")
        return row_number(who.removeprefix(SAME)) if who.startswith(SAME) else None

    def match(self):
        """Return the valid line with whom it names."""
        if person := self.cleaned_data.get("person"):
            return Match(self.entry(), State.MATCHED, person)
        return Match(self.entry(), State.NEW, newcomer=self.place if self.same() is None else self.same())

    def entry(self):
        """Return the line as it stands now, whether all of it is right or not."""
        said = self.cleaned_data
        numbers = tuple(int(number) for number in said.get("lines", "1").split("-"))
        manner = {name: said[name] for name in MANNER if name in said}
        return Entry(numbers, said.get("text", ""), name=said.get("name", ""), **manner)


class LineForms(forms.BaseFormSet):
    """All lines of a paste."""

    def __init__(self, *args, may_add=False, **options):
        super().__init__(*args, **options)
        self.may_add = may_add

    def get_form_kwargs(self, index):
        """Let each line know who may be chosen, and whether somebody new may be."""
        return {"people": self.people, "may_add": self.may_add, "place": index, "empty_permitted": False}

    def clean(self):
        """Refuse a line that wants the new person of another line where there is none of its name."""
        newcomers = {form.place: _called(form) for form in self if form.cleaned_data.get("who") == NEW}
        for form in self:
            if form.same() is not None and newcomers.get(form.same()) != _called(form):
                form.add_error("who", "The other line adds nobody of this name: choose again.")

    @cached_property
    def people(self):
        """Everybody who was chosen, by number, in one query."""
        chosen = {row_number(value) for key, value in self.data.items() if key.endswith("-who")}
        return Person.objects.in_bulk(chosen - {None}) if self.is_bound else {}


Lines = forms.formset_factory(LineForm, LineForms, extra=0, max_num=MOST, absolute_max=MOST + 1, validate_max=True)


def _called(form):
    return search_text(form.cleaned_data.get("name", ""))
