"""Which entries a query finds, and in which order."""

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Length

from articles.models import ArticleKind, EntryKind, Publication, SearchEntry
from articles.searching import dialects, words
from articles.searching.asking import Asked
from films.models import Character, Credit, Film

ARTICLE = Q(kind=EntryKind.ARTICLE)
ANSWER, EXACT, SUBJECT, BEGINS, NAMED, TEXT = range(6)
WRITTEN_ABOUT = 100  # An article, and a film with one, weigh as much as this many credits.


def found(asked: Asked) -> QuerySet[SearchEntry]:
    """Return the entries that readers may see and that have every word of what is *asked*.

    Who asks for a film alone does not get its characters.
    """
    entries = readable().filter(dialects.matches(asked.terms, last=asked.last))
    return entries.filter(~Q(kind=EntryKind.CHARACTER) | dialects.names_any(asked.terms, last=asked.last))


def readable() -> QuerySet[SearchEntry]:
    """Return the entries of what readers may see at this moment: of articles, the revision that is live."""
    return SearchEntry.objects.filter(~ARTICLE | Exists(_live()))


def narrowed(entries: QuerySet[SearchEntry], *, article_kind: str = "", decade: int | None = None):
    """Return those of *entries* that are articles of a kind, and of films of a decade."""
    if article_kind:
        entries = entries.filter(ARTICLE, Exists(_live().filter(article__kind=article_kind)))
    if decade is None:
        return entries
    years = (decade, decade + 9)
    return entries.filter(
        Q(ARTICLE, Exists(_live().filter(article__film__year__range=years)))
        | Q(Exists(_rows(Film).filter(year__range=years)), kind=EntryKind.FILM)
        | Q(Exists(_rows(Character).filter(film__year__range=years)), kind=EntryKind.CHARACTER)
        | Q(Exists(Credit.objects.filter(person=OuterRef("subject"), film__year__range=years)), kind=EntryKind.PERSON)
    )


def ranked(entries: QuerySet[SearchEntry], asked: Asked) -> QuerySet[SearchEntry]:
    """Return *entries*, which *asked* found, with their `tier`, best first.

    Who asks what a film is about gets the article that says so. Else what is called so exactly comes first, then
    articles about a film that is, then what begins so, then the rest of the names, and texts at last; among equals,
    what has more credits, and what is newer.
    """
    return entries.annotate(
        tier=_tier(asked), fitting=_fitting(asked), weight=_weight(), starts=Subquery(_live().values("starts")[:1])
    ).order_by("tier", "fitting", "-weight", "-starts", Length("names"), "pk")


def _tier(asked):
    named, about, begins = Q(), Q(), Q()
    for key in asked.keys:
        named |= Q(names__contains=f"\n{key}\n")
        about |= Q(about__contains=f"\n{key}\n")
        begins |= Q(names__contains=f"\n{key}")
    in_names = dialects.matches(asked.terms, last=asked.last, column="names")
    return Case(
        When(ARTICLE & about, then=Value(ANSWER if asked.asks else SUBJECT)),
        When(named, then=Value(EXACT)),
        When(begins, then=Value(BEGINS)),
        When(in_names, then=Value(NAMED)),
        default=Value(TEXT),
        output_field=IntegerField(),
    )


def _fitting(asked):
    """Return what puts the kind of article that answers the question before others, and a film before its namesakes."""
    wanted = ArticleKind.ENDING if asked.asks_for_ending else ArticleKind.EXPLAINER
    line = words.lines(str(wanted.label))
    return Case(When(ARTICLE & Q(about__contains=line), then=0), default=1, output_field=IntegerField())


def _weight():
    """Return how much is there of a thing."""
    written = Case(
        When(Exists(Publication.objects.live().filter(article__film=OuterRef("subject"))), then=WRITTEN_ABOUT)
    )
    return Case(
        When(ARTICLE, then=Value(WRITTEN_ABOUT)),
        When(kind=EntryKind.FILM, then=_credits("film") + Coalesce(written, 0)),
        When(kind=EntryKind.PERSON, then=_credits("person")),
        default=Value(0),
        output_field=IntegerField(),
    )


def _credits(column):
    rows = Credit.objects.filter(**{column: OuterRef("subject")}).order_by().values(column)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _live():
    return Publication.objects.live().filter(revision=OuterRef("subject"))


def _rows(model):
    return model.objects.filter(pk=OuterRef("subject"))
