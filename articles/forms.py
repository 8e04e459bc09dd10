"""Forms of the writing screen."""

import json

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from markdownx.fields import MarkdownxFormField

from articles import addresses, line_ends, widgets
from articles.autosaving import new_tab
from articles.locking import InTrash, require_kept
from articles.models import Article, Author, Revision
from films.forms import RowsField, SluggedForm

FILING = ("slug", "kind", "film", "authors", "topics")


def content_field(name, **options):
    """Return the form field for a revision's column, with the limits and help that the model gives it."""
    return Revision._meta.get_field(name).formfield(**options)


def filed(article):
    """Return where *article* is filed, as keys that a form can carry: what `filing.refile` may change."""
    return {name: _key(_stored(article, name)) for name in FILING}


def _stored(article, name):
    if name == "authors":
        return [byline.author for byline in article.bylines.select_related("author")]
    if name == "topics":
        return article.topics.all()
    return getattr(article, name)


def _key(value):
    """Return rows as their numbers; topics have no order, and authors keep theirs."""
    if isinstance(value, QuerySet):
        return sorted(row.pk for row in value)
    if isinstance(value, list):
        return [row.pk for row in value]
    return getattr(value, "pk", value)


class BylineField(RowsField):
    """Authors in the order in which they were chosen."""

    def clean(self, value):
        """Return a list, not a queryset, since a queryset would forget the order."""
        found = {author.pk: author for author in super().clean(value)}
        return [found[number] for number in dict.fromkeys(int(number) for number in value or ())]

    def has_changed(self, initial, data):
        """Take another order for a change."""
        return [str(number) for number in initial or ()] != [str(number) for number in data or ()]


class TabField(forms.CharField):
    """What an open form is known by, carried along; another is no change of the article."""

    widget = forms.HiddenInput(attrs={"autocomplete": "off"})

    def __init__(self, **options):
        super().__init__(max_length=36, **{"required": False, **options})

    def has_changed(self, initial, data):
        """Say no: it is nothing that anybody wrote."""
        return False


class FiledField(forms.JSONField):
    """Where the article was filed when the form was opened, as keys; nobody's later filing is undone unseen."""

    widget = forms.HiddenInput(attrs={"autocomplete": "off"})

    def __init__(self, **options):
        super().__init__(**{"required": False, **options})

    def prepare_value(self, value):
        """Take it as JSON already where a kept form held it."""
        return value if isinstance(value, str) else super().prepare_value(value)

    def has_changed(self, initial, data):
        """Say no: it is nothing that anybody wrote."""
        return False


class ArticleForm(SluggedForm):
    """An article's filing together with what its head revision says; `base` is the revision it was made from.

    `tab` names this form among all that are open, `restored` the one whose kept text was taken up here, and `turn`
    counts what the form has sent.
    """

    base = forms.ModelChoiceField(
        Revision.objects.none(), required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    tab = TabField()
    restored = TabField()
    turn = TabField()
    filed = FiledField()
    title = content_field("title", widget=widgets.Line(attrs={"placeholder": "Title"}))
    dek = content_field("dek", widget=widgets.Line(attrs={"placeholder": "One or two sentences: what the piece tells"}))
    body = MarkdownxFormField(required=False, strip=False, widget=widgets.MarkdownEditor)
    hero = content_field("hero", label="Main picture", widget=widgets.PicturePicker)
    spoilers = content_field("spoilers")
    seo_title = content_field("seo_title", help_text="Left empty, the title.")
    seo_description = content_field("seo_description", help_text="Left empty, the dek.", widget=forms.Textarea)
    note = content_field("note", label="What changed", help_text="A note for colleagues, kept with this revision.")
    authors = BylineField(
        Author.objects.all(),
        required=False,
        widget=widgets.ManyPicker(Article._meta.get_field("authors"), admin.site),
        help_text="In the order of the byline.",
    )

    class Meta:
        model = Article
        fields = ["slug", "kind", "film", "topics"]
        help_texts = {"slug": "Left empty, made from the title."}
        error_messages = {"slug": {"unique": "Another article is at this address."}}

    def __init__(self, *args, instance=None, initial=None, **options):
        self.theirs = None
        known = {"authors": [], "base": None, "tab": new_tab()}
        self.filed_now = filed(instance) if instance and instance.pk else {}
        if instance and instance.head:
            known |= self._known(instance)
        super().__init__(*args, instance=instance, initial={**known, **(initial or {})}, **options)
        if instance and instance.pk and "slug" in self.fields:
            self.fields["slug"].help_text += " Readers of the old address will be led to the new one."
        self.fields["base"].queryset = Revision.objects.filter(article=self.instance.pk)

    @staticmethod
    def _known(article):
        content = {name: getattr(article.head, name) for name in Revision.CONTENT}
        authors = [byline.author_id for byline in article.bylines.all()]
        return {**content, "base": article.head_id, "authors": authors, "filed": filed(article)}

    def clean_title(self):
        """Join lines, since a title has one."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_dek(self):
        """Join lines, as in the title."""
        return " ".join(self.cleaned_data["dek"].split())

    def clean_body(self):
        """Keep line ends as they were stored; a browser sends its own, which would make every save a change."""
        return line_ends.plain(self.cleaned_data["body"])

    def free_slug(self, row):
        """Make the address from the title, which is the revision's."""
        return addresses.free_slug(self.cleaned_data["title"], article=self.instance)

    def clean(self):
        """Find out whether somebody has saved in the meantime, or put the article in the trash."""
        cleaned = super().clean()
        try:
            require_kept(self.instance)
        except InTrash as error:
            self.add_error(None, str(error))
            return self.cleaned_data
        head = self.instance.head
        if head:
            self._keep_others_filing()
        self._keep_others_address()
        if head and "base" in cleaned and cleaned["base"] != head:
            self._meet(head)
        return self.cleaned_data

    def _keep_others_filing(self):
        """Keep what a colleague filed since the form was opened; where both did, ask."""
        opened = self.cleaned_data.get("filed")
        opened = opened if isinstance(opened, dict) else self.filed_now
        for name, now in self.filed_now.items():
            if name not in self.cleaned_data or opened.get(name, now) == now:
                continue
            mine = _key(self.cleaned_data[name])
            if mine == opened.get(name):
                self.cleaned_data[name] = _stored(self.instance, name)
            elif mine != now:
                self._ask_about(name)

    def _keep_others_address(self):
        """Refuse the old address of another article, whose readers still come by it."""
        slug = self.cleaned_data.get("slug")
        try:
            if slug and slug != self.instance.slug:
                addresses.require_free(slug, article=self.instance)
        except addresses.AddressTaken as error:
            self.add_error("slug", str(error))

    def _ask_about(self, name):
        """Refuse once, naming what a colleague chose; saving again is then an answer."""
        self.data = self.data.copy()
        self.data[self.add_prefix("filed")] = json.dumps(self.filed_now)
        theirs = _stored(self.instance, name)
        shown = ", ".join(map(str, theirs)) if isinstance(theirs, list | QuerySet) else theirs
        self.add_error(name, f"A colleague changed this to “{shown or 'nothing'}” meanwhile. Save again to keep yours.")

    def _get_validation_exclusions(self):
        """Do not miss the address that only a valid title could have made."""
        excluded = super()._get_validation_exclusions()
        return excluded if self.cleaned_data.get("slug") else {*excluded, "slug"}

    def _meet(self, theirs):
        """Refuse to save over *theirs*, unless it says just what was typed: then there is nothing to merge."""
        if not self.errors and self.content == theirs.content:
            self.cleaned_data["base"] = theirs
            return
        self.theirs = theirs
        self.add_error(
            None, f"{theirs.created_by or 'A command'} saved revision {theirs.number} while you were writing."
        )

    @property
    def content(self):
        """The valid content, by the names of Revision's fields."""
        return {name: self.cleaned_data[name] for name in Revision.CONTENT}

    @property
    def filing(self):
        """Where the article is to be filed, as `drafting` takes it."""
        return {name: self.cleaned_data[name] for name in FILING}
