"""The dashboard: what waits for somebody on the desk, in a fixed number of queries however much there is.

Everything here is narrowed to what the user may see; a part that is none of their business is None.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles import kept_texts
from articles.models import Article, ArticleState, Publication, Review
from articles.permissions import may_list, owned_by, readable_by
from films.dashboard import ROWS, Section, first

DAYS = 14
MOST = 200  # Changes in a fortnight; a newsroom that plans more than these sees the soonest.
A_DAY = 4  # Changes shown for one day.


@dataclass(frozen=True)
class Change:
    """A moment at which readers will see something else: `kind` is "live", "replaced" or "ends"."""

    at: datetime
    kind: str
    publication: Publication


@dataclass(frozen=True)
class Day:
    """A day in the newsroom and what changes on it, soonest first; `more` counts what is not shown."""

    date: date
    changes: list[Change]
    more: int


@dataclass(frozen=True)
class Timeline:
    """Two weeks from today, and how many articles go live after them."""

    days: list[Day]
    count: int
    later: int


@dataclass(frozen=True)
class Waiting:
    """Reviews nobody has answered, those that wait for oneself first; each knows whether it does, as `for_me`."""

    rows: list[Review]
    count: int
    mine: int


def overview(user, *, now=None):
    """Return the parts of *user*'s dashboard that are about articles; empty for who has nothing to do with them."""
    if not may_list(user):
        return {}
    now = now or timezone.now()
    return {
        "unsaved": unsaved(user),
        "drafts": drafts(user),
        "waiting": waiting(user),
        "timeline": timeline(user, now=now),
        "changing": changing(user),
        "live": lately_live(user, now=now),
    }


def drafts(user):
    """Return what *user* started or signs and readers do not see as it stands now."""
    mine = owned_by(user, Article.objects.with_state())
    return first(_for_row(mine.exclude(state__in=[ArticleState.LIVE, ArticleState.TRASHED])))


def unsaved(user):
    """Return what *user* left unsaved, as their forms offer it."""
    found = kept_texts.all_offers(user=user)
    return Section(found[:ROWS], len(found))


def waiting(user):
    """Return the reviews that wait, for those who may answer them."""
    if not user.has_perm("articles.review_article"):
        return None
    reviews = Review.objects.waiting().filter(revision__article__in=readable_by(user, Article.objects.all()))
    mine = Review.objects.waiting_for(user).filter(pk=OuterRef("pk"))
    rows = reviews.annotate(for_me=Exists(mine)).select_related("revision__article", "asked_by", "reviewer")
    ordered = list(rows.order_by("-for_me", "asked_at", "pk")[:ROWS])
    return Waiting(ordered, count=reviews.count(), mine=reviews.filter(Exists(mine)).count())


def changing(user):
    """Return what is live while a newer draft stands; None for writers, who find theirs among their drafts."""
    if not user.has_perm("articles.change_article"):
        return None
    return first(_for_row(Article.objects.with_state().filter(state=ArticleState.LIVE_NEWER)))


def lately_live(user, *, now):
    """Return what readers see, the last change of it first; each may have a `correction`."""
    live = _turns(user).live(now)
    return first(live.select_related("revision", "article", "by", "correction").order_by("-starts", "-pk"))


def timeline(user, *, now):
    """Return what readers will see change in the coming two weeks, by days in the newsroom's time zone."""
    today = timezone.localdate(now)
    until = timezone.make_aware(datetime.combine(today + timedelta(days=DAYS), time.min))
    turns = _turns(user)
    changes = sorted(_changes(turns, now, until), key=lambda change: change.at)
    by_day = defaultdict(list)
    for change in changes:
        by_day[timezone.localdate(change.at)].append(change)
    days = [_day(today + timedelta(days=number), by_day) for number in range(DAYS)]
    return Timeline(days, count=len(changes), later=turns.filter(starts__gte=until).count())


def _changes(turns, now, until):
    """Yield a change for each start, and for each end that no other publication follows at once."""
    same = Publication.objects.filter(article=OuterRef("article"))
    known = turns.annotate(
        follows=Exists(same.filter(ends=OuterRef("starts"))), followed=Exists(same.filter(starts=OuterRef("ends")))
    ).filter(Q(starts__gt=now, starts__lt=until) | Q(ends__gt=now, ends__lt=until, followed=False))
    for turn in known.select_related("revision", "article").order_by("starts")[:MOST]:
        if now < turn.starts < until:
            yield Change(turn.starts, "replaced" if turn.follows else "live", turn)
        if turn.ends and now < turn.ends < until and not turn.followed:
            yield Change(turn.ends, "ends", turn)


def _day(day, by_day):
    changes = by_day[day]
    return Day(day, changes[:A_DAY], more=max(len(changes) - A_DAY, 0))


def _turns(user):
    """Return the publications of articles that *user* may see."""
    return Publication.objects.filter(article__in=readable_by(user, Article.objects.filter(trashed_at=None)))


def _for_row(articles):
    return articles.select_related("head__created_by", "film").order_by("-head__created_at", "-pk")
