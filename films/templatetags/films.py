"""Facts of films as readers read them: running times, uncertain dates, credits, title cards."""

import unicodedata

from django import template

from films import dates, joining
from films.importing.entry import THEMSELVES

register = template.Library()
register.filter(dates.known)
register.filter(dates.known_machine)

CARD_VARIANTS = 5
CARD_SIZES = ((6, "short"), (14, "medium"), (32, "long"))


@register.filter
def running_time(minutes):
    """Return *minutes* as "2 h", "1 h 47 min" or "58 min"; no line breaks in it."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}\u00a0h" if hours else "", f"{rest}\u00a0min" if rest else ""]
    return "\u00a0".join(part for part in parts if part)


@register.filter
def notes(credit):
    """Return what the film says besides the part: "voice", "uncredited", a note; "as self" where no part says it."""
    said = {
        "as self": credit.as_self and _plays_somebody(credit),
        "voice": credit.voice,
        "archive footage": credit.archive_footage,
        "uncredited": credit.uncredited,
        credit.note: credit.note,
    }
    return [word for word, true in said.items() if true]


@register.filter
def joined(credits):
    """Return *credits*, each with what stands before its name in a line of them."""
    return joining.joined(credits)


@register.filter
def anchor(role, anchors):
    """Return the id of *role* among *anchors*, as `Roll.anchors` gives them; "" where it has none."""
    return anchors.get(role.pk, "")


@register.filter
def card_variant(number):
    """Return which of the title card's designs the row with this *number* has, always the same one."""
    return (number or 0) % CARD_VARIANTS + 1


@register.filter
def card_size(title):
    """Return how large *title* can stand on a card; East Asian letters are twice as wide."""
    width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in title)
    return next((size for limit, size in CARD_SIZES if width <= limit), "epic")


def _plays_somebody(credit):
    """Tell whether a part is called otherwise than "Self" or "Himself - Host"."""
    labels = [role.label.casefold().split() for role in credit.roles.all()]
    return any(words and words[0] not in THEMSELVES for words in labels)
