"""Autosaving: keeping what stands in an open form, and knowing who has one open."""

from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from articles.models import Autosave
from articles.models.autosave import PRESENT_FOR
from articles.permissions import may_write, require


def new_tab():
    """Return a name for a form that is being opened."""
    return str(uuid4())


def autosave(*, user, tab, article=None, base=None, payload, unsaved, closing=False):
    """Keep *payload*, the fields of the form *tab*, and return the autosave; it never touches the history.

    *unsaved* tells whether it holds text no revision has. A form that is *closing* counts as present no longer. Forms
    that went away without a word and hold nothing are swept out. Raises PermissionDenied.
    """
    require(may_write(user, article), "edit this article")
    heard = timezone.now() - PRESENT_FOR if closing else timezone.now()
    state = {"article": article, "base": base, "payload": payload, "unsaved": unsaved, "updated_at": heard}
    kept, is_new = Autosave.objects.update_or_create(user=user, tab=tab, defaults=state)
    if is_new:
        Autosave.objects.filter(user=user, unsaved=False, updated_at__lt=heard - PRESENT_FOR).delete()
    return kept


def left(*, user, article=None, tab=""):
    """Return *user*'s unsaved forms of *article* (of new articles, where none) but *tab*'s own, newest first."""
    return Autosave.objects.unsaved().filter(user=user, article=article).exclude(tab=tab)


def discard(*, user, tab):
    """Forget the form *tab* of *user*."""
    Autosave.objects.filter(user=user, tab=tab).delete()


def others_present(*, article, user, tab=""):
    """Return who else has *article* open now, other tabs of *user* included: autosaves with their users."""
    mine = Q(user=user, tab=tab)
    return Autosave.objects.present().filter(article=article).exclude(mine).select_related("user").defer("payload")
