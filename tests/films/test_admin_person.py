"""People on the desk, and the look-up behind the person picker."""

import datetime

import pytest
from django.urls import reverse

from films.models import Person, PersonName
from tests.factories import make_credit, make_film, make_person, make_superuser, make_user

pytestmark = pytest.mark.django_db

LOOKUP = reverse("admin:films_person_lookup")
LIST = reverse("admin:films_person_changelist")
ADD = reverse("admin:films_person_add")


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser())
    return client


def found(desk, text, **more):
    """Return what the look-up answers to *text*."""
    return desk.get(LOOKUP, {"q": text, **more}).json()["people"]


def typed(**fields):
    """Return what a person's page sends."""
    plain = {"name_order": "western", "born_precision": "day", "died_precision": "day"}
    return {**plain, "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0, **fields}


def test_the_look_up_tells_namesakes_apart(desk):
    jason = make_person(born=datetime.date(1966, 6, 17))
    make_person(disambiguation="stuntman")
    rush = make_film()
    make_credit(make_film("The Lost Boys", 1987), jason, billing=20)
    make_credit(rush, jason, billing=10)
    assert found(desk, "jason patric", film=rush.pk) == [
        {
            "id": jason.pk,
            "name": "Jason Patric",
            "years": "1966–",
            "note": "",
            "films": ["Rush (1991)", "The Lost Boys (1987)"],
            "here": True,
        },
        {"id": jason.pk + 1, "name": "Jason Patric", "years": "", "note": "stuntman", "films": [], "here": False},
    ]


def test_the_look_up_gives_the_very_name_first_then_beginnings_then_who_has_most_credits(desk):
    busy = make_person("Marie Anna Bell")
    make_credit(make_film(), busy)
    for name in ["Joanna Bell", "Anna Bella", "Anna Bell"]:
        make_person(name)
    names = [person["name"] for person in found(desk, "ANNA bell")]
    assert names == ["Anna Bell", "Anna Bella", "Marie Anna Bell", "Joanna Bell"]


@pytest.mark.parametrize("text", ["penelope cruz", "PENÉLOPE", "cruz pen"])
def test_the_look_up_ignores_accents_capitals_and_order(desk, text):
    make_person("Penélope Cruz")
    assert [person["name"] for person in found(desk, text)] == ["Penélope Cruz"]


def test_the_look_up_finds_other_names(desk):
    PersonName.objects.create(person=make_person("Reginald Dwight"), text="Elton John")
    assert [person["name"] for person in found(desk, "elton")] == ["Reginald Dwight"]


@pytest.mark.parametrize("text", ["", "   ", "%", "nobody of that name", "x" * 5000])
def test_the_look_up_answers_odd_questions_with_nobody(desk, text):
    make_person()
    assert found(desk, text) == []
    assert found(desk, text, film="nonsense") == []
    assert found(desk, text, film="9" * 40) == []


def test_the_look_up_gives_ten_at_most(desk):
    for number in range(12):
        make_person(f"Jason {number}")
    assert len(found(desk, "jason")) == 10


@pytest.mark.parametrize("count", [1, 3])
def test_the_look_up_costs_the_same_for_many(desk, count, django_assert_num_queries):
    for number in range(count):
        make_credit(make_film(), make_person(f"Jason {number}"))
    with django_assert_num_queries(7):  # Session and user, three degrees of nearness, people, their films.
        assert len(found(desk, "jason")) == count


def test_the_look_up_is_for_who_may_see_people(client):
    client.force_login(make_user("films.view_film"))
    response = client.get(LOOKUP, {"q": "jason"})
    assert (response.status_code, response.json()) == (403, {"error": "Your account may not do this."})
    client.logout()
    response = client.get(LOOKUP, {"q": "jason"})
    assert (response.status_code, response.json()["reason"]) == (403, "logged-out")
    assert "log in again" in response.json()["error"].lower()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_look_up_answers_questions_alone(desk, method):
    response = getattr(desk, method)(LOOKUP, {"q": "jason"})
    assert (response.status_code, response["Allow"]) == (405, "GET")
    assert response.json() == {"error": "This address only answers GET."}


def test_a_person_is_added_with_address_and_sort_name(desk):
    make_person(born=datetime.date(1940, 1, 1))
    desk.post(ADD, typed(name="Jason Patric", born="1970-01-01", born_precision="year"))
    person = Person.objects.latest("pk")
    assert (person.slug, person.sort_name) == ("jason-patric-1970", "Patric, Jason")


def test_a_persons_page_shows_namesakes_and_filmography(desk):
    person, other = make_person(), make_person(disambiguation="stuntman")
    make_credit(make_film(), person, "Jim Raynor")
    make_credit(make_film("Narc", 2002), other, "Nick")
    shown = desk.get(reverse("admin:films_person_change", args=[person.pk])).content.decode()
    assert reverse("admin:films_person_change", args=[other.pk]) in shown
    assert "Jason Patric (stuntman)" in shown
    assert "Jim Raynor" in shown


def test_a_credited_person_shows_what_stands_in_the_way_of_deleting(desk):
    person = make_credit().person
    response = desk.post(reverse("admin:films_person_delete", args=[person.pk]), {"post": "yes"})
    assert response.context["protected"]
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("precision", "shown"), [("year", ">1966 – <"), ("month", ">June 1966 – <"), ("day", ">June 17, 1966 – <")]
)
def test_the_list_shows_a_birth_as_far_as_it_is_known(desk, precision, shown):
    make_person(born=datetime.date(1966, 6, 17), born_precision=precision)
    assert shown.replace(" <", "<") in desk.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(desk, count, django_assert_num_queries):
    for number in range(count):
        make_credit(make_film(f"Film {number}"), make_person(f"Person {number}"))
    with django_assert_num_queries(6):
        assert desk.get(LIST).content.decode().count("Film ") == count


def test_the_list_finds_by_name_and_filters_by_what_is_missing(desk):
    penelope = make_person("Penélope Cruz", imdb_id="nm0004851")
    jason = make_person()
    for query in [{"q": "penelope"}, {"q": "nm0004851"}]:
        assert list(desk.get(LIST, query).context["cl"].queryset) == [penelope]
    assert list(desk.get(LIST, {"missing": "IMDb id"}).context["cl"].queryset) == [jason]
    assert len(desk.get(LIST).context["cl"].queryset) == 2


def test_the_look_up_asks_for_further_names_only_while_there_is_room(desk):
    film = make_film()
    for number in range(9):
        make_person(f"Jo Long {number}")
    busy, contained = make_person("Jo Busy"), make_person("Banjo Player")
    make_credit(film, busy)
    names = [person["name"] for person in desk.get(LOOKUP, {"q": "jo"}).json()["people"]]
    assert names == ["Jo Busy", *(f"Jo Long {number}" for number in range(9))]
    Person.objects.filter(name="Jo Long 8").delete()
    names = [person["name"] for person in desk.get(LOOKUP, {"q": "jo"}).json()["people"]]
    assert names[-1] == contained.name
