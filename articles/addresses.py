"""Addresses of articles: which are free to take; readers still come by the former ones of others."""

from django.urls import reverse

from articles.models import Article
from films import addresses, names


class AddressTaken(Exception):
    """Another article has that address, or had it."""


def require_free(slug, *, article=None):
    """Raise AddressTaken where the address *slug* still leads elsewhere than to *article*, as it is stored."""
    if elsewhere := _leading_elsewhere(article).filter(old_path=_path(slug)).first():
        raise AddressTaken(f"That address still leads to {elsewhere.new_path}.")


def free_slug(title, *, article=None):
    """Return an address made of *title* that no other article has and from which nothing leads elsewhere."""
    wanted = names.slug(title)
    beginning = _path(wanted or "untitled").removesuffix("/")
    led = _leading_elsewhere(article).filter(old_path__startswith=beginning).values_list("old_path", flat=True)
    taken = {path.rstrip("/").rpartition("/")[2] for path in led}
    return names.free_slug(Article.objects.exclude(pk=article and article.pk), [wanted], taken=taken)


def _leading_elsewhere(article):
    here = [article.get_absolute_url()] if article and article.slug else []
    return addresses.redirects().exclude(new_path__in=[*here, ""])


def _path(slug):
    return reverse("articles:article_detail", args=[slug])
