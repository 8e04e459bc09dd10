"""The publishing page: the timeline as it is drawn, and every change of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles.drafting import save_revision
from articles.models import Action, Correction, Publication
from articles.publishing import publish, withdraw
from tests.factories import make_article, make_live, make_member

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(time_machine, db):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def editor(client):
    client.user = make_member("Editors", username="ed")
    client.force_login(client.user)
    return client


@pytest.fixture
def article():
    """A draft with two revisions."""
    article = make_article(body="One.")
    save_revision(article, by=None, base=article.head, body="Two.")
    return article


def page_of(article):
    return f"/admin/articles/article/{article.pk}/publishing/"


def do(client, article, step, **data):
    return client.post(page_of(article), {"do": step, **data}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def timeline(response):
    """Return the timeline in short: tense, and the revision's number or nothing."""
    return [(span.tense, span.publication and span.publication.revision.number) for span in response.context["spans"]]


def first(article):
    return article.revisions.get(number=1)


def wall(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_an_article_never_published_has_an_empty_present(editor, article):
    assert timeline(editor.get(page_of(article))) == [("now", None)]


def test_timeline_shows_past_present_and_future_with_the_gaps_between(editor, article, time_machine):
    publish(first(article), by=None)
    time_machine.shift(DAY)
    withdraw(article, by=None)
    time_machine.shift(DAY)
    publish(first(article), by=None)
    publish(article.head, by=None, at=NOON + 4 * DAY)
    withdraw(article, by=None, at=NOON + 5 * DAY)
    response = editor.get(page_of(article))
    assert timeline(response) == [("past", 1), ("past", None), ("now", 1), ("future", 2), ("future", None)]
    assert [span.planned_end for span in response.context["spans"]] == [False, False, False, True, False]


def test_before_the_first_publication_readers_see_nothing(editor, article):
    publish(article.head, by=None, at=NOON + DAY)
    assert timeline(editor.get(page_of(article))) == [("now", None), ("future", 2)]


def test_newest_revision_is_offered_first_and_an_older_one_where_a_link_asks(editor, article):
    form = editor.get(page_of(article)).context["publish"]
    assert form["revision"].value() == article.head_id
    asked = editor.get(page_of(article), {"revision": first(article).pk}).context["publish"]
    assert asked["revision"].value() == str(first(article).pk)


@pytest.mark.parametrize("revision", ["x", "9" * 40, "9" * 5000, "²", ""])
def test_a_link_that_asks_for_nonsense_opens_the_page_all_the_same(editor, article, revision):
    assert editor.get(page_of(article), {"revision": revision}).status_code == 200


def test_a_chosen_revision_is_published_now_with_a_note_and_a_correction(editor, article):
    words = {"note": "For the festival", "kind": "correction", "text": "It is Nettle."}
    response = do(editor, article, "publish", revision=first(article).pk, when="now", **words)
    turn = Publication.objects.get()
    assert said(response) == ["Readers see revision 1."]
    assert (turn.revision, turn.starts, turn.by, turn.note) == (first(article), NOON, editor.user, "For the festival")
    assert (turn.correction.kind, turn.correction.text) == ("correction", "It is Nettle.")


def test_a_time_left_in_the_form_does_not_delay_what_is_to_go_out_now(editor, article):
    do(editor, article, "publish", revision=article.head_id, when="now", at="2027-02-01T10:00")
    assert Publication.objects.get().starts == NOON


def test_a_revision_is_scheduled_on_the_newsrooms_clock(editor, article, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    response = do(editor, article, "publish", revision=article.head_id, when="later", at="2027-07-05T14:05")
    assert said(response) == ["Readers will see revision 2 from 5 Jul 2027, 14:05 on."]
    assert Publication.objects.get().starts == datetime(2027, 7, 5, 12, 5, tzinfo=UTC)
    assert "Europe/Berlin" in response.text


def test_a_skipped_hour_is_refused_and_nothing_typed_is_lost(editor, article, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    typed = {"when": "later", "at": "2027-03-28T02:30", "note": "At night"}
    response = do(editor, article, "publish", revision=article.head_id, **typed)
    form = response.context["publish"]
    assert "02:30 does not come. Choose 03:30" in form.errors["at"][0]
    assert 'value="2027-03-28T02:30"' in response.text
    assert 'value="At night"' in response.text
    assert not Publication.objects.exists()


def test_an_hour_that_comes_twice_asks_which(editor, article, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    typed = {"revision": article.head_id, "when": "later", "at": "2027-10-31T02:30"}
    response = do(editor, article, "publish", **typed)
    assert "comes twice: choose which" in response.context["publish"].errors["at"][0]
    assert 'name="second"' in response.text
    assert not Publication.objects.exists()
    response = do(editor, article, "publish", **typed, second="1")
    assert said(response) == ["Readers will see revision 2 from 31 Oct 2027, 02:30 CET on."]
    assert Publication.objects.get().starts == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert article.events.latest("pk").detail == "for 31 Oct 2027, 02:30 CET"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"at": ""}, "at"),
        ({"at": "tomorrow"}, "at"),
        ({"at": "2027-02-01T10:00+09:00"}, "at"),
        ({"at": "2027-02-01T10:00Z"}, "at"),
        ({"at": "2027-W05-1T10:00"}, "at"),
        ({"at": "20270201T1000"}, "at"),
        ({"at": "2027-02-01"}, "at"),
        ({"at": "2027-02-30T10:00"}, "at"),
        ({"at": "9999-12-31T23:59"}, "at"),
        ({"at": "2027-01-05T11:59"}, "__all__"),
        ({"when": ""}, "when"),
        ({"when": "x"}, "when"),
        ({"revision": "0"}, "revision"),
        ({"revision": "9" * 40}, "revision"),
        ({"revision": "9" * 5000}, "revision"),
        ({"note": "x" * 201}, "note"),
        ({"kind": "correction"}, "text"),
        ({"text": "It is Nettle."}, "kind"),
        ({"second": "x"}, "second"),
    ],
)
def test_what_is_missing_or_odd_is_told_beside_its_field(editor, article, typed, field):
    usual = {"revision": article.head_id, "when": "later", "at": "2027-02-01T10:00"}
    response = do(editor, article, "publish", **{**usual, **typed})
    assert (response.status_code, list(response.context["publish"].errors)) == (200, [field])
    assert not Publication.objects.exists()


def test_the_revision_of_another_article_is_refused(editor, article):
    response = do(editor, article, "publish", revision=make_article().head_id, when="now")
    assert list(response.context["publish"].errors) == ["revision"]


def test_missing_approval_is_said_plainly_with_the_way_to_it(editor, article, settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    response = do(editor, article, "publish", revision=article.head_id, when="now")
    assert "Nobody has approved revision 2 yet" in response.context["publish"].non_field_errors()[0]
    assert (
        f'<a class="button" href="/admin/articles/article/{article.pk}/review/">Ask for a review</a>' in response.text
    )
    assert not Publication.objects.exists()


def test_a_trashed_article_is_not_published(editor, article, time_machine):
    article.trashed_at = NOON
    article.save()
    response = do(editor, article, "publish", revision=article.head_id, when="now")
    assert "is in the trash" in response.text
    assert not Publication.objects.exists()


def test_an_article_is_withdrawn_now_or_at_a_moment(editor, time_machine):
    now, later = make_live("Now"), make_live("Later")
    time_machine.shift(DAY)
    assert said(do(editor, now, "withdraw", when="now")) == ["Withdrawn: readers no longer see this article."]
    response = do(editor, later, "withdraw", when="later", at=wall(NOON + 3 * DAY))
    assert said(response) == ["Readers will see this article until 8 Jan 2027, 12:00."]
    assert (now.publications.get().ends, later.publications.get().ends) == (NOON + DAY, NOON + 3 * DAY)


def test_what_cannot_be_withdrawn_is_told_beside_the_form(editor, article):
    publish(article.head, by=None, at=NOON + DAY)
    response = do(editor, article, "withdraw", when="now")
    assert response.context["withdraw"].non_field_errors() == ["Readers do not see this article now."]


def test_a_scheduled_change_is_moved_with_its_correction(editor, article):
    turn = publish(article.head, by=None, at=NOON + DAY, correction=("update", "More."))
    response = do(editor, article, "move", publication=turn.pk, at=wall(NOON + 2 * DAY))
    assert said(response) == ["Moved: readers will see revision 2 from 7 Jan 2027, 12:00 on."]
    assert Publication.objects.get().starts == NOON + 2 * DAY
    assert Correction.objects.get().text == "More."


def test_a_move_that_is_refused_keeps_the_time_typed_beside_its_change(editor, article):
    turn = publish(first(article), by=None, at=NOON + DAY)
    publish(article.head, by=None, at=NOON + 2 * DAY)
    response = do(editor, article, "move", publication=turn.pk, at=wall(NOON + 2 * DAY))
    span = response.context["spans"][1]
    assert span.publication == turn
    assert "at that very moment" in span.move.non_field_errors()[0]
    assert 'value="2027-01-07T12:00"' in response.text
    assert turn in Publication.objects.filter(starts=NOON + DAY)


def test_a_scheduled_change_is_cancelled(editor, article):
    turn = publish(article.head, by=None, at=NOON + DAY)
    response = do(editor, article, "cancel", publication=turn.pk)
    assert said(response) == ["Cancelled: revision 2 will not go out on 6 Jan 2027, 12:00."]
    assert not Publication.objects.exists()


def test_a_change_that_has_come_meanwhile_is_not_cancelled(editor, article, time_machine):
    turn = publish(article.head, by=None, at=NOON + DAY)
    time_machine.shift(2 * DAY)
    response = do(editor, article, "cancel", publication=turn.pk)
    assert "It is before readers already; withdraw it instead." in response.text
    assert Publication.objects.get() == turn


@pytest.mark.parametrize("step", ["move", "cancel", "keep"])
def test_a_change_that_is_gone_is_told(editor, article, step):
    turn = publish(article.head, by=None, at=NOON + DAY)
    do(editor, article, "cancel", publication=turn.pk)
    response = do(editor, article, step, publication=turn.pk, at=wall(NOON + 2 * DAY))
    assert "This scheduled change is no longer there" in response.text
    assert response.status_code == 200


def test_a_planned_end_is_called_off(editor, time_machine):
    article = make_live()
    time_machine.shift(DAY)
    withdraw(article, by=None, at=NOON + 3 * DAY)
    response = do(editor, article, "keep", publication=article.publications.get().pk)
    assert said(response) == ["Called off: the article stays before readers."]
    assert article.publications.get().ends is None


def test_no_button_is_no_change(editor, article):
    turn = publish(article.head, by=None, at=NOON + DAY)
    for step in ("", "x"):
        assert editor.post(page_of(article), {"do": step, "publication": turn.pk}).status_code == 400
    assert Publication.objects.get() == turn


def test_who_may_only_read_sees_the_timeline_and_no_forms(client):
    writer = make_member("Writers")
    article = make_article(by=writer)
    client.force_login(writer)
    response = client.get(page_of(article))
    assert timeline(response) == [("now", None)]
    assert 'name="do"' not in response.text
    assert client.post(page_of(article), {"do": "publish"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_planned(editor, article, count, django_assert_num_queries):
    for number in range(count):
        revision = save_revision(article, by=editor.user, base=article.head, body=f"Words {number}.")
        publish(revision, by=None, at=NOON + (number + 1) * DAY, correction=("update", "More."))
    with django_assert_num_queries(8):
        editor.get(page_of(article))


def test_a_planned_withdrawal_is_moved_beside_its_publication(editor, time_machine):
    article = make_live()
    time_machine.shift(DAY)
    turn = withdraw(article, by=None, at=NOON + 3 * DAY)
    assert "A withdrawal is planned for" in editor.get(page_of(article)).text
    response = do(editor, article, "move_end", publication=turn.pk, at=wall(NOON + 5 * DAY))
    assert said(response) == ["Moved: readers will see revision 1 until 10 Jan 2027, 12:00."]
    refused = do(editor, article, "move_end", publication=turn.pk, at=wall(NOON))
    assert "This moment is over" in refused.context["spans"][0].move_end.non_field_errors()[0]
    assert article.publications.get().ends == NOON + 5 * DAY


def test_a_correction_is_mended_and_taken_back_beside_its_publication(editor, article):
    turn = publish(article.head, by=None, correction=("update", "It is Nettles."))
    assert "Mend the note" in editor.get(page_of(article)).text
    response = do(editor, article, "amend", publication=turn.pk, kind="correction", text="It is Nettle.")
    assert said(response) == ["Mended: readers are told this from now on."]
    assert str(Correction.objects.get()) == "Correction: It is Nettle."
    refused = do(editor, article, "amend", publication=turn.pk, kind="correction", text="")
    assert list(refused.context["spans"][0].amend.errors) == ["text"]
    assert said(do(editor, article, "retract", publication=turn.pk))[0].startswith("Taken back")
    assert not Correction.objects.exists()
    assert "This note for readers is no longer there" in do(editor, article, "retract", publication=turn.pk).text


def test_a_failing_check_is_named_and_overridden_only_by_who_may(editor):
    article = make_article(body="TODO")
    refused = do(editor, article, "publish", revision=article.head_id, when="now")
    assert "Revision 1 fails its checks." in refused.context["publish"].non_field_errors()[0]
    assert ('name="override"' in refused.text, "may not publish it all the same" in refused.text) == (False, True)
    editor.user.user_permissions.add(Permission.objects.get(codename="override_checks"))
    assert 'name="override"' not in editor.get(page_of(article)).text
    typed = {"revision": article.head_id, "when": "now", "override": "It is the title."}
    early = do(editor, article, "publish", **typed)
    assert (early.context["publish"]["override"].value(), Publication.objects.count()) == ("It is the title.", 0)
    do(editor, article, "publish", **typed, told=early.context["publish"]["told"].value())
    assert article.publications.get().revision == article.head
    assert article.events.get(action=Action.OVERRODE).detail == "unfinished: It is the title."
