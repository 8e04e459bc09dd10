"""Feeds of the site, and of a film, a topic or an author: their newest articles, whole, for readers that poll."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.feed_entries import entries, xml_text
from articles.feed_formats import Channel, atom, json_feed
from articles.models import Author, Publication, Topic
from films.addresses import redirects
from films.models import Film

MOST = 20
FORMATS = {"xml": atom, "json": json_feed}


def following(view):
    """Let *view*, the feed of a page, lead to where the page is now when it has moved."""

    @wraps(view)
    def followed(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404:
            page, _, feed = request.path.rpartition("/")
            lead = redirects().filter(old_path=f"{page}/").exclude(new_path="").first()
            if lead is None:
                raise
            return HttpResponsePermanentRedirect(lead.new_path + feed)

    return followed


@require_safe
def site_feed(request, kind):
    """Feed the newest articles on anything."""
    return _feed(request, kind, "", reverse("home"), Publication.objects.live())


@require_safe
@following
def film_feed(request, kind, slug):
    """Feed the newest articles about a film."""
    film = get_object_or_404(Film, slug=slug)
    return _feed(request, kind, str(film), film.get_absolute_url(), Publication.objects.live().about(film))


@require_safe
@following
def topic_feed(request, kind, slug):
    """Feed the newest articles on a topic."""
    topic = get_object_or_404(Topic, slug=slug)
    return _feed(request, kind, topic.name, topic.get_absolute_url(), Publication.objects.live().on_topic(topic))


@require_safe
@following
def author_feed(request, kind, slug):
    """Feed an author's newest articles."""
    author = get_object_or_404(Author, slug=slug)
    return _feed(request, kind, author.name, author.get_absolute_url(), Publication.objects.live().signed_by(author))


def feed_paths(beginning, view, name):
    """Return the paths of a feed in both formats, from *beginning* on, called *name* with "_xml" and "_json"."""
    return [path(f"{beginning}feed.{kind}", view, {"kind": kind}, name=f"{name}_{kind}") for kind in FORMATS]


def _feed(request, kind, subject, page, publications):
    channel = Channel(
        title=xml_text(f"{subject} · {settings.SITE_NAME}" if subject else settings.SITE_NAME),
        description=settings.SITE_DESCRIPTION,
        page=request.build_absolute_uri(page),
        address=request.build_absolute_uri(request.path),
        author=settings.SITE_NAME,
        language=get_language(),
    )
    newest = list(publications.newest().for_feed()[:MOST])
    return FORMATS[kind](channel, entries(newest, request.build_absolute_uri))
