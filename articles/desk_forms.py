"""Forms of what the writing screen's scripts send."""

from django import forms
from django.core.exceptions import ValidationError

from articles import line_ends
from articles.models import Article
from films.models import Character, Film, Image, Person
from films.models.fields import matching
from films.numbers import row_number


class PreviewForm(forms.Form):
    """What is to be shown and read; an empty body is a body, a missing one is not.

    Only the body has to be there for a page; what of the rest makes no sense counts as empty, and never costs the page.
    """

    content = forms.CharField(required=False, strip=False)
    film = forms.CharField(required=False)
    title = forms.CharField(required=False, strip=False)
    dek = forms.CharField(required=False, strip=False)
    seo_title = forms.CharField(required=False, strip=False)
    seo_description = forms.CharField(required=False, strip=False)
    hero = forms.CharField(required=False)
    has_topics = forms.BooleanField(required=False)
    article = forms.CharField(required=False)

    def clean_film(self):
        """Return the film, or None."""
        number = row_number(self.cleaned_data["film"])
        return Film.objects.filter(pk=number).first() if number else None

    def clean_hero(self):
        """Return the picture, or None."""
        return Image.objects.filter(pk=row_number(self.cleaned_data["hero"])).first()

    def clean_article(self):
        """Return the article, or None while it has no row."""
        number = row_number(self.cleaned_data["article"])
        return Article.objects.filter(pk=number).first() if number else None

    def clean(self):
        """Tell missing from empty; count every line end as one character, as the browser does, which sends two."""
        if "content" not in self.data:
            raise forms.ValidationError("Nothing to show was sent: “content” is missing.")
        cleaned = super().clean()
        return {name: line_ends.plain(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class ReferencesForm(forms.Form):
    """What was typed after `[[`, in an article about which film."""

    q = forms.CharField(required=False, strip=False, max_length=200)
    film = forms.ModelChoiceField(Film.objects.all(), required=False)


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
        return found.filter(matching(self.cleaned_data["q"], "folded"))


class AnswerForm(forms.Form):
    """Findings of which sort about which words of which article."""

    article = forms.ModelChoiceField(Article.objects.all())
    code = forms.SlugField(max_length=30)
    text = forms.CharField(required=False, strip=False)


class DismissalForm(AnswerForm):
    """That findings are none, and why."""

    reason = forms.CharField(max_length=200, error_messages={"required": "Say why it is right as it stands."})


class SpellingForm(forms.Form):
    """That a spelling is right, or wrong, of whose name: "character:12" or "person:7"."""

    NAMED = {"character": Character, "person": Person}

    about = forms.CharField(error_messages={"required": "Choose whose name it is."})
    text = forms.CharField()
    verdict = forms.ChoiceField(choices=[("accept", "right"), ("reject", "wrong")])

    def clean_about(self):
        """Return the row."""
        kind, _, number = self.cleaned_data["about"].partition(":")
        rows = self.NAMED[kind].objects if kind in self.NAMED else Person.objects.none()
        if found := rows.filter(pk=row_number(number)).first():
            return found
        raise ValidationError("Whoever that was is no longer in the catalogue.")
