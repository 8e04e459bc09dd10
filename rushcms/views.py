"""Pages of no one app: home, health, and what every page knows of the site."""

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import shelves
from articles.jsonld import site_graph
from articles.models import Publication

FRONT_PAGE = 12  # A lead, two large, three rows of three.


def site(request):
    """Give templates the site's name and description."""
    return {"site_name": settings.SITE_NAME, "site_description": settings.SITE_DESCRIPTION}


@require_safe
def home(request):
    """Lead with the newest article, then the latest, then the ways in by film and by topic."""
    publications = list(Publication.objects.live().latest_for_list(FRONT_PAGE))
    graph = site_graph(request.build_absolute_uri)
    front = {"lead": publications[:1], "latest": publications[1:], "graph": graph}
    return render(request, "home.html", {**front, "films": shelves.films(), "topics": shelves.topics()})


@never_cache
@require_safe
def health(request):
    """Answer 200 where database and cache both work, else 503, and say which."""
    state = {"database": _answers(_ask_database), "cache": _answers(_ask_cache)}
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


def _ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache():
    cache.set("health", "ok", 10)
    if cache.get("health") != "ok":
        raise OSError("the cache forgot")


def _answers(question):
    try:
        question()
    except (Error, OSError):
        return "down"
    return "ok"
