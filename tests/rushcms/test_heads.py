"""What the heads of pages say to networks, feed readers and search engines."""

from datetime import date

import html5lib
import pytest

from films.models import Department, NameOrder, Release
from tests.factories import make_author, make_credit, make_film, make_image, make_live, make_person, make_topic

HOST = "http://testserver"


def head(client, address):
    """Return the head of a page."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(client.get(address).content.decode())
    return page.find("head")


def said(client, address, prefix):
    """Return the properties of a page that begin with *prefix*, in order: name without it, and value."""
    metas = [(meta.get("property", ""), meta.get("content")) for meta in head(client, address).findall("meta")]
    return [(name.removeprefix(prefix), value) for name, value in metas if name.startswith(prefix)]


@pytest.fixture
def article(db):
    """A live article with all that its head tells."""
    film = make_film(runtime=120, poster=make_image(), logline="Two agents go under.")
    Release.objects.create(film=film, country="US", date=date(1991, 12, 22))
    make_credit(film, make_person(), "Jim Raynor", "The Killer", billing=1)
    make_credit(film, make_person("Sam Elliott"), "Dodd", billing=2)
    film.characters.filter(name="The Killer").update(spoils=True)
    make_credit(film, make_person("Lili Fini Zanuck"), department=Department.DIRECTING, job="director")
    return make_live(
        'About "Rush"', film=film, authors=[make_author()], topics=[make_topic(), make_topic("Crime & co")]
    )


def test_an_article_tells_networks_when_it_came_out_by_whom_and_on_what(client, article):
    published, modified, *rest = said(client, article.get_absolute_url(), "article:")
    assert (published[0], modified[0], published[1]) == ("published_time", "modified_time", modified[1])
    assert rest == [
        ("author", f"{HOST}/authors/daniel-fox/"),
        ("section", "Explainer"),
        ("tag", "Crime & co"),
        ("tag", "Undercover"),
    ]
    told = dict(said(client, article.get_absolute_url(), "og:"))
    assert (told["type"], told["title"], told["description"]) == ("article", "About “Rush”", "Two agents go under.")
    assert (told["url"], told["site_name"]) == (f"{HOST}{article.get_absolute_url()}", "RushCMS")


def test_a_film_tells_networks_who_made_it_and_who_plays_whom_but_what_spoils(client, article):
    address = article.film.get_absolute_url()
    assert said(client, address, "video:") == [
        ("director", f"{HOST}/people/lili-fini-zanuck/"),
        ("actor", f"{HOST}/people/jason-patric/"),
        ("actor:role", "Jim Raynor"),
        ("actor", f"{HOST}/people/sam-elliott/"),
        ("actor:role", "Dodd"),
        ("duration", "7200"),
        ("release_date", "1991-12-22"),
    ]
    told = dict(said(client, address, "og:"))
    assert (told["type"], told["title"]) == ("video.movie", "Rush (1991)")


@pytest.mark.parametrize(
    ("name", "order", "names"),
    [
        ("Jason Patric", NameOrder.WESTERN, [("first_name", "Jason"), ("last_name", "Patric")]),
        ("Robert De Niro", NameOrder.WESTERN, [("first_name", "Robert"), ("last_name", "De Niro")]),
        ("Sammy Davis Jr.", NameOrder.WESTERN, [("first_name", "Sammy"), ("last_name", "Davis")]),
        ("Madonna", NameOrder.WESTERN, []),
        ("Zhang Yimou", NameOrder.EASTERN, []),
    ],
)
def test_a_person_tells_networks_their_names_where_these_are_known_apart(client, db, name, order, names):
    assert said(client, make_person(name, name_order=order).get_absolute_url(), "profile:") == names


def test_pages_of_articles_films_and_people_are_shown_with_a_large_card(client, article):
    person = article.film.credits.cast().first().person
    for row in (article, article.film, person):
        told = dict(said(client, row.get_absolute_url(), "og:image"))
        assert told[""].startswith(f"{HOST}/cards/")
        assert (told[":width"], told[":height"], bool(told[":alt"])) == ("1200", "630", True)
        card = head(client, row.get_absolute_url()).find("meta[@name='twitter:card']")
        assert card.get("content") == "summary_large_image"
    assert head(client, "/").find("meta[@name='twitter:card']").get("content") == "summary"


def test_a_description_is_cut_between_letters_whatever_they_are(client, db):
    person = make_person(bio="&" * 500)
    assert dict(said(client, person.get_absolute_url(), "og:"))["description"] == "&" * 159 + "…"


def test_every_page_leads_to_the_feed_of_the_site_and_some_to_their_own(client, article):
    own = [article.film, article.authors.get(), article.topics.first()]
    for address, places in [("/", [""]), *((row.get_absolute_url(), [row.get_absolute_url()[1:], ""]) for row in own)]:
        links = head(client, address).findall("link[@rel='alternate']")
        assert [(link.get("type"), link.get("href")) for link in links] == [
            (f"application/{kind}", f"{HOST}/{place}feed.{ending}")
            for place in places
            for kind, ending in (("atom+xml", "xml"), ("feed+json", "json"))
        ]
        assert all(client.get(link.get("href").removeprefix(HOST)).status_code == 200 for link in links)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/films/", "/films/"),
        ("/films/?page=1", "/films/"),
        ("/films/?page=2", "/films/?page=2"),
        ("/films/?page=9&utm_source=x", "/films/?page=2"),
        ("/articles/?utm_source=x", "/articles/"),
    ],
)
def test_a_page_has_one_address_without_what_does_not_matter(client, db, address, canonical):
    make_live()
    for number in range(25):
        make_film(f"Film {number}")
    assert head(client, address).find("link[@rel='canonical']").get("href") == f"{HOST}{canonical}"


@pytest.mark.parametrize(
    "address", ["/films/?q=rush", "/people/?q=x", "/articles/?kind=essay", "/people/", "/nowhere/"]
)
def test_what_is_searched_filtered_or_empty_is_not_for_search_engines(client, db, address):
    make_film()
    make_live(kind="essay")
    found = head(client, address)
    assert found.find("link[@rel='canonical']") is None
    assert "noindex" in found.find("meta[@name='robots']").get("content")
