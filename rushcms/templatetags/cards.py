"""Social cards in the heads of pages."""

from django import template

from rushcms.cards.saying import HEIGHT, WIDTH, card_for
from rushcms.cards.views import address

register = template.Library()


@register.simple_tag
def card_url(shown):
    """Return the path of the card of a revision, a film or a person; asks the database for nothing."""
    return address(card_for(shown))


@register.simple_tag
def card(shown):
    """Return what a page's head says of that card: `url` (a path), `width`, `height`, `type` and `alt`."""
    made = card_for(shown)
    return {"url": address(made), "width": WIDTH, "height": HEIGHT, "type": "image/jpeg", "alt": made.alt}
