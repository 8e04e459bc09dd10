"""Film and person pages."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from films.models import Film, Person
from films.paging import paged
from films.roll import filmography, roll

LONGEST_QUERY = 100


@require_safe
def film_list(request):
    """List all films by title, or those that `?q=` names."""
    query = _query(request)
    films = Film.objects.titled_like(query).for_list()
    return render(request, "films/film_list.html", {"page": paged(films, request), "query": query})


@require_safe
def film_detail(request, slug):
    """Show a film's facts, its credits, and the articles about it."""
    film = get_object_or_404(Film.objects.for_page(), slug=slug)
    return render(request, "films/film_detail.html", {"film": film, "roll": roll(film.all_credits)})


@require_safe
def person_list(request):
    """List all people by family name, or those that `?q=` names."""
    query = _query(request)
    people = Person.objects.named_like(query).for_list()
    return render(request, "films/person_list.html", {"page": paged(people, request), "query": query})


@require_safe
def person_detail(request, slug):
    """Show a person's life, filmography, and the articles about their films."""
    person = get_object_or_404(Person.objects.for_page(), slug=slug)
    return render(request, "films/person_detail.html", {"person": person, "jobs": filmography(person.filmography)})


def _query(request):
    return request.GET.get("q", "").strip()[:LONGEST_QUERY]
