"""How long browsers and shared caches may keep public pages, and how they ask whether theirs still holds.

What readers see changes when somebody saves something, and by itself when a publication starts or ends. The second is
known beforehand: no copy may outlive it. The first gets out within LONGEST.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db.models import Max, Min, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header, patch_cache_control, set_response_etag
from django.utils.http import http_date

from articles.models import Event, Publication
from films.models import Change

METHODS = {"GET", "HEAD"}
# A redirect, too: browsers keep one without a date for good, and addresses may move back.
STATUSES = {200, 301, 302, 404}
QUIET = timedelta(minutes=1)
STARTED = timezone.now()  # Another release may show the same rows otherwise.


class Lifetimes(NamedTuple):
    """For how many seconds browsers and shared caches may keep a page, and show it while they ask for another."""

    browsers: int
    shared: int
    stale: int


LONGEST = Lifetimes(browsers=60, shared=300, stale=60)
ABSENT = Lifetimes(browsers=10, shared=10, stale=0)  # An editor who looks too soon must not see it for minutes.


class Standing(NamedTuple):
    """When any public page last changed, and when one will by itself; None for never."""

    last: datetime | None
    next: datetime | None


def public_caching(get_response):
    """Let public pages be kept, with a date and a name for what they say; the desk and what says otherwise are not."""

    def middleware(request):
        asked_at = timezone.now()  # Before anything is read: what happens meanwhile must count as still to come.
        response = get_response(request)
        return _kept(request, response, asked_at) if _may_be_kept(request, response) else response

    return middleware


def lifetimes(left: timedelta | None) -> Lifetimes:
    """Return how long a page may be kept that will change in *left*, or not by itself, where that is None.

    All of them fit in one after the other, since a shared cache may hand a page on without telling its age.
    """
    if left is None:
        return LONGEST
    seconds = max(int(left.total_seconds()), 0)
    browsers = min(LONGEST.browsers, seconds // 2)
    shared = min(LONGEST.shared, seconds - browsers)
    return Lifetimes(browsers, shared, min(LONGEST.stale, (seconds - browsers - shared) // 2))


def standing(at: datetime) -> Standing:
    """Return when public pages last changed as of *at*, and when the next one will; one query.

    Whatever people save leaves a Change, an Event or, in the desk, a log entry; what a worker makes leaves nothing, and
    `_may_be_dated` knows of it. A site without publications has no date.
    """
    found = Publication.objects.aggregate(
        begun=Max("starts", filter=Q(starts__lte=at)),
        ended=Max("ends", filter=Q(ends__lte=at)),
        changed=_newest(Change.objects.all(), "at"),
        recorded=_newest(Event.objects.all(), "at"),
        logged=_newest(LogEntry.objects.all(), "action_time"),
        starting=Min("starts", filter=Q(starts__gt=at)),
        ending=Min("ends", filter=Q(ends__gt=at)),
    )
    coming = [found.pop("starting"), found.pop("ending")]
    return Standing(max(filter(None, found.values()), default=None), min(filter(None, coming), default=None))


def _newest(rows: QuerySet, moment: str) -> Max:
    return Max(Subquery(rows.order_by("-pk").values(moment)[:1]))


def _may_be_kept(request, response):
    """Tell whether *response* is the same for everybody, and nobody said already how long it may be kept."""
    own = "Cache-Control" in response or response.cookies or has_vary_header(response, "Cookie") or response.streaming
    public = not request.path.startswith(reverse("admin:index"))
    return public and not own and request.method in METHODS and response.status_code in STATUSES


def _kept(request, response, asked_at):
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        # Who works at the desk sees at once what they did there: their browser asks each time.
        patch_cache_control(response, private=True, no_cache=True)
        return _conditional(request, response, None) if response.status_code == 200 else response
    last, coming = standing(asked_at)
    times = lifetimes(coming and coming - asked_at)
    if response.status_code == 404:
        times = Lifetimes(*map(min, times, ABSENT))
    stale = {"stale_while_revalidate": times.stale} if times.stale else {}
    patch_cache_control(response, public=True, max_age=times.browsers, s_maxage=times.shared, **stale)
    return _conditional(request, response, last) if response.status_code == 200 else response


def _conditional(request, response, last):
    """Answer 304 to who has the page as it is.

    Its name is made of its bytes, so that no cause of a change can be forgotten. Its date is that of the whole site,
    and left out where the page may change without it, or where that is so recent that the page may have been made
    before it, or change again in its second.
    """
    set_response_etag(response)
    changed = last and max(last, STARTED)
    dated = changed and changed <= timezone.now() - QUIET and _may_be_dated(request, response)
    response.headers.pop("Last-Modified", None)
    if dated:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(
        request,
        etag=response.headers["ETag"],
        last_modified=int(changed.timestamp()) if dated else None,
        response=response,
    )


def _may_be_dated(request, response):
    """Tell whether the page changes with what is recorded alone.

    A picture's renditions and crops are made after it was saved, and `rebuild_search` reads articles anew; neither is
    recorded.
    """
    searched = request.path.startswith(reverse("search"))
    return not searched and settings.MEDIA_URL.encode() not in response.content
