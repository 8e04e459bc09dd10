"""Starting articles and saving revisions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from articles.addresses import AddressTaken
from articles.drafting import Conflict, save_revision, set_bylines, start_article
from articles.filing import move
from articles.models import Article, Revision
from tests.factories import make_article, make_author, make_film, make_live, make_topic, make_user


def test_article_starts_with_its_first_revision(db):
    user, film, authors, topic = (
        make_user("articles.add_article"),
        make_film(),
        [make_author(), make_author()],
        make_topic(),
    )
    article = start_article(
        by=user, title="Who Is Gaines?", body="Words.", film=film, authors=authors[::-1], topics=[topic], note="First"
    )
    article.refresh_from_db()
    head = article.head
    assert (article.slug, article.film, article.version) == ("who-is-gaines", film, 1)
    assert [byline.author for byline in article.bylines.all()] == authors[::-1]
    assert [*article.topics.all()] == [topic]
    assert (head.number, head.parent, head.title, head.body, head.note, head.created_by) == (
        *(1, None, "Who Is Gaines?", "Words.", "First"),
        user,
    )


def test_address_made_from_the_title_avoids_those_taken(db):
    slugs = [make_article("Rush").slug for _ in range(3)]
    assert slugs == ["rush", "rush-2", "rush-3"]


def test_address_asked_for_and_taken_starts_nothing(db):
    make_article(slug="rush")
    with pytest.raises(IntegrityError), transaction.atomic():
        start_article(by=None, slug="rush", title="Another")
    assert [revision.title for revision in Revision.objects.all()] == ["What Is the Movie “Rush” About?"]


def test_saving_makes_the_next_revision_and_keeps_what_is_not_given(db):
    article, user = make_article(body="One."), make_user("articles.change_article")
    first = article.head
    second = save_revision(article, by=user, base=first, body="Two.", note="Mended")
    assert (second.number, second.parent, second.created_by, second.note) == (2, first, user, "Mended")
    assert second.content == {**first.content, "body": "Two."}
    assert Article.objects.get().head == article.head == second
    assert Article.objects.get().version == 2


def test_saving_nothing_new_writes_nothing(db):
    article = make_article()
    assert save_revision(article, by=None, base=article.head, **article.head.content) == article.head
    assert (Revision.objects.count(), Article.objects.get().version) == (1, 1)


def test_saving_from_an_old_revision_is_a_conflict_and_writes_nothing(db):
    article, ana = make_article(), make_user("articles.change_article", username="ana")
    base = article.head
    theirs = save_revision(article, by=ana, base=base, body="Ana's.")
    with pytest.raises(Conflict, match="ana saved revision 2 in the meantime") as conflict:
        save_revision(article, by=None, base=base, body="Mine.")
    assert conflict.value.theirs == theirs
    assert [revision.body for revision in Revision.objects.order_by("number")] == ["Words.", "Ana's."]


@pytest.mark.parametrize("permission", ["articles.view_article", "articles.add_article"])
def test_saving_needs_permission(db, permission):
    article = make_article()
    with pytest.raises(PermissionDenied):
        save_revision(article, by=make_user(permission), base=article.head, body="Mine.")
    assert Revision.objects.count() == 1


def test_starting_needs_permission(db):
    with pytest.raises(PermissionDenied):
        start_article(by=make_user("articles.change_article"), title="Rush")
    assert not Article.objects.exists()


def test_bylines_are_replaced_in_the_order_given(db):
    ana, ben, eve = make_author("Ana"), make_author("Ben"), make_author("Eve")
    article = make_article(authors=[ana, ben])
    set_bylines(article, [eve, ana])
    assert [str(byline.author) for byline in article.bylines.all()] == ["Eve", "Ana"]


def test_an_address_that_leads_to_another_article_is_not_taken(db):
    moved = make_live("Rush")
    move(moved, "rush-explained", by=None)
    assert make_article("Rush").slug == "rush-2"
    with pytest.raises(AddressTaken, match="That address still leads to /articles/rush-explained/"):
        make_article(slug="rush")
    assert Article.objects.count() == 2


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_end_as_they_always_do(db, end):
    article = make_article(body=f"One.{end}{end}Two.")
    assert article.head.body == "One.\n\nTwo."
    assert save_revision(article, by=None, base=article.head, body=f"One.{end}{end}Two.") == article.head
