"""The gate: what must hold before readers may be promised a revision, and who may pass it all the same, saying why.

It stands where something is published or scheduled; what is scheduled goes out by time itself and is not asked again.
"""

from dataclasses import dataclass
from hashlib import sha256

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
    """Nobody has approved this revision; `stuck` says whether nobody could, which alone can be overridden."""

    def __init__(self, revision):
        self.stuck = not reviewers(revision).exists()
        self.told = {_mark(revision, UNAPPROVED)} if self.stuck else set()
        way = who_may_review(revision) if self.stuck else "Ask for a review first."
        super().__init__(f"Nobody has approved revision {revision.number} yet. {way}")


class FailingChecks(PublishingError):
    """The proofreader's `findings` of level error keep the revision from readers."""

    def __init__(self, revision, findings):
        self.findings, self.told = findings, _marks(revision, findings)
        named = list(dict.fromkeys(finding.message for finding in findings))
        more = f" And {len(named) - MOST_NAMED} more." if len(named) > MOST_NAMED else ""
        super().__init__(f"Revision {revision.number} fails its checks. {' '.join(named[:MOST_NAMED])}{more}")


@dataclass(frozen=True)
class Override:
    """Somebody's `reason` for publishing all the same; it holds against what the errors before `told` them, no more."""

    reason: str
    told: frozenset[str]


def require_readable(article, revision):
    """Raise InTrash or NothingToRead where there is nothing that could be published."""
    require_kept(article)
    if not revision.body.strip():
        raise NothingToRead("There is nothing to read yet: the text is empty.")


def pass_gate(revision, *, by, override=None):
    """Let *revision* through: it is approved where that is needed, and no check fails.

    An *override* of somebody who may lets through what they were told of: failing checks, and the lack of an approval
    that nobody could give. It is recorded with what it overrode; what has come up since refuses again.
    Raises NotApproved, FailingChecks, PermissionDenied.
    """
    unapproved, findings = _unapproved(revision, by), proofs.errors(revision)
    known = override.told if override and override.reason.strip() else frozenset()
    if unapproved and not (unapproved.stuck and unapproved.told <= known):
        raise unapproved
    if not _marks(revision, findings) <= known:
        raise FailingChecks(revision, findings)
    if unapproved or findings:
        require(may_override(by), "publish against a failing check")
        codes = dict.fromkeys([UNAPPROVED] * bool(unapproved) + [finding.code for finding in findings])
        detail = f"{', '.join(codes)}: {override.reason}"
        record(revision.article, Action.OVERRODE, by=by, revision=revision, detail=detail)


def _marks(revision, findings):
    return {_mark(revision, finding.code, finding.text) for finding in findings}


def _mark(revision, code, text=""):
    """Return a short name of what stands against *revision*, for a form to bring back."""
    return sha256(f"{revision.pk} {code} {text}".encode()).hexdigest()[:16]


def _unapproved(revision, by):
    """Return the error where an approval is needed and missing; commands need none."""
    needed = settings.PUBLISHING_NEEDS_APPROVAL and by is not None
    approved = not needed or revision.reviews.filter(verdict=Verdict.APPROVED).exists()
    return None if approved else NotApproved(revision)
