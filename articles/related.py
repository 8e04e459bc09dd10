"""Related reading: which live articles to read after one, each with the reason, and never one that a spoiler gives."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q

from articles.models import Article, Publication
from articles.models.publication import PublicationQuerySet
from articles.rendering import Mentioned
from films.models import Credit, Department, Film, Person

MOST = 5
RECENT = 100  # Publications; so many are not brought up to date between two that come out.
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
    films = {(row.pk,): f"About {row}, named in this piece" for row in shown if isinstance(row, Film)}
    people = {(row.pk,): f"Also about {row.name}" for row in shown if isinstance(row, Person)}
    topics = {(topic.pk,): f"Also on {topic.name}" for topic in article.topics.all()}
    if article.film:
        yield _newest(live.about(article.film), {(article.film.pk,): f"Also about {article.film}"}, "article__film")
    if films:
        yield _newest(live.filter(article__film__in=_only(films)), films, "article__film")
    if people:
        mentioning = live.filter(revision__mentions__person__in=_only(people), revision__mentions__spoils=False)
        yield _newest(mentioning, people, "revision__mentions__person")
    if makers:
        elsewhere, credit = live.exclude(article__film=article.film), "article__film__credits__"
        yield _newest(
            elsewhere.filter(_by_any(makers, credit)), _made(makers), f"{credit}person", f"{credit}department"
        )
    if topics:
        yield _newest(live.filter(article__topics__in=_only(topics)), topics, "article__topics")
    yield _newest(live, {(): "Newly out"})


def _only(reasons: Iterable[tuple[int]]) -> list[int]:
    return [pk for (pk,) in reasons]


def _by_any(makers: Iterable[Credit], credit: str) -> Q:
    """Return the condition that one of *makers* did on a film what they did on this one."""
    same = [Q(**{f"{credit}person": maker.person_id, f"{credit}department": maker.department}) for maker in makers]
    return Q(*same, _connector=Q.OR)


def _made(makers: Iterable[Credit]) -> dict[tuple[int, str], str]:
    words = {Department.CAST.value: "Another film with"}
    return {
        (maker.person_id, maker.department): f"{words.get(maker.department, 'Also by')} {maker.person.name}"
        for maker in makers
    }


def _newest(live: PublicationQuerySet, reasons: Mapping[Any, str], *about: str) -> list[Reason]:
    """Return those of *live* that came out last, each with the reason for what it is *about*; it may be there twice.

    *reasons* are by the values of *about*, as tuples. Looks among the RECENT ones alone, since when an article first
    came out is asked of each.
    """
    recent = live.order_by("-starts", "-pk").values("pk")[:RECENT]
    rows = live.filter(pk__in=recent).newest().values_list("pk", *about)[: MOST * 2]
    return [(pk, reasons[key]) for pk, *found in rows if (key := tuple(found)) in reasons]


def _cards(reasons: dict[int, str]) -> list[Related]:
    found = Publication.objects.with_first().for_list().in_bulk(reasons)
    return [Related(found[pk], reason) for pk, reason in reasons.items() if pk in found]
