"""The addresses of cards. A card's own never changes what it shows; any other leads there, while the page is public.

How long copies may be kept is for rushcms/caching.py to say: as long as of the page, which may end.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Publication
from films.models import Film, Person
from rushcms.cards import keeping
from rushcms.cards.saying import Card, Kind, card_for


@require_safe
def card_detail(request, kind, slug, fingerprint):
    """Show the card of what readers see now; where the fingerprint is another's, lead to the right one."""
    card = card_for(PUBLIC[kind](slug)) if kind in PUBLIC else _none()
    if fingerprint != card.fingerprint:
        return redirect(address(card))
    return HttpResponse(keeping.content(card), content_type="image/jpeg")


def address(card: Card) -> str:
    """Return the path of *card*."""
    return reverse("card", args=[card.kind, card.slug, card.fingerprint])


def _article(slug):
    """Return the revision that is live; a draft or a future article is a 404."""
    return get_object_or_404(Publication.objects.live().for_page(), article__slug=slug).revision


def _film(slug):
    return get_object_or_404(Film.objects.select_related("poster"), slug=slug)


def _person(slug):
    return get_object_or_404(Person.objects.select_related("portrait"), slug=slug)


def _none():
    raise Http404("No such kind of card.")


PUBLIC = {Kind.ARTICLES: _article, Kind.FILMS: _film, Kind.PEOPLE: _person}
