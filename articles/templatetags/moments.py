"""Times as the newsroom says them."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from articles import clock

register = template.Library()


@register.filter
def moment(value):
    """Return an aware datetime as a <time> on the newsroom's clock."""
    return format_html('<time datetime="{}">{}</time>', timezone.localtime(value).isoformat(), clock.said(value))
