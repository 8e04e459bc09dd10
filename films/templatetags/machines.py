"""What pages tell machines: whole addresses, and blocks of linked data."""

from django import template

from films import names
from films.models import NameOrder

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context, address):
    """Return *address* with the scheme and host of the request; one that is whole already stays."""
    return context.request.build_absolute_uri(address)


@register.simple_tag(takes_context=True)
def linked_data(context, graph, picture=""):
    """Write a `films.jsonld.Graph` into the page, with the address of a *picture* for what has none of its own."""
    if graph and picture:
        return graph.pictured(context.request.build_absolute_uri(picture))
    return graph or ""


@register.filter
def in_seconds(minutes):
    """Return *minutes* in seconds."""
    return minutes * 60


@register.filter
def profile_names(person):
    """Return the `first` and `last` name of a person; None where the name does not tell which is which."""
    if person.name_order != NameOrder.WESTERN or ", " not in (turned := names.sort_name(person.name)):
        return None
    last, first, *_ = turned.split(", ")
    return {"first": first, "last": last}
