"""Links that show a draft to somebody without an account."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.sharing import LIFETIME, LinkEnded, revoke, share, shared_revision
from articles.trashing import trash
from tests.factories import make_article, make_member


def token(address):
    return address.rstrip("/").rpartition("/")[2]


def test_link_shows_its_revision_for_a_week(db, time_machine):
    time_machine.move_to(timezone.now())
    revision = make_article().head
    link = token(share(revision, by=None))
    time_machine.shift(LIFETIME - timedelta(seconds=1))
    assert shared_revision(link) == revision
    time_machine.shift(timedelta(seconds=2))
    with pytest.raises(LinkEnded):
        shared_revision(link)


def test_revoking_ends_every_link_of_the_article(db):
    article, other = make_article(), make_article()
    links = [token(share(article.head, by=None)) for _ in range(2)]
    kept = token(share(other.head, by=None))
    revoke(article, by=None)
    for link in links:
        with pytest.raises(LinkEnded):
            shared_revision(link)
    assert shared_revision(kept) == other.head


def test_article_in_the_trash_is_not_shown(db):
    article = make_article()
    link = token(share(article.head, by=None))
    trash(article, by=None)
    with pytest.raises(LinkEnded):
        shared_revision(link)


@pytest.mark.parametrize("link", ["", "x", "a:b:c", "eyJ9:1:2"])
def test_what_is_no_link_of_ours_shows_nothing(db, link):
    with pytest.raises(LinkEnded):
        shared_revision(link)


def test_writers_share_their_own_alone(db):
    writer = make_member("Writers")
    share(make_article(by=writer).head, by=writer)
    with pytest.raises(PermissionDenied):
        share(make_article().head, by=writer)
