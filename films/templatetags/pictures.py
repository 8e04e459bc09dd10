"""Pictures in templates."""

from django import template

from films import pictures

register = template.Library()


@register.inclusion_tag("_picture.html")
def picture(image, place, css="", alt=None, eager=False):
    """Show *image* in the best file for its *place*, one of `films.pictures.SIZES`."""
    return pictures.shown(image, place, alt=alt, css=css, eager=eager)
