"""Who sees what, when: publishing, withdrawing, and time that publishes by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from articles.drafting import save_revision
from articles.models import Action, Article, Correction, Event, Publication
from articles.publishing import (
    AlreadyPast,
    MomentTaken,
    NothingPlanned,
    NotLive,
    keep_live,
    publish,
    reschedule,
    withdraw,
)
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
    Publication.objects.create(article=article, revision=first(article), starts=NOON - HOUR, ends=NOON + HOUR)
    assert publish(article.head, by=None).ends == NOON + HOUR


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
