"""A line of a film's cast or crew as it is typed on the desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from films import credits
from films.models import Department, Joiner, Person
from films.names import fold
from films.verifying import not_to_come

LABEL = 200  # characters that a role's label, or a name, may have
NAMESAKE = "namesake"  # Marks a new person whom somebody chose in sight of another one of that name.
DEPARTMENTS = [(value, label) for value, label in Department.choices if value != Department.CAST]


class CreditRow(forms.Form):
    """One line as typed: a person chosen from the catalogue or marked as new, and what the film credits them for."""

    name = forms.CharField(max_length=LABEL, required=False)
    person = forms.CharField(required=False)
    fresh = forms.ChoiceField(choices=[("", "known"), ("on", "new"), (NAMESAKE, "namesake")], required=False)
    credited_as = forms.CharField(max_length=200, required=False)
    uncredited = forms.BooleanField(required=False)
    joiner = forms.ChoiceField(choices=Joiner.choices, required=False)
    note = forms.CharField(max_length=200, required=False)
    source = forms.CharField(max_length=200, required=False)
    verified_on = forms.DateField(required=False, validators=[not_to_come])

    # What makes a row more than blank; its place or department alone does not, or the blank row would never save.
    typed = ["name", "credited_as", "uncredited", "note"]
    said = ["credited_as", "uncredited", "joiner", "note", "source", "verified_on"]

    def __init__(self, *args, people, may_add_people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.may_add_people = may_add_people

    def has_changed(self):
        """Tell whether anything was typed here: a blank row says nothing, wherever it stands."""
        return any(self[field].data for field in self.typed)

    @cached_property
    def chosen(self):
        """The person this row is linked to, None where the name was changed since or is new."""
        person = self.people.get(str(self["person"].value() or ""))
        return person if person and fold(person.name) == fold(self["name"].value() or "") else None

    def clean(self):
        """Ask who it is: a name alone never links to anybody."""
        data = super().clean()
        if "name" not in data:
            return data
        if data["fresh"] and data["name"] and not self.may_add_people:
            self.add_error("name", "You may not add people; choose somebody from the list.")
        elif not data["name"]:
            self.add_error("name", "Choose a person, or remove this line.")
        elif not data["fresh"] and not self.chosen:
            self.add_error("name", f"Which “{data['name']}”? Choose from the list, or “New person”.")
        return data

    def line(self):
        """Return what the row says; a new person in it is not saved yet."""
        person = self.chosen or Person(name=self.cleaned_data["name"])
        return self.kind(person=person, **{field: self.cleaned_data[field] for field in self.said})


class CastRow(CreditRow):
    """A performer's line; several parts stand with " / " between them."""

    parts = forms.CharField(max_length=2000, required=False)
    voice = forms.BooleanField(required=False)
    archive_footage = forms.BooleanField(required=False)
    as_self = forms.BooleanField(required=False)

    typed = [*CreditRow.typed, "parts", "voice", "archive_footage", "as_self"]
    said = ["parts", "voice", "archive_footage", "as_self", *CreditRow.said]
    kind = credits.CastLine

    def clean_parts(self):
        """Return the parts named."""
        labels = credits.parts(self.cleaned_data["parts"])
        if any(len(label) > LABEL for label in labels):
            raise ValidationError(f"A part has at most {LABEL} characters.")
        return labels


class CrewRow(CreditRow):
    """A line behind the camera."""

    department = forms.ChoiceField(choices=DEPARTMENTS)
    job = forms.CharField(max_length=100, required=False)

    typed = [*CreditRow.typed, "job"]
    said = ["department", "job", *CreditRow.said]
    kind = credits.CrewLine
