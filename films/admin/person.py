"""People on the desk, and the look-up by which a film's page finds them."""

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path

from films import names
from films.admin.checking import CheckedAdmin
from films.admin.lists import Missing
from films.admin.merging import MergeDesk
from films.admin.overtaking import OpenedForm
from films.admin.recording import RecordedAdmin
from films.admin.splitting import SplitDesk
from films.admin.undoing import UndoDesk
from films.dates import known
from films.endpoints import endpoint
from films.models import Credit, Person, PersonName
from films.numbers import row_number
from films.offering import best_named


class PersonForm(OpenedForm):
    """A person's form; the sort name follows the name and its order."""

    def derive(self, row):
        """Make the sort name."""
        return {"sort_name": names.sort_name(row.name, row.name_order)}


class PersonNameInline(admin.TabularInline):
    """Birth names, other spellings, the name in its own script."""

    model = PersonName
    extra = 0
    verbose_name_plural = "other names"


class PersonMissing(Missing):
    """People of whom something is not known yet."""

    missing = {
        "credits": ~Exists(Credit.objects.filter(person=OuterRef("pk"))),
        "year of birth": Q(born=None),
        "portrait": Q(portrait=None),
        "IMDb id": Q(imdb_id=None),
    }


@admin.register(Person)
class PersonAdmin(CheckedAdmin, MergeDesk, SplitDesk, UndoDesk, RecordedAdmin):
    """People, with what tells one from a namesake."""

    form = PersonForm
    inlines = [PersonNameInline]
    search = "named_like"
    autocomplete_fields = ["portrait"]
    readonly_fields = ["namesakes", "filmography"]
    list_display = ["person", "life", "known_for", "credit_count"]
    list_filter = [PersonMissing, "name_order"]
    fieldsets = [
        (None, {"fields": [("name", "name_order"), "namesakes", "disambiguation", "bio"]}),
        ("Life", {"fields": [("born", "born_precision"), ("died", "died_precision")]}),
        ("Filmography", {"fields": ["filmography"]}),
        (None, {"fields": ["portrait"], "classes": ["side"]}),
        ("Address and order", {"fields": ["slug", "sort_name"], "classes": ["side"]}),
        ("Elsewhere", {"fields": ["imdb_id", "tmdb_id", "wikidata_id"], "classes": ["side"]}),
    ]

    def get_queryset(self, request):
        """Bring what the list shows: the known films and the number of credits."""
        return super().get_queryset(request).with_known_films().with_counts()

    def get_fieldsets(self, request, obj=None):
        """Leave out what a new person cannot have yet."""
        shown = super().get_fieldsets(request, obj)
        if obj:
            return shown
        first = (None, {"fields": [("name", "name_order"), "disambiguation", "bio"]})
        return [first, *(fieldset for fieldset in shown[1:] if fieldset[0] != "Filmography")]

    def get_urls(self):
        """Add the look-up."""
        return [path("lookup/", lookup, name="films_person_lookup"), *super().get_urls()]

    @admin.display(description="name", ordering="sort_key")
    def person(self, person):
        """Show the name, and what tells namesakes apart."""
        return str(person)

    @admin.display(description="life", ordering="born")
    def life(self, person):
        """Show birth and death as far as they are known."""
        born = known(person.born, person.born_precision) if person.born else "?"
        died = known(person.died, person.died_precision) if person.died else ""
        return f"{born} – {died}".strip() if person.born or person.died else ""

    @admin.display(description="known for")
    def known_for(self, person):
        """Name a few films."""
        return ", ".join(str(credit.film) for credit in person.known_credits)

    @admin.display(description="credits", ordering="credit_count")
    def credit_count(self, person):
        """Show how many credits the person has."""
        return person.credit_count

    @admin.display(description="namesakes")
    def namesakes(self, person):
        """Link to everybody else of that name."""
        people = _namesakes(person).with_known_films()
        return render_to_string("admin/films/_people.html", {"people": people, "none": "Nobody else has this name."})

    @admin.display(description="credits")
    def filmography(self, person):
        """List the person's credits, the newest film first."""
        newest = F("film__year").desc(nulls_last=True), "film", "pk"
        credits = person.credits.select_related("film").prefetch_related("roles").order_by(*newest)
        return render_to_string("admin/films/_filmography.html", {"credits": credits})


@endpoint("GET", "films.view_person", "films.change_person")
def lookup(request):
    """Answer a name typed on a film's page with people, best first, as JSON."""
    typed = request.GET.get("q", "")[:200]
    people = best_named(typed, film=row_number(request.GET.get("film", "")))
    return JsonResponse({"people": [_told(person) for person in people]})


def _told(person):
    """Return what tells *person* from a namesake."""
    films = [str(credit.film) for credit in person.known_credits]
    note = person.disambiguation
    return {
        "id": person.pk,
        "name": person.name,
        "years": person.years,
        "note": note,
        "films": films,
        "here": person.here,
    }


def _namesakes(person):
    """Return everybody else with the name of *person*."""
    return Person.objects.filter(folded=names.search_text(person.name)).exclude(pk=person.pk)
