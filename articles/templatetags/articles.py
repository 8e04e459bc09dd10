"""Articles for the pages of films and people, which may not ask for them by themselves."""

from django import template

from articles import rendering
from articles.models import Publication

register = template.Library()

MOST = 12


@register.inclusion_tag("articles/_related.html")
def articles_about(film):
    """Show the newest live articles about *film*; nothing where there is none."""
    return {"publications": Publication.objects.live().about(film).newest().for_list()[:MOST]}


@register.inclusion_tag("articles/_related.html")
def articles_with(person):
    """Show the newest live articles about films that credit *person*; nothing where there is none."""
    return {"publications": Publication.objects.live().about_films_of(person).newest().for_list()[:MOST]}


@register.filter
def smarten(text):
    """Return a title or a dek with the quotes and dashes of print."""
    return rendering.smarten(text)
