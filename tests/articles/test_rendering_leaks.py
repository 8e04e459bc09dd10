"""Spoilers stand in no page but closed, and in nothing that is derived from one."""

from html.parser import HTMLParser

import pytest

from articles.models import SearchEntry
from articles.searching.search import search, suggest
from tests.articles.test_rendering_spoilers import SECRET, SPOILT
from tests.factories import make_author, make_credit, make_film, make_live, make_person, make_topic

LAST = SPOILT["an unclosed block"]
IN_A_LINE, OF_A_BLOCK = "[spoiler: on the site]", "A spoiler stands here"
FED = [f"{place}feed.{kind}" for place in ("/", "/films/rush-1991/", "/topics/undercover/") for kind in ("xml", "json")]
PLACES = ["/", "/articles/", "/films/rush-1991/", "/topics/undercover/", "/authors/daniel-fox/"]


@pytest.fixture
def piece(db):
    """A live article with spoilers of all kinds, and no dek: its description is made from the body."""
    sources = [source.replace("[^1]", f"[^{place}]") for place, source in enumerate(SPOILT.values()) if source != LAST]
    make_person()
    return make_live(
        film=make_film(),
        authors=[make_author()],
        topics=[make_topic()],
        dek="",
        body="\n\n".join([*sources, LAST]),
    )


class Shown(HTMLParser):
    """Reads a page and leaves out what is closed in its text: spoilers in lines and in blocks."""

    CLOSED = {("details", "spoiler-block"), ("span", "spoiler__text")}

    def __init__(self):
        super().__init__()
        self.closed, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        if self.closed:
            self.closed += [tag] * (tag == self.closed[0])
        elif (tag, dict(attrs).get("class")) in self.CLOSED:
            self.closed.append(tag)
        else:
            self.seen.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if self.closed and tag == self.closed[0]:
            self.closed.pop()

    def handle_data(self, data):
        self.seen += [] if self.closed else [data]


def shown(page):
    """Return what of *page* anybody sees, its tags included."""
    reader = Shown()
    reader.feed(page)
    reader.close()
    return "".join(reader.seen)


def test_what_stands_between_two_spoilers_is_seen():
    """One block in another, one in a line: nothing after their ends counts as closed."""
    block, line = '<details class="spoiler-block">{}</details>', '<span class="spoiler__text">x<span>y</span>z</span>'
    page = f"<p>a{line}b</p>{block.format(block.format('x') + 'y')}<b>c</b>{block.format('z')}d"
    assert shown(page) == "<p>ab<b>cd"


def test_article_shows_no_spoiler_outside_its_text_and_there_closed(client, piece):
    page = client.get(piece.get_absolute_url()).text
    head, _, rest = page.partition("</head>")
    assert page.count(SECRET) >= len(SPOILT)
    assert head.count(SECRET) == 0
    assert 'name="description" content="A b' in head
    assert SECRET not in shown(rest)
    assert SECRET not in rest.partition('class="prose"')[0]


@pytest.mark.parametrize("place", [*FED, "/sitemap-articles.xml", "/news-sitemap.xml"])
def test_feeds_and_sitemaps_show_none(client, piece, place):
    answer = client.get(place).text
    assert piece.get_absolute_url() in answer
    assert SECRET not in answer


@pytest.mark.parametrize("place", FED)
def test_feeds_say_where_a_spoiler_stands(client, piece, place):
    answer = client.get(place).text
    assert answer.count(IN_A_LINE) + answer.count(OF_A_BLOCK) >= len(SPOILT)
    assert f"{OF_A_BLOCK}; read it on the site." in answer


def test_linked_data_and_networks_are_told_none(client, piece):
    pages = [client.get(row.get_absolute_url()).text for row in (piece, piece.film)]
    heads = [page.partition("</head>")[0] for page in pages]
    assert ["ld+json" in head and 'property="og:' in head for head in heads] == [True, True]
    assert not any(SECRET in head for head in heads)


@pytest.mark.parametrize("place", PLACES)
def test_lists_cards_and_film_pages_show_none(client, piece, place):
    page = client.get(place).text
    assert piece.get_absolute_url() in page
    assert SECRET not in page


def test_search_knows_no_spoiler(client, piece):
    """Words beside a spoiler find the article and show a passage; the spoiler finds nothing, and stands nowhere."""
    assert SearchEntry.objects.filter(text__icontains=SECRET).count() == 0
    assert SearchEntry.objects.filter(prose__icontains=SECRET).count() == 0
    page = client.get("/search/", {"q": "movie rush"}).text
    assert piece.get_absolute_url() in page
    assert SECRET not in page
    assert search(SECRET).total == 0
    assert suggest(SECRET) == []
    assert SECRET not in client.get("/search/suggest", {"q": "movie rush"}).text


@pytest.fixture
def about_a_secret(db):
    """A live article that refers to a character who spoils in open prose, and no dek."""
    film = make_film()
    make_credit(film, make_person(), SECRET)
    film.characters.update(spoils=True)
    reference = f"[[character:{film.characters.get().slug}]]"
    body = f"In the movie Rush {reference} did it, the {reference[:-2]}|{SECRET} one]].\n\n## {reference} again"
    return make_live(film=film, authors=[make_author()], topics=[make_topic()], dek="", body=body)


def test_a_character_who_spoils_is_closed_wherever_the_text_refers_to_one(client, about_a_secret):
    page = client.get(about_a_secret.get_absolute_url()).text
    head, _, rest = page.partition("</head>")
    assert (head.count(SECRET), rest.count(f">{SECRET}")) == (0, 3)
    assert SECRET not in shown(rest)
    assert SECRET not in rest.partition('class="prose"')[0]


@pytest.mark.parametrize("place", [*FED, *PLACES, "/search/?q=movie+rush", "/search/suggest?q=movie+rush"])
def test_nothing_that_is_made_of_the_text_names_a_character_who_spoils(client, about_a_secret, place):
    answer = client.get(place).text
    assert about_a_secret.get_absolute_url() in answer
    assert (SECRET in answer, answer.count(IN_A_LINE)) == (False, 3 if place in FED else 0)
