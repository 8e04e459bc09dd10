"""The queues of what wants checking, as long as they are now, without what is settled.

Finding all pairs of a catalogue of 17,000 films takes a second or two, too long for each page of a queue. So
what was found is kept, together with the last Change when it was: every write of a film, a person or a credit leaves
one, so it is found anew as soon as anything is written, and what is settled is taken out at every look.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.db.models import Model, QuerySet, Value

from films.checking import credits, films, people
from films.models import Change, DistinctFilms, DistinctPeople, PlausibleCredits
from films.models.settled import Settled

type Key = tuple[int, int]

MOST = 100  # What a figure counts to.
KEPT = 24 * 3600  # Seconds; a write that left no Change, such as one in raw SQL, is noticed after that.


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: how its pairs are found, in order, what is settled of them, and which two columns say so.

    Whoever works through it has the permissions `needed`.
    """

    name: str
    find: Callable[[], list[Key]]
    settled: type[Settled]
    columns: tuple[str, str]
    needed: tuple[str, ...]

    @property
    def figure(self) -> str:
        """How many wait, as of the last day, in digits that end at "100+"."""
        number = len(self.standing(lately=True))
        return f"{MOST}+" if number > MOST else str(number)

    def standing(self, *, lately: bool = False) -> list[Key]:
        """Return the ids of the pairs that are not settled, most urgent first, in two queries where nothing changed.

        With *lately*, in one: what was found up to a day ago is good enough, for a figure.
        """
        settled = set(self.settled._default_manager.order_by().values_list(*self.columns))
        return [key for key in self._found(lately=lately) if key not in settled]

    def _found(self, *, lately: bool) -> list[Key]:
        name = f"checking-{self.name}"
        kept: tuple[int, list[Key]] | None = cache.get(name)
        if kept and lately:
            return kept[1]
        now = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if not kept or kept[0] != now:
            kept = now, self.find()
            cache.set(name, kept, KEPT)
        return kept[1]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was settled of a queue's pair: the row that says so, and both sides."""

    queue: str
    row: Settled
    sides: list[Model]


def _people() -> list[Key]:
    return [pair.key for pair in people.judged(people.candidates())]


def _films() -> list[Key]:
    return [pair.key for pair in films.judged(films.candidates())]


OF_PEOPLE, OF_FILMS = ("films.change_person", "films.change_credit"), ("films.change_film", "films.change_credit")
PEOPLE = Queue("people", _people, DistinctPeople, ("first", "second"), OF_PEOPLE)
FILMS = Queue("films", _films, DistinctFilms, ("first", "second"), OF_FILMS)
CREDITS = Queue("credits", credits.candidates, PlausibleCredits, ("film", "person"), OF_FILMS)
QUEUES = {queue.name: queue for queue in (PEOPLE, FILMS, CREDITS)}


def queues_of(user: User | AnonymousUser) -> list[Queue]:
    """Return the queues that *user* may work through."""
    return [queue for queue in QUEUES.values() if user.has_perms(queue.needed)]


def settled(names: Collection[str]) -> QuerySet:
    """Return what is settled of these queues, newest first, as (moment, queue's name, id)."""
    kept = [
        QUEUES[name].settled._default_manager.order_by().annotate(queue=Value(name)).values_list("at", "queue", "pk")
        for name in names
    ]
    return kept[0].union(*kept[1:], all=True).order_by("-at", "queue", "-pk")


def judgements(rows: Iterable[tuple[datetime, str, int]]) -> list[Judgement]:
    """Return the judgements that `settled` names, in that order; a query to a queue."""
    wanted = [(name, pk) for _, name, pk in rows]
    found = {}
    for name, queue in QUEUES.items():
        known = queue.settled._default_manager.select_related("by", *queue.columns)
        for row in known.filter(pk__in=[pk for kept, pk in wanted if kept == name]):
            found[name, row.pk] = Judgement(name, row, [getattr(row, column) for column in queue.columns])
    return [found[key] for key in wanted if key in found]
