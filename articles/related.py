"""Related reading: which live articles to read after one, each with the reason, and never one that a spoiler gives."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import F, Value

from articles.models import Article, Publication
from articles.models.publication import PublicationQuerySet
from articles.rendering import Mentioned
from films.models import Credit, Department, Film, Person

MOST = 5
MAKERS = 6  # Of a film: its directors, and the first of its cast.

type Reason = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Related:
    """A live article's publication, and in words why it is offered: "Also about Jason Patric"."""

    publication: Publication
    reason: str


def related(article: Article, mentions: Iterable[Mentioned] = (), makers: Iterable[Credit] = ()) -> list[Related]:
    """Return up to five live articles to read after *article*, the nearest first.

    *mentions* are those of its text, *makers* its film's credits: the directors, then the cast in order. In at most
    eight queries: one to a reason until enough is found, then two for the cards.
    """
    reasons: dict[int, str] = {}
    shown = [mention.row for mention in mentions if not mention.spoils]
    for found in _nearest(Publication.objects.live().exclude(article=article), article, shown, list(makers)[:MAKERS]):
        for publication, reason in found:
            reasons.setdefault(publication, reason)
        if len(reasons) >= MOST:
            break
    return _cards(dict(islice(reasons.items(), MOST)))


def _nearest(
    live: PublicationQuerySet, article: Article, shown: Sequence[object], makers: Sequence[Credit]
) -> Iterator[list[Reason]]:
    """Yield what each reason finds, from the strongest reason on; asks only when the next one is wanted."""
    films = {row.pk: row for row in shown if isinstance(row, Film)}
    people = {row.pk: row.name for row in shown if isinstance(row, Person)}
    if article.film:
        yield _newest(live.about(article.film), F("article__film"), {article.film.pk: f"Also about {article.film}"})
    if films:
        named = {pk: f"About {film}, named in this piece" for pk, film in films.items()}
        yield _newest(live.filter(article__film__in=films), F("article__film"), named)
    if people:
        named = {pk: f"Also about {name}" for pk, name in people.items()}
        mentioning = live.filter(revision__mentions__person__in=people, revision__mentions__spoils=False)
        yield _newest(mentioning, F("revision__mentions__person"), named)
    if makers:
        named = {credit.person_id: _made(credit) for credit in makers}
        by_them = live.exclude(article__film=article.film).filter(article__film__credits__person__in=named)
        yield _newest(by_them, F("article__film__credits__person"), named)
    topics = {topic.pk: f"Also on {topic.name}" for topic in article.topics.all()}
    if topics:
        yield _newest(live.filter(article__topics__in=topics), F("article__topics"), topics)
    yield _newest(live, Value(0), {0: "Newly out"})


def _made(credit: Credit) -> str:
    return (
        f"Another film with {credit.person.name}"
        if credit.department == Department.CAST
        else f"Also by {credit.person.name}"
    )


def _newest(live: PublicationQuerySet, about: F | Value, reasons: dict[int, str]) -> list[Reason]:
    """Return the newest of *live*, with the reason of what it is *about*; one may be there for two reasons."""
    rows = live.order_by("-starts", "-pk").annotate(about=about).values_list("pk", "about")
    return [(pk, reasons[about]) for pk, about in rows[: MOST * 2] if about in reasons]


def _cards(reasons: dict[int, str]) -> list[Related]:
    found = Publication.objects.with_first().for_list().in_bulk(reasons)
    return [Related(found[pk], reason) for pk, reason in reasons.items() if pk in found]
