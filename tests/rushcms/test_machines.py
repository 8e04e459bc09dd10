"""Sitemaps, robots.txt and security.txt."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from lxml import etree

from articles.drafting import save_revision
from articles.publishing import publish, withdraw
from articles.sitemaps import ArticleSitemap
from films.models import Film
from films.sitemaps import FilmSitemap
from rushcms.settings import ValidationError, a_contact
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

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "data/sitemap.xsd"))
NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
HOST = "http://testserver"
MOMENT = datetime(2020, 5, 1, 9, tzinfo=UTC)


def sitemap(client, address):
    """Return the sitemap's elements; one that sitemaps.org does not allow fails the test."""
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    elements = etree.fromstring(response.content)
    SCHEMA.assertValid(elements)
    return elements


def places(elements):
    """Return the addresses that a sitemap lists, without the host."""
    return [each.text.removeprefix(HOST) for each in elements.findall("*/map:loc", NAMES)]


@pytest.fixture
def site(db):
    """A site with something and nothing to read of each kind."""
    film = make_film(poster=make_image())
    make_credit(film, make_person(portrait=make_image()), "Jim")
    make_film("Nothing Known")
    make_person("Nobody Knows")
    make_topic("Unused")
    make_author("Unread")
    with time_machine.travel(MOMENT, tick=False) as clock:
        live = make_live("Live", film=film, authors=[make_author()], topics=[make_topic()], hero=make_image())
        make_article("Draft")
        gone = make_live("Gone")
        clock.shift(60)
        withdraw(gone, by=None)
    make_live("Planned", at=timezone.now() + timedelta(days=1))
    return live


def test_the_index_leads_to_a_sitemap_of_each_kind_that_there_is(client, site):
    parts = places(sitemap(client, "/sitemap.xml"))
    assert parts == [f"/sitemap-{kind}.xml" for kind in ("articles", "films", "people", "topics", "authors")]
    assert [places(sitemap(client, part)) for part in parts] == [
        ["/articles/live/"],
        ["/films/rush-1991/"],
        ["/people/jason-patric/"],
        ["/topics/undercover/"],
        ["/authors/daniel-fox/"],
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("film", {"logline": "Two agents."}), ("film", {"poster": make_image}), ("film", {"credits": make_credit}),
     ("person", {"bio": "An actor."}), ("person", {"portrait": make_image}), ("person", {"credits": make_credit})],
)  # fmt: skip
def test_what_a_sitemap_leaves_out_says_itself_that_it_is_not_for_search(client, db, kind, fields):
    bare, told = (make_film, make_person)[kind == "person"], dict(fields)
    credits = told.pop("credits", None)
    known = bare("Known", **{name: value() if callable(value) else value for name, value in told.items()})
    if credits:
        credits(**{kind: known})
    unknown = bare("Unknown")
    section = {"film": "films", "person": "people"}[kind]
    assert known.get_absolute_url() in places(sitemap(client, f"/sitemap-{section}.xml"))
    assert unknown.get_absolute_url() not in places(sitemap(client, f"/sitemap-{section}.xml"))
    unlisted = [
        'name="robots" content="noindex"' in client.get(row.get_absolute_url()).text for row in (known, unknown)
    ]
    assert unlisted == [False, True]


@pytest.mark.parametrize("make", [make_topic, make_author])
def test_a_page_without_articles_is_not_for_search(client, db, make):
    assert 'name="robots" content="noindex"' in client.get(make().get_absolute_url()).text


def test_dates_are_those_of_the_last_change_for_readers(client, site):
    changed = MOMENT + timedelta(days=3)
    with time_machine.travel(changed, tick=False):
        publish(save_revision(site, by=None, base=site.head, body="New."), by=None)
    Film.objects.update(updated_at=MOMENT)
    for part in ("articles", "topics", "authors"):
        dates = [each.text for each in sitemap(client, f"/sitemap-{part}.xml").findall("*/map:lastmod", NAMES)]
        assert list(map(parse_datetime, dates)) == [changed], part
    index = [parse_datetime(each.text) for each in sitemap(client, "/sitemap.xml").findall("*/map:lastmod", NAMES)]
    assert (index[0], index[1]) == (changed, MOMENT)


def test_pictures_stand_with_their_pages(client, site):
    for part in ("articles", "films", "people"):
        pictures = sitemap(client, f"/sitemap-{part}.xml").findall(".//image:loc", NAMES)
        assert [picture.text.startswith(f"{HOST}/media/") for picture in pictures] == [True]


def test_a_long_sitemap_comes_in_pages(client, db, monkeypatch):
    monkeypatch.setattr(FilmSitemap, "limit", 2)
    for number in range(5):
        make_film(f"Film {number}", logline="Known.")
    parts = places(sitemap(client, "/sitemap.xml"))
    assert parts == ["/sitemap-films.xml", "/sitemap-films.xml?p=2", "/sitemap-films.xml?p=3"]
    found = [place for part in parts for place in places(sitemap(client, part))]
    assert found == [f"/films/film-{number}-1991/" for number in range(5)]
    assert [client.get(f"/sitemap-films.xml?p={page}").status_code for page in ("0", "4", "x", "")] == [404] * 4


def test_there_is_no_sitemap_of_anything_else(client, db):
    assert client.get("/sitemap-secrets.xml").status_code == 404


def test_news_are_what_came_out_first_within_two_days(client, db):
    with time_machine.travel(MOMENT, tick=False) as clock:
        old = make_live("Old")
        clock.shift(timedelta(hours=1))
        make_live("Bell\x07 & <b>")
        clock.shift(timedelta(hours=47, seconds=30))
        publish(save_revision(old, by=None, base=old.head, body="New."), by=None)
        make_live("Newest")
        elements = sitemap(client, "/news-sitemap.xml")
    assert places(elements) == ["/articles/newest/", "/articles/bell-b/"]
    assert [title.text for title in elements.findall(".//news:title", NAMES)] == ["Newest", "Bell & <b>"]
    assert parse_datetime(elements.findall(".//news:publication_date", NAMES)[1].text) == MOMENT + timedelta(hours=1)
    assert elements.findtext(".//news:name", namespaces=NAMES) == "RushCMS"


def test_without_news_the_sitemap_is_empty(client, db):
    response = client.get("/news-sitemap.xml")
    assert (response.status_code, len(etree.fromstring(response.content))) == (200, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_sitemaps_cost_the_same_however_long(client, db, django_assert_num_queries, count):
    for number in range(count):
        film = make_film(f"Film {number}", poster=make_image())
        make_credit(film, make_person(f"Person {number}", portrait=make_image()), "Jim")
        authors, topics = [make_author(f"Author {number}")], [make_topic(f"Topic {number}")]
        make_live(f"Piece {number}", film=film, authors=authors, topics=topics, hero=make_image())
    with django_assert_num_queries(5 + 1):
        client.get("/sitemap.xml")
    for part in ("articles", "films", "people", "topics", "authors"):
        with django_assert_num_queries(2 + 1):
            client.get(f"/sitemap-{part}.xml")
    with django_assert_num_queries(1 + 1):
        client.get("/news-sitemap.xml")


def test_a_sitemap_holds_no_more_than_is_allowed():
    assert max(ArticleSitemap.limit, FilmSitemap.limit) <= 50_000


def test_robots_are_led_to_the_sitemaps_and_kept_from_the_desk_and_searches(client, db):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.split("\n")
    assert lines[:4] == ["User-agent: *", "Disallow: /admin/", "Disallow: /search/suggest", "Disallow: /search/?"]
    assert [line for line in lines if line.startswith("Sitemap")] == [
        f"Sitemap: {HOST}/sitemap.xml",
        f"Sitemap: {HOST}/news-sitemap.xml",
    ]


def test_security_txt_names_the_contact_for_less_than_a_year(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:security@film.example"
    with time_machine.travel(MOMENT, tick=False):
        response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == "mailto:security@film.example"
    assert MOMENT < parse_datetime(fields["Expires"]) < MOMENT + timedelta(days=365)
    assert fields["Canonical"] == f"{HOST}/.well-known/security.txt"


def test_without_a_contact_there_is_no_security_txt(client, db):
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("uri", ["security@film.example", "http://film.example/", "mailto:a\nb: c"])
def test_a_contact_is_an_address_that_one_can_use(uri):
    with pytest.raises(ValidationError):
        a_contact(uri)
