"""Feeds: valid in both formats, whole, and without what only the site may show."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from lxml import etree

from articles.drafting import save_revision
from articles.models import CorrectionKind
from articles.publishing import publish, withdraw
from articles.rendering.syndicating import for_feeds
from films import addresses
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

DATA = Path(__file__).parents[1] / "data"
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
MOMENT = datetime(2020, 5, 1, 9, tzinfo=UTC)
PAGE = "https://film.example/articles/rush/"


@pytest.fixture
def piece(db):
    """A live article with all that a feed tells."""
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor")
    with time_machine.travel(MOMENT, tick=False):
        return make_live(
            'What Is "Rush" About?',
            film=film,
            authors=[make_author("Daniel Fox"), make_author("Ana")],
            topics=[make_topic("Undercover")],
            hero=make_image(credit_line="MGM"),
            body=f"[[person:jason-patric]] & ||dies||.\n\n![A street](image:{make_image().pk})",
            spoilers="mild",
        )


def atom(client, address="/feed.xml"):
    """Return the feed's elements; one that RFC 4287 does not allow fails the test."""
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = etree.fromstring(response.content)
    etree.RelaxNG(etree.parse(DATA / "atom.rng")).assertValid(feed)
    entries = feed.findall("atom:entry", ATOM)
    ids = [entry.findtext("atom:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    for element in [feed, *entries]:
        alternate = [link for link in element.findall("atom:link", ATOM) if link.get("rel") == "alternate"]
        assert len(alternate) == 1
    return feed


def json_feed(client, address="/feed.json"):
    """Return the feed; one that breaks a rule of JSON Feed 1.1 fails the test."""
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/feed+json")
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{address}"
    assert all(feed[name] for name in ("title", "home_page_url", "language"))
    for item in feed["items"]:
        assert all(isinstance(item[name], str) and item[name] for name in ("id", "url", "content_html"))
        assert all(datetime.fromisoformat(item[name]).tzinfo for name in ("date_published", "date_modified"))
        assert all(set(author) <= {"name", "url", "avatar"} and author for author in item.get("authors", []))
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert set(item) <= ITEM
    return feed


ITEM = {
    *("id", "url", "title", "summary", "content_html", "image", "date_published", "date_modified", "authors", "tags"),
}


def text(element, path):
    """Return the texts at *path* below *element*."""
    return [each.text for each in element.findall(path, ATOM)]


def test_atom_tells_of_an_article_all_there_is(client, piece):
    (entry,) = atom(client).findall("atom:entry", ATOM)
    assert text(entry, "atom:title") == ["What Is “Rush” About?"]
    assert text(entry, "atom:author/atom:name") == ["Daniel Fox", "Ana"]
    assert text(entry, "atom:author/atom:uri")[0] == "http://testserver/authors/daniel-fox/"
    terms = [category.get("term") for category in entry.findall("atom:category", ATOM)]
    assert terms == ["Explainer", "Rush", "Undercover"]
    assert text(entry, "atom:published") == text(entry, "atom:updated") == ["2020-05-01T09:00:00+00:00"]
    assert text(entry, "atom:summary") == ["Two agents go under."]
    assert entry.find("atom:link", ATOM).get("href") == f"http://testserver{piece.get_absolute_url()}"


def test_json_tells_the_same_as_atom(client, piece):
    (entry,), (item,) = atom(client).findall("atom:entry", ATOM), json_feed(client)["items"]
    assert [item["id"], item["title"], item["content_html"]] == [
        entry.findtext(f"atom:{name}", namespaces=ATOM) for name in ("id", "title", "content")
    ]
    assert [author["name"] for author in item["authors"]] == ["Daniel Fox", "Ana"]
    assert item["image"].startswith("http://testserver/media/")


def test_the_text_is_whole_and_every_address_in_it_too(client, piece):
    html = json_feed(client)["items"][0]["content_html"]
    assert "<p><strong>Mild spoilers</strong></p>" in html
    assert '<a href="http://testserver/people/jason-patric/">Jason Patric</a> &amp; ' in html
    assert html.count('src="http://testserver/media/') == 2
    assert "MGM" in html
    assert not any(mark in html for mark in ('="/', "class=", "srcset", "<source", "<picture", "data-card"))


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p>a <span class="spoiler"><input type="checkbox"><span class="spoiler__text">b<em>c</em></span></span>d</p>',
         f'<p>a <a href="{PAGE}">[spoiler: on the site]</a>d</p>'),
        ('<details class="spoiler-block"><summary>End</summary><details class="spoiler-block">x</details>y</details>z',
         f'<p><a href="{PAGE}">A spoiler stands here; read it on the site.</a></p>z'),
        ("<details>x</details>y", "y"),
        ('<h2 id="one">One</h2><a href="#fn1" class="x">1</a>', f'<h2>One</h2><a href="{PAGE}#fn1">1</a>'),
        ("1 &lt; 2 &amp; &quot;é&quot; &#8217;", '1 &lt; 2 &amp; "é" ’'),
        ('<a href="javascript:x()">a</a><script>b</script>', "<a>a</a>"),
    ],
)  # fmt: skip
def test_spoilers_and_what_readers_cannot_show_are_taken_out(html, shown):
    assert for_feeds(html, PAGE) == shown


def test_a_part_that_spoils_stands_in_no_cast_table(client, db):
    film = make_film()
    make_credit(film, make_person(), "The Killer")
    film.characters.update(spoils=True)
    make_live(film=film, body="[[cast]]")
    (item,) = json_feed(client)["items"]
    assert ("Jason Patric" in item["content_html"], "Killer" in item["content_html"]) == (True, False)


def test_an_update_has_its_date_and_its_correction_and_the_same_id(client, piece):
    before = json_feed(client)["items"][0]
    with time_machine.travel(MOMENT + timedelta(days=2), tick=False):
        revision = save_revision(piece, by=None, base=piece.head, body="Other words.")
        publish(revision, by=None, correction=(CorrectionKind.CORRECTION, "It was <Dodd>."))
        atom(client)
        after = json_feed(client)["items"][0]
    assert before["id"] == after["id"]
    assert (after["date_published"], after["date_modified"]) == (
        "2020-05-01T09:00:00+00:00",
        "2020-05-03T09:00:00+00:00",
    )
    assert "<strong>Correction, May 3, 2020:</strong> It was &lt;Dodd&gt;." in after["content_html"]


def test_an_id_outlives_the_addresses_of_article_and_site(client, piece, settings):
    before = json_feed(client)["items"][0]
    type(piece).objects.filter(pk=piece.pk).update(slug="another")
    settings.ALLOWED_HOSTS = ["other.example"]
    after = json.loads(client.get("/feed.json", headers={"host": "other.example"}).content)["items"][0]
    assert after["url"] == "http://other.example/articles/another/"
    assert after["id"] == before["id"]


def test_feeds_of_a_film_a_topic_and_an_author_hold_their_own(client, piece):
    make_live("Another", film=make_film("Jaws"), topics=[make_topic("Sea")], authors=[make_author("Bea")])
    for row in (piece.film, piece.topics.get(), piece.authors.first()):
        address = row.get_absolute_url()
        assert text(atom(client, f"{address}feed.xml"), "atom:entry/atom:title") == ["What Is “Rush” About?"]
        feed = json_feed(client, f"{address}feed.json")
        assert [item["title"] for item in feed["items"]] == ["What Is “Rush” About?"]
        assert feed["home_page_url"] == f"http://testserver{address}"
        assert feed["title"] == f"{row} · RushCMS"


def test_only_what_is_live_is_fed_the_last_out_first(client, db):
    with time_machine.travel(MOMENT, tick=False) as clock:
        first = make_live("First out")
        gone = make_live("Gone")
        make_article("Draft")
        make_live("Tomorrow", at=MOMENT + timedelta(days=1))
        clock.shift(60)
        make_live("Second out")
        publish(save_revision(first, by=None, base=first.head, title="First, again"), by=None)
        withdraw(gone, by=None)
        assert [item["title"] for item in json_feed(client)["items"]] == ["Second out", "First, again"]


def test_a_feed_of_nothing_is_a_feed_and_stays_the_same(client, db):
    film = make_film()
    with time_machine.travel(MOMENT, tick=False) as clock:
        before = client.get(f"{film.get_absolute_url()}feed.xml").content
        clock.shift(60)
        feed = atom(client, f"{film.get_absolute_url()}feed.xml")
        assert client.get(f"{film.get_absolute_url()}feed.xml").content == before
    assert feed.findall("atom:entry", ATOM) == []
    assert json_feed(client)["items"] == []


@pytest.mark.parametrize("place", ["/films/nowhere/", "/topics/nowhere/", "/authors/nowhere/"])
def test_there_is_no_feed_of_what_is_not_there(client, db, place):
    assert {client.get(f"{place}feed.{kind}").status_code for kind in ("xml", "json")} == {404}


def test_the_feed_of_a_page_that_moved_leads_to_where_it_is(client, piece):
    addresses.lead("/films/old/", piece.film.get_absolute_url())
    response = client.get("/films/old/feed.json")
    assert (response.status_code, response.url) == (301, f"{piece.film.get_absolute_url()}feed.json")


def test_letters_that_xml_cannot_hold_are_left_out(client, db):
    make_live("Bell\x07 & <b>", dek="\x0b<i>", body="One\x0c two \x1b", authors=[make_author("A\x01na")])
    (entry,) = atom(client).findall("atom:entry", ATOM)
    assert text(entry, "atom:title") == ["Bell & <b>"]
    assert text(entry, "atom:author/atom:name") == ["Ana"]


@pytest.mark.parametrize("count", [1, 3])
def test_feeds_cost_the_same_however_many_articles(client, db, django_assert_num_queries, count):
    author = make_author("Ana")
    for number in range(count):
        film = make_film(f"Film {number}")
        make_credit(film, make_person(f"Actor {number}"), "Jim")
        make_credit(film, make_person(f"Director {number}"), department=Department.DIRECTING, job="director")
        names = f"[[person:actor-{number}]] [[character:jim]] [[film:film-{number}-1991]] [[film.director]]"
        body = f"{names}\n\n[[cast]]\n\n![A street](image:{make_image().pk})"
        make_live(f"Piece {number}", film=film, authors=[author], topics=[make_topic(f"T {number}")], body=body)
    # Articles, bylines, topics; pictures, people, films, characters, directors, cast with roles; corrections; keeping.
    with django_assert_num_queries(3 + 7 + 1 + 1):
        client.get("/feed.xml")
    with django_assert_num_queries(1 + 3 + 7 + 1 + 1):
        client.get(f"{author.get_absolute_url()}feed.json")


def test_who_has_the_feed_is_told_so(client, piece):
    for address in ("/feed.xml", "/feed.json"):
        etag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
