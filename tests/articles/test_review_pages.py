"""The review page: asking, answering, and why somebody may not."""

import pytest

from articles.drafting import save_revision
from articles.models import Review
from articles.reviewing import approve, ask_for_changes, request_review
from tests.factories import make_article, make_member, make_superuser

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def writer():
    return make_member("Writers", username="wanda")


@pytest.fixture
def editor():
    return make_member("Editors", username="ed")


@pytest.fixture
def article(writer):
    return make_article("Who Is Gaines?", by=writer)


@pytest.fixture
def as_user(client):
    """Return a function that logs somebody in."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in


def page_of(article):
    return f"{LIST}{article.pk}/review/"


def do(client, article, step, **data):
    return client.post(page_of(article), {"do": step, **data}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_a_writer_asks_anybody(as_user, article, writer, editor):
    response = do(as_user(writer), article, "ask", request="Check the cast.")
    assert said(response) == ["Asked everybody who may to review revision 1."]
    review = Review.objects.get()
    assert (review.revision, review.reviewer, review.request) == (article.head, None, "Check the cast.")


def test_a_writer_chooses_among_those_who_may(as_user, article, writer, editor):
    make_member("Writers")
    make_member("Credits desk")
    chief = make_superuser()
    offered = as_user(writer).get(page_of(article)).context["ask"].fields["reviewer"].queryset
    assert set(offered) == {editor, chief}
    assert said(do(as_user(writer), article, "ask", reviewer=editor.pk)) == ["Asked ed to review revision 1."]
    assert Review.objects.get().reviewer == editor


@pytest.mark.parametrize("reviewer", ["x", "0", "9" * 40])
def test_who_may_not_review_cannot_be_chosen_and_the_request_is_kept(as_user, article, writer, reviewer):
    response = do(as_user(writer), article, "ask", reviewer=reviewer, request="Check the cast.")
    assert list(response.context["ask"].errors) == ["reviewer"]
    assert "Check the cast." in response.text


def test_a_revision_is_asked_about_once(as_user, article, writer, editor):
    request_review(article.head, by=writer)
    response = do(as_user(writer), article, "ask")
    assert "A review of this revision is waiting, or done." in response.text
    assert Review.objects.count() == 1


def test_an_editor_reads_and_approves(as_user, article, writer, editor):
    review = request_review(article.head, by=writer, request="Check the cast.")
    page = as_user(editor).get(page_of(article))
    assert "Check the cast." in page.text
    assert "Words." in page.text
    response = do(as_user(editor), article, "approve", review=review.pk, comment="Fine.")
    assert said(response) == ["Approved: revision 1 may go out."]
    review.refresh_from_db()
    assert (review.verdict, review.reviewer, review.comment) == ("approved", editor, "Fine.")


def test_asking_for_changes_needs_words(as_user, article, writer, editor):
    review = request_review(article.head, by=writer)
    response = do(as_user(editor), article, "changes", review=review.pk, comment=" ")
    assert response.context["answer"].non_field_errors() == ["Say what should change."]
    response = do(as_user(editor), article, "changes", review=review.pk, comment="Nettle, not Nettles.")
    assert said(response) == ["Sent back: wanda learns what should change."]
    assert "Nettle, not Nettles." in response.text


def test_an_answer_that_comes_too_late_is_told_and_its_words_are_kept(as_user, article, writer, editor):
    review = request_review(article.head, by=writer)
    save_revision(article, by=writer, base=article.head, body="Later.")
    response = do(as_user(editor), article, "changes", review=review.pk, comment="My long comment.")
    assert "The article has a newer revision; look at that one." in response.text
    assert "My long comment." in response.text


def test_an_answer_to_the_review_of_another_article_is_refused(as_user, article, writer, editor):
    other = request_review(make_article(by=writer).head, by=writer)
    response = do(as_user(editor), article, "approve", review=other.pk)
    assert "This review is no longer there" in response.text
    other.refresh_from_db()
    assert other.verdict == "waiting"


def test_who_wrote_it_sees_why_they_may_not_review_it(as_user, editor):
    own = make_article(by=editor)
    review = request_review(own.head, by=editor)
    page = as_user(editor).get(page_of(own)).text
    assert "nobody approves those. Everybody who may review has written some of it. Somebody else needs" in page
    assert 'value="approve"' not in page
    assert do(as_user(editor), own, "approve", review=review.pk).status_code == 403


def test_a_writer_reviews_nothing(as_user, article, writer):
    review = request_review(article.head, by=writer)
    client = as_user(writer)
    assert "Your account does not review articles." in client.get(page_of(article)).text
    assert do(client, article, "approve", review=review.pk).status_code == 403


def test_approval_of_an_older_revision_is_told_and_does_not_count(as_user, article, writer, editor):
    approve(request_review(article.head, by=writer), by=editor, comment="Fine.")
    save_revision(article, by=writer, base=article.head, body="Later.")
    client = as_user(writer)
    for page in (page_of(article), f"{LIST}{article.pk}/change/"):
        assert "Approved up to revision 1; revision 2 is not." in client.get(page).text


def test_the_side_of_the_writing_screen_tells_every_step(as_user, article, writer, editor):
    client, change = as_user(editor), f"{LIST}{article.pk}/change/"
    assert "Nobody has looked at revision 1 yet." in client.get(change).text
    review = request_review(article.head, by=writer, request="Check the cast.")
    page = client.get(change).text
    assert "wanda asked anybody who may" in page
    assert "Review it" in page
    ask_for_changes(review, by=editor, comment="Too long.")
    assert "ed asks for changes to revision 1" in client.get(change).text
    approve(request_review(article.head, by=writer), by=editor)
    assert "ed approved revision 1" in client.get(change).text


def test_asking_from_the_writing_screen_saves_first(as_user, article, writer):
    from tests.articles.test_admin import form_of

    client = as_user(writer)
    response = client.post(f"{LIST}{article.pk}/change/", form_of(article, body="New words", _review="1"))
    assert (response.status_code, response["Location"]) == (302, page_of(article))
    article.refresh_from_db()
    assert article.head.body == "New words"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_reviews(client, article, count, django_assert_num_queries):
    writer, editor = article.head.created_by, make_member("Editors")
    client.force_login(editor)
    for number in range(count):
        revision = save_revision(article, by=writer, base=article.head, body=f"Words {number}.")
        approve(request_review(revision, by=writer), by=editor)
    with django_assert_num_queries(7):
        client.get(page_of(article))
