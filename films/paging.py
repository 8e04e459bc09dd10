"""Long lists, page by page."""

from django.core.paginator import Paginator

PER_PAGE = 24


def paged(rows, request):
    """Return the page that `?page=` asks for: the first where that is no number, the last where it is too high."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
