"""Undoing on the desk: offered where it can be done, to who may, asked first, and refused in words."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from films.changes import recorded, snapshot
from films.credits import CastLine, set_cast
from films.models import Change, Film, Person
from tests.factories import make_article, make_credit, make_film, make_member, make_person, make_superuser, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_superuser(username="ana"))
    return client


@pytest.fixture
def change():
    """A change of a film: its year, and a performer."""
    film = make_film()
    with recorded(film, by=make_user(username="ben")) as recording:
        Film.objects.update(year=1990)
        set_cast(film, [CastLine(make_person("Sam Elliott"), ("Dodd",))])
    return recording.change


def of_a_person():
    person = make_person()
    with recorded(person, by=None) as recording:
        Person.objects.update(name="Jason P.")
    return recording.change


def address(change, kind="film"):
    return reverse(f"admin:films_{kind}_undo", args=[change.pk])


def history(row):
    return reverse(f"admin:films_{row._meta.model_name}_history", args=[row.pk])


def test_what_would_differ_is_shown_and_nothing_is_written_by_asking(desk, change):
    response = desk.get(address(change))
    said = [str(difference) for difference in response.context["differences"]]
    assert said == ["year 1990 → 1991", "removed cast Sam Elliott", "removed character Dodd"]
    assert "ben" in response.content.decode()
    assert (Change.objects.count(), snapshot(change.film)) == (1, change.after)


def test_a_change_is_undone_and_so_is_the_undoing(desk, change):
    response = desk.post(address(change), follow=True)
    undone = Change.objects.first()
    assert (snapshot(change.film), undone.by.username, undone.action) == (change.before, "ana", "undone")
    assert response.redirect_chain == [(history(change.film), HTTPStatus.FOUND)]
    page = response.content.decode()
    assert "Undone: Rush (1991) is as it was before." in page
    assert f'href="{address(undone)}">Undo that</a>' in page
    desk.post(address(undone))
    assert snapshot(change.film) == change.after


def test_a_person_is_put_back_on_their_own_page(desk):
    change = of_a_person()
    response = desk.post(address(change, "person"))
    assert response["Location"] == history(change.person)
    assert Person.objects.get().name == "Jason Patric"


def test_pressing_twice_is_refused_in_words(desk, change):
    desk.post(address(change))
    response = desk.post(address(change))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Later changes stand on it." in response.content.decode()
    assert "ana took a change back" in response.content.decode()
    assert Change.objects.count() == 2


def test_a_character_whom_an_article_mentions_is_named(desk, change):
    make_article(film=change.film, body="[[character:dodd]]")
    for ask in (desk.get, desk.post):
        assert "whom articles mention: Dodd (1 article)." in ask(address(change)).content.decode()


def test_a_change_is_not_found_under_another_kind_of_row(desk, change):
    assert desk.get(address(change, "person")).status_code == HTTPStatus.NOT_FOUND
    assert desk.get(reverse("admin:films_film_undo", args=[10**30])).status_code == HTTPStatus.NOT_FOUND


def test_an_article_that_says_the_value_is_told(desk, change):
    make_article(film=change.film, body="Rush (1990) is a film about Larry Dodd.")
    page = desk.post(address(change), follow=True).content.decode()
    assert "This article still says “1990”" in page


def test_the_history_offers_what_can_be_undone_and_says_why_not_of_the_rest(desk, change):
    film = change.film
    with recorded(film, by=None) as recording:
        Film.objects.update(runtime=120)
    made = Change.objects.create(film=film, about="Rush", action="created", after={"titles": []})
    told = {each["change"]: each["refusal"] for each in desk.get(history(film)).context["told"]}
    assert told == {
        made: "Made here: to undo that, delete it.",
        recording.change: "",
        change: "Later changes stand on it: undo those first.",
    }
    page = desk.get(history(film)).content.decode()
    assert [address(each) in page for each in (made, recording.change, change)] == [False, True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_however_much_there_is(desk, count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        make_credit(film, make_person(f"Person {number}"), f"Part {number}")
        with recorded(film, by=None):
            Film.objects.update(runtime=number + 1)
    with django_assert_num_queries(15):
        assert len(desk.get(history(film)).context["told"]) == count


EDIT_FILM = ("films.view_film", "films.change_film")


@pytest.mark.parametrize(
    ("who", "film", "person"),
    [
        (lambda: make_member("Credits desk"), HTTPStatus.FOUND, HTTPStatus.FOUND),
        (lambda: make_member("Editors"), HTTPStatus.FOUND, HTTPStatus.FOUND),
        (lambda: make_member("Writers"), HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN),
        (lambda: make_user(*EDIT_FILM), HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN),
        (lambda: make_user("films.change_person"), HTTPStatus.FORBIDDEN, HTTPStatus.FOUND),
    ],
)
def test_only_who_may_change_it_may_undo(client, change, who, film, person):
    client.force_login(who())
    other = of_a_person()
    for each, kind, status in ((change, "film", film), (other, "person", person)):
        asked = HTTPStatus.OK if status == HTTPStatus.FOUND else status
        assert client.get(address(each, kind)).status_code == asked
        assert client.post(address(each, kind)).status_code == status


def test_strangers_log_in_first_and_change_nothing(client, change):
    for ask in (client.get, client.post):
        assert ask(address(change))["Location"].startswith(reverse("admin:login"))
    assert snapshot(change.film) == change.after


def test_who_may_not_undo_is_offered_nothing(client, change):
    client.force_login(make_user(*EDIT_FILM))
    assert address(change) not in client.get(history(change.film)).content.decode()


def test_a_forged_request_undoes_nothing(change):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_superuser())
    assert client.post(address(change)).status_code == HTTPStatus.FORBIDDEN
    assert Change.objects.count() == 1


def test_a_deleted_film_is_listed_and_made_again(desk):
    film, address_of = make_credit(make_film(), None, "Jim").film, "admin:films_film_{}"
    before = snapshot(film)
    asked = desk.get(reverse(address_of.format("delete"), args=[film.pk])).content.decode()
    assert "You can undo this later." in asked
    page = desk.post(reverse(address_of.format("delete"), args=[film.pk]), {"post": "yes"}, follow=True)
    deleted = reverse(address_of.format("deleted"))
    assert f'among the <a href="{deleted}">deleted films</a>' in page.content.decode()
    listed = desk.get(deleted)
    (change,) = [each["change"] for each in listed.context["told"]]
    assert f'href="{address(change)}"' in listed.content.decode()
    assert desk.get(address(change)).status_code == HTTPStatus.OK
    assert desk.post(address(change))["Location"] == history(film)
    assert snapshot(film) == before
    assert desk.get(deleted).context["told"] == []
    assert desk.post(address(change)).status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_the_deleted_costs_the_same_however_long(desk, count, django_assert_num_queries):
    for number in range(count):
        make_person(f"Person {number}")
    chosen = {
        "action": "delete_selected",
        "_selected_action": [each.pk for each in Person.objects.all()],
        "post": "yes",
    }
    desk.post(reverse("admin:films_person_changelist"), chosen)
    with django_assert_num_queries(4):
        told = desk.get(reverse("admin:films_person_deleted")).context["told"]
    assert sorted(each["about"] for each in told) == [f"Person {number}" for number in range(count)]


def test_who_may_not_add_films_makes_none_again(client):
    film = make_film()
    with recorded(film, by=None, action="deleted") as recording:
        Film.objects.all().delete()
    client.force_login(make_user(*EDIT_FILM, "films.change_credit"))
    assert client.post(address(recording.change)).status_code == HTTPStatus.FORBIDDEN
    assert client.get(reverse("admin:films_person_deleted")).status_code == HTTPStatus.FORBIDDEN
    assert not Film.objects.exists()
