"""Where an article is filed, and that no address it ever had is lost."""

import pytest
from django.contrib.redirects.models import Redirect
from django.core.exceptions import PermissionDenied

from articles.filing import AddressTaken, move, refile
from articles.models import Article
from tests.factories import make_article, make_author, make_film, make_member, make_topic


def redirects():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_old_addresses_lead_straight_to_the_newest(db):
    article = make_article(slug="one")
    move(article, "two", by=None)
    move(article, "three", by=None)
    assert redirects() == {"/articles/one/": "/articles/three/", "/articles/two/": "/articles/three/"}


def test_going_back_to_an_old_address_leaves_no_circle(db):
    article = make_article(slug="one")
    move(article, "two", by=None)
    move(article, "one", by=None)
    assert redirects() == {"/articles/two/": "/articles/one/"}


def test_taken_address_is_refused_and_nothing_changes(db):
    make_article(slug="taken")
    article = make_article(slug="one")
    with pytest.raises(AddressTaken, match="Another article is at /articles/taken/"):
        refile(article, by=None, slug="taken", kind="essay")
    assert (Article.objects.get(pk=article.pk).kind, redirects()) == ("explainer", {})


def test_what_is_not_given_stays(db):
    film, author, topic = make_film(), make_author(), make_topic()
    article = make_article(film=film, authors=[author], topics=[topic])
    refile(article, by=None, kind="ending")
    article = Article.objects.get()
    assert (article.kind, article.film, *article.authors.all(), *article.topics.all()) == (
        "ending",
        film,
        author,
        topic,
    )
    refile(article, by=None, film=None, authors=[], topics=[])
    article = Article.objects.get()
    assert (article.film, *article.authors.all(), *article.topics.all()) == (None,)


def test_writers_file_their_own_alone(db):
    writer = make_member("Writers")
    refile(make_article(by=writer), by=writer, kind="essay")
    with pytest.raises(PermissionDenied):
        refile(make_article(), by=writer, kind="essay")
