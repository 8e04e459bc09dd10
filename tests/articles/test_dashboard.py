"""The dashboard: what each sees of the morning's work, at a fixed cost."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from articles import dashboard, trashing
from articles.autosaving import autosave
from articles.drafting import save_revision
from articles.models import CorrectionKind
from articles.publishing import publish, withdraw
from articles.reviewing import approve, request_review
from tests.factories import make_article, make_author, make_live, make_member, make_superuser, make_user

pytestmark = pytest.mark.django_db


def titles(rows):
    return [str(row) for row in rows]


def planned(user):
    """Return what the timeline says: date, time and kind of each change, and the title."""
    return [
        (day.date.isoformat(), f"{timezone.localtime(change.at):%H:%M}", change.kind, change.publication.revision.title)
        for day in dashboard.timeline(user, now=timezone.now()).days
        for change in day.changes
    ]


def test_drafts_are_what_one_started_or_signs_and_readers_do_not_see():
    ben = make_member("Writers")
    make_article("Mine", by=ben)
    make_article("Signed", authors=[make_author(user=ben)])
    make_article("Somebody else’s")
    make_live("Out", by=ben)
    newer = make_live("Out before", by=ben)
    save_revision(newer, by=ben, base=newer.head, title="Newer")
    trashing.trash(make_article("Gone", by=ben), by=None)
    section = dashboard.drafts(ben)
    assert (titles(section.rows), section.count) == (["Newer", "Signed", "Mine"], 3)
    assert [article.marks for article in section.rows] == [["live-newer"], ["draft"], ["draft"]]


def test_unsaved_texts_are_ones_own_and_name_what_stands_in_them():
    ben, ana = make_member("Writers"), make_member("Editors")
    article = make_article("As saved", by=ben)
    autosave(user=ben, tab="a", article=article, base=article.head, payload={"title": "As typed"}, unsaved=True)
    autosave(user=ben, tab="b", payload={"title": "Begun"}, unsaved=True)
    autosave(user=ben, tab="c", article=article, payload={"title": "Only open"}, unsaved=False)
    autosave(user=ana, tab="d", payload={"title": "Ana’s"}, unsaved=True)
    section = dashboard.unsaved(ben)
    assert [(offer.title, offer.article) for offer in section.rows] == [("Begun", None), ("As typed", article)]


def test_unsaved_texts_that_say_what_stands_are_none():
    ben = make_member("Writers")
    article = make_article("As saved", by=ben)
    autosave(user=ben, tab="a", article=article, base=article.head, payload={"title": "As saved "}, unsaved=True)
    autosave(user=ben, tab="b", payload={"title": "", "kind": "explainer"}, unsaved=True)
    assert dashboard.unsaved(ben).count == 0


def test_text_in_an_article_one_may_no_longer_edit_can_become_a_new_one():
    ben, author = make_member("Writers"), make_author()
    article = make_article(authors=[author])
    author.user = ben
    author.save()
    autosave(user=ben, tab="a", article=article, base=article.head, payload={"title": "x"}, unsaved=True)
    assert [offer.article for offer in dashboard.unsaved(ben).rows] == [article]
    article.bylines.all().delete()
    assert [(offer.article, offer.title) for offer in dashboard.unsaved(ben).rows] == [(None, "x")]


def test_reviews_for_oneself_come_first_and_ones_own_words_are_not_for_oneself():
    ana, eve, ben = make_member("Editors"), make_member("Editors"), make_member("Writers")
    request_review(make_article("Ana’s own", by=ana).head, by=ana)
    request_review(make_article("For Eve", by=ben).head, by=ben, reviewer=eve)
    request_review(make_article("For Ana", by=ben).head, by=ben, reviewer=ana)
    request_review(make_article("For anybody", by=ben).head, by=ben)
    approve(request_review(make_article("Done", by=ben).head, by=ben), by=eve)
    waiting = dashboard.waiting(ana)
    assert [(review.revision.title, review.for_me) for review in waiting.rows] == [
        ("For Ana", True),
        ("For anybody", True),
        ("Ana’s own", False),
        ("For Eve", False),
    ]
    assert (waiting.count, waiting.mine) == (4, 2)


@time_machine.travel(datetime(2026, 11, 23, 22, 30, tzinfo=UTC), tick=False)
def test_timeline_tells_what_readers_will_see_change_by_days_of_the_newsroom(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    now = timezone.now()
    publish(make_article("New").head, at=now + timedelta(minutes=45), by=None)
    changed = make_live("Old")
    second = save_revision(changed, by=None, base=changed.head, title="Second")
    publish(second, at=now + timedelta(days=2), by=None)
    withdraw(changed, at=now + timedelta(days=3), by=None)
    publish(make_article("Far").head, at=now + timedelta(days=20), by=None)
    editor = make_member("Editors")
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert planned(editor) == [
            ("2026-11-24", "00:15", "live", "New"),
            ("2026-11-25", "23:30", "replaced", "Second"),
            ("2026-11-26", "23:30", "ends", "Second"),
        ]
        timeline = dashboard.timeline(editor, now=now)
    assert (timeline.count, timeline.later, len(timeline.days)) == (3, 1, 14)


@time_machine.travel(datetime(2026, 11, 23, 8, tzinfo=UTC), tick=False)
def test_full_day_of_the_timeline_says_how_much_more_there_is():
    for number in range(6):
        publish(make_article().head, at=timezone.now() + timedelta(hours=1, minutes=number), by=None)
    today = dashboard.timeline(make_member("Editors"), now=timezone.now()).days[0]
    assert (len(today.changes), today.more) == (4, 2)


def test_what_is_in_the_trash_changes_nothing_on_the_timeline():
    article = make_article()
    publish(article.head, at=timezone.now() + timedelta(days=1), by=None)
    trashing.trash(article, by=None)
    assert planned(make_member("Editors")) == []


def test_published_lately_names_the_last_change_first_and_its_correction():
    first = make_live("First")
    make_live("Second")
    publish(first.head, by=None, correction=(CorrectionKind.CORRECTION, "A name was wrong."))
    rows = dashboard.lately_live(make_member("Editors"), now=timezone.now()).rows
    assert [publication.revision.title for publication in rows] == ["First", "Second"]
    assert [hasattr(publication, "correction") for publication in rows] == [True, False]


def test_writer_sees_nothing_of_others():
    ben, other = make_member("Writers"), make_member("Writers")
    changed = make_live("Out", by=other)
    save_revision(changed, by=other, base=changed.head, title="Newer")
    publish(make_article("Planned", by=other).head, at=timezone.now() + timedelta(days=1), by=None)
    request_review(make_article("Asked", by=other).head, by=other)
    words = dashboard.overview(ben)
    assert (words["drafts"].count, words["live"].count, words["timeline"].count) == (0, 0, 0)
    assert (words["waiting"], words["changing"]) == (None, None)


@pytest.mark.parametrize("user", [lambda: make_member("Credits desk"), make_user])
def test_who_has_nothing_to_do_with_articles_gets_nothing_of_them(user):
    make_live()
    assert dashboard.overview(user()) == {}


def make_morning(user, other, number):
    """Make a row for every part of the dashboard."""
    article = make_article(by=user)
    make_live(by=user)
    changed = make_live(by=user)
    save_revision(changed, by=user, base=changed.head, body="Newer.")
    publish(make_article(by=user).head, at=timezone.now() + timedelta(days=1, seconds=number), by=None)
    request_review(make_article(by=other).head, by=other)
    autosave(user=user, tab=f"a{number}", article=article, base=article.head, payload={"title": "x"}, unsaved=True)


@pytest.mark.parametrize("group", ["Writers", "Editors"])
def test_dashboard_costs_the_same_however_much_there_is(group, django_assert_num_queries):
    user, other = make_member(group), make_superuser()
    user.get_all_permissions()
    cost = {"Writers": 9, "Editors": 14}[group]
    made = 0
    for count in (1, 3, 30):
        while made < count:
            make_morning(user, other, made)
            made += 1
        with django_assert_num_queries(cost):
            dashboard.overview(user)
