"""The desk: who sees which places, what the index counts, and what it says to those who may not."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.autosaving import autosave
from articles.drafting import save_revision
from articles.publishing import publish
from articles.reviewing import request_review
from films.models import Department
from tests.factories import (
    make_article,
    make_credit,
    make_film,
    make_live,
    make_member,
    make_person,
    make_superuser,
    make_user,
)

pytestmark = pytest.mark.django_db


def names(response):
    return {shelf: [place.name for place in places] for shelf, places in response.context["shelves"].items()}


def test_index_greets_and_lists_what_the_reader_may_open(client):
    client.force_login(make_user("auth.view_group", first_name="Ana"))
    response = client.get("/admin/")
    assert names(response) == {"Accounts": ["Groups"]}
    assert ", Ana.</h1>" in response.content.decode()


def test_whoever_may_nothing_is_told_so(client):
    client.force_login(make_user())
    response = client.get("/admin/")
    assert names(response) == {}
    assert "Nothing here is yours yet" in response.content.decode()


def test_a_place_that_one_may_only_add_to_has_no_count(client):
    client.force_login(make_user("auth.add_group"))
    response = client.get("/admin/")
    (place,) = response.context["shelves"]["Accounts"]
    assert (place.url, place.add_url) == (None, reverse("admin:auth_group_add"))
    assert "place-count" not in response.content.decode()


def test_log_nobody_keeps_is_not_on_the_desk(client):
    client.force_login(make_superuser())
    assert names(client.get("/admin/"))["Accounts"] == ["Accounts", "Groups", "Failed log-ins", "Log-ins"]


@pytest.mark.parametrize("path", ["/admin/auth/group/", "/admin/auth/group/add/"])
def test_every_page_knows_its_place(client, path):
    client.force_login(make_superuser())
    assert client.get(path).context["here"].name == "Groups"


@pytest.mark.parametrize("count", [1, 3])
def test_index_costs_the_same_however_much_there_is(client, count, django_assert_num_queries):
    user = make_user("auth.view_group", "auth.view_user")
    for number in range(count):
        group = Group.objects.create(name=f"Group {number}")
        LogEntry.objects.log_actions(user.pk, [group], ADDITION, single_object=True)
    client.force_login(user)
    client.get("/admin/")  # So that content types are known.
    with django_assert_num_queries(7):
        client.get("/admin/")


def test_index_lists_only_what_oneself_did(client):
    user, other = make_superuser(), make_superuser()
    for number, by in enumerate([user, other]):
        group = Group.objects.create(name=f"Group {number}")
        LogEntry.objects.log_actions(by.pk, [group], ADDITION, single_object=True)
    client.force_login(user)
    assert [entry.object_repr for entry in client.get("/admin/").context["recent"]] == ["Group 0"]


def test_page_one_may_not_open_says_so_on_the_desk(client):
    client.force_login(make_user("auth.view_group"))
    response = client.get("/admin/auth/user/")
    assert response.status_code == 403
    assert "You may not do this" in response.content.decode()
    assert names(response) == {"Accounts": ["Groups"]}


def test_empty_list_offers_to_begin(client):
    client.force_login(make_superuser())
    Group.objects.all().delete()
    page = client.get("/admin/auth/group/").content.decode()
    assert "No groups yet." in page
    assert "New group" in page


def test_search_without_result_offers_everything(client):
    client.force_login(make_superuser())
    page = client.get("/admin/auth/group/?q=zzz").content.decode()
    assert "Nothing matches." in page
    assert "No groups yet." not in page


def test_errors_are_summed_up_with_links_to_their_fields(client):
    client.force_login(make_superuser())
    page = client.post("/admin/auth/group/add/", {"name": ""}).content.decode()
    assert '<a href="#id_name">Name</a>: This field is required.' in page


def test_lists_of_accounts_cost_the_same_however_long(client, django_assert_num_queries):
    client.force_login(make_superuser())
    client.get("/admin/auth/user/")
    with django_assert_num_queries(6):
        client.get("/admin/auth/user/")
    make_user()
    make_user()
    with django_assert_num_queries(6):
        client.get("/admin/auth/user/")


def test_too_many_wrong_passwords_are_answered_with_how_long_to_wait(client, settings):
    settings.AXES_FAILURE_LIMIT = 2
    settings.AXES_LOCKOUT_CALLABLE = "rushcms.lockout.locked_out"
    make_user(username="ana", password="right one indeed")
    for _ in range(2):
        response = client.post("/admin/login/", {"username": "ana", "password": "wrong"})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in response.content.decode()


def test_logging_out_ends_on_a_page_of_the_house(client):
    client.force_login(make_user())
    page = client.post("/admin/logout/").content.decode()
    assert "You are logged out" in page


def test_no_desk_page_asks_for_inline_style_or_script(client):
    client.force_login(make_superuser())
    for path in ["/admin/", "/admin/auth/user/", "/admin/auth/user/add/", "/admin/password_change/"]:
        page = client.get(path).content.decode()
        assert ("<style" in page, " style=" in page, "<script>" in page) == (False, False, False)


def make_morning(user, other, number):
    """Make a row for every part of the index: articles of *user*, a review asked by *other*, a film without credits."""
    article = make_article(f"Draft {number}", by=other)
    autosave(user=other, tab=f"tab{number}", article=article, payload={"title": ""}, unsaved=True)
    make_live(f"Out {number}", by=user)
    planned = make_article(f"Planned {number}", by=user)
    publish(planned.head, at=timezone.now() + timedelta(days=1, seconds=number), by=None)
    request_review(make_article(f"Asked {number}", by=other).head, by=other)
    make_film(f"Film {number}")
    LogEntry.objects.log_actions(user.pk, [planned], ADDITION, single_object=True)


@pytest.mark.parametrize("group", ["Writers", "Editors", "Credits desk"])
def test_dashboard_page_costs_the_same_however_much_there_is(client, group):
    user, other = make_member(group), make_superuser()
    client.force_login(user)
    make_morning(user if group != "Credits desk" else other, other, 0)
    client.get("/admin/")  # So that content types are known.
    costs, made = set(), 1
    for count in (1, 3, 30):
        for number in range(made, count):
            make_morning(user if group != "Credits desk" else other, other, number)
        made = count
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/").status_code == 200
        costs.add(len(queries))
    assert len(costs) == 1


def test_count_of_articles_is_that_of_the_list_one_gets(client):
    ben = make_member("Writers")
    make_article(by=ben)
    make_article()
    client.force_login(ben)
    (articles,) = [place for place in client.get("/admin/").context["shelves"][""] if place.name == "Articles"]
    assert articles.count == 1


def test_credits_desk_sees_films_that_want_credits_and_no_articles(client):
    client.force_login(make_member("Credits desk"))
    whole, half = make_film("Whole"), make_film("Half")
    make_film("Bare")
    make_credit(whole)
    make_credit(whole, make_person("Lili Fini Zanuck"), department=Department.DIRECTING, job="director")
    make_credit(half)
    make_live("Out")
    response = client.get("/admin/")
    lacking, page = response.context["lacking"], response.content.decode()
    assert [film.title for film in lacking.rows] == ["Bare", "Half"]
    assert (lacking.cast, lacking.director) == (1, 2)
    assert ("Out" in page, "1 without a cast" in page, "2 without a director" in page) == (False, True, True)
    assert [film.title for film in response.context["changed"]["films"]] == ["Bare", "Half", "Whole"]


def test_writers_are_not_asked_to_complete_credits(client):
    client.force_login(make_member("Writers"))
    make_film()
    assert client.get("/admin/").context["lacking"] is None


def test_dashboard_says_what_wants_checking_to_those_who_check(client):
    client.force_login(make_member("Credits desk"))
    for _ in range(2):
        make_person()
    make_credit(make_film("Early", 1960), make_person("Sam Elliott", born=date(1966, 1, 1)))
    response = client.get("/admin/")
    assert response.context["checks"].queues == [("people", "1"), ("films", "0"), ("credits", "1")]
    assert response.context["checks"].incomplete == 1
    page = response.content.decode()
    for place in [reverse("admin:films_checks", args=["people"]), "/admin/films/film/?missing=anything"]:
        assert f'href="{place}"' in page
        assert client.get(place).status_code == 200
    client.force_login(make_member("Writers"))
    assert client.get("/admin/").context["checks"] is None


def test_a_figure_counts_to_a_hundred(client):
    for number in range(101):
        for _ in range(2):
            make_person(f"Person {number}")
    client.force_login(make_member("Credits desk"))
    assert client.get("/admin/").context["checks"].queues[0] == ("people", "100+")


def test_dashboard_links_to_lists_that_have_what_it_counts(client):
    client.force_login(make_member("Editors"))
    make_film("Bare")
    for query in ["missing=cast", "missing=director"]:
        assert client.get(f"/admin/films/film/?{query}").context["cl"].result_count == 1


def test_dashboard_shows_each_part_to_an_editor(client):
    ana, ben = make_member("Editors", first_name="Ana"), make_member("Writers", first_name="Ben")
    make_morning(ana, ben, 1)
    autosave(user=ana, tab="new", payload={"title": "Begun"}, unsaved=True)
    client.force_login(ana)
    page = client.get("/admin/").content.decode()
    for words in ["You left a text unsaved", "Begun", "Waiting for review", "Asked 1", "for anybody", "Planned 1"]:
        assert words in page
    assert ("goes live" in page, "Out 1" in page, "Film 1" in page, "Draft 1" in page) == (True, True, True, False)


def test_every_form_that_changes_something_carries_its_token(client):
    client.force_login(make_superuser())
    planned, article = make_article("Planned"), make_live("Out")
    publish(planned.head, at=timezone.now() + timedelta(days=1), by=None)
    save_revision(article, by=None, base=article.head, title="Newer")
    pages = ["change", "history", "publishing", "review", "sharing", "trash", "record"]
    views = [(f"admin:articles_article_{view}", [row.pk]) for view in pages for row in (planned, article)]
    for view, arguments in [*views, ("admin:articles_article_add", []), ("admin:articles_article_changelist", [])]:
        page = client.get(reverse(view, args=arguments)).content.decode()
        forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        assert [form[:200] for form in forms if "csrfmiddlewaretoken" not in form] == [], view
