"""Films on the desk: the facts, the cast and the crew on one page."""

import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q

from films import codes, names
from films.admin.checking import CheckDesk
from films.admin.exporting import ExportDesk
from films.admin.lists import Missing
from films.admin.merging import MergeDesk
from films.admin.namesakes import outlook
from films.admin.overtaking import OpenedForm
from films.admin.pasting import PasteDesk
from films.admin.provenance import CreditsChecked, FactsChecked, Source
from films.admin.recording import RecordedAdmin
from films.admin.sheets import CastSheet, CreditSheet, CrewSheet
from films.admin.splitting import SplitDesk
from films.admin.undoing import UndoDesk
from films.admin.verifying import VerifyDesk
from films.completeness import ANYTHING, MISSING, completeness
from films.forms import CodeField, CodesField, RowsField
from films.models import Credit, Department, Film, FilmTitle, Release
from films.models.credit import DIRECTOR_JOBS
from films.numbers import row_number
from films.verifying import not_to_come


class FilmForm(OpenedForm):
    """A film's facts; countries and languages are typed by name."""

    original_language = CodeField(known=codes.languages())
    countries = CodesField(known=codes.countries(), help_text="In order, with commas: United States, GB.")
    languages = CodesField(known=codes.languages(), help_text="In order, with commas: English, Zulu.")

    def clean_verified_on(self):
        """Refuse a day that has not come."""
        not_to_come(self.cleaned_data["verified_on"])
        return self.cleaned_data["verified_on"]

    def derive(self, row):
        """Make the title by which lists sort."""
        return {"sort_title": names.sort_title(row.title)}

    def candidates(self, row):
        """Return addresses for the film; the second has the surname of the director typed in the crew below."""
        return row.slug_candidates(director=self._director())

    def _director(self):
        """Return the first director that the crew sheet names as it was sent, "" for none."""
        rows = (key.removesuffix("-department") for key in self.data if re.fullmatch(r"crew-[0-9]+-department", key))
        return next((self.data.get(f"{row}-name", "") for row in rows if self._directs(row)), "")

    def _directs(self, row):
        said = [self.data.get(f"{row}-{field}", "") for field in ("department", "job", "DELETE")]
        return said[0] == Department.DIRECTING and said[1] in DIRECTOR_JOBS and not said[2]


class ReleaseForm(forms.ModelForm):
    """A release; the country is typed by name."""

    country = CodeField(known=codes.countries(), required=True)


class FilmTitleInline(admin.TabularInline):
    """Titles in other countries, working titles, common misspellings."""

    model = FilmTitle
    extra = 0
    verbose_name_plural = "other titles"


class ReleaseInline(admin.TabularInline):
    """When it came out, where."""

    model = Release
    form = ReleaseForm
    extra = 0


class CreditInline(admin.TabularInline):
    """Lines of credit; who may change credits keeps them all, others read them."""

    model = Credit
    sheet: type[CreditSheet]

    def get_formset(self, request, obj=None, **kwargs):
        """Return the form set, knowing what this user may do."""
        user = request.user
        editable = self.has_change_permission(request, obj) and user.has_perm(
            f"films.{'change' if obj else 'add'}_film"
        )
        may_add = user.has_perm("films.add_person")
        known = {"editable": editable, "may_add_people": may_add, "by": user}
        return type(self.sheet.__name__, (self.sheet,), known)

    def get_fieldsets(self, request, obj=None):
        """Return none: the template lays the rows out."""
        return []

    def has_add_permission(self, request, obj=None):
        """Adding a line is part of changing the credits."""
        return request.user.has_perm("films.change_credit")

    has_change_permission = has_delete_permission = has_add_permission


class CastInline(CreditInline):
    """The cast, one compact row to a performer."""

    sheet = CastSheet
    template = "admin/films/cast.html"
    verbose_name_plural = "cast"


class CrewInline(CreditInline):
    """The crew by department."""

    sheet = CrewSheet
    template = "admin/films/crew.html"
    verbose_name_plural = "crew"


class FilmMissing(Missing):
    """Films that want work."""

    missing = {"anything": ANYTHING, **MISSING, "article": Q(articles=None)}


class FilmList(ChangeList):
    """A page of films that know how complete they are."""

    def get_results(self, request):
        """Ask about all films of the page at once."""
        super().get_results(request)
        complete = completeness([film.pk for film in self.result_list])
        for film in self.result_list:
            film.completeness = complete.get(film.pk)


class Decade(admin.SimpleListFilter):
    """Shows the films of ten years."""

    title = "decade"
    parameter_name = "decade"

    def lookups(self, request, model_admin):
        """Name the decades that have films, the newest first."""
        years = Film.objects.exclude(year=None).order_by().values_list("year", flat=True).distinct()
        return [(str(decade), f"{decade}s") for decade in sorted({year // 10 * 10 for year in years}, reverse=True)]

    def queryset(self, request, queryset):
        """Keep the decade's films; what is none of the decades offered keeps all."""
        if self.value() not in dict(self.lookup_choices):
            return queryset
        first = int(self.value())
        return queryset.filter(year__range=(first, first + 9))


@admin.register(Film)
class FilmAdmin(CheckDesk, MergeDesk, SplitDesk, PasteDesk, ExportDesk, VerifyDesk, UndoDesk, RecordedAdmin):
    """A film's page: its facts, and its credits as rows that are quick to type."""

    form = FilmForm
    inlines = [CastInline, CrewInline, ReleaseInline, FilmTitleInline]
    search = "titled_like"
    actions = ["merge_chosen", "export_chosen"]  # type: ignore[assignment]
    autocomplete_fields = ["poster"]
    list_display = ["name", "year", "directed_by", "cast_count", "article_count", "known"]
    list_filter = [FilmMissing, FactsChecked, CreditsChecked, Source, Decade, "genres"]
    fieldsets = [
        (None, {"fields": [("title", "year", "runtime", "disambiguation"), "logline", "genres"]}),
        (
            "Origin, poster, address, ids and source",
            {
                "classes": ["collapse"],
                "fields": [
                    ("original_title", "original_language", "countries", "languages"),
                    ("poster", "slug", "sort_title"),
                    ("imdb_id", "tmdb_id", "wikidata_id"),
                    ("source", "verified_on"),
                ],
            },
        ),
    ]

    class Media:
        js = [forms.Script("js/admin/credits.js", type="module")]

    def get_queryset(self, request):
        """Bring what the list shows: directors and counts."""
        return super().get_queryset(request).with_directors().with_counts()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Offer genres as boxes to tick, there are few."""
        boxes = {"form_class": RowsField, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **boxes, **kwargs)

    def get_changelist(self, request, **kwargs):
        """Show films that know how complete they are."""
        return FilmList

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Say on the film's page what is missing."""
        pk = row_number(object_id)
        told = {"completeness": completeness([pk]).get(pk)}
        return super().change_view(request, object_id, form_url, {**told, **(extra_context or {})})

    def outlooks(self, request, change):
        """Ask about new people of the sheets, too, if they are called like somebody who is there."""
        told_apart = [person for name, person in request.newcomers.items() if name in request.told_apart]
        people = list(request.newcomers.values())
        found = outlook(people, told_apart=told_apart) if people else None
        return [*super().outlooks(request, change), *([found] if found else [])]

    def save_related(self, request, form, formsets, change):
        """Save the credits; a new name typed in cast and crew alike is one new person, and is announced."""
        request.newcomers, request.told_apart = newcomers, told_apart = {}, set()
        for formset in formsets:
            formset.newcomers = newcomers
            told_apart |= getattr(formset, "told_apart", set())
        super().save_related(request, form, formsets, change)
        if newcomers:
            messages.info(request, f"New in the catalogue: {', '.join(newcomers)}.")

    @admin.display(description="title", ordering="sort_key")
    def name(self, film):
        """Show the title, and sort as a reader would."""
        return film.title

    @admin.display(description="directed by")
    def directed_by(self, film):
        """Name the directors."""
        return ", ".join(credit.name for credit in film.directing)

    @admin.display(description="cast", ordering="cast_count")
    def cast_count(self, film):
        """Show how many are in the cast."""
        return film.cast_count

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, film):
        """Show how many articles are filed under the film."""
        return film.article_count

    @admin.display(description="known")
    def known(self, film):
        """Show how much of what a film is asked for is known."""
        return film.completeness
