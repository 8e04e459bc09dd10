"""Refiling: what follows where a merge, a split or its undoing has filed articles under another film.

The catalogue moves them without knowing what they are, see `films.moving`; the roof tells of it here.
"""

from collections.abc import Collection

from articles.models import Action, Event
from articles.searching import keeping
from films.models import Change, Film

GONE = "a film that is no longer there"

type Refiled = dict[int, tuple[int, int]]  # By article: the films under which it stood and stands.


def follow(changes: Collection[Change]) -> None:
    """Write into the record of each article that *changes* refiled what they did, and let it be found there.

    Those that readers see are read anew, of many the newest; `rebuild_search` reads the rest. What the proofreader
    found counts as old, since the films have changed.
    """
    for change in changes:
        if refiled := _refiled(change):
            _record(change, refiled)
            newest = sorted(refiled, reverse=True)[: keeping.AT_ONCE]
            keeping.keep(keeping.shown().filter(article__in=newest))


def _refiled(change: Change) -> Refiled:
    own = [move for move in change.moved if move["model"] == "articles.article"]
    return {
        move["id"]: (move["before"]["film_id"], move["after"]["film_id"])
        for move in own
        if move["before"] and move["after"] and "film_id" in move["after"]
    }


def _record(change: Change, refiled: Refiled) -> None:
    films = Film.objects.in_bulk({film for pair in refiled.values() for film in pair})
    events = []
    for article, pair in sorted(refiled.items()):
        old, new = (films.get(film, GONE) for film in pair)
        told = f"film: {old} to {new} ({change.get_action_display().lower()})"
        events.append(Event(article_id=article, by=change.by, action=Action.FILED, detail=told))
    Event.objects.bulk_create(events)
