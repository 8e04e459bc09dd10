"""The search page and its suggestions, as browsers and caches get them."""

import pytest

from tests.factories import make_article, make_film, make_live, make_person

pytestmark = pytest.mark.django_db


def test_the_page_says_how_much_there_is_and_marks_the_words(client):
    make_live("An Essay", kind="essay", body="Tom & Jerry <b>chase</b> each other.")
    make_article("A draft that chases")
    page = client.get("/search/", {"q": "jerry chase"})
    assert "Tom &amp; <mark>Jerry</mark> &lt;b&gt;<mark>chase</mark>&lt;/b&gt; each other." in page.text
    assert 'All <span class="sieve__count">1</span>' in page.text
    assert "A draft" not in page.text


def test_search_is_for_no_search_engine_and_sets_no_cookie(client):
    page = client.get("/search/", {"q": "rush"})
    assert (page["X-Robots-Tag"], page.cookies, "csrf" in page.text) == ("noindex", {}, False)
    assert '<meta name="robots" content="noindex">' in page.text


def test_what_is_typed_is_text(client):
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_filters_narrow_and_odd_ones_do_not(client):
    make_film("Rush", 1991)
    make_film("Rush", 2013)
    make_person("Rush Limb")
    found = {
        query: client.get(f"/search/?q=rush&{query}").context["found"].page.paginator.count
        for query in ["", "kind=film", "decade=1990", "kind=film&decade=2010", "kind=x&decade=1991&piece=y&page=z"]
    }
    assert list(found.values()) == [3, 2, 1, 1, 3]


def test_nothing_within_the_filters_offers_everything(client):
    make_film("Rush", 1991)
    page = client.get("/search/?q=rush&kind=person").text
    assert 'and fits what you chose. <a href="?q=rush">Search everything</a>' in page


def test_a_misspelling_is_told(client):
    make_person("Jason Patric")
    page = client.get("/search/", {"q": "jason patrick"}).text
    assert '<a href="?q=Jason+Patric"><bdi>Jason Patric</bdi></a>' in page
    assert "/people/jason-patric/" in page


def test_suggestions_say_what_a_search_may_become(client):
    film = make_film("Rush", 1991)
    answer = client.get("/search/suggest", {"q": "rus"})
    assert answer.json() == {
        "suggestions": [{"label": "Rush", "note": "Film, 1991", "url": film.get_absolute_url()}],
    }
    assert answer.cookies == {}


@pytest.mark.parametrize("query", ["", "%00", "%ED%A0%80", "%F0%9F%98%80", "a" * 8_000, '"*^(', "q=1&q=2", "%"])
@pytest.mark.parametrize("path", ["/search/", "/search/suggest"])
def test_no_query_is_an_error_of_ours(client, path, query):
    assert client.get(f"{path}?q={query}").status_code in {200, 400}


def test_search_is_read_alone(client):
    assert [client.post(path).status_code for path in ("/search/", "/search/suggest")] == [405, 405]


def test_every_page_leads_to_search(client):
    assert [client.get(path).text.count('action="/search/"') for path in ("/", "/films/", "/search/")] == [1, 1, 1]
