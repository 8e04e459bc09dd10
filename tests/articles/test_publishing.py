"""Who sees what, when: publishing, withdrawing, and time that publishes by itself."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection

from articles.drafting import save_revision
from articles.models import Action, Article, Correction, Event, Publication
from articles.publishing import (
    AlreadyPast,
    MomentTaken,
    NothingPlanned,
    NotLive,
    cancel,
    keep_live,
    move_withdrawal,
    publish,
    reschedule,
    withdraw,
)
from articles.trashing import trash
from tests.factories import make_article, make_live, make_user

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock(time_machine):
    """A clock that stands at noon until it is moved."""
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def article(db, clock):
    """A draft with two revisions."""
    article = make_article(body="One.")
    save_revision(article, by=None, base=article.head, body="Two.")
    return article


def first(article):
    return article.revisions.get(number=1)


def live(at):
    return [publication.revision.body for publication in Publication.objects.live(at)]


def states():
    return [article.state for article in Article.objects.with_state()]


def test_published_now_is_live_at_once_and_stays(article, clock):
    assert publish(article.head, by=None).ends is None
    assert live(NOON - HOUR) == []
    assert live(NOON) == live(NOON + 1000 * HOUR) == ["Two."]


def test_next_publication_ends_the_one_before(article, clock):
    publish(first(article), by=None)
    clock.shift(HOUR)
    publish(article.head, by=None)
    assert (live(NOON), live(NOON + HOUR)) == (["One."], ["Two."])


def test_future_publication_becomes_live_by_time_alone(article, clock):
    publish(article.head, by=None, at=NOON + HOUR)
    assert (live(None), states()) == ([], ["scheduled"])
    clock.shift(HOUR)
    assert (live(None), states()) == (["Two."], ["live"])


def test_publishing_before_a_scheduled_change_lasts_until_it(article, clock):
    publish(article.head, by=None, at=NOON + HOUR)
    assert publish(first(article), by=None).ends == NOON + HOUR
    assert (live(NOON), live(NOON + HOUR)) == (["One."], ["Two."])


def test_publishing_over_a_planned_end_keeps_that_end(article, clock):
    publish(first(article), by=None)
    withdraw(article, by=None, at=NOON + 2 * HOUR)
    clock.shift(HOUR)
    turn = publish(article.head, by=None)
    assert (turn.ends, turn.withdrawn) == (NOON + 2 * HOUR, True)


def test_publishing_what_is_live_changes_nothing(article, clock):
    publication = publish(article.head, by=None)
    clock.shift(HOUR)
    assert publish(article.head, by=None) == publication
    assert Publication.objects.get().starts == NOON


def test_the_past_cannot_be_published_in(article, clock):
    with pytest.raises(AlreadyPast, match="choose a later one"):
        publish(article.head, by=None, at=NOON - HOUR)
    assert not Publication.objects.exists()


def test_a_moment_belongs_to_one_publication(article, clock):
    publish(first(article), by=None, at=NOON + HOUR)
    with pytest.raises(MomentTaken):
        publish(article.head, by=None, at=NOON + HOUR)
    assert live(NOON + HOUR) == ["One."]


def test_withdrawing_ends_what_is_live_and_leaves_what_is_scheduled(article, clock):
    publish(first(article), by=None)
    publish(article.head, by=None, at=NOON + 2 * HOUR)
    clock.shift(HOUR)
    withdraw(article, by=None)
    assert (live(NOON), live(NOON + HOUR), live(NOON + 2 * HOUR)) == (["One."], [], ["Two."])


def test_what_is_not_live_cannot_be_withdrawn(article, clock):
    with pytest.raises(NotLive):
        withdraw(article, by=None)


def test_publishing_and_withdrawing_need_permission(article, clock):
    writer, editor = make_user("articles.change_article"), make_user("articles.publish_article")
    with pytest.raises(PermissionDenied):
        publish(article.head, by=writer)
    publish(article.head, by=editor)
    clock.shift(HOUR)
    with pytest.raises(PermissionDenied):
        withdraw(article, by=writer)
    assert withdraw(article, by=editor).by == editor


def test_state_follows_the_article_through_its_life(article, clock):
    seen = states()
    publish(first(article), by=None)
    seen += states()
    clock.shift(HOUR)
    publish(article.head, by=None)
    seen += states()
    clock.shift(HOUR)
    withdraw(article, by=None)
    seen += states()
    Article.objects.update(trashed_at=NOON)
    assert [*seen, *states()] == ["draft", "live-newer", "live", "withdrawn", "trashed"]


def test_newest_goes_by_first_publication_not_by_last_correction(db, clock):
    old = make_live("Old")
    clock.shift(HOUR)
    make_live("New")
    clock.shift(HOUR)
    publish(save_revision(old, by=None, base=old.head, body="Mended."), by=None)
    newest = Publication.objects.live().newest()
    assert [publication.revision.title for publication in newest] == ["New", "Old"]
    assert newest[1].first_published == NOON


def test_moving_a_scheduled_correction_does_not_record_it_twice(article):
    turn = publish(article.head, by=None, at=NOON + HOUR, correction=("update", "Later."))
    moved = reschedule(turn, by=None, at=NOON + 2 * HOUR)
    assert Correction.objects.get().publication == moved
    assert Event.objects.filter(action=Action.CORRECTED).count() == 1


def test_calling_off_an_end_that_is_not_planned_is_refused_and_not_recorded(article):
    turn = publish(first(article), by=None)
    with pytest.raises(NothingPlanned):
        keep_live(turn, by=None)
    publish(article.head, by=None, at=NOON + HOUR)
    with pytest.raises(NothingPlanned):
        keep_live(turn, by=None)
    assert not Event.objects.filter(action=Action.CANCELLED).exists()


# Planned withdrawals -------------------------------------------------------------------------------------------------


@pytest.fixture
def ending(article, clock):
    """A publication that began an hour ago, withdrawn in two."""
    turn = publish(first(article), by=None, at=NOON)
    clock.shift(HOUR)
    withdraw(article, by=None, at=NOON + 3 * HOUR)
    turn.refresh_from_db()
    return turn


def plan():
    return [(turn.starts, turn.ends, turn.withdrawn) for turn in Publication.objects.order_by("starts")]


def test_an_end_tells_a_withdrawal_from_a_successor(article, ending):
    assert plan() == [(NOON, NOON + 3 * HOUR, True)]
    publish(article.head, by=None, at=NOON + 2 * HOUR)
    assert plan() == [(NOON, NOON + 2 * HOUR, False), (NOON + 2 * HOUR, NOON + 3 * HOUR, True)]


def test_cancelling_what_starts_at_the_moment_of_a_withdrawal_leaves_the_withdrawal(article, ending):
    turn = publish(article.head, by=None, at=NOON + 3 * HOUR)
    cancel(turn, by=None)
    assert plan() == [(NOON, NOON + 3 * HOUR, True)]


def test_moving_what_starts_at_the_moment_of_a_withdrawal_leaves_the_withdrawal(article, ending):
    turn = publish(article.head, by=None, at=NOON + 3 * HOUR)
    reschedule(turn, by=None, at=NOON + 5 * HOUR)
    assert plan() == [(NOON, NOON + 3 * HOUR, True), (NOON + 5 * HOUR, None, False)]


def test_moving_back_to_before_a_withdrawal_ends_with_it(article, ending):
    turn = publish(article.head, by=None, at=NOON + 3 * HOUR)
    reschedule(turn, by=None, at=NOON + 2 * HOUR)
    assert plan() == [(NOON, NOON + 2 * HOUR, False), (NOON + 2 * HOUR, NOON + 3 * HOUR, True)]


def test_cancelling_what_was_to_be_withdrawn_hands_the_withdrawal_to_what_goes_on(article, ending):
    cancel(publish(article.head, by=None, at=NOON + 2 * HOUR), by=None)
    assert plan() == [(NOON, NOON + 3 * HOUR, True)]


@pytest.mark.parametrize("hours", [2, 5])
def test_a_planned_withdrawal_is_brought_forward_or_postponed(ending, hours):
    assert move_withdrawal(ending, by=None, at=NOON + hours * HOUR).ends == NOON + hours * HOUR
    assert plan() == [(NOON, NOON + hours * HOUR, True)]
    assert Event.objects.filter(action=Action.WITHDREW).count() == 2


def test_a_withdrawal_moved_to_its_own_moment_changes_nothing(ending):
    move_withdrawal(ending, by=None, at=NOON + 3 * HOUR)
    assert Event.objects.filter(action=Action.WITHDREW).count() == 1


def test_a_withdrawal_does_not_pass_what_goes_live_before_it(article, ending):
    publish(article.head, by=None, at=NOON + 4 * HOUR)
    with pytest.raises(MomentTaken, match="goes live before then"):
        move_withdrawal(ending, by=None, at=NOON + 5 * HOUR)
    assert move_withdrawal(ending, by=None, at=NOON + 4 * HOUR).withdrawn


def test_a_withdrawal_comes_neither_before_its_publication_nor_in_the_past(article, clock):
    turn = publish(article.head, by=None, at=NOON + 2 * HOUR)
    withdraw(article, by=None, at=NOON + 3 * HOUR)
    with pytest.raises(NotLive):
        move_withdrawal(turn, by=None, at=NOON + HOUR)
    with pytest.raises(AlreadyPast):
        move_withdrawal(turn, by=None, at=NOON - HOUR)


def test_only_a_withdrawal_that_is_planned_is_moved(article, ending, clock):
    keep_live(ending, by=None)
    with pytest.raises(NothingPlanned):
        move_withdrawal(ending, by=None, at=NOON + 5 * HOUR)
    withdraw(article, by=None, at=NOON + 3 * HOUR)
    clock.shift(4 * HOUR)
    with pytest.raises(AlreadyPast):
        move_withdrawal(ending, by=None, at=NOON + 9 * HOUR)


def test_moving_a_withdrawal_needs_permission(ending):
    with pytest.raises(PermissionDenied):
        move_withdrawal(ending, by=make_user("articles.change_article"), at=NOON + 5 * HOUR)


def test_calling_off_a_withdrawal_under_a_successor_leaves_the_successor(article, ending):
    publish(article.head, by=None, at=NOON + 3 * HOUR)
    keep_live(ending, by=None)
    assert plan() == [(NOON, NOON + 3 * HOUR, False), (NOON + 3 * HOUR, None, False)]


def test_the_trash_withdraws_what_is_live(article, ending):
    publish(article.head, by=None, at=NOON + 3 * HOUR)
    trash(article, by=None)
    assert plan() == [(NOON, NOON + HOUR, True)]


def test_ends_of_old_that_nothing_followed_are_marked_as_withdrawals(article, ending):
    publish(article.head, by=None, at=NOON + 2 * HOUR)
    publish(first(article), by=None, at=NOON + 5 * HOUR)
    Publication.objects.update(withdrawn=False)
    import_module("articles.migrations.0006_mark_withdrawals").mark_withdrawals(apps, connection.schema_editor())
    assert [withdrawn for *_, withdrawn in plan()] == [False, True, False]


# What is live and being changed --------------------------------------------------------------------------------------


def test_a_live_article_with_a_scheduled_change_is_both(article, clock):
    publish(first(article), by=None)
    publish(article.head, by=None, at=NOON + HOUR)
    found = Article.objects.with_state().get()
    assert found.marks == ["live-newer", "scheduled"]
    for state in found.marks:
        assert Article.objects.with_state().in_state(state).get() == found


def test_what_was_withdrawn_and_is_scheduled_again_is_both(article, clock):
    publish(first(article), by=None)
    clock.shift(HOUR)
    withdraw(article, by=None)
    publish(article.head, by=None, at=NOON + 3 * HOUR)
    assert Article.objects.with_state().get().marks == ["withdrawn", "scheduled"]
