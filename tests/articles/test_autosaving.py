"""What stands in open forms: kept, offered again, never mixed up, never in the history."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.autosaving import autosave, discard, left, new_tab, others_present
from articles.drafting import save_revision, start_article
from articles.models import Autosave, Revision
from tests.factories import make_article, make_member


@pytest.fixture
def ana(db):
    return make_member("Editors", username="ana")


def keep(user, tab, body, article=None, **options):
    payload = {"body": body}
    return autosave(user=user, tab=tab, article=article, payload=payload, **{"unsaved": True, **options})


def offered(user, **options):
    return [kept.payload["body"] for kept in left(user=user, **options)]


def test_two_tabs_of_one_person_never_overwrite_each_other(ana):
    article = make_article()
    first, second = new_tab(), new_tab()
    keep(ana, first, "one", article)
    keep(ana, second, "two", article)
    keep(ana, first, "one more", article)
    assert offered(ana, article=article) == ["one more", "two"]
    assert offered(ana, article=article, tab=first) == ["two"]


def test_what_is_typed_is_never_in_the_history(ana):
    article = make_article()
    keep(ana, "tab", "typed", article)
    assert [revision.body for revision in Revision.objects.all()] == ["Words."]


def test_saving_forgets_the_form_that_was_saved_and_no_other(ana):
    article = make_article()
    keep(ana, "mine", "typed", article)
    keep(ana, "other", "typed elsewhere", article)
    save_revision(article, by=ana, base=article.head, body="typed", tab="mine")
    assert offered(ana, article=article) == ["typed elsewhere"]


def test_new_article_is_kept_before_it_has_a_row(ana):
    keep(ana, "new", "first words")
    assert offered(ana) == ["first words"]
    start_article(by=ana, title="Rush", body="first words", tab="new")
    assert offered(ana) == []


def test_people_do_not_see_what_others_typed(ana):
    article, ben = make_article(), make_member("Editors")
    keep(ben, "tab", "secret", article)
    assert offered(ana, article=article) == []


def test_presence_lasts_three_quarters_of_a_minute(ana, time_machine):
    time_machine.move_to(timezone.now())
    article, ben = make_article(), make_member("Editors", username="ben")
    keep(ben, "his", "", article, unsaved=False)
    keep(ana, "mine", "", article, unsaved=False)
    assert [kept.user for kept in others_present(article=article, user=ana, tab="mine")] == [ben]
    time_machine.shift(timedelta(seconds=46))
    assert not others_present(article=article, user=ana, tab="mine").exists()
    assert offered(ben, article=article) == []


def test_discarding_forgets(ana):
    keep(ana, "tab", "typed")
    discard(user=make_member("Editors"), tab="tab")
    assert offered(ana) == ["typed"]
    discard(user=ana, tab="tab")
    assert not Autosave.objects.exists()


def test_nobody_keeps_a_form_they_may_not_save(db):
    with pytest.raises(PermissionDenied):
        keep(make_member("Writers"), "tab", "typed", make_article())
    with pytest.raises(PermissionDenied):
        keep(make_member("Credits desk"), "tab", "typed")
