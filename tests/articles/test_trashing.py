"""The trash, the way back, and the end."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db.models.signals import pre_delete
from django.utils import timezone

from articles.locking import InTrash
from articles.models import Article, Event, Publication, Revision
from articles.publishing import publish
from articles.trashing import NotInTrash, purge, recover, trash
from tests.factories import make_article, make_live, make_member, make_user


def test_trashed_article_leaves_readers_and_the_timeline(db):
    editor, article = make_member("Editors"), make_live()
    publish(article.head, by=None, at=timezone.now() + timedelta(days=1), correction=("update", "Later."))
    trash(article, by=editor)
    assert not Publication.objects.live().exists()
    assert not Publication.objects.scheduled().exists()
    assert Article.objects.with_state().get().state == "trashed"
    with pytest.raises(InTrash):
        publish(article.head, by=editor)


def test_what_was_scheduled_is_recorded_as_called_off(db):
    article = make_article()
    publish(article.head, by=None, at=timezone.now() + timedelta(days=1))
    trash(article, by=None)
    assert Event.objects.get(action="cancelled").detail.startswith("revision 1, for ")
    assert Event.objects.first().action == "trashed"


def test_recovered_article_is_no_longer_in_the_trash_and_not_live(db):
    editor, article = make_member("Editors"), make_live()
    trash(article, by=editor)
    recover(article, by=editor)
    assert Article.objects.with_state().get().state == "withdrawn"
    assert [event.action for event in Event.objects.all()[:2]] == ["recovered", "trashed"]


@pytest.mark.parametrize("group", ["Writers", "Credits desk"])
def test_only_editors_put_articles_in_the_trash(db, group):
    article = make_live()
    with pytest.raises(PermissionDenied):
        trash(article, by=make_member(group))
    assert Publication.objects.live().exists()


def test_purging_needs_its_own_permission_and_the_trash(db):
    article = make_live()
    with pytest.raises(PermissionDenied):
        purge(article, by=make_member("Editors"))
    with pytest.raises(NotInTrash):
        purge(article, by=make_user("articles.purge_article"))
    trash(article, by=None)
    purge(article, by=make_user("articles.purge_article"))
    assert not Revision.objects.exists()


def test_purge_command_deletes_what_is_a_month_old(db, time_machine):
    time_machine.move_to(timezone.now())
    kept, gone = make_article("Kept"), make_live("Gone")
    trash(gone, by=None)
    time_machine.shift(timedelta(days=29))
    trash(kept, by=None)
    assert run() == "0 deleted.\n"
    time_machine.shift(timedelta(days=1, minutes=1))
    assert run("--dry-run") == "would delete gone\n1 to delete.\n"
    assert run() == "deleted gone\n1 deleted.\n"
    assert [article.slug for article in Article.objects.all()] == ["kept"]
    with pytest.raises(CommandError, match="--days"):
        run("--days=-1")


def run(*options):
    out = StringIO()
    call_command("purge", *options, stdout=out)
    return out.getvalue()


def test_purge_command_goes_on_where_a_colleague_was_quicker(db):
    slugs = ["first", "recovered", "purged", "last"]
    for slug in slugs:
        trash(make_article(slug=slug), by=None)

    def colleague(instance, **_):
        if instance.slug == "first":
            recover(Article.objects.get(slug="recovered"), by=None)
            purge(Article.objects.get(slug="purged"), by=None)

    pre_delete.connect(colleague, sender=Article)
    try:
        said = run("--days=0").splitlines()
    finally:
        pre_delete.disconnect(colleague, sender=Article)
    left = [f"left {slug}: it is no longer in the trash" for slug in ("recovered", "purged")]
    assert said == ["deleted first", *left, "deleted last", "2 deleted."]
    assert Article.objects.get().slug == "recovered"
