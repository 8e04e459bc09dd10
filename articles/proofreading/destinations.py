"""Destinations: where on this site a link leads, and whether readers can go there, in few queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from articles import clock
from articles.models import Author, Publication, Topic
from articles.proofreading.findings import Level
from films.addresses import redirects
from films.models import Character, Film, Person

MOST = 5_000  # Places asked for at once; a database takes no endless query, and nobody links to so many.
NEW = "-"  # Stands for the address of a piece that has none yet.
ARTICLE, FILM = "articles:article_detail", "films:film_detail"
ROWS = {
    FILM: Film.objects.all,
    "films:person_detail": Person.objects.all,
    "articles:author_detail": Author.objects.all,
    "articles:topic_detail": Topic.objects.all,
}
CHARACTER = "character-"

type Problem = tuple[Level, str]


@dataclass(frozen=True, slots=True)
class Destination:
    """A place on this site; `view` is empty where no page of readers is ever at `path`, `slug` where it has none."""

    path: str
    fragment: str
    view: str
    slug: str


@dataclass(slots=True)
class _There:
    """What there is: pages by view and slug, when articles open that are not live yet, parts of films' pages."""

    pages: set[tuple[str, str]] = field(default_factory=set)
    opening: dict[str, datetime] = field(default_factory=dict)
    characters: set[tuple[str, str]] = field(default_factory=set)

    def problem(self, place: Destination) -> Problem | None:
        """Say why readers cannot go to *place*; None where they can."""
        if place.slug in self.opening and place.view == ARTICLE:
            return Level.WARNING, f"Readers can open this only from {clock.said(self.opening[place.slug])} on."
        if place.slug and (place.view, place.slug) not in self.pages:
            what = "an article that is live" if place.view == ARTICLE else "anything"
            return Level.ERROR, f"There is not {what} at {place.path}."
        if not place.view:
            return Level.ERROR, f"There is nothing for readers at {place.path}."
        if _part(place) and (place.slug, _part(place)) not in self.characters:
            return Level.ERROR, f"That film has no character at “#{place.fragment}”."
        return None


def destination(address: str, own: str) -> Destination | None:
    """Return where on this site *address* leads from the article at *own*; None for another site."""
    try:
        parts = urlsplit(urljoin(reverse(ARTICLE, args=[own or NEW]), address))
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or (parts.netloc and parts.hostname not in settings.ALLOWED_HOSTS):
        return None
    return _at(parts.path or "/", unquote(parts.fragment))


def barred(destinations: Collection[Destination], *, own: str) -> dict[Destination, Problem]:
    """Return which of *destinations* readers cannot go to, and why; the article at *own* is there for itself.

    An old address is as good as the one it leads to. In seven queries at most, however many are asked for;
    of more than MOST, that many alone.
    """
    destinations = sorted(destinations, key=attrgetter("path", "fragment"))[:MOST]
    leads = dict(redirects().filter(old_path__in=_paths(destinations)).values_list("old_path", "new_path"))
    after = {place: _at(leads[place.path], place.fragment) for place in destinations if leads.get(place.path)}
    there = _there([*destinations, *after.values()], own or NEW)
    problems = {place: there.problem(after.get(place, place)) for place in destinations if there.problem(place)}
    return {place: problem for place, problem in problems.items() if problem}


def _at(path: str, fragment: str) -> Destination:
    """Return what stands at *path*; a missing slash at the end is added for readers, too."""
    if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return Destination(path, fragment, "file", "")
    for candidate in (path, f"{path}/"):
        try:
            match = resolve(unquote(candidate))
        except Resolver404:
            continue
        readable = "admin" not in match.namespaces and match.view_name != "articles:preview"
        view = match.view_name if readable else ""
        return Destination(candidate, fragment, view, str(match.kwargs.get("slug", "")))
    return Destination(path, fragment, "", "")


def _paths(destinations: Iterable[Destination]) -> set[str]:
    """Return the paths that may have been left for others: those of rows, and those that are nothing."""
    return {place.path for place in destinations if place.slug or not place.view}


def _there(places: Collection[Destination], own: str) -> _There:
    there = _There(pages={(ARTICLE, own)})
    for view, rows in ROWS.items():
        if slugs := {place.slug for place in places if place.view == view}:
            there.pages |= {(view, slug) for slug in rows().filter(slug__in=slugs).values_list("slug", flat=True)}
    if slugs := {place.slug for place in places if place.view == ARTICLE} - {own}:
        _read_articles(there, slugs)
    if parts := {(place.slug, _part(place)) for place in places if _part(place)}:
        films, characters = zip(*parts, strict=True)
        found = Character.objects.filter(film__slug__in=set(films), slug__in=set(characters), spoils=False)
        there.characters = set(found.values_list("film__slug", "slug"))
    return there


def _read_articles(there: _There, slugs: set[str]) -> None:
    now = timezone.now()
    turns = Publication.objects.filter(Q(ends=None) | Q(ends__gt=now), article__slug__in=slugs).order_by("-starts")
    for slug, starts in turns.values_list("article__slug", "starts"):
        if starts <= now:
            there.pages.add((ARTICLE, slug))
            there.opening.pop(slug, None)
        else:
            there.opening[slug] = starts


def _part(place: Destination) -> str:
    """Return the slug of the character to which a link to a film's page leads; empty where it leads to none."""
    leads = place.view == FILM and place.slug and place.fragment.startswith(CHARACTER)
    return place.fragment.removeprefix(CHARACTER) if leads else ""
