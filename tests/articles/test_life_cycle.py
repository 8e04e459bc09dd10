"""The whole life cycle under random hands: what must hold whatever people do, in whatever order."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from articles.autosaving import autosave, left
from articles.drafting import Conflict, restore, save_revision
from articles.locking import InTrash
from articles.models import Article, Autosave, Publication, Revision
from articles.publishing import PublishingError, cancel, keep_live, publish, reschedule, withdraw
from articles.trashing import recover, trash
from tests.factories import make_article, make_superuser

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
hours = st.integers(1, 12)
users = st.integers(0, 1)


class Timeline:
    """What readers should see: points in time, each with a revision's number or None."""

    def __init__(self):
        self.points = {}

    def at(self, moment):
        past = [point for point in self.points if point <= moment]
        return self.points[max(past)] if past else None

    def put(self, moment, number):
        self.points[moment] = number

    def settle(self, now):
        """Forget planned ends that nothing runs into any more."""
        for point in self.future(now):
            if self.points[point] is None and self.at(point - HOUR / 60) is None:
                del self.points[point]

    def future(self, now):
        return sorted(point for point in self.points if point > now)


class LifeCycle(RuleBasedStateMachine):
    """Two people save, autosave, publish, schedule, withdraw, cancel, restore and trash one article as time goes by."""

    def __init__(self):
        super().__init__()
        self.now, self.travel = NOON, time_machine.travel(NOON, tick=False)
        self.clock = self.travel.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.users = [make_superuser(), make_superuser()]
        self.article = make_article(body="text 1", by=self.users[0])
        self.accepted = {1: "text 1"}
        self.opened = [self.article.head, self.article.head]
        self.typed = {}
        self.timeline, self.trashed, self.counter = Timeline(), False, 1

    def teardown(self):
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

    @rule(choice=st.integers(0, 20), later=st.integers(0, 12))
    def publish(self, choice, later):
        number = sorted(self.accepted)[choice % len(self.accepted)]
        moment = self.now + later * HOUR
        allowed = not self.trashed and moment not in {turn.starts for turn in Publication.objects.all()}
        same = self.timeline.at(moment) == number
        try:
            publish(Revision.objects.get(number=number), by=self.users[0], at=moment)
        except (PublishingError, InTrash):
            assert not allowed
            return
        if not same:
            self.timeline.put(moment, number)

    @rule(later=st.integers(0, 12))
    def withdraw(self, later):
        moment = self.now + later * HOUR
        try:
            withdraw(self.article, by=self.users[0], at=moment)
        except PublishingError:
            assert self.timeline.at(moment) is None or moment in self.timeline.points
            return
        self.timeline.put(moment, None)

    @precondition(lambda self: self.scheduled())
    @rule(choice=st.integers(0, 20))
    def cancel(self, choice):
        turns = self.scheduled()
        turn = turns[choice % len(turns)]
        cancel(turn, by=self.users[0])
        self.timeline.points.pop(turn.starts)

    @precondition(lambda self: self.scheduled())
    @rule(choice=st.integers(0, 20), later=hours)
    def reschedule(self, choice, later):
        turns, moment = self.scheduled(), self.now + later * HOUR
        turn = turns[choice % len(turns)]
        taken = Publication.objects.filter(starts=moment).exclude(pk=turn.pk).exists()
        try:
            reschedule(turn, at=moment, by=self.users[1])
        except PublishingError:
            assert taken
            return
        number = self.timeline.points.pop(turn.starts)
        self.timeline.put(moment, number)

    @rule()
    def keep_live(self):
        turn = Publication.objects.filter(ends__gt=self.now).first()
        if turn and self.timeline.points.get(turn.ends, "another") is None:
            keep_live(turn, by=self.users[0])
            self.timeline.points.pop(turn.ends)

    @rule()
    def trash(self):
        trash(self.article, by=self.users[0])
        if not self.trashed:
            for point in self.timeline.future(self.now):
                self.timeline.points.pop(point)
            self.timeline.put(self.now, None)
        self.trashed = True

    @rule()
    def recover(self):
        recover(self.article, by=self.users[1])
        self.trashed = False

    @rule(later=hours)
    def wait(self, later):
        self.now += later * HOUR + timedelta(minutes=1)
        self.clock.move_to(self.now)

    def scheduled(self):
        return list(Publication.objects.scheduled(self.now))

    @invariant()
    def every_accepted_text_is_kept_under_numbers_without_gaps(self):
        kept = dict(Revision.objects.values_list("number", "body"))
        assert kept == self.accepted
        assert sorted(kept) == list(range(1, len(kept) + 1))
        assert self.head().number == len(kept)

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
            assert live == ([] if expected is None else [expected]), (moment, self.timeline.points)


def test_life_cycle_holds_whatever_people_do(db):
    run_state_machine_as_test(LifeCycle, settings=effort(max_examples=25, stateful_step_count=15, deadline=None))
