"""Addresses of two pages that become one: all that led to either leads straight to the one that stays."""

from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.db.models import Q

from films.addresses import redirects
from films.merging.plan import Plan
from films.models import Film, Person


def lead_on[Page: Film | Person](plan: Plan, survivor: Page, loser: Page, slug: str) -> None:
    """Plan that the pages of both, and what led there, lead straight to the page of *survivor*, by then at *slug*."""
    there = type(survivor)(slug=slug).get_absolute_url()
    left = {row.get_absolute_url() for row in (survivor, loser)} - {there}
    rows = plan.read(redirects().filter(Q(old_path__in=left | {there}) | Q(new_path__in=left)))
    for row in rows:
        if row["old_path"] == there:
            plan.remove(Redirect, row)
        else:
            row["new_path"] = there
    for path in sorted(left - {row["old_path"] for row in rows}):
        plan.make(Redirect, site_id=Site.objects.get_current().pk, old_path=path, new_path=there)
