"""Asking, approving, asking for changes; and that an approval is of one revision."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.drafting import restore, save_revision
from articles.gating import NotApproved
from articles.locking import InTrash
from articles.models import Article, Review
from articles.permissions import has_words, may_review
from articles.publishing import publish
from articles.reviewing import (
    AlreadyAsked,
    Outdated,
    ReviewError,
    approve,
    ask_for_changes,
    request_review,
    reviewers,
)
from articles.trashing import purge, recover, trash
from tests.factories import make_article, make_author, make_member, make_superuser


@pytest.fixture
def writer(db):
    return make_member("Writers", username="wanda", email="wanda@news.example")


@pytest.fixture
def editor(db):
    return make_member("Editors", username="ed", email="ed@news.example")


@pytest.fixture
def article(writer):
    return make_article("Who Is Gaines?", by=writer)


@pytest.fixture
def running(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def state():
    return Article.objects.with_state().get().state


def test_asking_tells_everybody_who_may_review(article, writer, editor, mailoutbox, django_capture_on_commit_callbacks):
    make_member("Credits desk")
    with django_capture_on_commit_callbacks(execute=True):
        request_review(article.head, by=writer, request="Check the cast, please.")
    assert [mail.to for mail in mailoutbox] == [["ed@news.example"]]
    assert mailoutbox[0].subject == "Please review: Who Is Gaines?"
    assert "wanda asks for a review.\n\nCheck the cast, please." in mailoutbox[0].body
    assert state() == "in-review"


def test_answer_goes_to_who_asked(article, writer, editor, mailoutbox, django_capture_on_commit_callbacks):
    review = request_review(article.head, by=writer, reviewer=editor)
    with django_capture_on_commit_callbacks(execute=True):
        approve(review, by=editor, comment="Fine.")
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["wanda@news.example"], "Approved: Who Is Gaines?")]
    assert state() == "approved"


def test_asking_for_changes_needs_words(article, writer, editor):
    review = request_review(article.head, by=writer)
    with pytest.raises(ReviewError, match="Say what should change"):
        ask_for_changes(review, by=editor, comment=" ")
    assert ask_for_changes(review, by=editor, comment="Nettle, not Nettles.").reviewer == editor
    assert state() == "draft"


def test_approval_does_not_cover_a_later_revision(article, writer, editor, settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    approve(request_review(article.head, by=writer), by=editor)
    first = article.head
    second = save_revision(article, by=writer, base=first, body="Later.")
    assert state() == "draft"
    with pytest.raises(NotApproved, match="revision 2"):
        publish(second, by=editor)
    assert publish(first, by=editor).revision == first


def test_nobody_approves_their_own_words(editor):
    own = make_article(by=editor)
    review = request_review(own.head, by=editor)
    with pytest.raises(PermissionDenied):
        approve(review, by=editor)
    assert not Review.objects.waiting_for(editor).exists()


# Own words: whoever saved them last ----------------------------------------------------------------------------------


def may_answer(user, revision):
    """Return whether *user* may review, having made sure that the row, the list and the queue say the same."""
    one = may_review(user, revision)
    review, _ = Review.objects.get_or_create(revision=revision, verdict="waiting", defaults={"asked_by": user})
    waits = Review.objects.waiting_for(user).filter(pk=review.pk).exists()
    assert (one, one) == (waits, reviewers(revision).filter(pk=user.pk).exists())
    return one


def test_a_colleagues_comma_makes_words_nobody_elses(article, editor):
    other, third = make_member("Editors", username="olga"), make_member("Editors", username="tom")
    mine = save_revision(article, by=editor, base=article.head, body="All mine.")
    comma = save_revision(article, by=other, base=mine, body="All, mine.")
    assert [may_answer(user, comma) for user in (editor, other, third)] == [False, False, True]
    with pytest.raises(PermissionDenied, match=r"own words, and nobody approves those\. tom may review it"):
        approve(comma.reviews.get(), by=editor)


@pytest.mark.parametrize("how", ["approved", "live"])
def test_what_was_approved_or_live_is_no_longer_own_words(article, editor, how):
    other = make_member("Editors", username="olga")
    mine = save_revision(article, by=editor, base=article.head, body="All mine.")
    if how == "approved":
        approve(request_review(mine, by=editor), by=other)
    else:
        publish(mine, by=None)
    assert may_answer(editor, save_revision(article, by=other, base=mine, body="All, mine."))


def test_a_scheduled_revision_is_not_live_yet(article, editor):
    mine = save_revision(article, by=editor, base=article.head, body="All mine.")
    publish(mine, by=None, at=timezone.now() + timedelta(days=1))
    assert not may_answer(editor, save_revision(article, by=None, base=mine, body="All, mine."))


def test_a_colleague_who_brings_back_a_text_does_not_make_it_theirs(article, editor):
    other = make_member("Editors", username="olga")
    mine = save_revision(article, by=editor, base=article.head, body="Rejected.")
    last = save_revision(article, by=other, base=mine, body="Better.")
    publish(last, by=None)
    restored = restore(mine, base=last, by=other)
    assert not may_answer(editor, restored)


def test_a_title_over_a_text_that_was_live_is_only_who_wrote_the_title(article, editor):
    other = make_member("Editors", username="olga")
    first = save_revision(article, by=editor, base=article.head, body="Live.")
    live = save_revision(article, by=editor, base=first, title="Live")
    publish(live, by=None)
    assert may_answer(editor, save_revision(article, by=other, base=live, title="Newer"))


def test_what_a_command_saved_is_the_words_of_who_signs(editor):
    other = make_member("Editors", username="olga")
    author = make_author(user=editor)
    imported = make_article(authors=[author])
    assert (may_answer(editor, imported.head), may_answer(other, imported.head)) == (False, True)
    typed = make_article(by=other, authors=[author])
    assert may_answer(editor, typed.head)


def test_the_refusal_says_what_to_do_where_nobody_may(editor):
    review = request_review(make_article(by=editor).head, by=editor)
    with pytest.raises(PermissionDenied, match="Somebody else needs the right to review"):
        approve(review, by=editor)
    make_superuser(username="root", first_name="Ruth")
    with pytest.raises(PermissionDenied, match="Ruth may review it"):
        approve(review, by=editor)


@pytest.mark.parametrize("count", [1, 3])
def test_asking_who_may_review_costs_the_same_however_long_the_history(editor, count, django_assert_num_queries):
    article = make_article(by=editor)
    for number in range(count):
        save_revision(article, by=editor, base=article.head, body=f"Words {number}.")
    Review.objects.create(revision=article.head, asked_by=editor)
    list(reviewers(article.head))
    with django_assert_num_queries(3):
        has_words(editor, article.head)
        list(Review.objects.waiting_for(editor))
        list(reviewers(article.head))


def test_writers_review_nothing(article, writer):
    other = make_member("Writers")
    review = request_review(article.head, by=writer)
    with pytest.raises(PermissionDenied):
        approve(review, by=other)
    with pytest.raises(ReviewError, match="may not review"):
        request_review(make_article(by=writer).head, by=writer, reviewer=other)


def test_revision_is_asked_about_once(article, writer, editor):
    review = request_review(article.head, by=writer)
    with pytest.raises(AlreadyAsked):
        request_review(article.head, by=writer)
    approve(review, by=editor)
    with pytest.raises(AlreadyAsked):
        approve(review, by=editor)


def test_review_of_an_old_revision_is_over(article, writer, editor):
    old = article.head
    review = request_review(old, by=writer)
    save_revision(article, by=writer, base=old, body="Later.")
    with pytest.raises(Outdated):
        approve(review, by=editor)
    with pytest.raises(Outdated):
        request_review(old, by=writer)
    assert not Review.objects.waiting().exists()


def test_waiting_for_me_is_what_i_was_asked_or_anybody_was(writer, editor):
    other = make_member("Editors")
    mine, anybodys, others = (make_article(by=writer) for _ in range(3))
    request_review(mine.head, by=writer, reviewer=editor)
    request_review(anybodys.head, by=writer)
    request_review(others.head, by=writer, reviewer=other)
    waiting = {review.revision.article for review in Review.objects.waiting_for(editor)}
    assert waiting == {mine, anybodys}


def test_nothing_in_the_trash_is_asked_about_or_answered(article, writer, editor):
    trash(article, by=None)
    with pytest.raises(InTrash):
        request_review(article.head, by=writer)
    recover(article, by=None)
    review = request_review(article.head, by=writer)
    trash(article, by=None)
    with pytest.raises(InTrash):
        approve(review, by=editor)
    assert Review.objects.get().verdict == "waiting"


def test_review_of_a_deleted_article_is_over(article, writer, editor):
    review = request_review(article.head, by=writer)
    trash(article, by=None)
    purge(article, by=None)
    with pytest.raises(Outdated, match="has been deleted"):
        approve(review, by=editor)


@pytest.mark.skipif("not connection.features.has_select_for_update", reason="SQLite locks the whole database")
def test_an_answer_locks_the_article_alone_as_purging_does(article, writer, editor):
    review = request_review(article.head, by=writer)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        approve(review, by=editor)
    locks = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    assert locks
    assert all('FROM "articles_article"' in sql for sql in locks)


# Mail ----------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("editor")
def test_mail_says_who_asks_and_leads_to_the_page(article, writer, settings, mailoutbox, running):
    writer.first_name, writer.last_name = "Wanda", "Maximoff"
    settings.ALLOWED_HOSTS, settings.HTTPS = ["film.example", "www.film.example"], True
    with running(execute=True):
        request_review(article.head, by=writer)
    assert mailoutbox[0].body.startswith("Wanda Maximoff asks for a review.")
    assert f"https://film.example/admin/articles/article/{article.pk}/review/" in mailoutbox[0].body


def test_mail_goes_neither_to_who_asks_nor_to_who_left(article, editor, mailoutbox, running):
    other = make_member("Editors", username="olga", email="olga@news.example")
    make_member("Editors", username="gone", email="gone@news.example", is_active=False)
    make_member("Editors", username="reader", email="reader@news.example", is_staff=False)
    with running(execute=True):
        request_review(article.head, by=editor)
    assert [mail.to for mail in mailoutbox] == [[other.email]]


def test_who_asked_and_left_since_gets_no_mail(article, writer, editor, mailoutbox, running):
    review = request_review(article.head, by=writer)
    writer.is_active = False
    writer.save()
    with running(execute=True):
        approve(review, by=editor)
    assert mailoutbox == []


@pytest.mark.usefixtures("editor")
def test_failing_mail_server_hinders_no_review(article, writer, settings, running, caplog):
    nobody = {"host": "127.0.0.1", "port": 1}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": nobody}}
    with running(execute=True):
        request_review(article.head, by=writer)
    assert state() == "in-review"
    assert "The mail server could not be reached" in caplog.text
