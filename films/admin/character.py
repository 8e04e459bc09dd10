"""Characters on the desk: other names, and what may be told of them."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.template.loader import render_to_string

from films.admin.lists import CatalogueAdmin
from films.forms import SluggedForm
from films.models import Character, CharacterName, Credit
from films.models.fields import matching


class CharacterForm(SluggedForm):
    """A character's form; the address is free within the film."""

    def rivals(self, row):
        """Only the same film's characters may not have the same address."""
        return Character.objects.filter(film=row.film_id).exclude(pk=row.pk)

    def clean_slug(self):
        """Refuse an address taken in the film, which the model cannot see once the film may not be changed."""
        slug = self.cleaned_data["slug"]
        if self.instance.pk and self.rivals(self.instance).filter(slug=slug).exists():
            raise ValidationError("This film has a character with that address.")
        return slug


class CharacterNameInline(admin.TabularInline):
    """Other names and known misspellings."""

    model = CharacterName
    extra = 0
    verbose_name_plural = "other names and known misspellings"


@admin.register(Character)
class CharacterAdmin(CatalogueAdmin):
    """Characters by film; they come into being with the cast, here one says more of them."""

    form = CharacterForm
    inlines = [CharacterNameInline]
    autocomplete_fields = ["film"]
    fields = ["film", "name", "disambiguation", "description", "spoils", "slug", "played_by"]
    readonly_fields = ["played_by"]
    list_display = ["name", "film", "performers", "spoils"]
    list_filter = ["spoils"]
    list_select_related = ["film"]

    def get_readonly_fields(self, request, obj=None):
        """Leave a character in its film, where its roles are."""
        return [*self.readonly_fields, *(["film"] if obj else [])]

    def get_queryset(self, request):
        """Bring the performers with the characters."""
        return super().get_queryset(request).prefetch_related("roles__credit__person")

    def found(self, queryset, text):
        """Search names, other names and films' titles, whatever the accents."""
        other = CharacterName.objects.filter(matching(text, "folded")).values("character")
        return queryset.filter(matching(text, "folded", "film__folded") | Q(pk__in=other))

    @admin.display(description="played by")
    def performers(self, character):
        """Name who plays the character."""
        return ", ".join(role.credit.name for role in character.roles.all())

    @admin.display(description="played by")
    def played_by(self, character):
        """Link to who plays the character."""
        credits = Credit.objects.filter(roles__character=character).select_related("person").billed()
        return render_to_string("admin/films/_people.html", {"people": [credit.person for credit in credits]})
