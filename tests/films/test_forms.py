"""Addresses, sort names and codes in the catalogue's forms."""

import pytest

from films.admin.film import FilmForm
from films.admin.person import PersonForm
from films.models import Film, Person
from tests.factories import make_film, make_person

pytestmark = pytest.mark.django_db


def form_for(form, model, instance=None, **data):
    """Return a bound form of every editable column of *model*, filled as *instance* with *data* over it."""
    from django.forms import modelform_factory

    fields = [field.name for field in model._meta.fields if field.editable and field.name != "id"]
    made = modelform_factory(model, form=form, fields=fields)
    shown = made(instance=instance)
    filled = {name: shown[name].field.prepare_value(shown[name].value()) for name in made.base_fields}
    return made({**{name: "" if value is None else value for name, value in filled.items()}, **data}, instance=instance)


def saved(form):
    """Save, or tell what is wrong."""
    assert form.is_valid(), form.errors
    return form.save()


def test_an_address_and_a_sort_title_left_empty_are_made():
    film = saved(form_for(FilmForm, Film, title="The Rush", year="1991"))
    assert (film.slug, film.sort_title) == ("the-rush-1991", "Rush, The")


def test_a_taken_address_is_not_made_again():
    make_film()
    assert saved(form_for(FilmForm, Film, title="Rush", year="1991")).slug == "rush-1991-2"


def test_an_address_stays_when_the_title_changes_while_the_sort_title_follows():
    film = saved(form_for(FilmForm, Film, make_film(), title="The Rush"))
    assert (film.slug, film.sort_title) == ("rush-1991", "Rush, The")


def test_a_sort_title_of_the_editors_own_stays():
    film = make_film("8½", 1963)
    Film.objects.update(sort_title="Eight and a Half")
    film.refresh_from_db()
    assert saved(form_for(FilmForm, Film, film, title="Otto e mezzo")).sort_title == "Eight and a Half"


def test_an_editor_may_change_the_address_but_not_to_a_taken_one():
    make_film()
    other = make_film("Rush", 2013)
    assert saved(form_for(FilmForm, Film, other, slug="rush-howard")).slug == "rush-howard"
    assert form_for(FilmForm, Film, other, slug="rush-1991").errors.keys() == {"slug"}


def test_an_address_that_is_emptied_is_made_anew():
    assert saved(form_for(FilmForm, Film, make_film(), slug="", year="1992")).slug == "rush-1992"


def test_a_missing_title_is_asked_for_and_nothing_else():
    assert form_for(FilmForm, Film, year="1991").errors.keys() == {"title"}


def test_countries_are_typed_by_name_or_code_in_order_and_shown_by_name():
    film = saved(form_for(FilmForm, Film, title="Rush", countries="United Kingdom, us", original_language="english"))
    assert (film.countries, film.original_language) == (["GB", "US"], "en")
    shown = FilmForm.base_fields["countries"].prepare_value(film.countries)
    assert shown == "United Kingdom, United States"


@pytest.mark.parametrize(
    ("typed", "message"),
    [("Freedonia", "“Freedonia” is not known"), ("US, United States", "each once"), ("US\x00", "is not known")],
)
def test_an_odd_country_is_refused_and_stays_as_typed(typed, message):
    form = form_for(FilmForm, Film, title="Rush", countries=typed)
    assert message in str(form.errors["countries"])
    assert form["countries"].value() == typed


def test_unchanged_codes_do_not_count_as_changed():
    film = make_film(countries=["GB", "US"], original_language="en")
    assert form_for(FilmForm, Film, film).changed_data == []


@pytest.mark.parametrize(
    ("order", "sort_name"), [("western", "Yimou, Zhang"), ("eastern", "Zhang Yimou"), ("mononym", "Zhang Yimou")]
)
def test_a_sort_name_follows_the_name_order(order, sort_name):
    person = saved(form_for(PersonForm, Person, name="Zhang Yimou", name_order=order))
    assert (person.slug, person.sort_name) == ("zhang-yimou", sort_name)


def test_changing_the_name_order_makes_the_sort_name_anew():
    person = make_person("Zhang Yimou")
    assert saved(form_for(PersonForm, Person, person, name_order="eastern")).sort_name == "Zhang Yimou"


def test_a_namesake_gets_the_year_of_birth_into_the_address():
    make_person()
    born = {"born": "1970-01-01", "born_precision": "year"}
    assert saved(form_for(PersonForm, Person, name="Jason Patric", **born)).slug == "jason-patric-1970"
