"""What the writing screen's scripts ask the proofreader for; always answered in JSON, whatever happens."""

import logging
from collections.abc import Callable
from dataclasses import asdict

from articles.proofreading import Copy, Finding, Level, proofread

logger = logging.getLogger(__name__)


def findings(written):
    """Return what the proofreader says of *written*, the valid data of a `PreviewForm`; None where it fails.

    A check that fails must cost nobody the page, and no word: the failure is logged, and the screen says so.
    """
    try:
        return [_told(finding) for finding in proofread(_copy(written))]
    except Exception:
        logger.exception("The proofreader failed on what is being written.")
        return None


def _copy(written):
    body, rest = written["content"], {name: value for name, value in written.items() if name != "content"}
    return Copy(body=body, **rest)


def _told(finding: Finding):
    """Return a finding as the script takes it; places count code points, where JavaScript counts UTF-16 units."""
    told = asdict(finding)
    return {**told.pop("place"), **told, "dismissible": finding.level != Level.ERROR}


VIEWS: dict[str, Callable] = {}
