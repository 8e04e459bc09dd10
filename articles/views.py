"""Article, author and topic pages."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.jsonld import article_graph
from articles.models import ArticleKind, Author, Correction, Publication, Revision, Topic
from articles.pages import page_for
from articles.sharing import LinkEnded, shared_revision
from films.paging import paged


@require_safe
def article_list(request):
    """List what is live, newest first, all or the `?kind=` asked for."""
    live = Publication.objects.live()
    kinds = set(live.values_list("article__kind", flat=True))
    kind = _kind(request.GET.get("kind", ""))
    chosen = live.filter(article__kind=kind) if kind else live
    return render(
        request,
        "articles/article_list.html",
        {
            "page": paged(chosen.newest().for_list(), request),
            "kind": kind,
            "unlisted": bool(kind) or not kinds,
            "kinds": [each for each in ArticleKind if each in kinds],
        },
    )


@require_safe
def article_detail(request, slug):
    """Show what is live now; a draft or a future article is a 404."""
    publication = get_object_or_404(Publication.objects.live().for_page(), article__slug=slug)
    page = page_for(publication.revision, publication)
    graph = article_graph(page, request.build_absolute_uri)
    return render(request, "articles/article_detail.html", {**page, "graph": graph})


@require_safe
@never_cache
def preview(request, token):
    """Show the revision that a shared link is for, through the readers' own page; no cache, no search engine."""
    try:
        revision = Revision.objects.for_page().get(pk=shared_revision(token).pk)
    except LinkEnded:
        return _unlisted(render(request, "articles/preview_ended.html", status=HTTPStatus.GONE))
    page = {**page_for(revision), "preview": True, "unlisted": True}
    return _unlisted(render(request, "articles/article_detail.html", page))


@require_safe
def correction_list(request):
    """List what was put right in articles that are live, newest first."""
    page = paged(Correction.objects.shown(), request)
    return render(request, "articles/correction_list.html", {"page": page, "unlisted": not page.object_list})


@require_safe
def author_detail(request, slug):
    """Show who the author is, and what they wrote that is live."""
    author = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    page = paged(Publication.objects.live().signed_by(author).newest().for_list(), request)
    shown = {"author": author, "page": page, "unlisted": not page.object_list}
    return render(request, "articles/author_detail.html", shown)


@require_safe
def topic_detail(request, slug):
    """Show what is live on the topic."""
    topic = get_object_or_404(Topic, slug=slug)
    page = paged(Publication.objects.live().on_topic(topic).newest().for_list(), request)
    return render(
        request, "articles/topic_detail.html", {"topic": topic, "page": page, "unlisted": not page.object_list}
    )


def _unlisted(response):
    """Keep a page out of search engines."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _kind(value):
    if value and value not in ArticleKind.values:
        raise Http404("There is no such kind of article.")
    return ArticleKind(value) if value else None
