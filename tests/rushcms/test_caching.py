"""How long public pages may be kept, and how their readers ask for what they have already."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import http_date

from articles.drafting import save_revision
from articles.publishing import publish, withdraw
from articles.sharing import share
from films import addresses
from films.renditions import make
from rushcms import caching
from rushcms.caching import Lifetimes, lifetimes, public_caching, standing
from tests.factories import make_article, make_film, make_image, make_live, make_superuser, make_topic

MOMENT = datetime(2030, 5, 1, 9, tzinfo=UTC)
LONG = "public, max-age=60, s-maxage=300, stale-while-revalidate=60"


@pytest.fixture
def clock():
    """A clock that stands still at MOMENT until it is moved."""
    with time_machine.travel(MOMENT, tick=False) as clock:
        yield clock


@pytest.mark.parametrize(
    ("left", "times"),
    [
        (None, (60, 300, 60)),
        (480, (60, 300, 60)),
        (420, (60, 300, 30)),
        (360, (60, 300, 0)),
        (100.9, (50, 50, 0)),
        (1, (0, 1, 0)),
        (0, (0, 0, 0)),
        (-5, (0, 0, 0)),
    ],
)
def test_a_page_is_kept_by_nobody_after_its_next_change(left, times):
    assert lifetimes(left if left is None else timedelta(seconds=left)) == Lifetimes(*times)


@pytest.mark.parametrize("seconds", [*range(0, 600, 7)])
def test_one_cache_after_the_other_is_done_by_the_change(seconds):
    browsers, shared, stale = lifetimes(timedelta(seconds=seconds))
    assert browsers + shared + 2 * stale <= seconds


def test_pages_may_be_kept_a_short_while_where_nothing_is_planned(client, clock, db):
    film, topic = make_film(), make_topic()
    article = make_live(film=film, topics=[topic])
    rows = [row.get_absolute_url() for row in (article, film, topic)]
    pages = [reverse("home"), *rows, "/feed.xml", "/sitemap.xml", "/search/?q=rush", "/search/suggest?q=rush"]
    assert {client.get(address).headers["Cache-Control"] for address in pages} == {LONG}


@pytest.mark.parametrize(
    "address",
    ["/", "/articles/", "/feed.json", "/sitemap.xml", "/news-sitemap.xml", "/search/?q=out", "/search/suggest?q=out"],
)
def test_no_page_is_kept_beyond_a_planned_start(client, clock, db, address):
    make_live("Out soon", at=MOMENT + timedelta(seconds=100))
    assert client.get(address).headers["Cache-Control"] == "public, max-age=50, s-maxage=50"
    clock.shift(99)
    assert client.get(address).headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    clock.shift(1)
    assert client.get(address).headers["Cache-Control"] == LONG


def test_an_article_is_not_kept_beyond_its_withdrawal_nor_its_absence_beyond_its_start(client, clock, db):
    article = make_live(at=MOMENT + timedelta(seconds=60))
    withdraw(article, by=None, at=MOMENT + timedelta(seconds=200))
    address = article.get_absolute_url()
    missing = client.get(address)
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "public, max-age=10, s-maxage=10")
    clock.shift(55)
    assert client.get(address).headers["Cache-Control"] == "public, max-age=2, s-maxage=3"
    clock.shift(5)
    assert client.get(address).headers["Cache-Control"] == "public, max-age=60, s-maxage=80"
    clock.shift(140)
    assert client.get(address).status_code == 404


def test_who_has_the_page_is_told_so_until_it_changes(client, clock, db):
    article = make_live("Before", body="Old words.")
    address = article.get_absolute_url()
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again.headers["Cache-Control"] == LONG
    weak = client.get(address, headers={"if-none-match": f"W/{first.headers['ETag']}"})  # As nginx makes it.
    assert weak.status_code == 304
    clock.shift(60)
    publish(save_revision(article, by=None, base=article.head, body="New words."), by=None)
    changed = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"]) == (200, False)


def test_a_page_changes_its_name_when_time_publishes(client, clock, db):
    make_live("Out soon", at=MOMENT + timedelta(hours=1))
    etag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"if-none-match": etag}).status_code == 304
    clock.shift(3600)
    assert client.get("/", headers={"if-none-match": etag}).status_code == 200


def test_a_page_is_dated_with_the_last_change_of_the_site(client, clock, db):
    make_live()
    make_live("Later", at=MOMENT + timedelta(hours=1))
    clock.shift(120)
    dated = client.get("/").headers["Last-Modified"]
    assert dated == http_date(MOMENT.timestamp())
    assert client.get("/", headers={"if-modified-since": dated}).status_code == 304
    clock.shift(3600)
    response = client.get("/", headers={"if-modified-since": dated})
    assert (response.status_code, "Later" in response.text) == (200, True)
    assert response.headers["Last-Modified"] == http_date((MOMENT + timedelta(hours=1)).timestamp())


def test_a_page_has_no_date_while_it_may_change_within_it(client, clock, db):
    make_live()
    clock.shift(59)
    assert "Last-Modified" not in client.get("/").headers
    clock.shift(1)
    assert "Last-Modified" in client.get("/").headers


def test_a_picture_whose_renditions_come_later_is_not_held_back_by_a_date(client, clock, db):
    image = make_image()
    address = make_live(body=f"![A street](image:{image.pk})").get_absolute_url()
    clock.shift(600)
    before = client.get(address)
    make(image)
    after = client.get(address, headers={"if-modified-since": http_date(MOMENT.timestamp() + 600)})
    assert (after.status_code, after.content == before.content) == (200, False)
    assert "Last-Modified" not in before.headers


@pytest.mark.parametrize("address", ["/search/?q=rush", "/search/suggest?q=rush"])
def test_a_search_has_no_date_for_its_index_may_be_made_anew(client, clock, db, address):
    make_live()
    clock.shift(600)
    assert "Last-Modified" not in client.get(address).headers


def test_another_release_makes_all_pages_newer(client, clock, db, monkeypatch):
    make_live()
    clock.shift(7200)
    monkeypatch.setattr(caching, "STARTED", MOMENT + timedelta(hours=1))
    assert client.get("/").headers["Last-Modified"] == http_date((MOMENT + timedelta(hours=1)).timestamp())


def test_whatever_is_saved_dates_the_site(client, clock, db, admin_client):
    make_live()
    clock.shift(600)
    admin_client.post("/admin/articles/topic/add/", {"name": "Undercover", "slug": "undercover"})
    assert standing(MOMENT + timedelta(hours=1)).last == MOMENT + timedelta(seconds=600)
    clock.shift(600)
    make_article("A draft")
    assert standing(MOMENT + timedelta(hours=1)).last == MOMENT + timedelta(seconds=1200)


def test_a_site_of_nothing_has_no_date_and_nothing_to_come(db):
    assert standing(MOMENT) == (None, None)


def test_how_a_site_stands_costs_one_query(db, django_assert_num_queries):
    for number in range(3):
        make_live(f"Piece {number}")
    with django_assert_num_queries(1):
        standing(MOMENT)


def test_the_desk_and_previews_are_kept_by_nobody(client, admin_client, db):
    article = make_article()
    desk = [admin_client.get(address) for address in ("/admin/", "/admin/articles/article/", "/admin/nowhere/")]
    shared = client.get(share(article.head, by=None))
    ended = client.get(reverse("articles:preview", args=["nonsense"]))
    for response in [*desk, client.get("/admin/"), shared, ended, client.get("/healthz")]:
        assert "public" not in response.headers.get("Cache-Control", ""), response.request["PATH_INFO"]
        assert "ETag" not in response.headers
    assert "no-store" in shared.headers["Cache-Control"]


def test_who_is_logged_in_gets_the_pages_that_all_get(client, db):
    make_live()
    plain = client.get("/")
    client.force_login(make_superuser())
    own = client.get("/")
    assert (own.headers["ETag"], own.headers.get("Vary")) == (plain.headers["ETag"], None)
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert client.get("/", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


def test_a_page_that_leads_on_is_not_kept_for_good(client, db):
    addresses.lead("/films/old/", make_film().get_absolute_url())
    responses = [client.get("/films/old/"), client.get("/articles")]
    assert [(each.status_code, each.headers["Cache-Control"]) for each in responses] == [(301, LONG)] * 2


def answering(response):
    """Return a view that answers with *response*, whatever it is asked."""

    def view(request):
        return response

    return view


def test_a_page_that_sets_a_cookie_is_left_alone(rf, db):
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    assert "Cache-Control" not in public_caching(answering(response))(rf.get("/")).headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cache-Control": "private"}, 200),
        ({"Vary": "Cookie"}, 200),
        ({}, 500),
        ({}, 400),
    ],
)
def test_what_is_for_one_reader_or_broken_is_left_alone(rf, db, headers, status):
    response = public_caching(answering(HttpResponse("x", status=status, headers=headers)))(rf.get("/"))
    assert (response.headers.get("Cache-Control"), "ETag" in response.headers) == (headers.get("Cache-Control"), False)


def test_a_post_is_left_alone(rf, db):
    assert "Cache-Control" not in public_caching(answering(HttpResponse("x")))(rf.post("/")).headers


def test_a_head_has_the_name_that_the_page_has(client, db):
    make_live()
    assert client.head("/").headers["ETag"] == client.get("/").headers["ETag"]
