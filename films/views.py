"""Film and person pages."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from films.jsonld import film_graph, person_graph, released_on
from films.models import Film, Person
from films.paging import paged
from films.roll import filmography, roll

LONGEST_QUERY = 100


@require_safe
def film_list(request):
    """List all films by title, or those that `?q=` names."""
    query = _query(request)
    films = Film.objects.titled_like(query).for_list()
    return _listed(request, "films/film_list.html", films, query)


@require_safe
def film_detail(request, slug):
    """Show a film's facts, its credits, and the articles about it."""
    film = get_object_or_404(Film.objects.for_page(), slug=slug)
    credits = roll(film.all_credits)
    crumbs = [("Films", reverse("films:film_list")), (str(film), film.get_absolute_url())]
    shown = {
        "film": film,
        "roll": credits,
        "released": released_on(film),
        "graph": film_graph(film, credits, request.build_absolute_uri, crumbs),
        "unlisted": not film.substantial,
    }
    return render(request, "films/film_detail.html", shown)


@require_safe
def person_list(request):
    """List all people by family name, or those that `?q=` names."""
    query = _query(request)
    people = Person.objects.named_like(query).for_list()
    return _listed(request, "films/person_list.html", people, query)


@require_safe
def person_detail(request, slug):
    """Show a person's life, filmography, and the articles about their films."""
    person = get_object_or_404(Person.objects.for_page(), slug=slug)
    jobs = filmography(person.filmography)
    crumbs = [("People", reverse("films:person_list")), (str(person), person.get_absolute_url())]
    graph = person_graph(person, jobs, request.build_absolute_uri, crumbs)
    shown = {"person": person, "jobs": jobs, "graph": graph, "unlisted": not person.substantial}
    return render(request, "films/person_detail.html", shown)


def _listed(request, template, rows, query):
    """Show a page of *rows*; one of what *query* finds, and one without any, are not for search engines."""
    page = paged(rows, request)
    return render(request, template, {"page": page, "query": query, "unlisted": bool(query) or not page.object_list})


def _query(request):
    return request.GET.get("q", "").strip()[:LONGEST_QUERY]
