"""What readers are told when a published text changes, and where."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.correcting import CorrectionGone, amend_correction, retract_correction
from articles.drafting import save_revision
from articles.locking import InTrash
from articles.models import Action, Correction, Event
from articles.publishing import publish, withdraw
from articles.trashing import trash
from tests.factories import make_live, make_member

KEEPING = 1  # How long caches may keep the page.


@pytest.fixture
def correct(db, time_machine):
    """Return a function that corrects an article, a minute later each time."""
    time_machine.move_to(timezone.now())

    def put_right(article, text, *, at=None, kind="correction"):
        time_machine.shift(timedelta(minutes=1))
        revision = save_revision(article, by=None, base=article.head, body=f"As corrected: {text}")
        time_machine.shift(timedelta(minutes=1))
        return publish(revision, by=None, at=at, correction=(kind, text))

    return put_right


def page(client, address):
    return client.get(address).content.decode()


def test_correction_is_told_under_the_article_with_its_date(client, correct):
    article = make_live()
    publication = correct(article, "The name is Nettle.")
    html = page(client, article.get_absolute_url())
    assert "What we put right" in html
    assert "The name is Nettle." in html
    assert f'datetime="{timezone.localtime(publication.starts).isoformat()}"' in html


def test_article_without_corrections_says_nothing(client, db):
    assert "What we put right" not in page(client, make_live().get_absolute_url())


def test_later_publications_keep_the_correction(client, correct, time_machine):
    article = make_live()
    correct(article, "The name is Nettle.")
    time_machine.shift(timedelta(minutes=1))
    publish(save_revision(article, by=None, base=article.head, body="Again."), by=None)
    assert "The name is Nettle." in page(client, article.get_absolute_url())


def test_scheduled_correction_is_told_when_its_time_comes(client, correct, time_machine):
    article = make_live()
    correct(article, "Told tomorrow.", at=timezone.now() + timedelta(days=1), kind="update")
    for address in (article.get_absolute_url(), "/corrections/"):
        assert "Told tomorrow." not in page(client, address)
    time_machine.shift(timedelta(days=1))
    for address in (article.get_absolute_url(), "/corrections/"):
        assert "Told tomorrow." in page(client, address)


def test_corrections_page_lists_what_is_live_newest_first(client, correct, time_machine):
    kept, gone = make_live("Kept"), make_live("Gone")
    for article, text in ((kept, "First."), (gone, "Withdrawn."), (kept, "Second.")):
        correct(article, text)
    time_machine.shift(timedelta(minutes=1))
    withdraw(gone, by=None)
    html = page(client, "/corrections/")
    assert "Withdrawn." not in html
    assert html.index("Second.") < html.index("First.")


def test_corrections_page_costs_the_same_however_long(client, correct, django_assert_num_queries):
    article = make_live()
    for count in (1, 3):
        while article.publications.filter(correction__isnull=False).count() < count:
            correct(article, "Again.")
        with django_assert_num_queries(3 + KEEPING):
            page(client, "/corrections/")


def test_page_with_corrections_costs_one_query_more(client, correct, django_assert_num_queries):
    article = make_live()
    with django_assert_num_queries(4 + KEEPING):
        page(client, article.get_absolute_url())
    for _ in range(3):
        correct(article, "Again.")
    with django_assert_num_queries(5 + KEEPING):
        page(client, article.get_absolute_url())


# Mended and taken back -----------------------------------------------------------------------------------------------


def told(client, article):
    """Return what the article's page and the page of corrections tell, where they agree."""
    pages = [page(client, address) for address in (article.get_absolute_url(), "/corrections/")]
    notes = [html.partition('class="corrections')[2] or html.partition("<h1")[2] for html in pages]
    texts = [[text for text in ("It is Nettles.", "It is Nettle.") if f"</time> {text}" in html] for html in notes]
    assert texts[0] == texts[1]
    return texts[0]


def changes_of(correction):
    return [partial(retract_correction, correction), partial(amend_correction, correction, kind="update", text="x")]


def test_a_mended_correction_says_the_new_text_and_the_record_the_old(client, correct):
    article, editor = make_live(), make_member("Editors")
    correction = correct(article, "It is Nettles.").correction
    assert amend_correction(correction, kind="clarification", text="It is Nettle.", by=editor)
    assert told(client, article) == ["It is Nettle."]
    event = Event.objects.get(action=Action.AMENDED)
    assert (event.by, event.detail, event.revision) == (editor, "Correction: It is Nettles.", article.head)


def test_a_correction_that_stays_as_it_is_leaves_no_record(correct):
    correction = correct(make_live(), "It is Nettles.").correction
    assert not amend_correction(correction, kind="correction", text="It is Nettles.", by=None)
    assert not Event.objects.filter(action=Action.AMENDED).exists()


def test_a_correction_taken_back_is_gone_and_the_record_keeps_it_whole(client, correct):
    article, long = make_live(), "It is Nettles. " + "x" * 1900
    retract_correction(correct(article, long).correction, by=None)
    assert told(client, article) == []
    assert Event.objects.get(action=Action.RETRACTED).detail == f"Correction: {long}"


def test_what_was_taken_back_meanwhile_is_not_changed(correct):
    correction = correct(make_live(), "It is Nettles.").correction
    retract_correction(correction, by=None)
    for change in changes_of(correction):
        with pytest.raises(CorrectionGone):
            change(by=None)


def test_only_who_may_publish_changes_what_readers_are_told(client, correct):
    article, writer = make_live(), make_member("Writers")
    correction = correct(article, "It is Nettles.").correction
    for change in changes_of(correction):
        with pytest.raises(PermissionDenied):
            change(by=writer)
    trash(article, by=None)
    with pytest.raises(InTrash):
        retract_correction(correction, by=None)
    assert Correction.objects.get().text == "It is Nettles."
