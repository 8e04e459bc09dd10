"""Saying that a finding is none."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.drafting import save_revision
from articles.locking import InTrash
from articles.models import Action, Dismissal, Proof
from articles.proofreading import copy_of, proofread
from articles.proofreading.dismissing import NoReason, NotDismissible, dismiss, undismiss
from articles.trashing import trash
from tests.factories import make_article, make_member

REASON = "It quotes a sign."


@pytest.fixture
def article(db):
    return make_article(body="[here](/films/) TK", by=make_member("Writers"))


@pytest.fixture
def editor(db):
    return make_member("Editors")


def told(article):
    return {finding.code for finding in proofread(copy_of(article.head))}


def test_a_dismissed_finding_is_told_no_more_and_the_record_says_why(article, editor):
    before = Proof.objects.get()
    dismiss(article, code="link-text", text="Here", reason=f" {REASON} ", by=editor)
    assert "link-text" not in told(article)
    assert Dismissal.objects.values_list("code", "text", "reason", "by").get() == (
        "link-text",
        "here",
        REASON,
        editor.pk,
    )
    event = article.events.get(action=Action.DISMISSED)
    assert (event.by, event.revision, event.detail) == (editor, article.head, f"link-text “Here”: {REASON}")
    assert Proof.objects.get().notices == before.notices - 1


def test_dismissing_again_gives_the_new_reason(article, editor):
    for reason in ("One.", "Two."):
        dismiss(article, code="link-text", text="here", reason=reason, by=editor)
    assert [dismissal.reason for dismissal in Dismissal.objects.all()] == ["Two."]


def test_a_dismissal_outlives_the_revision(article, editor):
    dismiss(article, code="link-text", text="here", reason=REASON, by=editor)
    save_revision(article, by=editor, base=article.head, body="Other words, [HERE](/films/).")
    article.refresh_from_db()
    assert "link-text" not in told(article)


def test_taking_it_back_lets_it_be_told_again(article, editor):
    dismiss(article, code="link-text", text="here", reason=REASON, by=editor)
    assert undismiss(article, code="link-text", text="HERE", by=editor) is True
    assert "link-text" in told(article)
    assert article.events.filter(action=Action.DISMISSED).first().detail == "no longer: link-text “HERE”"
    assert undismiss(article, code="link-text", text="here", by=editor) is False


@pytest.mark.parametrize("code", ["unfinished", "image-alt", "spoiler-exposed", "reference-broken", "anything"])
def test_an_error_cannot_be_dismissed(article, editor, code):
    with pytest.raises(NotDismissible):
        dismiss(article, code=code, text="TK", reason=REASON, by=editor)
    assert not Dismissal.objects.exists()


def test_a_code_that_may_be_a_warning_cannot_be_dismissed_where_it_is_an_error(editor):
    article = make_article(body="[words](/nowhere/)")
    with pytest.raises(NotDismissible):
        dismiss(article, code="link-broken", text="[words](/nowhere/)", reason=REASON, by=editor)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_it_takes_a_reason_that_fits(article, editor, reason):
    with pytest.raises(NoReason):
        dismiss(article, code="link-text", text="here", reason=reason, by=editor)
    assert not Dismissal.objects.exists()


def test_it_takes_who_may_write_the_article(article):
    for change in (dismiss, undismiss):
        extra = {"reason": REASON} if change is dismiss else {}
        with pytest.raises(PermissionDenied):
            change(article, code="link-text", text="here", by=make_member("Writers"), **extra)
    assert not Dismissal.objects.exists()


def test_nothing_changes_in_the_trash(article, editor):
    trash(article, by=editor)
    with pytest.raises(InTrash):
        dismiss(article, code="link-text", text="here", reason=REASON, by=editor)


def test_a_text_longer_than_a_dismissal_keeps_is_dismissed_all_the_same(editor):
    title = "t" * 199
    article = make_article(body=f"## {title * 2}\n\n## {title * 2}")
    (found,) = [finding for finding in proofread(copy_of(article.head)) if finding.code == "heading-duplicate"]
    dismiss(article, code=found.code, text=found.text, reason=REASON, by=editor)
    assert "heading-duplicate" not in told(article)
