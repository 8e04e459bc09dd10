"""Spoilers stand in no page but closed, and in nothing that is derived from one."""

import re

import pytest

from tests.articles.test_rendering_spoilers import SECRET, SPOILT
from tests.factories import make_author, make_film, make_live, make_person, make_topic

LAST = SPOILT["an unclosed block"]
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


def shown(page):
    """Return *page* without what is closed in its text: spoilers in lines and in blocks."""
    page = re.sub(r'<details class="spoiler-block">.*</details>', "", page, flags=re.DOTALL)
    return re.sub(r'<span class="spoiler__text">.*?</span></span>', "", page, flags=re.DOTALL)


def test_article_shows_no_spoiler_outside_its_text_and_there_closed(client, piece):
    page = client.get(piece.get_absolute_url()).text
    head, _, rest = page.partition("</head>")
    assert page.count(SECRET) >= len(SPOILT)
    assert head.count(SECRET) == 0
    assert 'name="description" content="A b' in head
    assert SECRET not in shown(rest)
    assert SECRET not in rest.partition('class="prose"')[0]


@pytest.mark.parametrize("place", PLACES)
def test_lists_cards_and_film_pages_show_none(client, piece, place):
    page = client.get(place).text
    assert piece.get_absolute_url() in page
    assert SECRET not in page
