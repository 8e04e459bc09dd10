"""The question before a save, whether what is there under that name already is the same."""

import re
from datetime import date

import pytest
from django.urls import reverse

from films.models import DistinctFilms, DistinctPeople, Film, Person
from tests.factories import make_article, make_credit, make_film, make_person, make_superuser
from tests.films.test_admin_film import chosen, page
from tests.films.test_admin_person import typed

pytestmark = pytest.mark.django_db

ADD_PERSON = reverse("admin:films_person_add")
ADD_FILM = reverse("admin:films_film_add")


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser(username="ana"))
    return client


def asked(response):
    """Return whom the page asks about."""
    (outlook,) = response.context["outlooks"]
    return [(str(twin.row), str(twin.there)) for twin in outlook.twins]


def shown(response):
    """Return what a page sends back of what it has asked."""
    return re.findall(r'name="foreseen" value="(\w+)"', response.content.decode())


def test_a_new_person_of_a_known_name_is_asked_about_and_not_saved(desk):
    jason = make_person(born=date(1966, 6, 17), imdb_id="nm0000640")
    make_credit(make_film(), jason)
    response = desk.post(ADD_PERSON, typed(name="Jason Patríc", bio="An actor."))
    text = response.content.decode()
    assert asked(response) == [("Jason Patríc", "Jason Patric")]
    assert "the same name" in text
    assert "Rush (1991)" in text
    assert "An actor." in text
    assert "Save as somebody else" in text
    assert "Somebody or something like this is there already: say whether it is the same." in text
    assert Person.objects.count() == 1


def test_saved_as_somebody_else_they_are_settled_as_different(desk):
    jason = make_person()
    first = desk.post(ADD_PERSON, typed(name="Jason Patric"))
    response = desk.post(ADD_PERSON, typed(name="Jason Patric", foreseen=shown(first)), follow=True)
    other = Person.objects.latest("pk")
    assert [(row.first, row.second, row.by.username) for row in DistinctPeople.objects.all()] == [(jason, other, "ana")]
    assert "Also there: <a" in response.content.decode()


def test_a_namesake_who_came_meanwhile_is_asked_about_too(desk):
    make_person()
    first = desk.post(ADD_PERSON, typed(name="Jason Patric"))
    make_person()
    response = desk.post(ADD_PERSON, typed(name="Jason Patric", foreseen=shown(first)))
    assert len(asked(response)) == 2
    assert DistinctPeople.objects.count() == 0


def test_a_person_renamed_is_asked_about_and_one_edited_otherwise_is_not(desk):
    make_person()
    person = make_person("Jay Patric")
    address = reverse("admin:films_person_change", args=[person.pk])
    assert asked(desk.post(address, typed(name="Jason Patric", slug=person.slug))) == [("Jason Patric", "Jason Patric")]
    person.refresh_from_db()
    assert person.name == "Jay Patric"
    twin = make_person()
    address = reverse("admin:films_person_change", args=[twin.pk])
    data = typed(name="Jason Patric", slug=twin.slug, sort_name=twin.sort_name, bio="An actor.")
    assert desk.post(address, data).status_code == 302


def test_somebody_born_in_another_year_is_not_asked_about(desk):
    make_person(born=date(1926, 1, 1))
    assert desk.post(ADD_PERSON, typed(name="Jason Patric", born="1966-06-17")).status_code == 302
    assert Person.objects.count() == 2


def test_a_new_film_of_a_known_title_and_year_is_asked_about(desk):
    film = make_film()
    first = desk.post(ADD_FILM, page(year=1992))
    assert asked(first) == [("Rush (1992)", "Rush (1991)")]
    assert "Save as another film" in first.content.decode()
    assert Film.objects.count() == 1
    assert desk.post(ADD_FILM, page(year=1992, foreseen=shown(first))).status_code == 302
    assert [(row.first, row.second) for row in DistinctFilms.objects.all()] == [(film, Film.objects.latest("pk"))]


def test_a_new_film_of_another_year_is_not_asked_about(desk):
    make_film(year=2013)
    assert desk.post(ADD_FILM, page()).status_code == 302


def test_new_people_of_a_cast_who_are_called_like_others_are_asked_about_at_once(desk):
    make_person("Special K. McCray")
    make_person("Sam Elliott")
    cast = [{"name": name, "fresh": "on"} for name in ("Special K McCray", "Max Perlich", "Sam Elliott")]
    first = desk.post(ADD_FILM, page(cast))
    assert sorted(asked(first)) == [("Sam Elliott", "Sam Elliott"), ("Special K McCray", "Special K. McCray")]
    assert (Film.objects.count(), Person.objects.count()) == (0, 2)
    assert desk.post(ADD_FILM, page(cast, foreseen=shown(first))).status_code == 302
    assert (Person.objects.count(), DistinctPeople.objects.count()) == (5, 2)


def test_a_misspelled_name_beside_the_right_one_is_asked_about(desk):
    jason = make_person("Jason Patric")
    cast = [chosen(jason), {"name": "Jason Patrick", "fresh": "on"}]
    assert asked(desk.post(ADD_FILM, page(cast))) == [("Jason Patrick", "Jason Patric")]


def test_a_new_person_chosen_beside_the_namesake_is_asked_about_no_more(desk):
    sam = make_person("Sam Elliott")
    assert desk.post(ADD_FILM, page([{"name": "Sam Elliott", "fresh": "namesake"}])).status_code == 302
    other = Person.objects.latest("pk")
    assert [(row.first, row.second) for row in DistinctPeople.objects.all()] == [(sam, other)]


def test_who_was_chosen_beside_one_namesake_is_asked_about_another_spelling(desk):
    make_person("Special K McCray")
    make_person("Special K. McCray")
    first = desk.post(ADD_FILM, page([{"name": "Special K McCray", "fresh": "namesake"}]))
    assert asked(first) == [("Special K McCray", "Special K. McCray")]
    desk.post(ADD_FILM, page([{"name": "Special K McCray", "fresh": "namesake"}], foreseen=shown(first)))
    assert DistinctPeople.objects.count() == 2


@pytest.mark.parametrize("names", [["Max Perlich"], ["Max Perlich", "Tony Frank", "Bill Sadler"]])
def test_asking_costs_the_same_however_many_are_new(names, django_assert_num_queries):
    from films.admin.namesakes import outlook

    people = [make_person(name) for name in names]
    for name in names:
        make_person(name)
    with django_assert_num_queries(9):
        assert len(outlook(people).twins) == len(names)


def test_both_questions_are_asked_on_one_page_and_answered_by_one_press(desk):
    make_person("Jay Patric")
    film, jason = make_film(), make_person()
    make_credit(film, jason, "Jim Raynor")
    make_article(film=film, body="Jason Patric plays [[Jim Raynor]] in this one, and Jason Patric is good.")
    address = reverse("admin:films_person_change", args=[jason.pk])
    data = typed(name="Jay Patric", slug=jason.slug, sort_name="Patric, Jay")
    first = desk.post(address, data)
    assert len(first.context["outlooks"]) == 2
    assert desk.post(address, {**data, "foreseen": shown(first)}).status_code == 302
    jason.refresh_from_db()
    assert (jason.name, DistinctPeople.objects.count()) == ("Jay Patric", 1)
