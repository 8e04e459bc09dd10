"""Correcting: what readers are told of a change, mended, and taken back."""

from django.db import transaction

from articles.locking import locked, require_kept
from articles.models import Action, Correction, record
from articles.permissions import may_publish, require


class CorrectionGone(Exception):
    """Somebody took the correction back, or called its publication off, in the meantime."""

    def __init__(self):
        super().__init__("This note for readers is no longer there: somebody took it back.")


def correct(publication, kind, text, *, by):
    """Tell readers of *text*, a note of that CorrectionKind, from the start of *publication* on."""
    Correction.objects.create(publication=publication, kind=kind, text=text, by=by)
    record(publication.article, Action.CORRECTED, by=by, revision=publication.revision, detail=text)


@transaction.atomic
def amend_correction(correction, *, kind, text, by):
    """Let *correction* say *text* to readers; the record keeps what it said. Returns whether anything differs.

    Raises CorrectionGone, InTrash, PermissionDenied.
    """
    stored = _stored(correction, by)
    if (stored.kind, stored.text) == (kind, text):
        return False
    _record(stored, Action.AMENDED, by=by)
    stored.kind, stored.text = kind, text
    stored.save(update_fields=["kind", "text"])
    return True


@transaction.atomic
def retract_correction(correction, *, by):
    """Take *correction* back: readers are told no more; the record keeps what it said. Raises as `amend_correction`."""
    stored = _stored(correction, by)
    _record(stored, Action.RETRACTED, by=by)
    stored.delete()


def _stored(correction, by):
    require(may_publish(by), "change what readers are told")
    require_kept(locked(correction.publication.article_id))
    found = Correction.objects.select_related("publication__article", "publication__revision")
    stored = found.filter(pk=correction.pk).first()
    if stored is None:
        raise CorrectionGone
    return stored


def _record(correction, action, *, by):
    turn = correction.publication
    record(turn.article, action, by=by, revision=turn.revision, detail=str(correction))
