"""The form of a split: the lines ticked, and whose they are to be: a new row's, or that of one that is there."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from films.admin.choosing import others, with_evidence
from films.admin.shares import KINDS, lines_of, shares
from films.forms import RowsField
from films.models import Character
from films.numbers import row_number

NEW = "new"
NAMELESS = "Give it a name."
NOWHERE = "Choose whose they are."


class SplitForm(forms.Form):
    """Lines of *row* and the one they go to; `seen` is what was looked at before."""

    where = forms.CharField(required=False, initial=NEW)
    q = forms.CharField(required=False, max_length=200)
    note = forms.CharField(max_length=300, required=False, help_text="How one knows. Kept with the change.")
    seen = forms.CharField(required=False)

    def __init__(self, *args, row, names, **options):
        super().__init__(*args, auto_id="split_%s", **options)
        self.row, self.kind, self.names = row, KINDS[type(row)], names
        self.rows = {name: lines_of(row, name) for name in names}
        for name, rows in self.rows.items():
            self.fields[name] = RowsField(queryset=rows, required=False)
        for name in self.kind.named:
            field = type(row)._meta.get_field(name).formfield()
            field.required = False
            self.fields[f"new-{name}"] = field
        self.initial.setdefault(f"new-{self.kind.named[0]}", getattr(row, self.kind.named[0]))

    @cached_property
    def shares(self):
        """All lines that can be ticked, by their headings, and those that are: pairs of a Share and its ticked keys."""
        return [
            (share, self._ticked(name)) for name, rows in self.rows.items() for share in shares(name, rows, self.row)
        ]

    @cached_property
    def candidates(self):
        """Rows that the lines may belong to: what was searched for, or namesakes; who is chosen stands first."""
        found = others(self.row, str(self["q"].value() or "")[:200])
        chosen = self._chosen()
        return [*([chosen] if chosen and chosen not in found else []), *found]

    @property
    def named(self):
        """The fields of a new row, bound."""
        return [self[f"new-{name}"] for name in self.kind.named]

    @property
    def troubles(self):
        """What is wrong with the lines that were sent."""
        return [error for name in self.names for error in self.errors.get(name, ())]

    def clean_where(self):
        """Return the row that the lines go to, or NEW."""
        where = self.cleaned_data["where"] or NEW
        chosen = NEW if where == NEW else self._chosen()
        if chosen is None:
            raise ValidationError(NOWHERE)
        return chosen

    def clean(self):
        """Make the new row, not saved, where the lines go to one; what it cannot be is told at its field."""
        data = super().clean()
        if data.get("where") == NEW:
            data["where"] = self._new(data)
        return data

    @property
    def to(self):
        """The row that the lines go to, not saved where it is new."""
        return self.cleaned_data["where"]

    @property
    def chosen(self):
        """The rows that are ticked, by name."""
        return {name: list(self.cleaned_data[name]) for name in self.names}

    def _new(self, data):
        said = {name: data.get(f"new-{name}") for name in self.kind.named}
        film = {"film": self.row.film} if isinstance(self.row, Character) else {}
        row = type(self.row)(**film, **said)
        if not said[self.kind.named[0]]:
            self.add_error(f"new-{self.kind.named[0]}", NAMELESS)
        unasked = {field.name for field in row._meta.fields} - {name for name, value in said.items() if value}
        try:
            row.clean_fields(exclude=unasked)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.add_error(f"new-{name}", errors)
        return row

    def _chosen(self):
        """Return the row whose number `where` is, None where that is none that it could be."""
        number = row_number(self["where"].value() or "")
        rows = with_evidence(type(self.row)._default_manager.exclude(pk=self.row.pk))
        of_film = {"film": self.row.film_id} if isinstance(self.row, Character) else {}
        return rows.filter(pk=number, **of_film).first() if number else None

    def _ticked(self, name):
        return {number for value in self[name].value() or () if (number := row_number(value))}
