"""The gate: what keeps a revision from readers, and who passes it all the same, saying why."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.drafting import save_revision
from articles.gating import FailingChecks, NotApproved, Override
from articles.models import Action, Event, Publication
from articles.publishing import publish, reschedule, withdraw
from articles.reviewing import approve, request_review
from tests.factories import make_article, make_live, make_member, make_user

pytestmark = pytest.mark.django_db

OVERRIDE = ("articles.publish_article", "articles.override_checks")


@pytest.fixture
def failing():
    """A draft that the proofreader finds two errors in."""
    return make_article(body="TODO ask Ines. See [[person:nobody]].")


def told(revision, by):
    """Return what somebody is told of who tries to publish *revision*."""
    with pytest.raises((FailingChecks, NotApproved)) as refusal:
        publish(revision, by=by)
    return frozenset(refusal.value.told)


def overrode():
    return [event.detail for event in Event.objects.filter(action=Action.OVERRODE)]


@pytest.mark.parametrize("later", [timedelta(), timedelta(days=1)])
def test_failing_checks_stop_publishing_and_scheduling_and_are_named(failing, later):
    with pytest.raises(FailingChecks) as refusal:
        publish(failing.head, by=make_member("Editors"), at=timezone.now() + later if later else None)
    assert {finding.code for finding in refusal.value.findings} == {"unfinished", "reference-broken"}
    assert all(finding.message in str(refusal.value) for finding in refusal.value.findings)
    assert not Publication.objects.exists()


def test_no_command_passes_failing_checks_whatever_it_says(failing):
    with pytest.raises(FailingChecks):
        publish(failing.head, by=None)
    with pytest.raises(PermissionDenied):
        publish(failing.head, by=None, override=Override("Because.", told(failing.head, None)))
    assert (Publication.objects.count(), overrode()) == (0, [])


def test_a_reason_does_not_help_who_may_not_override(failing):
    editor = make_member("Editors")
    with pytest.raises(PermissionDenied, match="against a failing check"):
        publish(failing.head, by=editor, override=Override("Because.", told(failing.head, editor)))
    assert (Publication.objects.count(), overrode()) == (0, [])


def test_who_may_override_says_why_and_the_record_keeps_it(failing):
    user = make_user(*OVERRIDE)
    known = told(failing.head, user)
    with pytest.raises(FailingChecks):
        publish(failing.head, by=user, override=Override(" ", known))
    publish(failing.head, by=user, override=Override("It is a film called TODO.", known))
    codes, reason = overrode()[0].split(": ")
    assert (set(codes.split(", ")), reason) == ({"unfinished", "reference-broken"}, "It is a film called TODO.")


def test_a_reason_where_nothing_fails_is_not_recorded():
    publish(make_article().head, by=make_user(*OVERRIDE), override=Override("Because.", frozenset()))
    assert overrode() == []


def test_a_reason_given_before_anything_was_told_holds_against_nothing(failing):
    with pytest.raises(FailingChecks):
        publish(failing.head, by=make_user(*OVERRIDE), override=Override("Because.", frozenset()))
    assert (Publication.objects.count(), overrode()) == (0, [])


def test_what_has_come_up_since_is_told_before_it_is_overridden():
    user, other = make_user(*OVERRIDE), make_live(slug="other")
    article = make_article(body="TODO: read [the other](/articles/other/).")
    known = told(article.head, user)
    withdraw(other, by=None)
    with pytest.raises(FailingChecks) as refusal:
        publish(article.head, by=user, override=Override("It is the title.", known))
    assert (len(known), known < refusal.value.told, article.publications.count()) == (1, True, 0)
    publish(article.head, by=user, override=Override("Both are meant.", frozenset(refusal.value.told)))
    assert overrode() == ["unfinished, link-broken: Both are meant."]


def test_a_reason_for_one_revision_is_none_for_another_that_fails_alike(failing):
    user = make_user(*OVERRIDE)
    known = told(failing.head, user)
    newer = save_revision(failing, by=None, base=failing.head, dek="Another dek.")
    with pytest.raises(FailingChecks):
        publish(newer, by=user, override=Override("It is the title.", known))
    assert (Publication.objects.count(), overrode()) == (0, [])


def test_what_passed_the_gate_is_not_asked_again_when_it_is_moved():
    article, soon = make_article(body="Fine."), timezone.now() + timedelta(days=1)
    turn = publish(article.head, by=make_user(*OVERRIDE), at=soon)
    assert reschedule(turn, by=None, at=soon + timedelta(days=1)).starts > soon


def test_a_missing_approval_that_a_colleague_could_give_is_not_overridden(settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    make_member("Editors", username="ed")
    writer = make_user(*OVERRIDE)
    article = make_article()
    known = told(article.head, writer)
    with pytest.raises(NotApproved, match="Ask for a review first"):
        publish(article.head, by=writer, override=Override("I am in a hurry.", known))
    assert overrode() == []


def test_two_people_who_both_wrote_go_out_with_a_reason(settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    ana, ben = make_member("Editors", username="ana"), make_member("Editors", username="ben")
    article = make_article(by=ana)
    save_revision(article, by=ben, base=article.head, body="Words, more.")
    with pytest.raises(NotApproved, match="Everybody who may review has written some of it"):
        publish(article.head, by=ana)
    override = Override("We both read it.", told(article.head, ana))
    with pytest.raises(PermissionDenied):
        publish(article.head, by=ana, override=override)
    ana.user_permissions.add(Permission.objects.get(codename="override_checks"))
    ana = User.objects.get(pk=ana.pk)
    with pytest.raises(NotApproved, match="ana may publish it all the same, and has to say why"):
        publish(article.head, by=ana)
    publish(article.head, by=ana, override=override)
    assert overrode() == ["approval: We both read it."]


def test_two_people_who_take_turns_need_no_reason(settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    ana, ben = make_member("Editors"), make_member("Editors")
    article = make_article(by=ana)
    approve(request_review(article.head, by=ana), by=ben)
    publish(article.head, by=ana)
    save_revision(article, by=ben, base=article.head, body="Words, more.")
    approve(request_review(article.head, by=ben), by=ana)
    assert publish(article.head, by=ben).revision.number == 2
