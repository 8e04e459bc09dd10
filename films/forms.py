"""Forms that make addresses and sort names themselves, and take countries and languages as people write them."""

from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from films import codes, names
from films.numbers import row_number


class SluggedForm(forms.ModelForm):
    """A model's form whose `slug`, and what `derive` returns, may be left empty and are then made from the rest.

    An address once given is kept when the name changes; one that is emptied is made anew.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        """Fill what was left empty, before the model's constraints are asked."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        row = construct_instance(self, copy(self.instance), self._meta.fields, self._meta.exclude)
        data.update(self._derived(row, data))
        if "slug" in self.fields and not data.get("slug"):
            data["slug"] = self.free_slug(row)
        return data

    def _get_validation_exclusions(self):
        """Ask nothing of an address that is not made, since something else is wrong."""
        unmade = set() if self.cleaned_data.get("slug") else {"slug"}
        return super()._get_validation_exclusions() | unmade

    def derive(self, row):
        """Return what can be made from *row*, by field, such as its sort name; a subclass says so."""
        return {}

    def free_slug(self, row):
        """Return an address for *row* that no other has."""
        return names.free_slug(self.rivals(row), self.candidates(row))

    def candidates(self, row):
        """Return addresses for *row* in order of liking."""
        model = self._meta.model._meta.model_name
        return row.slug_candidates() if hasattr(row, "slug_candidates") else [names.slug(row.name) or model]

    def rivals(self, row):
        """Return the rows that may not have the same address as *row*."""
        return self._meta.model._default_manager.exclude(pk=row.pk)

    def _derived(self, row, data):
        """Return derived values for the fields that were left empty, or that held what was derived before."""
        before = self.derive(self.instance) if self.instance.pk else {}
        return {
            field: value
            for field, value in self.derive(row).items()
            if not data.get(field) or data[field] == before.get(field) == getattr(self.instance, field)
        }


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows; what can be no row's number is refused before the database stumbles over it."""

    def clean(self, value):
        """Refuse what is no number, then what is no row."""
        for given in value if isinstance(value, list | tuple) else []:
            if row_number(given) is None:
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": given})
        return super().clean(value)


class CodeField(forms.CharField):
    """One ISO code out of *known*, typed as its name or code, and shown as its name."""

    def __init__(self, *, known, **options):
        self.known = known
        super().__init__(**{"required": False, **options})

    def prepare_value(self, value):
        """Show a code as its name, and what was typed as it was typed."""
        return self.known.get(value, value)

    def to_python(self, value):
        """Return the code that was typed or named."""
        text = super().to_python(value)
        return codes.code_for(text, self.known) if text else ""


class CodesField(CodeField):
    """Several ISO codes in order, typed and shown as "United States, GB"."""

    def prepare_value(self, value):
        """Show codes as their names."""
        return ", ".join(self.known.get(code, code) for code in value) if isinstance(value, list) else value

    def to_python(self, value):
        """Return the list of codes."""
        parts = [part.strip() for part in (value or "").split(",")]
        return [codes.code_for(part, self.known) for part in parts if part]
