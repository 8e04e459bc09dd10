"""Forms of the writing screen."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from markdownx.fields import MarkdownxFormField

from articles import widgets
from articles.autosaving import new_tab
from articles.models import Article, Author, Revision
from films import names
from films.forms import SluggedForm
from films.models import Film, Image


def content_field(name, **options):
    """Return the form field for a revision's column, with the limits and help that the model gives it."""
    return Revision._meta.get_field(name).formfield(**options)


class BylineField(forms.ModelMultipleChoiceField):
    """Authors in the order in which they were chosen."""

    def clean(self, value):
        """Return a list, not a queryset, since a queryset would forget the order."""
        if not all(map(widgets.is_number, value or ())):
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        found = {author.pk: author for author in super().clean(value)}
        return [found[number] for number in dict.fromkeys(int(number) for number in value or ())]

    def has_changed(self, initial, data):
        """Take another order for a change."""
        return [str(number) for number in initial or ()] != [str(number) for number in data or ()]


class TabField(forms.CharField):
    """The name of an open form, carried along; another one is no change of the article."""

    widget = forms.HiddenInput(attrs={"autocomplete": "off"})

    def __init__(self, **options):
        super().__init__(max_length=36, **{"required": False, **options})

    def has_changed(self, initial, data):
        """Say no: it is nothing that anybody wrote."""
        return False


class ArticleForm(SluggedForm):
    """An article's filing together with what its head revision says; `base` is the revision it was made from.

    `tab` names this form among all that are open, `restored` the one whose kept text was taken up here.
    """

    base = forms.ModelChoiceField(
        Revision.objects.none(), required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    tab = TabField()
    restored = TabField()
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
        if instance and instance.head:
            known |= self._known(instance)
        super().__init__(*args, instance=instance, initial={**known, **(initial or {})}, **options)
        if instance and instance.pk and "slug" in self.fields:
            self.fields["slug"].help_text += " The old address will lead to the new one."
        self.fields["base"].queryset = Revision.objects.filter(article=self.instance.pk)

    @staticmethod
    def _known(article):
        content = {name: getattr(article.head, name) for name in Revision.CONTENT}
        authors = [byline.author_id for byline in article.bylines.all()]
        return {**content, "base": article.head_id, "authors": authors}

    def clean_title(self):
        """Join lines, since a title has one."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_dek(self):
        """Join lines, as in the title."""
        return " ".join(self.cleaned_data["dek"].split())

    def clean_body(self):
        """Keep line ends as they were stored; a browser sends its own, which would make every save a change."""
        return self.cleaned_data["body"].replace("\r\n", "\n").replace("\r", "\n")

    def candidates(self, row):
        """Make the address from the title, which is the revision's."""
        return [names.slug(self.cleaned_data["title"])]

    def clean(self):
        """Find out whether somebody has saved in the meantime."""
        cleaned = super().clean()
        head = self.instance.head
        if head and "base" in cleaned and cleaned["base"] != head:
            self._meet(head)
        return self.cleaned_data

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
        return {name: self.cleaned_data[name] for name in ("slug", "kind", "film", "authors", "topics")}


class PreviewForm(forms.Form):
    """What is to be shown; an empty body is a body, a missing one is not."""

    content = forms.CharField(required=False, strip=False)
    film = forms.ModelChoiceField(Film.objects.all(), required=False)

    def clean(self):
        """Tell missing from empty."""
        if "content" not in self.data:
            raise forms.ValidationError("Nothing to show was sent: “content” is missing.")
        return super().clean()


class UploadForm(forms.ModelForm):
    """A picture as the writing screen sends it: described, or marked as decoration."""

    file = forms.FileField(allow_empty_file=True, error_messages={"required": "Choose a picture to send."})
    decorative = forms.BooleanField(required=False)

    class Meta:
        model = Image
        fields = ["alt", "caption", "credit_line", "film"]

    def clean(self):
        """Ask for the description."""
        cleaned = super().clean()
        if not cleaned.get("alt") and not cleaned.get("decorative") and not self.errors:
            raise forms.ValidationError("Describe the picture for readers who cannot see it, or mark it as decoration.")
        return cleaned

    @property
    def columns(self):
        """The valid columns beside the file."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class PicturesForm(forms.Form):
    """Which pictures to list."""

    film = forms.ModelChoiceField(Film.objects.all(), required=False)
    q = forms.CharField(required=False)

    def found(self):
        """Return the pictures of the film, or all, whose texts hold every word asked for."""
        found = Image.objects.all()
        if film := self.cleaned_data["film"]:
            found = found.filter(film=film)
        for word in self.cleaned_data["q"].split():
            found = found.filter(Q(alt__icontains=word) | Q(caption__icontains=word) | Q(credit_line__icontains=word))
        return found
