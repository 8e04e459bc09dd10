"""The desk: Django's admin as editors and staff meet it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps

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
    "More": ["articles.Author", "articles.Topic", "films.Genre", "films.Character", "films.Credit"],
    "Accounts": ["auth.User", "auth.Group", "axes.AccessAttempt", "axes.AccessLog"],
}
NAMES = {
    "films.Image": ("Pictures", "picture"),
    "auth.User": ("Accounts", "account"),
    "axes.AccessAttempt": ("Failed log-ins", "failed log-in"),
    "axes.AccessLog": ("Log-ins", "log-in"),
}
RECENT = 6


@dataclass
class Place:
    """A list on the desk that the reader of the page may open or add to; `url` is None where they may only add."""

    rows: Callable
    name: str
    one: str
    url: str | None
    add_url: str | None
    here: bool

    @property
    def count(self):
        """How many rows the reader's list has; a query."""
        return self.rows().count()


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
        shelves = self._shelves(context["available_apps"], request)
        places = [place for shelf in shelves.values() for place in shelf]
        return {**context, "shelves": shelves, "here": next((place for place in places if place.here), None)}

    def index(self, request, extra_context=None):
        """Greet, and show what waits today, what to begin, what there is, and what one did last."""
        # Here, since an admin site is there before the models are.
        from articles.dashboard import overview
        from films.dashboard import changed_lately, checks, lacking_credits

        words = overview(request.user)
        context = {
            "greeting": _greeting(),
            "today": timezone.localdate(),
            "time_zone": settings.TIME_ZONE,
            "words": words,
            "lacking": lacking_credits(request.user),
            "checks": checks(request.user),
            "changed": None if words else changed_lately(request.user),
            "recent": self.get_log_entries(request).filter(user=request.user)[:RECENT],
        }
        return super().index(request, {**context, **(extra_context or {})})

    def _shelves(self, apps, request):
        """Return the places of *apps*, as `available_apps` lists them, by shelf; empty shelves are left out."""
        models = {model["model"]._meta.label: model for app in apps for model in app["models"]}
        named = {label for labels in SHELVES.values() for label in labels}
        wanted = {**SHELVES, "More": SHELVES["More"] + [label for label in models if label not in named]}
        shelves = {
            shelf: [self._place(label, models[label], request) for label in labels if label in models]
            for shelf, labels in wanted.items()
        }
        return {shelf: places for shelf, places in shelves.items() if places}

    def _place(self, label, entry, request):
        """Return the place of a model's *entry* in the list of apps."""
        model = entry["model"]
        name, one = NAMES.get(label, (entry["name"], str(model._meta.verbose_name)))
        here = request.path.startswith((entry["admin_url"] or entry["add_url"] or "\0",))
        rows = partial(self._registry[model].get_queryset, request)
        return Place(rows, str(name), one, entry["admin_url"], entry["add_url"], here)

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


def _greeting():
    """Return what one says at this hour in the newsroom."""
    hour = timezone.localtime().hour
    if 5 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"
