"""The desk: Django's admin as editors and staff meet it."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.defaults import bad_request

# What people do all day comes first; whatever is registered and not named here joins "More".
SHELVES = {
    "": ["articles.Article", "films.Film", "films.Person", "films.Image"],
    "More": ["articles.Author", "articles.Topic", "films.Genre", "films.Character"],
    "Accounts": ["auth.User", "auth.Group", "axes.AccessAttempt", "axes.AccessLog"],
}
NAMES = {
    "films.Image": ("Pictures", "picture"),
    "auth.User": ("Accounts", "account"),
    "axes.AccessAttempt": ("Failed log-ins", "failed log-in"),
    "axes.AccessLog": ("Log-ins", "log-in"),
}


@dataclass
class Place:
    """A list on the desk that the reader of the page may open or add to; `url` is None where they may only add."""

    model: Any
    name: str
    one: str
    url: str | None
    add_url: str | None
    here: bool

    @property
    def count(self):
        """How many rows there are; a query."""
        return self.model._default_manager.count()


class Desk(admin.AdminSite):
    """The admin site of RushCMS."""

    site_title = "The desk"
    site_header = settings.SITE_NAME
    index_title = "The desk"
    site_url = reverse_lazy("home")  # type: ignore[assignment]
    enable_nav_sidebar = False
    empty_value_display = "—"

    def each_context(self, request):
        """Tell every page the desk's shelves, and which place on them the page belongs to."""
        context = super().each_context(request)
        shelves = _shelves(context["available_apps"], request.path)
        places = [place for shelf in shelves.values() for place in shelf]
        return {**context, "shelves": shelves, "here": next((place for place in places if place.here), None)}

    def index(self, request, extra_context=None):
        """Greet, and offer what to begin, what there is, and what one did last."""
        recent = self.get_log_entries(request).filter(user=request.user)[:8]
        return super().index(request, {"greeting": _greeting(), "recent": recent, **(extra_context or {})})

    def admin_view(self, view, cacheable=False):
        """Show who is logged in, but may not do this, a page of the desk that says so."""
        return super().admin_view(self._explaining(view), cacheable)

    def _explaining(self, view):
        @wraps(view)
        def explained(request, *args, **kwargs):
            try:
                response = view(request, *args, **kwargs)
                # Rendered here, so that what a form only finds out while it is drawn is caught, too.
                return response.render() if hasattr(response, "render") else response
            except PermissionDenied as error:
                context = {**self.each_context(request), "title": "You may not do this", "reason": str(error)}
                return render(request, "admin/403.html", context, status=403)
            except (OverflowError, DataError) as error:
                # A number in the address or in a forged form that no column can hold.
                return bad_request(request, error)

        return explained


def _shelves(apps, path):
    """Return the places of *apps*, as `available_apps` lists them, by shelf; empty shelves are left out."""
    models = {model["model"]._meta.label: model for app in apps for model in app["models"]}
    named = {label for labels in SHELVES.values() for label in labels}
    wanted = {**SHELVES, "More": SHELVES["More"] + [label for label in models if label not in named]}
    shelves = {
        shelf: [_place(label, models[label], path) for label in labels if label in models]
        for shelf, labels in wanted.items()
    }
    return {shelf: places for shelf, places in shelves.items() if places}


def _place(label, entry, path):
    """Return the place of a model's *entry* in the list of apps."""
    options = entry["model"]._meta
    name, one = NAMES.get(label, (entry["name"], str(options.verbose_name)))
    here = path.startswith((entry["admin_url"] or entry["add_url"] or "\0",))
    return Place(entry["model"], str(name), one, entry["admin_url"], entry["add_url"], here)


def _greeting():
    """Return what one says at this hour in the newsroom."""
    hour = timezone.localtime().hour
    if 5 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"
