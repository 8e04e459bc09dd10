"""What the database itself refuses, tried by raw SQL after all migrations."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from articles import triggers
from articles.models import Publication, Revision
from tests.factories import make_article, make_image, make_live

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

CHANGES = {
    "article_id": 999,
    "number": 7,
    "parent_id": 999,
    "created_at": "2001-01-01 00:00:00",
    "created_by_id": 999,
    "title": "Other",
    "folded": "other",
    "dek": "Other",
    "body": "Other",
    "hero_id": 999,
    "seo_title": "Other",
    "seo_description": "Other",
    "spoilers": "full",
    "note": "Other",
    "words_added": 999,
    "words_removed": 999,
}


@pytest.mark.parametrize("column", CHANGES)
def test_raw_update_of_a_revision_fails(execute, column):
    revision = make_article().head
    with pytest.raises(DatabaseError, match=triggers.IMMUTABLE), transaction.atomic():
        execute(f"UPDATE articles_revision SET {column} = %s WHERE id = %s", CHANGES[column], revision.pk)
    assert Revision.objects.get(pk=revision.pk).content == revision.content


def test_every_column_of_a_revision_is_tried_above():
    columns = {field.column for field in Revision._meta.concrete_fields}
    assert columns - set(CHANGES) == {"id", "name"}


def test_revision_may_be_given_a_name(db):
    revision = make_article().head
    revision.name = "As filed"
    revision.save(update_fields=["name"])
    assert Revision.objects.get(pk=revision.pk).name == "As filed"


def test_image_of_a_revision_cannot_be_deleted(db):
    image = make_image()
    make_article(hero=image)
    with pytest.raises(IntegrityError), transaction.atomic():
        image.delete()


def test_two_publications_cannot_both_be_open_ended(db):
    article = make_live(at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(article=article, revision=article.head, starts=NOON - HOUR)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(NOON, None), (NOON - HOUR, NOON + HOUR), (NOON + HOUR, NOON + 2 * HOUR), (NOON - HOUR, None)],
)
def test_publications_of_one_article_cannot_overlap(db, starts, ends):
    article = make_article()
    Publication.objects.create(article=article, revision=article.head, starts=NOON, ends=NOON + 3 * HOUR)
    with pytest.raises(IntegrityError, match=triggers.OVERLAP), transaction.atomic():
        Publication.objects.create(article=article, revision=article.head, starts=starts, ends=ends)


def test_publications_may_touch_and_be_changed(db):
    article = make_article()
    first = Publication.objects.create(article=article, revision=article.head, starts=NOON, ends=NOON + HOUR)
    Publication.objects.create(article=article, revision=article.head, starts=NOON + HOUR)
    first.ends = NOON + HOUR / 2
    first.save()
    with pytest.raises(IntegrityError, match=triggers.OVERLAP), transaction.atomic():
        Publication.objects.filter(pk=first.pk).update(ends=NOON + 2 * HOUR)


def test_publication_shows_a_revision_of_its_own_article(db):
    article, other = make_article(), make_article()
    with pytest.raises(IntegrityError, match=triggers.STRANGER), transaction.atomic():
        Publication.objects.create(article=article, revision=other.head, starts=NOON)


def test_publication_ends_after_it_starts(db):
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(article=article, revision=article.head, starts=NOON, ends=NOON)


def test_article_with_its_revisions_can_be_deleted(db):
    article = make_live()
    article.publications.all().delete()
    article.delete()
    assert not Revision.objects.exists()
