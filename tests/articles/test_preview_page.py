"""The shared preview: the readers' own page, unlisted, for those who have the link."""

import pytest

from articles.sharing import revoke, share
from tests.factories import make_article, make_author, make_credit, make_film, make_live


@pytest.fixture
def article(db):
    film = make_film()
    make_credit(film, None, "Jim Raynor")
    return make_article("Who Is Gaines?", film=film, authors=[make_author()], body="## One\n\nUnseen words.")


def test_anybody_with_the_link_sees_the_page_readers_will_get(client, article):
    response = client.get(share(article.head, by=None))
    assert next(template.name for template in response.templates) == "articles/article_detail.html"
    html = response.content.decode()
    for seen in ("Unseen words.", "Daniel Fox", "Jim Raynor", "This is a preview of revision 1"):
        assert seen in html


def test_preview_is_unlisted_uncached_and_sets_no_cookie(client, article):
    response = client.get(share(article.head, by=None))
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_ended_preview_says_so(client, article):
    link = share(article.head, by=None)
    revoke(article, by=None)
    response = client.get(link)
    assert response.status_code == 410
    assert "This preview has ended" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_live_page_is_listed(client, db):
    response = client.get(make_live().get_absolute_url())
    assert "X-Robots-Tag" not in response.headers
    assert "This is a preview" not in response.content.decode()
