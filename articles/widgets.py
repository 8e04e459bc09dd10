"""The writing screen's own widgets: the Markdown editor beside its page, and the picture picker."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.widgets import Script
from django.urls import reverse
from markdownx.widgets import AdminMarkdownxWidget

from films.models import Image
from films.numbers import row_number

ENDPOINTS = "admin:articles_article"


class Line(forms.Textarea):
    """A single line of text, however long: it wraps and grows where an input would scroll."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 1, "cols": False, "dir": "auto", "data-line": True, **(attrs or {})})


class MarkdownEditor(AdminMarkdownxWidget):
    """Markdown with the rendered page beside it; django-markdownx's widget with a template and scripts of our own."""

    template_name = "admin/articles/markdown_editor.html"

    @property
    def media(self):
        """Ours alone: markdownx's script takes every answer for success, traps Tab and breaks undo."""
        return forms.Media(css={"all": ["css/admin/writing.css"]}, js=[Script("js/admin/writing.js", type="module")])

    @staticmethod
    def add_markdownx_attrs(attrs):
        """Name our endpoints where markdownx would name its own, which ask for no login."""
        names = "preview", "references", "upload", "pictures"
        addresses = {f"data-{name}-url": reverse(f"{ENDPOINTS}_{name}") for name in names}
        return {**attrs, **addresses, "class": "markdown-source", "dir": "auto", "spellcheck": "true"}


class OnePicker(AutocompleteSelect):
    """Django's autocomplete, which bears a value that is no row's number."""

    def optgroups(self, name, value, attr=None):
        """Look only for what may exist."""
        return super().optgroups(name, [chosen for chosen in value if row_number(chosen) is not None], attr)


class ManyPicker(AutocompleteSelectMultiple):
    """Django's autocomplete that shows the chosen in the order of choosing; its script keeps that order."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Leave out the cross that clears everything: it stands in the list of the chosen as if it were one."""
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}

    def optgroups(self, name, value, attr=None):
        """Put the options, which come as the model sorts them, in the order of *value*."""
        order = [str(chosen) for chosen in value if row_number(chosen) is not None]
        [(group, options, index)] = super().optgroups(name, order, attr)
        return [(group, sorted(options, key=lambda option: order.index(str(option["value"]))), index)]


class PicturePicker(forms.HiddenInput):
    """One picture, shown small; chosen or sent in the writing screen's dialog."""

    template_name = "admin/articles/picture_picker.html"
    input_type = "hidden"

    # Drawn as a field of its own, with a label, though what it submits is hidden.
    is_hidden = False

    def get_context(self, name, value, attrs):
        """Add the picture itself, where there is one."""
        context = super().get_context(name, value, attrs)
        return {**context, "image": Image.objects.filter(pk=row_number(value)).first()}
