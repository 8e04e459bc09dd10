"""Where a row of the catalogue is used, for its page on the desk, which may not ask for articles by itself."""

from django import template

from articles.mentioning import used_in
from films.models import Character, Film, Image, Person
from films.uses import uses

register = template.Library()


@register.inclusion_tag("admin/articles/_where_used.html", takes_context=True)
def where_used(context, row):
    """Show where *row* is used, as far as the reader of the page may know; nothing for what no article can use."""
    if not isinstance(row, Film | Person | Character | Image):
        return {}
    return {"row": row, "used": used_in(row, user=context["request"].user), "groups": uses(row)}


@register.simple_tag(takes_context=True)
def used_by_articles(context, row):
    """Return which articles use *row*, as far as the reader of the page may know, as `articles.mentioning.Uses`."""
    return used_in(row, user=context["request"].user)
