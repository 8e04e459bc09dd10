"""The whole life cycle under random hands: what must hold whatever people do, in whatever order."""

import os
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from articles.autosaving import autosave, left
from articles.drafting import Conflict, restore, save_revision
from articles.gating import PublishingError
from articles.locking import InTrash
from articles.models import Article, Autosave, Publication, Revision, Verdict
from articles.permissions import may_review
from articles.publishing import cancel, keep_live, move_withdrawal, publish, reschedule, withdraw
from articles.reviewing import ReviewError, approve, request_review
from articles.trashing import recover, trash
from tests.factories import make_article, make_member

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
hours = st.integers(1, 12)
users = st.integers(0, 1)


class Timeline:
    """What readers should see: `starts` are points in time with a revision's number each, `ends` are withdrawals."""

    def __init__(self):
        self.starts, self.ends = {}, set()

    def at(self, moment):
        """At the same moment, what starts goes before what is withdrawn."""
        past = [point for point in (*self.starts, *self.ends) if point <= moment]
        return self.starts.get(max(past)) if past else None

    def settle(self, now):
        """Forget planned withdrawals that nothing runs into any more."""
        for point in sorted(point for point in self.ends if point > now):
            if self.at(point - timedelta(microseconds=1)) is None:
                self.ends.remove(point)

    def clear(self, now):
        """Withdraw at once, with all that was planned."""
        self.starts = {point: number for point, number in self.starts.items() if point < now}
        self.ends = {point for point in self.ends if point < now} | {now}


class LifeCycle(RuleBasedStateMachine):
    """A writer and an editor do with one article whatever there is to do, as time goes by."""

    approval = True

    def __init__(self):
        super().__init__()
        self.now, self.travel = NOON, time_machine.travel(NOON, tick=False)
        self.clock = self.travel.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.approved, self.settings = set(), override_settings(PUBLISHING_NEEDS_APPROVAL=self.approval)
        self.settings.enable()
        self.users = [make_member("Writers"), make_member("Editors")]
        self.editor, self.second = self.users[1], make_member("Editors")
        self.article = make_article(body="text 1", by=self.users[0])
        self.accepted, self.rows = {1: "text 1"}, {}
        self.opened = [self.article.head, self.article.head]
        self.typed = {}
        self.timeline, self.trashed, self.counter = Timeline(), False, 1

    def teardown(self):
        self.settings.disable()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.travel.stop()

    def head(self):
        return Article.objects.select_related("head").get().head

    @rule(user=users)
    def open(self, user):
        self.opened[user] = self.head()

    @rule(user=users)
    def save(self, user):
        self.counter += 1
        text, base = f"text {self.counter}", self.opened[user]
        moved = base != self.head()
        try:
            revision = save_revision(self.article, by=self.users[user], base=base, body=text, tab=f"tab{user}")
        except InTrash:
            assert self.trashed
            return
        except Conflict:
            assert moved
            return
        assert not moved
        assert not self.trashed
        self.accepted[revision.number] = text
        self.opened[user] = revision
        self.typed.pop(user, None)

    @rule(user=users)
    def type(self, user):
        self.counter += 1
        self.typed[user] = f"typed {self.counter}"
        payload = {"body": self.typed[user]}
        options = {"base": self.opened[user], "payload": payload, "unsaved": True}
        autosave(user=self.users[user], tab=f"tab{user}", article=self.article, **options)

    @rule(user=users, choice=st.integers(0, 20))
    def restore(self, user, choice):
        number = sorted(self.accepted)[choice % len(self.accepted)]
        base, head = self.opened[user], self.head()
        try:
            revision = restore(Revision.objects.get(number=number), base=base, by=self.users[user])
        except InTrash:
            assert self.trashed
            return
        except Conflict:
            assert base != head
            return
        assert base == head
        assert not self.trashed
        self.opened[user] = revision
        self.accepted[revision.number] = self.accepted[number]

    @rule(choice=st.integers(0, 20))
    def approve(self, choice):
        head = self.head()
        free = {who.pk for who in (self.editor, self.second) if may_review(who, head)}
        assert free.isdisjoint(self.wrote(head))
        try:
            review = head.reviews.filter(verdict=Verdict.WAITING).first() or request_review(head, by=self.users[0])
            approve(review, by=(self.editor, self.second)[choice % 2])
        except (InTrash, ReviewError):
            assert self.trashed or head.number in self.approved
            return
        except PermissionDenied:
            assert (self.editor, self.second)[choice % 2].pk not in free
            return
        assert (self.editor, self.second)[choice % 2].pk in free
        self.approved.add(head.number)

    @rule(user=users, choice=st.integers(0, 20), later=st.integers(0, 12))
    def publish(self, user, choice, later):
        number = sorted(self.accepted)[choice % len(self.accepted)]
        moment = self.now + later * HOUR
        same = self.timeline.at(moment) == number
        taken = moment in self.timeline.starts and not same
        ready = same or number in self.approved or not self.approval
        try:
            publish(Revision.objects.get(number=number), by=self.users[user], at=moment)
        except PermissionDenied:
            assert user == 0
            return
        except (PublishingError, InTrash):
            assert self.trashed or taken or not ready
            return
        assert (user, self.trashed, taken, ready) == (1, False, False, True)
        if not same:
            self.timeline.starts[moment] = number

    @rule(later=st.integers(0, 12))
    def withdraw(self, later):
        moment = self.now + later * HOUR
        try:
            withdraw(self.article, by=self.editor, at=moment)
        except PublishingError:
            assert self.timeline.at(moment) is None or moment in self.timeline.starts
            return
        assert moment not in self.timeline.starts
        self.timeline.ends.add(moment)

    @precondition(lambda self: self.planned())
    @rule(choice=st.integers(0, 20), later=hours)
    def move_withdrawal(self, choice, later):
        turns, moment = self.planned(), self.now + later * HOUR
        turn = turns[choice % len(turns)]
        after = min((start for start in self.timeline.starts if start > turn.starts), default=moment)
        fits = turn.starts < moment <= after or moment == turn.ends
        try:
            move_withdrawal(turn, at=moment, by=self.editor)
        except PublishingError:
            assert not fits
            return
        assert fits
        self.timeline.ends.remove(turn.ends)
        self.timeline.ends.add(moment)

    @precondition(lambda self: self.planned())
    @rule(choice=st.integers(0, 20))
    def keep_live(self, choice):
        turns = self.planned()
        turn = turns[choice % len(turns)]
        keep_live(turn, by=self.editor)
        self.timeline.ends.remove(turn.ends)

    @precondition(lambda self: self.scheduled())
    @rule(choice=st.integers(0, 20))
    def cancel(self, choice):
        turns = self.scheduled()
        turn = turns[choice % len(turns)]
        cancel(turn, by=self.editor)
        del self.timeline.starts[turn.starts]

    @precondition(lambda self: self.scheduled())
    @rule(choice=st.integers(0, 20), later=hours)
    def reschedule(self, choice, later):
        turns, moment = self.scheduled(), self.now + later * HOUR
        turn = turns[choice % len(turns)]
        taken = moment in self.timeline.starts and moment != turn.starts
        try:
            reschedule(turn, at=moment, by=self.editor)
        except PublishingError:
            assert taken
            return
        assert not taken
        self.timeline.starts[moment] = self.timeline.starts.pop(turn.starts)

    @rule()
    def trash(self):
        trash(self.article, by=self.editor)
        if not self.trashed:
            self.timeline.clear(self.now)
        self.trashed = True

    @rule()
    def recover(self):
        recover(self.article, by=self.editor)
        self.trashed = False

    @rule(later=hours)
    def wait(self, later):
        self.now += later * HOUR + timedelta(minutes=1)
        self.clock.move_to(self.now)

    def scheduled(self):
        return list(Publication.objects.scheduled(self.now))

    def planned(self):
        return list(Publication.objects.filter(withdrawn=True, ends__gt=self.now).order_by("starts"))

    def wrote(self, head):
        """Return who wrote since the last revision that was approved or live, by an honest loop."""
        live = {turn.revision.number for turn in Publication.objects.filter(starts__lte=self.now)}
        seen = max(((self.approved | live) & set(range(1, head.number))), default=0)
        return set(Revision.objects.filter(number__gt=seen).values_list("created_by", flat=True))

    @invariant()
    def every_accepted_text_is_kept_under_numbers_without_gaps(self):
        kept = dict(Revision.objects.values_list("number", "body"))
        assert kept == self.accepted
        assert sorted(kept) == list(range(1, len(kept) + 1))
        assert self.head().number == len(kept)

    @invariant()
    def no_revision_ever_changes_in_any_column(self):
        rows = {row["number"]: row for row in Revision.objects.values()}
        assert {number: rows[number] for number in self.rows} == self.rows
        self.rows = rows

    @invariant()
    def everything_typed_and_not_saved_is_offered_again(self):
        offered = {user: left(user=self.users[user], article=self.article).first() for user in (0, 1)}
        assert {user: kept.payload["body"] for user, kept in offered.items() if kept} == self.typed
        assert Autosave.objects.unsaved().count() == len(self.typed)

    @invariant()
    def readers_see_what_the_model_says_at_every_moment(self):
        self.timeline.settle(self.now)
        for step in range(-1, 14):
            moment = self.now + step * HOUR
            live = list(Publication.objects.live(moment).values_list("revision__number", flat=True))
            expected = self.timeline.at(moment)
            assert live == ([] if expected is None else [expected]), (moment, vars(self.timeline))

    @invariant()
    def withdrawals_to_come_are_those_of_the_model(self):
        planned = {turn.ends for turn in self.planned()}
        assert planned == {point for point in self.timeline.ends if point > self.now}


class WithoutApproval(LifeCycle):
    """The same in a newsroom that asks for no approval."""

    approval = False


@pytest.mark.parametrize("newsroom", [LifeCycle, WithoutApproval])
def test_life_cycle_holds_whatever_people_do(db, newsroom):
    examples = int(os.environ.get("LIFE_CYCLE_EXAMPLES", "15"))
    run_state_machine_as_test(newsroom, settings=effort(max_examples=examples, stateful_step_count=20, deadline=None))
