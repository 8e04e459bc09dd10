"""The writing screen and the list of articles: what a save writes, who may publish, what is never lost."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.drafting import save_revision
from articles.models import Article, Author, Publication, Revision
from articles.publishing import publish, withdraw
from articles.searching.search import search
from films.models import Image
from tests.factories import (
    make_article,
    make_author,
    make_film,
    make_image,
    make_live,
    make_superuser,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
ADD = f"{LIST}add/"
WRITER = ["articles.add_article", "articles.change_article", "articles.view_article"]
EDITOR = [*WRITER, "articles.publish_article"]


@pytest.fixture
def editor(client):
    client.user = make_user(*EDITOR, username="ana")
    client.force_login(client.user)
    return client


def page_of(article):
    return f"{LIST}{article.pk}/change/"


def form_of(article, **changes):
    """Return what the browser sends where nothing but *changes* was typed."""
    head = article.head
    content = {**head.content, "hero": head.hero_id or ""}
    filing = {
        "slug": article.slug,
        "kind": article.kind,
        "film": article.film_id or "",
        "authors": [byline.author_id for byline in article.bylines.order_by("position")],
        "topics": [topic.pk for topic in article.topics.all()],
    }
    body = {"body": head.body.replace("\n", "\r\n")}
    return {**content, **filing, **body, "base": head.pk, "note": "", **changes}


def said(response):
    return [str(message) for message in response.context["messages"]]


def reload(article):
    return Article.objects.select_related("head").get(pk=article.pk)


# Writing -------------------------------------------------------------------------------------------------------------


def test_a_new_article_is_started_with_all_that_was_typed(editor):
    film, hero, topic = make_film(), make_image(), make_topic()
    authors = [make_author("Zoë Quinn"), make_author("Ana Lima")]
    data = {
        "title": "What Is “Rush” About?\n",
        "dek": "Two agents go under.",
        "body": "One.\r\n\r\nTwo.",
        "hero": hero.pk,
        "spoilers": "mild",
        "seo_title": "Rush, explained",
        "seo_description": "",
        "kind": "ending",
        "film": film.pk,
        "authors": [author.pk for author in authors],
        "topics": [topic.pk],
    }
    response = editor.post(ADD, data, follow=True)
    article = Article.objects.get()
    assert response.redirect_chain == [(page_of(article), 302)]
    assert said(response) == ["Saved as the first revision."]
    assert article.head.content == {
        "title": "What Is “Rush” About?",
        "dek": "Two agents go under.",
        "body": "One.\n\nTwo.",
        "hero": hero,
        "spoilers": "mild",
        "seo_title": "Rush, explained",
        "seo_description": "",
    }
    assert (article.slug, article.kind, article.film) == ("what-is-rush-about", "ending", film)
    assert [byline.author for byline in article.bylines.all()] == authors
    assert [*article.topics.all()] == [topic]
    assert (article.head.created_by, article.head.number) == (editor.user, 1)
    assert LogEntry.objects.get().object_id == str(article.pk)


def test_two_articles_of_one_title_get_two_addresses(editor):
    for _ in range(2):
        editor.post(ADD, {"title": "Rush", "kind": "essay", "spoilers": "none"})
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["rush", "rush-2"]


def test_an_article_without_title_is_not_started_and_nothing_typed_is_lost(editor):
    response = editor.post(ADD, {"title": " ", "body": "A long night’s work", "kind": "essay", "spoilers": "none"})
    assert (response.status_code, Article.objects.count()) == (200, 0)
    assert response.context["adminform"].form.errors == {"title": ["This field is required."]}
    assert "A long night’s work" in response.text
    assert "data-typed" in response.text


def test_a_taken_address_is_told_and_nothing_typed_is_lost(editor):
    make_article("Rush")
    article = make_article("Flash")
    response = editor.post(page_of(article), form_of(article, slug="rush", body="New words"))
    assert (response.status_code, reload(article).head.number) == (200, 1)
    assert list(response.context["adminform"].form.errors) == ["slug"]
    assert "New words" in response.text


def test_a_save_makes_the_next_revision_and_keeps_the_last(editor):
    article = make_article(body="One.\n\nTwo.\n")
    response = editor.post(page_of(article), form_of(article, title="Another title", note="Renamed"), follow=True)
    head = reload(article).head
    assert said(response) == ["Saved as revision 2."]
    assert (head.number, head.parent, head.title, head.body) == (2, article.head, "Another title", "One.\n\nTwo.\n")
    assert (head.note, head.created_by) == ("Renamed", editor.user)
    assert article.slug == reload(article).slug


def test_a_save_that_changes_nothing_makes_no_revision_and_says_so(editor):
    article = make_article(body="One.\n\nTwo.\n", authors=[make_author()], topics=[make_topic()], film=make_film())
    response = editor.post(page_of(article), form_of(article), follow=True)
    assert said(response) == ["Nothing has changed, so no new revision was made."]
    assert (Revision.objects.count(), reload(article).version) == (1, article.version)


def test_filing_alone_makes_no_revision_and_says_so(editor):
    first, second = make_author("Zoë Quinn"), make_author("Ana Lima")
    article, film = make_article(authors=[first, second]), make_film()
    changes = {"authors": [second.pk, first.pk], "film": film.pk, "kind": "guide", "slug": "rush-guide"}
    response = editor.post(page_of(article), form_of(article, **changes), follow=True)
    assert said(response) == ["Filing saved. The text is unchanged, so no new revision was made. It has moved."]
    article = reload(article)
    assert [byline.author for byline in article.bylines.all()] == [second, first]
    assert (article.film, article.kind, article.slug, article.head.number) == (film, "guide", "rush-guide", 1)


@pytest.mark.parametrize("authors", [["x"], ["0"], ["9" * 30]])
def test_an_unknown_author_is_told(editor, authors):
    article = make_article()
    response = editor.post(page_of(article), form_of(article, authors=authors))
    assert (response.status_code, list(response.context["adminform"].form.errors)) == (200, ["authors"])


@pytest.mark.parametrize(("field", "value"), [("film", "x"), ("film", "9" * 30), ("topics", "x"), ("hero", "x")])
def test_what_is_no_choice_is_told(editor, field, value):
    article = make_article()
    response = editor.post(page_of(article), form_of(article, **{field: value}))
    assert (response.status_code, list(response.context["adminform"].form.errors)) == (200, [field])


def test_saving_over_a_newer_revision_writes_nothing_and_loses_nothing(editor):
    article, colleague = make_article(body="Before."), make_user("articles.change_article", username="max")
    typed = form_of(article, body="Mine.", kind="guide")
    theirs = save_revision(article, by=colleague, base=article.head, body="Theirs.")
    response = editor.post(page_of(article), typed)
    assert response.status_code == 409
    assert "max saved" in response.text
    assert "Theirs" in response.text
    assert "Mine" in response.text
    assert (reload(article).head, reload(article).kind) == (theirs, "explainer")


@pytest.mark.parametrize("base", ["", "0", "x"])
def test_a_form_without_its_base_writes_nothing(editor, base):
    article = make_article()
    response = editor.post(page_of(article), form_of(article, body="Mine.", base=base))
    assert response.status_code in {200, 409}
    assert reload(article).head == article.head


def test_the_base_of_another_article_is_refused(editor):
    article, other = make_article(), make_article()
    editor.post(page_of(article), form_of(article, body="Mine.", base=other.head.pk))
    assert reload(article).head == article.head


# Publishing ----------------------------------------------------------------------------------------------------------


def test_publish_saves_first_and_links_to_the_page(editor):
    article = make_article()
    response = editor.post(page_of(article), form_of(article, body="New words", _publish="1"), follow=True)
    publication = Publication.objects.live().get()
    assert (publication.revision.body, publication.by) == ("New words", editor.user)
    saved, published = said(response)
    assert saved == "Saved as revision 2."
    assert f'<a href="{article.get_absolute_url()}">' in published


def test_a_new_article_can_be_published_at_once(editor):
    sent = {"title": "Rush", "kind": "essay", "spoilers": "none", "body": "Words."}
    editor.post(ADD, {**sent, "_publish": "1"})
    assert Publication.objects.live().get().revision.title == "Rush"


def test_withdraw_takes_the_article_from_readers_and_keeps_what_was_typed(editor):
    article = make_live()
    response = editor.post(page_of(article), form_of(article, body="Not yet", _withdraw="1"), follow=True)
    assert said(response) == ["Saved as revision 2.", "Withdrawn: readers no longer see this article."]
    assert not Publication.objects.live().exists()


def test_what_cannot_be_withdrawn_is_told_and_the_words_are_saved(editor):
    article = make_article()
    response = editor.post(page_of(article), form_of(article, body="New words", _withdraw="1"), follow=True)
    assert said(response)[1] == "Readers do not see this article now. What you wrote is saved."
    assert reload(article).head.body == "New words"


def test_what_fails_its_checks_is_saved_and_not_published_with_the_ways_on(editor):
    article = make_article()
    response = editor.post(page_of(article), form_of(article, body="TODO ask Ines.", _publish="1"), follow=True)
    saved, stopped = said(response)
    assert saved == "Saved as revision 2."
    assert stopped.startswith("Revision 2 fails its checks.")
    assert "What you wrote is saved." in stopped
    assert re.findall('href="(.+?)"', stopped) == ["#findings", f"{page_of(article)[:-7]}publishing/"]
    assert 'id="findings"' in response.text
    assert (reload(article).head.body, Publication.objects.count()) == ("TODO ask Ines.", 0)


@pytest.mark.parametrize("button", ["_publish", "_withdraw"])
def test_a_writer_sees_no_publishing_and_a_forged_one_is_refused(client, button):
    article = make_live()
    client.force_login(make_user(*WRITER))
    page = client.get(page_of(article)).text
    assert 'name="_publish"' not in page
    assert 'name="_withdraw"' not in page
    response = client.post(page_of(article), form_of(article, body="New words", **{button: "1"}))
    assert (response.status_code, reload(article).head.number) == (403, 1)
    assert Publication.objects.live().get().revision == article.head


def test_only_a_live_article_has_a_page_to_view(editor):
    draft, live = make_article(), make_live()
    assert draft.get_absolute_url() not in editor.get(page_of(draft)).text
    assert live.get_absolute_url() in editor.get(page_of(live)).text
    withdraw(live, by=None)
    assert live.get_absolute_url() not in editor.get(page_of(live)).text


# Who may what --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("permissions", "read", "write", "add"),
    [
        ([], 403, 403, 403),
        (["articles.view_article"], 200, 403, 403),
        (["articles.change_article"], 200, 302, 403),
        (["articles.add_article"], 403, 403, 200),
        (["articles.delete_article"], 403, 403, 403),
        (EDITOR, 200, 302, 200),
    ],
)
def test_who_may_read_write_and_start(client, permissions, read, write, add):
    article = make_article()
    client.force_login(make_user(*permissions))
    assert client.get(page_of(article)).status_code == read
    assert client.post(page_of(article), form_of(article, body="Mine.")).status_code == write
    assert client.get(ADD).status_code == add
    assert reload(article).head.number == (2 if write == 302 else 1)


def test_who_may_only_read_gets_the_page_and_no_form(client):
    article = make_article(body="Some *words*.")
    client.force_login(make_user("articles.view_article"))
    page = client.get(page_of(article)).text
    assert "<em>words</em>" in page
    assert "<textarea" not in page


def test_the_anonymous_are_sent_to_the_login(client):
    article = make_article()
    response = client.get(page_of(article))
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_who_may_send_no_pictures_is_offered_none(client):
    article = make_article()
    client.force_login(make_user(*WRITER))
    assert "data-picture-dialog" not in client.get(page_of(article)).text
    client.force_login(make_user(*WRITER, "films.add_image"))
    assert "data-send" in client.get(page_of(article)).text


@pytest.mark.parametrize("where", ["page", "list"])
def test_nothing_is_deleted_but_from_the_trash(client, where):
    client.force_login(make_superuser())
    article = make_article()
    if where == "page":
        assert client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}).status_code == 403
    else:
        client.post(LIST, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})
    assert Article.objects.get() == article


# The list ------------------------------------------------------------------------------------------------------------


def titles(response):
    return {article.head.title for article in response.context["cl"].result_list}


def test_the_list_shows_where_every_article_stands(editor):
    make_article("Draft")
    make_live("Live")
    newer = make_live("Newer")
    save_revision(newer, by=None, base=newer.head, body="More.")
    withdraw(make_live("Gone"), by=None)
    page = editor.get(LIST).text
    for state in ("draft", "live", "live-newer", "withdrawn"):
        assert f'badge badge-{state}"' in page
    for state, title in [("draft", "Draft"), ("live", "Live"), ("live-newer", "Newer"), ("withdrawn", "Gone")]:
        assert titles(editor.get(LIST, {"state": state})) == {title}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("amelie", {"The Ending of “Amélie”, Explained"}),
        ("AMÉLIE ending", {"The Ending of “Amélie”, Explained"}),
        ("zoe", {"What Is the Movie “Rush” About?"}),
        ("rush quinn", {"What Is the Movie “Rush” About?"}),
        ("fabuleux", {"The Ending of “Amélie”, Explained"}),
        ("nothing", set()),
    ],
)
def test_search_finds_titles_films_and_authors_whatever_the_accents(editor, query, found):
    make_article(film=make_film(), authors=[make_author("Zoë Quinn")])
    film = make_film("Amélie", 2001, original_title="Le Fabuleux Destin d’Amélie Poulain")
    make_article("The Ending of “Amélie”, Explained", film=film, authors=[make_author("Ana Lima")])
    assert titles(editor.get(LIST, {"q": query})) == found


def test_the_list_is_filtered_by_kind_author_and_topic(editor):
    author, topic = make_author(), make_topic()
    make_article("Wanted", kind="essay", authors=[author], topics=[topic])
    make_article("Other")
    for query in ({"kind__exact": "essay"}, {"authors__id__exact": author.pk}, {"topics__id__exact": topic.pk}):
        assert titles(editor.get(LIST, query)) == {"Wanted"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(editor, count, django_assert_num_queries):
    for number in range(count):
        authors = [make_author(f"Author {number}"), make_author(f"Writer {number}")]
        make_live(
            f"Title {number}", by=make_superuser(), film=make_film(), authors=authors, topics=[make_topic(f"T{number}")]
        )
    with django_assert_num_queries(12):
        editor.get(LIST)


def test_the_writing_screen_costs_the_same_however_long_its_history(editor, django_assert_max_num_queries):
    article = make_live(authors=[make_author("Zoë"), make_author("Ana")])
    for number in range(8):
        save_revision(article, by=None, base=article.head, body=f"Words {number}.")
        publish(article.head, by=None)
    with django_assert_max_num_queries(24):
        page = editor.get(page_of(article))
    assert [revision.number for revision in page.context["revisions"]] == [9, 8, 7, 6, 5, 4]


# Authors and topics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["author", "topic"])
def test_an_author_or_topic_gets_its_address_from_its_name(client, kind):
    client.force_login(make_superuser())
    response = client.post(reverse(f"admin:articles_{kind}_add"), {"name": "Zoë Quinn"})
    assert response.status_code == 302
    response = client.get(reverse(f"admin:articles_{kind}_changelist"), {"q": "zoe"})
    assert [row.slug for row in response.context["cl"].result_list] == ["zoe-quinn"]


@pytest.mark.parametrize("kind", ["author", "topic"])
def test_articles_are_found_by_the_new_name_of_an_author_or_topic(client, kind):
    client.force_login(make_superuser())
    row = {"author": make_author, "topic": make_topic}[kind]("Zampano")
    make_live("Undercover", **{f"{kind}s": [row]})
    client.post(reverse(f"admin:articles_{kind}_change", args=[row.pk]), {"name": "Gelsomina", "slug": row.slug})
    assert [search(name).total for name in ("zampano", "gelsomina")] == [0, 1]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["author", "topic"])
def test_authors_and_topics_cost_the_same_however_many(client, kind, count, django_assert_num_queries):
    client.force_login(make_superuser())
    for number in range(count):
        author, topic = make_author(f"Author {number}", user=make_user()), make_topic(f"Topic {number}")
        make_article(authors=[author], topics=[topic])
    with django_assert_num_queries(5):
        response = client.get(reverse(f"admin:articles_{kind}_changelist"))
    assert {row.article_count for row in response.context["cl"].result_list} == {1}


def test_an_author_who_signs_something_is_not_deleted(client):
    client.force_login(make_superuser())
    author = make_author()
    make_article(authors=[author])
    client.post(reverse("admin:articles_author_delete", args=[author.pk]), {"post": "yes"})
    assert Author.objects.filter(pk=author.pk).exists()


def test_a_picture_that_an_article_shows_first_can_be_found_for_it(client):
    client.force_login(make_superuser())
    query = {"app_label": "articles", "model_name": "author", "field_name": "portrait", "term": "street"}
    image = make_image()
    assert client.get("/admin/autocomplete/", query).json()["results"][0]["id"] == str(image.pk)
    assert Image.objects.count() == 1
