"""Which entries a query finds, and in which order."""

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Length

from articles.models import ArticleKind, EntryKind, Publication, SearchEntry
from articles.searching import dialects, words
from articles.searching.asking import Asked
from films.models import Character, Credit, Film

ARTICLE = Q(kind=EntryKind.ARTICLE)
ANSWER, EXACT, SUBJECT, BEGINS, NAMED, TEXT = range(6)
WRITTEN_ABOUT = 100  # As many credits weigh what an article does, and what a film gains by each article about it.


def found(asked: Asked, *, where: str = dialects.EVERYWHERE) -> QuerySet[SearchEntry]:
    """Return the entries that readers may see and that have every word of what is *asked*.

    Who asks for a film alone does not get its characters.
    """
    entries = readable().filter(dialects.matches(asked.terms, last=asked.last, where=where))
    return entries.filter(~Q(kind=EntryKind.CHARACTER) | dialects.names_any(asked.terms, last=asked.last))


def readable() -> QuerySet[SearchEntry]:
    """Return the entries of what readers may see at this moment: of articles, the revision that is live."""
    return SearchEntry.objects.filter(~ARTICLE | Exists(_live()))


def narrowed(
    entries: QuerySet[SearchEntry], *, article_kind: str = "", decade: int | None = None
) -> QuerySet[SearchEntry]:
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


def ranked(entries: QuerySet[SearchEntry], asked: Asked) -> QuerySet:
    """Return *entries*, which *asked* found, with their `tier`, best first.

    Who asks what a film is about gets the article that says so. Else what is called so exactly comes first, then
    articles about a film that is, then what begins so, then the rest of the names, and texts at last; among equals,
    what has more credits, and what is newer.
    """
    starts = Case(When(ARTICLE, then=Subquery(_live().values("starts")[:1])))
    known = entries.annotate(tier=_tier(asked), weight=_weight(), starts=starts)
    fitting = known.annotate(fitting=_fitting(asked))
    return fitting.order_by("tier", "fitting", "-weight", F("starts").desc(nulls_last=True), Length("names"), "pk")


def _tier(asked: Asked) -> Case:
    named, about, begins = Q(), Q(), Q()
    for key in asked.keys:
        named |= Q(names__contains=f"\n{key}\n")
        about |= Q(about__contains=f"\n{key}\n")
        begins |= Q(names__contains=f"\n{key}")
    in_names = dialects.matches(asked.terms, last=asked.last, where=dialects.NAMES)
    return Case(
        When(ARTICLE & about, then=Value(ANSWER if asked.asks else SUBJECT)),
        When(named, then=Value(EXACT)),
        When(begins, then=Value(BEGINS)),
        When(in_names, then=Value(NAMED)),
        default=Value(TEXT),
        output_field=IntegerField(),
    )


def _fitting(asked: Asked) -> Case:
    """Return 0 for articles that are about what is asked for and of the kind that answers best, 1 for all others."""
    wanted = ArticleKind.ENDING if asked.asks_for_ending else ArticleKind.EXPLAINER
    fits = Q(tier__in=[ANSWER, SUBJECT], about__contains=words.lines(str(wanted.label)))
    return Case(When(fits, then=0), default=1, output_field=IntegerField())


def _weight() -> Case:
    """Return how much there is of a thing: its credits, and far more the articles about it."""
    articles = Publication.objects.live().filter(article__film=OuterRef("subject"))
    about = _number(articles, "article__film") * WRITTEN_ABOUT
    film, person = (_number(Credit.objects.filter(**{to: OuterRef("subject")}), to) for to in ("film", "person"))
    return Case(
        When(ARTICLE, then=Value(WRITTEN_ABOUT)),
        When(kind=EntryKind.FILM, then=film + about),
        When(kind=EntryKind.PERSON, then=person),
        default=Value(0),
        output_field=IntegerField(),
    )


def _number(rows: QuerySet, column: str) -> Coalesce:
    counted = rows.order_by().values(column).annotate(number=Count("*"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _live() -> QuerySet[Publication]:
    return Publication.objects.live().filter(revision=OuterRef("subject")).order_by("-starts")


def _rows(model: type[Film | Character]) -> QuerySet:
    return model.objects.filter(pk=OuterRef("subject"))
