"""The record of an article: every action, in a sentence."""

import pytest

from articles.admin.record import SENTENCES, Line
from articles.models import Action, Event, record
from tests.factories import make_article, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.user = make_member("Editors", username="ed", first_name="Edith", last_name="Lamp")
    client.force_login(client.user)
    return client


def page_of(article):
    return f"/admin/articles/article/{article.pk}/record/"


def test_every_action_has_its_sentence():
    assert set(SENTENCES) == set(Action)


@pytest.mark.parametrize(
    ("action", "detail", "sentence", "quote"),
    [
        ("saved", "Names mended", "saved revision 1", "Names mended"),
        ("restored", "Restored revision 2.", "restored an old text as revision 1", "Restored revision 2."),
        ("named", "Anniversary", "named revision 1 “Anniversary”", ""),
        ("named", "", "took the name of revision 1 away", ""),
        ("asked", "", "asked for a review of revision 1", ""),
        ("asked", "ed", "asked ed for a review of revision 1", ""),
        ("approved", "Fine.", "approved revision 1", "Fine."),
        ("changes", "Too long.", "asked for changes to revision 1", "Too long."),
        ("published", "", "published revision 1", ""),
        ("scheduled", "for 5 January 2027, 12:00", "scheduled revision 1 for 5 January 2027, 12:00", ""),
        ("cancelled", "withdrawal, for 5 January", "called off a planned change: withdrawal, for 5 January", ""),
        ("withdrew", "", "withdrew the article from readers", ""),
        ("withdrew", "for 5 January 2027, 12:00", "planned to withdraw the article on 5 January 2027, 12:00", ""),
        ("corrected", "It is {Nettle}.", "told readers of a correction with revision 1", "It is {Nettle}."),
        ("moved", "/articles/a/ to /articles/b/", "changed the address from /articles/a/ to /articles/b/", ""),
        ("filed", "film: Rush to none", "changed where the article is filed: film: Rush to none", ""),
        ("shared", "", "shared a preview of revision 1", ""),
        ("unshared", "", "ended all shared previews", ""),
        ("trashed", "", "put the article in the trash", ""),
        ("recovered", "", "took the article from the trash", ""),
        (
            "amended",
            "Correction: It is Nettles.",
            "mended what readers are told with revision 1; before, it said",
            "Correction: It is Nettles.",
        ),
        ("retracted", "Update: No.", "took back what readers were told with revision 1; it said", "Update: No."),
        (
            "overrode",
            "unfinished: It is a name.",
            "let revision 1 pass against the checks",
            "unfinished: It is a name.",
        ),
        ("dismissed", "unfinished: XXX", "dismissed a finding", "unfinished: XXX"),
    ],
)
def test_each_event_is_told_in_a_sentence(action, detail, sentence, quote):
    article = make_article()
    line = Line(record(article, Action(action), by=None, revision=article.head, detail=detail))
    assert (line.sentence, line.quote) == (sentence, quote)


def test_record_tells_who_did_what_newest_first_with_the_way_to_the_revision(editor):
    article = make_article()
    record(article, Action.APPROVED, by=editor.user, revision=article.head, detail="Fine <b>indeed</b>.")
    page = editor.get(page_of(article)).text
    assert page.index("approved revision 1") < page.index("saved revision 1")
    assert "<b>Edith Lamp</b>" in page
    assert "<b>A command</b>" in page
    assert "Fine &lt;b&gt;indeed&lt;/b&gt;." in page
    assert f'href="/admin/articles/article/{article.pk}/history/1/"' in page


def test_record_is_of_one_article(editor):
    make_article()
    article = make_article()
    assert [line.event.article_id for line in editor.get(page_of(article)).context["lines"]] == [article.pk]


def test_record_is_paged_and_forgives_an_odd_page(editor):
    article = make_article()
    Event.objects.bulk_create(Event(article=article, action="trashed") for _ in range(60))
    assert len(editor.get(page_of(article)).context["lines"]) == 50
    assert len(editor.get(page_of(article), {"page": 2}).context["lines"]) == 11
    for odd in ("x", "0", "99", "-1"):
        assert editor.get(page_of(article), {"page": odd}).status_code == 200


def test_nothing_is_changed_on_the_record(editor):
    article = make_article()
    assert editor.post(page_of(article)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_record_costs_the_same_however_long(editor, count, django_assert_num_queries):
    article = make_article()
    for _ in range(count):
        record(article, Action.SAVED, by=editor.user, revision=article.head)
    with django_assert_num_queries(7):
        editor.get(page_of(article))
