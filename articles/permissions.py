"""Who may do what to which article; everything that shows or changes one asks here."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from articles.models import Byline, Revision, with_words_of


def is_own(user, article):
    """Tell whether *user* started *article* or signs it."""
    return article.revisions.filter(number=1, created_by=user).exists() or article.authors.filter(user=user).exists()


def may_write(user, article=None):
    """Tell whether *user* may edit *article*, or start one: editors anybody's, writers their own."""
    if user is None:
        return True
    if article and user.has_perm("articles.change_article"):
        return True
    return user.has_perm("articles.add_article") and (article is None or is_own(user, article))


def may_file(user, article):
    """Tell whether *user* may change where *article* is filed: readers see it at once, so a live one is an editor's."""
    return may_write(user, article) and (may_publish(user) or not article.publications.live().exists())


def may_read(user, article):
    """Tell whether *user* may see the unpublished side of *article*: history, previews, findings."""
    return user is None or user.has_perm("articles.view_article") or may_write(user, article)


def may_list(user):
    """Tell whether there may be articles that *user* can read at all."""
    return user.has_perm("articles.view_article") or user.has_perm("articles.change_article") or may_write(user)


def may_publish(user):
    """Tell whether *user* may publish, schedule, withdraw and trash."""
    return user is None or user.has_perm("articles.publish_article")


def may_review(user, revision):
    """Tell whether *user* may approve *revision*: nobody approves their own words, whoever saved them last."""
    return user.has_perm("articles.review_article") and not has_words(user, revision)


def has_words(user, revision):
    """Tell whether *revision* has words of *user* in it that no colleague has approved and no reader has seen."""
    return with_words_of(user, Revision.objects.filter(pk=revision.pk)).exists()


def may_override(user):
    """Tell whether *user* may publish against a failing check, giving a reason; a command may not."""
    return user is not None and may_publish(user) and user.has_perm("articles.override_checks")


def require(allowed, what):
    """Raise PermissionDenied, saying *what* is not allowed, unless *allowed*."""
    if not allowed:
        raise PermissionDenied(f"You may not {what}.")


def readable_by(user, articles):
    """Return those of *articles* whose unpublished side *user* may see: `may_read` for a list."""
    if user.has_perm("articles.view_article") or user.has_perm("articles.change_article"):
        return articles
    if not user.has_perm("articles.add_article"):
        return articles.none()
    return owned_by(user, articles)


def writable_by(user, articles):
    """Return those of *articles* that *user* may edit: `may_write` for a list."""
    if user.has_perm("articles.change_article"):
        return articles
    return owned_by(user, articles) if user.has_perm("articles.add_article") else articles.none()


def owned_by(user, articles):
    """Return those of *articles* that *user* started or signs: `is_own` for a list."""
    started = Revision.objects.filter(article=OuterRef("pk"), number=1, created_by=user)
    signs = Byline.objects.filter(article=OuterRef("pk"), author__user=user)
    return articles.filter(Q(Exists(started)) | Q(Exists(signs)))
