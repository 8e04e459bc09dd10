"""The gate: what keeps a revision from readers, and who passes it all the same, saying why."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.drafting import save_revision
from articles.gating import FailingChecks, NotApproved
from articles.models import Action, Event, Publication
from articles.publishing import publish, reschedule
from articles.reviewing import approve, request_review
from tests.factories import make_article, make_member, make_user

pytestmark = pytest.mark.django_db

OVERRIDE = ("articles.publish_article", "articles.override_checks")


@pytest.fixture
def failing():
    """A draft that the proofreader finds two errors in."""
    return make_article(body="TODO ask Ines. See [[person:nobody]].")


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
        publish(failing.head, by=None, override="Because.")
    assert (Publication.objects.count(), overrode()) == (0, [])


def test_a_reason_does_not_help_who_may_not_override(failing):
    with pytest.raises(PermissionDenied, match="against a failing check"):
        publish(failing.head, by=make_member("Editors"), override="Because.")
    assert (Publication.objects.count(), overrode()) == (0, [])


def test_who_may_override_says_why_and_the_record_keeps_it(failing):
    user = make_user(*OVERRIDE)
    with pytest.raises(FailingChecks):
        publish(failing.head, by=user, override=" ")
    publish(failing.head, by=user, override="It is a film called TODO.")
    codes, reason = overrode()[0].split(": ")
    assert (set(codes.split(", ")), reason) == ({"unfinished", "reference-broken"}, "It is a film called TODO.")


def test_a_reason_where_nothing_fails_is_not_recorded():
    publish(make_article().head, by=make_user(*OVERRIDE), override="Because.")
    assert overrode() == []


def test_what_passed_the_gate_is_not_asked_again_when_it_is_moved():
    article, soon = make_article(body="Fine."), timezone.now() + timedelta(days=1)
    turn = publish(article.head, by=make_user(*OVERRIDE), at=soon)
    assert reschedule(turn, by=None, at=soon + timedelta(days=1)).starts > soon


def test_a_missing_approval_that_a_colleague_could_give_is_not_overridden(settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    make_member("Editors", username="ed")
    writer = make_user(*OVERRIDE)
    with pytest.raises(NotApproved, match="Ask for a review first"):
        publish(make_article().head, by=writer, override="I am in a hurry.")
    assert overrode() == []


def test_two_people_who_both_wrote_go_out_with_a_reason(settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    ana, ben = make_member("Editors", username="ana"), make_member("Editors", username="ben")
    article = make_article(by=ana)
    save_revision(article, by=ben, base=article.head, body="Words, more.")
    with pytest.raises(NotApproved, match="Everybody who may review has written some of it"):
        publish(article.head, by=ana)
    with pytest.raises(PermissionDenied):
        publish(article.head, by=ana, override="We both read it.")
    ana.user_permissions.add(Permission.objects.get(codename="override_checks"))
    ana = User.objects.get(pk=ana.pk)
    with pytest.raises(NotApproved, match="ana may publish it all the same, and has to say why"):
        publish(article.head, by=ana)
    publish(article.head, by=ana, override="We both read it.")
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
