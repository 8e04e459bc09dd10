"""Where an article is filed, through the writing screen: nobody's filing is undone, a live one is an editor's."""

import pytest

from articles.filing import move
from articles.models import Article
from tests.factories import make_article, make_author, make_film, make_live, make_member, make_topic

ADD = "/admin/articles/article/add/"


@pytest.fixture
def editor(client, db):
    client.force_login(make_member("Editors"))
    return client


def opened(client, article):
    """Return what a form of *article* that is opened now would send back."""
    form = client.get(f"/admin/articles/article/{article.pk}/change/").context["adminform"].form
    names = ["title", "dek", "body", "spoilers", "base", "slug", "kind", "film", "authors", "topics", "filed"]
    sent = {name: form[name].value() for name in names}
    sent["topics"] = [getattr(topic, "pk", topic) for topic in sent["topics"]]
    return {name: value for name, value in sent.items() if value is not None}


def send(client, article, sent, **changes):
    return client.post(f"/admin/articles/article/{article.pk}/change/", {**sent, **changes})


def errors(response):
    return response.context["adminform"].form.errors


def test_what_a_colleague_filed_meanwhile_stays(editor):
    article, film, author, topic = make_article(), make_film(), make_author(), make_topic()
    mine, theirs = opened(editor, article), opened(editor, article)
    send(editor, article, theirs, film=film.pk, authors=[author.pk], topics=[topic.pk])
    assert send(editor, article, mine, title="Another title").status_code == 302
    article = Article.objects.get()
    assert (article.head.title, article.film) == ("Another title", film)
    assert [*article.authors.all(), *article.topics.all()] == [author, topic]


def test_what_both_filed_is_asked_about_once(editor):
    article, theirs_film, my_film = make_article(), make_film("Theirs"), make_film("Mine")
    mine, theirs = opened(editor, article), opened(editor, article)
    send(editor, article, theirs, film=theirs_film.pk)
    refused = send(editor, article, mine, film=my_film.pk, title="Another title")
    message = "A colleague changed this to “Theirs (1991)” meanwhile. Save again to keep yours."
    assert errors(refused) == {"film": [message]}
    assert Article.objects.get().film == theirs_film
    again = refused.context["adminform"].form["filed"].value()
    assert send(editor, article, mine, film=my_film.pk, title="Another title", filed=again).status_code == 302
    assert (Article.objects.get().film, Article.objects.get().head.title) == (my_film, "Another title")


def test_same_choice_of_both_is_no_question(editor):
    article, film = make_article(), make_film()
    mine, theirs = opened(editor, article), opened(editor, article)
    send(editor, article, theirs, film=film.pk)
    assert send(editor, article, mine, film=film.pk, title="Another title").status_code == 302


@pytest.mark.parametrize("filed", ["", "null", "[]", "{", '{"film": "x"}', '{"film": [1]}'])
def test_odd_memory_of_the_filing_loses_nothing(editor, filed):
    article, film = make_article(), make_film()
    response = send(editor, article, opened(editor, article), film=film.pk, filed=filed)
    assert response.status_code in {200, 302}
    assert response.status_code == 302 or errors(response)


def test_writer_cannot_change_what_readers_see_by_filing(client, db):
    writer = make_member("Writers")
    article = make_live(by=writer, slug="live")
    client.force_login(writer)
    sent = opened(client, article)
    assert send(client, article, sent, slug="elsewhere", kind="essay", title="Another title").status_code == 302
    article = Article.objects.get()
    assert (article.slug, article.kind, article.head.title) == ("live", "explainer", "Another title")


def test_editor_may_file_after_a_writer_could_not(client, db):
    writer, author = make_member("Writers"), make_author()
    article = make_live(by=writer)
    client.force_login(writer)
    opened(client, article)
    client.force_login(make_member("Editors"))
    send(client, article, opened(client, article), authors=[author.pk])
    assert [*Article.objects.get().authors.all()] == [author]


def test_refused_form_of_a_live_article_still_links_to_its_page(editor):
    article = make_live(slug="live")
    response = send(editor, article, opened(editor, article), slug="", title="")
    assert response.status_code == 200
    assert 'href="/articles/live/"' in response.content.decode()


def test_topic_that_can_be_none_is_refused(editor):
    article = make_article()
    response = send(editor, article, opened(editor, article), topics=["9" * 30])
    assert errors(response).keys() == {"topics"}


def test_new_article_does_not_take_an_address_that_leads_to_another(editor):
    moved = make_live("Rush")
    move(moved, "rush-explained", by=None)
    typed = {"title": "Rush", "kind": "essay", "spoilers": "none"}
    refused = editor.post(ADD, {**typed, "slug": "rush"})
    assert errors(refused) == {"slug": ["That address still leads to /articles/rush-explained/."]}
    editor.post(ADD, typed)
    assert Article.objects.latest("pk").slug == "rush-2"
