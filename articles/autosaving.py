"""Autosaving: keeping what stands in an open form, and knowing who has one open.

A form sends its state again and again, and is sent once to be saved, or twice where its answer is long in coming. Its
row tells what came last, and which revision it made; whoever changes the row claims it first.
"""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Article, Autosave
from articles.models.autosave import PRESENT_FOR
from articles.permissions import may_write, require, writable_by

PLACE = ("slug", "filed")  # What a text leaves behind that is taken out of its article.
REMEMBERED = timedelta(days=1)  # How long it is known what a form has saved.


def new_tab():
    """Return a name for a form that is being opened."""
    return str(uuid4())


def claimed(*, user, tab):
    """Return the row of *user*'s form *tab* and whether it is new; what else the form sends waits for this one.

    Only inside a transaction.
    """
    rows = Autosave.objects.select_for_update()
    return rows.get_or_create(user=user, tab=tab, defaults={"updated_at": _gone()})


def made(*, user, tab):
    """Return the revision that *user*'s form *tab* saved last, if it is known, and claim the form."""
    return claimed(user=user, tab=tab)[0].saved if user and tab else None


@transaction.atomic
def autosave(*, user, tab, article=None, base=None, payload, unsaved, turn=None, closing=False):
    """Keep *payload*, the fields of the form *tab*, and return the autosave; it never touches the history.

    *unsaved* tells whether it holds text no revision has. What comes late, by the *turn* that the form counts, is
    older than what is here, and changes nothing. A form that is *closing* counts as present no longer. Forms that went
    away without a word and hold nothing are swept out. Raises PermissionDenied.
    """
    require(may_write(user, article), "edit this article")
    form, is_new = claimed(user=user, tab=tab)
    if turn is not None and turn <= form.turn:
        return form
    form.article, form.base = _goes_on(form, article, base)
    form.payload, form.unsaved, form.turn = payload, unsaved, turn or form.turn
    form.updated_at = _gone() if closing else timezone.now()
    form.save()
    if is_new:
        _sweep(user)
    return form


def set_aside(*, user, tab, payload):
    """Keep *payload*, the fields of the form *tab*, as those of a new article.

    The form's own is gone, or not *user*'s to edit; where it was filed stays behind. Raises PermissionDenied.
    """
    typed = {name: value for name, value in payload.items() if name not in PLACE}
    return autosave(user=user, tab=tab, payload=typed, unsaved=True, closing=True)


def saved(*, user, tab, revision):
    """Remember for a day that *user*'s form *tab* made *revision*, and forget what it held."""
    form, _ = claimed(user=user, tab=tab)
    form.article_id, form.base, form.saved = revision.article_id, None, revision
    form.payload, form.unsaved, form.updated_at = {}, False, _gone()
    form.save()


def count(*, user, tab, turn):
    """Let nothing that *user*'s form *tab* sent before its *turn* change what is known of it."""
    Autosave.objects.filter(user=user, tab=tab, turn__lt=turn).update(turn=turn)


def left(*, user, article=None, tab=""):
    """Return *user*'s unsaved forms of *article*, newest first, but *tab*'s own.

    Without an article, those whose texts can become new ones: of articles that were never saved, that are deleted, or
    that *user* may no longer edit.
    """
    within = Q(article=article) if article else ~Exists(writable_by(user, _own_article()))
    return Autosave.objects.unsaved().filter(within, user=user).exclude(tab=tab)


def all_left(*, user):
    """Return all of *user*'s unsaved forms, newest first; each knows whether its article is `writable`."""
    forms = Autosave.objects.unsaved().filter(user=user)
    return forms.annotate(writable=Exists(writable_by(user, _own_article())))


def discard(*, user, tab):
    """Forget what stands in the form *tab* of *user*, but not what it has saved."""
    form = Autosave.objects.filter(user=user, tab=tab)
    form.filter(saved=None).delete()
    form.update(payload={}, unsaved=False, updated_at=_gone())


def others_present(*, article, user, tab=""):
    """Return who else has *article* open now, other tabs of *user* included: autosaves with their users."""
    mine = Q(user=user, tab=tab)
    return Autosave.objects.present().filter(article=article).exclude(mine).select_related("user").defer("payload")


def _goes_on(form, article, base):
    """Return what a form is of and made from: one that goes on after it was saved goes on from what it saved."""
    last = form.saved
    if last and article in (None, last.article) and (base is None or base.number < last.number):
        return last.article, last
    return article, base


def _own_article():
    return Article.objects.filter(pk=OuterRef("article"))


def _gone():
    """Return when somebody was last heard of who is here no longer."""
    return timezone.now() - PRESENT_FOR


def _sweep(user):
    """Delete *user*'s forms that hold nothing, once they are gone; what they saved is remembered longer."""
    now = timezone.now()
    empty = Autosave.objects.filter(user=user, unsaved=False)
    empty.filter(saved=None, updated_at__lt=now - PRESENT_FOR).delete()
    empty.filter(updated_at__lt=now - REMEMBERED).delete()
