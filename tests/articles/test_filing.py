"""Where an article is filed, and that no address it ever had is lost."""

import pytest
from django.contrib.redirects.models import Redirect
from django.core.exceptions import PermissionDenied

from articles.addresses import AddressTaken
from articles.filing import move, refile
from articles.locking import InTrash
from articles.models import Action, Article, Event
from articles.trashing import purge, trash
from tests.factories import make_article, make_author, make_film, make_live, make_member, make_topic


def redirects():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_old_addresses_lead_straight_to_the_newest(db):
    article = make_live(slug="one")
    move(article, "two", by=None)
    move(article, "three", by=None)
    assert redirects() == {"/articles/one/": "/articles/three/", "/articles/two/": "/articles/three/"}


def test_going_back_to_an_old_address_leaves_no_circle(db):
    article = make_live(slug="one")
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


def test_title_that_nobody_read_does_not_leak_by_its_address(db):
    article = make_article(slug="secret-ending")
    move(article, "one", by=None)
    assert redirects() == {}


def test_old_address_of_another_article_is_not_taken_from_it(db):
    other, article = make_live(slug="one"), make_live(slug="mine")
    move(other, "two", by=None)
    with pytest.raises(AddressTaken, match="That address still leads to /articles/two/"):
        move(article, "one", by=None)
    assert (Article.objects.get(pk=article.pk).slug, redirects()) == ("mine", {"/articles/one/": "/articles/two/"})


def test_purged_article_leaves_no_way_to_nothing(db):
    other, article = make_live(slug="other"), make_live(slug="one")
    move(other, "another", by=None)
    move(article, "two", by=None)
    trash(article, by=None)
    purge(article, by=None)
    assert redirects() == {"/articles/other/": "/articles/another/"}


def test_filing_is_told_by_its_real_differences(db):
    film, anna, ben = make_film(), make_author(), make_author()
    topic = make_topic()
    article = make_article(film=film, authors=[anna], topics=[topic])
    refile(article, by=None, slug=article.slug, kind="explainer", film=film, authors=[anna], topics=[topic])
    assert not Event.objects.filter(action=Action.FILED).exists()
    refile(article, by=None, kind="ending", film=None, authors=[ben, anna], topics=[])
    told = Event.objects.get(action=Action.FILED).detail
    assert told == (
        f"kind: Explainer to ending explained; film: {film} to none; "
        f"authors: {anna} to {ben}, {anna}; topics: {topic} to none"
    )


def test_what_a_form_has_put_on_the_article_already_is_a_difference_still(db):
    article = make_article(kind="explainer")
    article.kind = "essay"
    refile(article, by=None, kind="essay")
    assert Event.objects.get(action=Action.FILED).detail == "kind: Explainer to Essay"
    assert Article.objects.get().kind == "essay"


def test_nothing_is_filed_in_the_trash(db):
    article = make_article(slug="one")
    trash(article, by=None)
    for change in ({"slug": "two"}, {"kind": "essay"}):
        with pytest.raises(InTrash):
            refile(article, by=None, **change)
    assert Article.objects.get().slug == "one"
