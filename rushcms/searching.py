"""The readers' search: the page of results, and suggestions for whoever is typing."""

import re

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import ArticleKind, EntryKind
from articles.searching.search import Wanted, search, suggest

KINDS = {
    EntryKind.ARTICLE: "Articles",
    EntryKind.FILM: "Films",
    EntryKind.PERSON: "People",
    EntryKind.CHARACTER: "Characters",
}
DECADE = re.compile(r"(?:18|19|20)[0-9]0")


@require_safe
def results(request):
    """Show what `?q=` finds, all or `?kind=`, `?piece=` and `?decade=`; not for search engines."""
    wanted = _wanted(request.GET)
    found = search(request.GET.get("q", ""), wanted=wanted, page=request.GET.get("page"))
    response = render(
        request,
        "search/results.html",
        {
            "found": found,
            "wanted": wanted,
            "kinds": [(kind.value, label, found.counts[kind]) for kind, label in KINDS.items()],
            "pieces": list(ArticleKind) if found.counts[EntryKind.ARTICLE] > 1 or wanted.article_kind else [],
            "decades": sorted({*found.decades, *([] if wanted.decade is None else [wanted.decade])}),
        },
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def suggestions(request):
    """Answer what `?q=` may become, as JSON: for each a label, a note that tells it from others, and its address."""
    found = suggest(request.GET.get("q", ""))
    return JsonResponse({"suggestions": [{"label": hit.name, "note": hit.note, "url": hit.url} for hit in found]})


def _wanted(asked):
    """Return what a search is narrowed to; what there is not narrows nothing."""
    kind, piece, decade = (asked.get(name, "") for name in ("kind", "piece", "decade"))
    return Wanted(
        kind=kind if kind in EntryKind.values else "",
        article_kind=piece if piece in ArticleKind.values else "",
        decade=int(decade) if DECADE.fullmatch(decade) else None,
    )
