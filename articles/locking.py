"""Locking: one change to an article at a time, and none while it is in the trash."""

from articles.models import Article


class InTrash(Exception):
    """The article is in the trash, where nothing about it changes."""

    def __init__(self):
        super().__init__("This article is in the trash; take it out first.")


class AlreadyPurged(Article.DoesNotExist):
    """Somebody has deleted the article for good since it was looked up."""

    def __init__(self):
        super().__init__("It has been deleted for good already.")


def locked(article_id):
    """Return the article as it stands; others who change it wait for this transaction, as SQLite's always do.

    Raises AlreadyPurged.
    """
    article = Article.objects.select_for_update().filter(pk=article_id).first()
    if article is None:
        raise AlreadyPurged
    return article


def require_kept(article):
    """Raise InTrash where *article*, which should be locked, is in the trash."""
    if article.trashed_at:
        raise InTrash
