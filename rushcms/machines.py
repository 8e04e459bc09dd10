"""What the site tells machines that visit it: sitemaps, robots.txt, security.txt."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.core.paginator import InvalidPage
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.feed_entries import xml_text
from articles.rendering import smarten
from articles.sitemaps import ArticleSitemap, AuthorSitemap, TopicSitemap, news
from films.sitemaps import FilmSitemap, PersonSitemap

XML, TEXT = "application/xml; charset=utf-8", "text/plain; charset=utf-8"
SECTIONS = {
    "articles": ArticleSitemap,
    "films": FilmSitemap,
    "people": PersonSitemap,
    "topics": TopicSitemap,
    "authors": AuthorSitemap,
}
LASTING = timedelta(days=180)  # Less than the year that RFC 9116 asks for.


@require_safe
def sitemap_index(request):
    """List the sitemaps, page by page, with the last change of each; five queries."""
    sitemaps = []
    for name, section in SECTIONS.items():
        pages, latest = section().extent()
        address = request.build_absolute_uri(reverse("sitemap", args=[name]))
        sitemaps += [(f"{address}?p={page}" if page > 1 else address, latest) for page in range(1, pages + 1)]
    return render(request, "sitemap_index.xml", {"sitemaps": sitemaps}, content_type=XML)


@require_safe
def sitemap(request, section):
    """List a page of what stands in *section*, with pictures."""
    if section not in SECTIONS:
        raise Http404("There is no such sitemap.")
    rows = SECTIONS[section]()
    try:
        entries = rows.get_urls(request.GET.get("p", 1), RequestSite(request), request.scheme)
    except InvalidPage as error:
        raise Http404(str(error)) from None
    pages = [(entry["location"], entry["lastmod"], _addresses(request, rows, entry["item"])) for entry in entries]
    return render(request, "sitemap.xml", {"pages": pages}, content_type=XML)


@require_safe
def news_sitemap(request):
    """List the articles that came out within two days, as Google News reads it."""
    pieces = [
        (request.build_absolute_uri(each.article.get_absolute_url()), each.first_published, _title(each))
        for each in news()
    ]
    context = {"pieces": pieces, "name": settings.SITE_NAME, "language": get_language().partition("-")[0]}
    return render(request, "news_sitemap.xml", context, content_type=XML)


@require_safe
def robots(request):
    """Keep robots from the desk and from searches, which never end, and lead them to the sitemaps."""
    sitemaps = [request.build_absolute_uri(reverse(name)) for name in ("sitemap_index", "news_sitemap")]
    return render(request, "robots.txt", {"sitemaps": sitemaps}, content_type=TEXT)


@require_safe
def security(request):
    """Say whom to tell of a weakness (RFC 9116); a site that names nobody has no such page."""
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT is not set.")
    today = datetime.combine(timezone.now().astimezone(UTC).date(), datetime.min.time(), UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(today + LASTING).isoformat()}",
        f"Preferred-Languages: {get_language().partition('-')[0]}",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=TEXT)


def _addresses(request, section, item):
    return [request.build_absolute_uri(image.file.url) for image in section.pictures(item)]


def _title(publication):
    return xml_text(smarten(publication.revision.title))
