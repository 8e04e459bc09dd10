"""The gate: what must hold before readers may be promised a revision, and who may pass it all the same, saying why.

It stands where something is published or scheduled; what is scheduled goes out by time itself and is not asked again.
"""

from django.conf import settings

from articles.locking import require_kept
from articles.models import Action, Verdict, record
from articles.permissions import may_override, require
from articles.proofreading import proofs
from articles.reviewing import reviewers, who_may_review

MOST_NAMED = 5
UNAPPROVED = "approval"  # Stands in the record beside the codes of findings.


class PublishingError(Exception):
    """A change to the timeline that cannot be; the message says why, to an editor."""


class NothingToRead(PublishingError):
    """The revision has no text."""


class NotApproved(PublishingError):
    """Nobody has approved this revision; `stuck` says whether nobody could."""

    def __init__(self, revision):
        self.stuck = not reviewers(revision).exists()
        way = who_may_review(revision) if self.stuck else "Ask for a review first."
        super().__init__(f"Nobody has approved revision {revision.number} yet. {way}")


class FailingChecks(PublishingError):
    """The proofreader's `findings` of level error keep the revision from readers."""

    def __init__(self, revision, findings):
        self.findings = findings
        named = list(dict.fromkeys(finding.message for finding in findings))
        more = f" And {len(named) - MOST_NAMED} more." if len(named) > MOST_NAMED else ""
        super().__init__(f"Revision {revision.number} fails its checks. {' '.join(named[:MOST_NAMED])}{more}")


def require_readable(article, revision):
    """Raise InTrash or NothingToRead where there is nothing that could be published."""
    require_kept(article)
    if not revision.body.strip():
        raise NothingToRead("There is nothing to read yet: the text is empty.")


def pass_gate(revision, *, by, override=""):
    """Let *revision* through: it is approved where that is needed, and no check fails.

    *override* is the reason of somebody who may override for publishing against failing checks, or without an approval
    that nobody could give; it is recorded with what it overrode. Raises NotApproved, FailingChecks, PermissionDenied.
    """
    unapproved, findings = _unapproved(revision, by), proofs.errors(revision)
    overridden = bool(override.strip())
    if unapproved and not (overridden and unapproved.stuck):
        raise unapproved
    if findings and not overridden:
        raise FailingChecks(revision, findings)
    if unapproved or findings:
        require(may_override(by), "publish against a failing check")
        codes = dict.fromkeys([UNAPPROVED] * bool(unapproved) + [finding.code for finding in findings])
        record(revision.article, Action.OVERRODE, by=by, revision=revision, detail=f"{', '.join(codes)}: {override}")


def _unapproved(revision, by):
    """Return the error where an approval is needed and missing; commands need none."""
    needed = settings.PUBLISHING_NEEDS_APPROVAL and by is not None
    approved = not needed or revision.reviews.filter(verdict=Verdict.APPROVED).exists()
    return None if approved else NotApproved(revision)
