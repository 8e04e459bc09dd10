"""Characters on the desk: other names, and what may be told of them."""

from django.contrib import admin
from django.db.models import Q
from django.template.loader import render_to_string

from films import names
from films.admin.foreseeing import HeldForm
from films.admin.merging import MergeDesk
from films.admin.recording import RecordedAdmin
from films.admin.splitting import SplitDesk
from films.models import Character, CharacterName, Credit, Film
from films.models.fields import matching
from films.parts import addresses_left, relabel


class CharacterForm(HeldForm):
    """A character's form; the address is free within the film."""

    def rivals(self, row):
        """Only the same film's characters may not have the same address."""
        return Character.objects.filter(film=row.film_id).exclude(pk=row.pk)

    def free_slug(self, row):
        """Return an address that no other character of the film has, or had."""
        return names.free_slug(self.rivals(row), self.candidates(row), taken=addresses_left(row.film_id))

    def clean(self):
        """Refuse an address by which texts still find another character."""
        data = super().clean()
        if {"film", "slug"} <= data.keys() and data["slug"] in addresses_left(data["film"]):
            self.add_error("slug", "References in texts still lead from this address to another character.")
        return data


class CharacterNameInline(admin.TabularInline):
    """Other names and known misspellings."""

    model = CharacterName
    extra = 0
    verbose_name_plural = "other names and known misspellings"


@admin.register(Character)
class CharacterAdmin(MergeDesk, SplitDesk, RecordedAdmin):
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
        """Leave a character in its film, where its roles are, and at its address, by which texts refer to it.

        A film or a person can move, since their old pages lead to the new; a character has no page that could.
        """
        return [*self.readonly_fields, *(["film", "slug"] if obj else [])]

    def subject(self, row):
        """Return the film: who is in the story is a fact of it."""
        return row.film

    def follow(self, form):
        """Let the parts in the credits that were called so be called so again."""
        if form.instance.pk and "name" in form.changed_data and form.initial.get("name"):
            relabel(form.instance, was=form.initial["name"])

    def rivals(self, pk):
        """Return the film, which the cast sheet and the house list lock before its characters, too."""
        return Film.objects.filter(pk__in=Character.objects.filter(pk=pk).values("film"))

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
