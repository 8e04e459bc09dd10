"""Sharing: a link that shows one revision to somebody without an account, for a while."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse

from articles.locking import locked, require_kept
from articles.models import Action, Article, Revision, record
from articles.models.article import new_share_key
from articles.permissions import may_read, may_write, require

LIFETIME = timedelta(days=7)
SALT = "articles.preview"


class LinkEnded(Exception):
    """The link is too old, was revoked, or never was one."""


@transaction.atomic
def share(revision, *, by):
    """Return the address under which anybody can read *revision* for a week.

    Raises InTrash, PermissionDenied.
    """
    require(may_read(by, revision.article), "share this article")
    article = locked(revision.article_id)
    require_kept(article)
    token = signing.dumps([revision.pk, article.share_key], salt=SALT, compress=True)
    record(revision.article, Action.SHARED, by=by, revision=revision)
    return reverse("articles:preview", args=[token])


@transaction.atomic
def revoke(article, *, by):
    """End every shared link of *article*; raises PermissionDenied."""
    require(may_write(by, article), "end shared previews of this article")
    Article.objects.filter(pk=article.pk).update(share_key=new_share_key())
    record(article, Action.UNSHARED, by=by)


def shared_revision(token):
    """Return the revision that *token* shows; raises LinkEnded."""
    try:
        pk, key = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkEnded from None
    revision = Revision.objects.filter(pk=pk, article__share_key=key, article__trashed_at=None).first()
    if revision is None:
        raise LinkEnded
    return revision
