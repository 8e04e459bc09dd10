"""Dismissing: saying that what the proofreader found is right as it stands."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.locking import locked, require_kept
from articles.models import Action, Article, Dismissal, Revision, record
from articles.permissions import may_write, require
from articles.proofreading.findings import DISMISSIBLE
from articles.proofreading.proofread import folded, key
from articles.proofreading.proofs import errors as errors_of
from articles.proofreading.proofs import keep


class NotDismissible(Exception):
    """An error keeps a piece from readers until it is put right, or overridden by who may."""

    def __init__(self):
        super().__init__("An error cannot be dismissed: put it right, or let who may override it when publishing.")


class NoReason(Exception):
    """Whoever dismisses a finding says why, in few words."""


@transaction.atomic
def dismiss(article: Article, *, code: str, text: str, reason: str, by: AbstractBaseUser | None) -> Dismissal:
    """Say that findings of *code* about *text* are none in *article*, now and in later revisions, and why.

    Dismissing again gives the new reason. Raises NotDismissible, NoReason, InTrash or PermissionDenied, and then
    changes nothing.
    """
    head = _to_change(article, by)
    reason, longest = reason.strip(), Dismissal._meta.get_field("reason").max_length or 0
    if not reason or len(reason) > longest:
        raise NoReason(f"Say why this is right as it stands, in at most {longest} characters.")
    _require_dismissible(head, code, text)
    said = {"reason": reason, "by": by}
    dismissal, _ = Dismissal.objects.update_or_create(article=article, code=code, text=folded(text), defaults=said)
    record(article, Action.DISMISSED, by=by, revision=head, detail=f"{_named(code, text)}: {reason}")
    keep(head)
    return dismissal


@transaction.atomic
def undismiss(article: Article, *, code: str, text: str, by: AbstractBaseUser | None) -> bool:
    """Let findings of *code* about *text* be told again in *article*; tell whether they were dismissed.

    Raises InTrash or PermissionDenied.
    """
    head = _to_change(article, by)
    taken_back, _ = article.dismissals.filter(code=code, text=folded(text)).delete()
    if taken_back:
        record(article, Action.DISMISSED, by=by, revision=head, detail=f"no longer: {_named(code, text)}")
        keep(head)
    return bool(taken_back)


def _to_change(article: Article, by: AbstractBaseUser | None) -> Revision:
    """Return the newest revision of *article* as it is stored, locked."""
    require(may_write(by, article), "dismiss findings in this article")
    stored = locked(article.pk)
    require_kept(stored)
    return Revision.objects.select_related("article__film", "hero").get(pk=stored.head_id)


def _require_dismissible(head: Revision, code: str, text: str) -> None:
    """Raise NotDismissible for what is an error always, or here."""
    errors = {key(finding) for finding in errors_of(head)}
    if code not in DISMISSIBLE or (code, folded(text)) in errors:
        raise NotDismissible


def _named(code: str, text: str) -> str:
    return f"{code} “{text}”" if text else code
