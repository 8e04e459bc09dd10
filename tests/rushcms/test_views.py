"""What holds for every public page: addresses, headers, valid HTML, and the pages for when things go wrong."""

from itertools import pairwise

import html5lib
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views import defaults
from django.views.csrf import csrf_failure

from films.models import Department
from tests.factories import (
    make_article,
    make_author,
    make_credit,
    make_film,
    make_image,
    make_live,
    make_person,
    make_topic,
)

LINKED = "application/ld+json"
BODY = """
## One

Words.[^1]

## Two

![A street](image:{})

## Three

| a | b |
|---|---|
| 1 | 2 |

[^1]: A note.
"""


@pytest.fixture
def addresses(db):
    """The address of every public page, each with all that it can show."""
    film = make_film(poster=make_image(), runtime=120, logline="Two agents go under.", countries=["US"])
    person = make_person(portrait=make_image(), bio="An actor.\n\nAnd more.")
    make_credit(film, person, "Jim Raynor", credited_as="J. Patric", voice=True)
    for number in range(14):
        make_credit(film, make_person(f"Extra {number}"), "Driver", uncredited=True)
    make_credit(film, make_person("Lili Fini Zanuck"), department=Department.DIRECTING, job="director")
    author, topic = make_author(bio="Writes."), make_topic(description="Going under.")
    hero = make_image(caption="A street.", credit_line="MGM")
    article = make_live(film=film, authors=[author], topics=[topic], hero=hero, body=BODY.format(hero.pk))
    make_live("An Essay without a Film", kind="essay", dek="")
    rows = [article, film, person, author, topic]
    lists = ["home", "articles:article_list", "films:film_list", "films:person_list"]
    return [*map(reverse, lists), *(row.get_absolute_url() for row in rows), "/films/?q=rush", "/people/?q=nobody"]


def parse(response):
    """Return the page's elements; any error in its HTML fails the test."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())


def test_every_page_is_valid_and_stands_in_the_house(client, addresses):
    for address in addresses:
        response = client.get(address)
        page = parse(response)
        assert (address, response.status_code, len(page.findall(".//h1"))) == (address, 200, 1)
        levels = [int(element.tag[1]) for element in page.iter() if str(element.tag) in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), address
        canonical, robots = page.find("head/link[@rel='canonical']"), page.find("head/meta[@name='robots']")
        assert (canonical is None) == (robots is not None) == ("?" in address), address
        assert canonical is None or canonical.get("href") == f"http://testserver{address}"
        assert page.find("head/meta[@name='description']").get("content")
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids))


def test_no_page_sets_a_cookie_or_depends_on_one(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert (address, response.cookies.output(), response.headers.get("Vary", "")) == (address, "", "")
        assert b"csrf" not in response.content


def runs(element):
    """Tell whether a browser runs or applies *element*, which no file holds; data for machines is not run."""
    own_script = element.tag == "script" and not element.get("src") and element.get("type") != LINKED
    return own_script or element.tag == "style" or element.get("style")


def test_no_page_holds_script_or_style_of_its_own(client, addresses):
    for address in [*addresses, "/nowhere/"]:
        page = parse(client.get(address))
        assert list(filter(runs, page.iter())) == []


def test_pages_send_the_headers_that_keep_readers_safe(client, db):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "nonce" not in policy
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_https_is_asked_for_ever_after(client, db, settings):
    settings.SECURE_HSTS_SECONDS = 3600
    assert client.get("/", secure=True).headers["Strict-Transport-Security"] == "max-age=3600"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_are_only_read(client, addresses, method):
    assert {getattr(client, method)(address).status_code for address in addresses} == {405}


def test_home_leads_with_the_newest(client, db):
    make_live("Older")
    make_live("Newer")
    make_article("Draft")
    page = parse(client.get("/"))
    assert page.findtext(".//h2/a") == "Newer"
    assert [link.text for link in page.findall(".//h3/a")] == ["Older"]


def test_home_says_so_when_nothing_is_out(client, db):
    make_article("Draft")
    response = client.get("/")
    assert "Nothing is out yet" in response.text
    assert "Draft" not in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_however_much_is_out(client, db, django_assert_num_queries, count):
    for number in range(count):
        shown = {"film": make_film(), "authors": [make_author(f"Author {number}")], "hero": make_image()}
        make_live(f"Piece {number}", topics=[make_topic(f"Topic {number}")], **shown)
    # Articles by their ids, then films and topics, each counted first; and what caching asks.
    with django_assert_num_queries(3 + 3 + 2 + 1):
        client.get("/")


def test_home_leads_on_by_film_and_by_topic(client, db):
    film, topic = make_film(), make_topic("Undercover", description="Stories of pretending.")
    make_live(film=film, topics=[topic])
    page = parse(client.get("/"))
    links = [(link.get("href"), link.text) for link in page.findall(".//h3/a")]
    assert links == [(film.get_absolute_url(), "Rush"), (topic.get_absolute_url(), "Undercover")]


def test_a_missing_page_is_told_in_the_house_style(client, db):
    response = client.get("/articles/nowhere/")
    assert response.status_code == 404
    assert parse(response).findtext(".//h1") == "This page is not here"


def test_error_pages_are_valid_and_need_nothing(rf):
    request = rf.get("/")
    responses = [
        defaults.bad_request(request, ValueError()),
        defaults.permission_denied(request, PermissionDenied()),
        csrf_failure(request),
        defaults.server_error(request),
    ]
    assert [response.status_code for response in responses] == [400, 403, 403, 500]
    assert all(parse(response).findtext(".//h1") for response in responses)


def test_health_tells_that_database_and_cache_answer(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "cache": "ok"})
