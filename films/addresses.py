"""Addresses: an old one leads straight to where its page is now."""

from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site


def lead(old, new):
    """Lead from *old*, and from all that led there, to *new*, and from *new* nowhere else: no chain, no circle."""
    pass_on(old, new)
    Redirect.objects.update_or_create(site=Site.objects.get_current(), old_path=old, defaults={"new_path": new})


def follow(row, slug):
    """Lead from the address that *row* had as *slug* to the one it has, where that is another."""
    if slug and slug != row.slug:
        lead(type(row)(slug=slug).get_absolute_url(), row.get_absolute_url())


def pass_on(old, new):
    """Let what led to *old* lead to *new*, but not *old* itself, which nobody has seen."""
    redirects().filter(old_path=new).delete()
    redirects().filter(new_path=old).update(new_path=new)


def forget(address):
    """Let nothing lead to *address* any more, where soon nothing is."""
    redirects().filter(new_path=address).delete()


def left(row, beginning, *, but=()):
    """Return the slugs, from *beginning* on, that a page like *row*'s had once and that lead to another row's now.

    Whoever took one would be taken for that other one, by old links and by references in texts. Redirects that go with
    what is done, ids, are left out in *but*.
    """
    start, end = type(row)(slug="slug").get_absolute_url().split("slug")
    here = [row.get_absolute_url()] if row.slug else []
    led = redirects().filter(old_path__startswith=f"{start}{beginning}").exclude(new_path__in=[*here, ""])
    led = led.exclude(pk__in=but)
    return {path.removeprefix(start).removesuffix(end) for path in led.values_list("old_path", flat=True)}


def redirects():
    """Return this site's redirects."""
    return Redirect.objects.filter(site=Site.objects.get_current())
