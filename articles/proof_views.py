"""What the writing screen's scripts ask the proofreader for; always answered in JSON, whatever happens."""

import logging
from collections.abc import Callable
from dataclasses import asdict

from django.http import JsonResponse

from articles.desk_forms import AnswerForm, DismissalForm, PreviewForm, SpellingForm
from articles.locking import InTrash
from articles.permissions import may_read, require
from articles.proofreading import Copy, Finding, Level, proofread
from articles.proofreading.dismissing import NoReason, NotDismissible, dismiss, undismiss
from articles.proofreading.findings import DISMISSIBLE
from articles.proofreading.linking import proposals
from films.endpoints import endpoint, refuse
from films.house_list import NoSpelling, accept_spelling, reject_spelling

logger = logging.getLogger(__name__)


def findings(written, page):
    """Return what the proofreader says of *written*, valid data of a `PreviewForm` shown as *page*; None if it fails.

    A check that fails must cost nobody the page, and no word: the failure is logged, and the screen says so.
    """
    try:
        return [_told(finding) for finding in proofread(_copy(written, page))]
    except Exception:
        logger.exception("The proofreader failed on what is being written.")
        return None


def dismissed(article):
    """Return what editors have said of *article*'s findings, the newest last; nothing while it has no row."""
    if article is None:
        return []
    answers = article.dismissals.select_related("by")
    return [
        {"code": answer.code, "text": answer.text, "reason": answer.reason, "by": str(answer.by or "")}
        for answer in answers
    ]


@endpoint("POST", "articles.add_article", "articles.change_article")
def linking(request):
    """Propose references for the names in what is being written."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return refuse(400, first_error(form))
    require_readable(request.user, form.cleaned_data["article"])
    return JsonResponse({"proposals": [asdict(proposal) for proposal in proposals(_copy(form.cleaned_data))]})


@endpoint("POST", "articles.add_article", "articles.change_article")
def dismissal(request):
    """Keep that a finding is none."""
    form = DismissalForm(request.POST)
    if not form.is_valid():
        return refuse(400, first_error(form))
    try:
        kept = dismiss(form.cleaned_data.pop("article"), by=request.user, **form.cleaned_data)
    except (NotDismissible, NoReason, InTrash) as error:
        return refuse(400, str(error))
    return JsonResponse({"kept": kept.reason})


@endpoint("POST", "articles.add_article", "articles.change_article")
def undismissal(request):
    """Let what was dismissed be told again."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return refuse(400, first_error(form))
    try:
        return JsonResponse({"told": undismiss(form.cleaned_data.pop("article"), by=request.user, **form.cleaned_data)})
    except InTrash as error:
        return refuse(400, str(error))


@endpoint("POST", "films.change_person", "films.change_character")
def spelling(request):
    """Keep a spelling on the house list, as right or as wrong."""
    form = SpellingForm(request.POST)
    if not form.is_valid():
        return refuse(400, first_error(form))
    subject = form.cleaned_data["about"]
    require(request.user.has_perm(f"films.change_{subject._meta.model_name}"), f"change {subject}")
    answer = {"accept": accept_spelling, "reject": reject_spelling}[form.cleaned_data["verdict"]]
    try:
        return JsonResponse({"kept": str(answer(subject, form.cleaned_data["text"], by=request.user))})
    except NoSpelling as error:
        return refuse(400, str(error))


def require_readable(user, article):
    """Raise PermissionDenied where *user* may not see the unpublished side of *article*, if there is one."""
    require(article is None or may_read(user, article), "read this article")


def first_error(form):
    """Return the first thing that is wrong with what was sent, in words."""
    return next(iter(form.errors.values()))[0]


def _copy(written, page=None):
    body, rest = written["content"], {name: value for name, value in written.items() if name != "content"}
    return Copy(body=body, page=page, **rest)


def _told(finding: Finding):
    """Return a finding as the script takes it; places count code points, where JavaScript counts UTF-16 units."""
    told = asdict(finding)
    dismissible = finding.level != Level.ERROR and finding.code in DISMISSIBLE
    return {**told.pop("place"), **told, "dismissible": dismissible}


VIEWS: dict[str, Callable] = {
    "linking": linking,
    "dismissal": dismissal,
    "undismissal": undismissal,
    "spelling": spelling,
}
