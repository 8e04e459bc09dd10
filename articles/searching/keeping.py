"""The entries of articles: the safe text of each revision that readers see or will see."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import Article, Author, EntryKind, Mention, Publication, Revision, SearchEntry, Topic
from articles.rendering import render
from articles.searching import words
from films.models import Change, ChangeAction, Credit, Department, Film

AT_ONCE = 200  # Articles read anew within one request; `rebuild_search` reads the rest.
LONGEST = 200_000  # Characters of a text that are searched; PostgreSQL indexes no more than a megabyte of a row.
COLUMNS = ("names", "about", "prose", "text")


def keep(revisions: QuerySet[Revision]) -> int:
    """Let *revisions* be found by what they say now, and return how many they were.

    Readers find one only while a publication shows it, so a scheduled one can be kept long before its moment.
    """
    return _written(map(_entry, _filed(revisions)))


def keep_article(article: Article) -> None:
    """Let *article* be found by where it is filed now."""
    keep(shown().filter(article=article))


def keep_filed(row: Author | Topic) -> None:
    """Let the articles of *row* be found by what it is called now; their texts, which never name it, are not read."""
    revisions = _filed(shown().filter(article__in=row.articles.all())).defer("body").in_bulk()
    entries = list(SearchEntry.objects.filter(kind=EntryKind.ARTICLE, subject__in=revisions).only("subject"))
    for entry in entries:
        entry.about = _about(revisions[entry.subject].article)
    SearchEntry.objects.bulk_update(entries, ["about"], batch_size=100)


def follow(changes: Collection[Change]) -> None:
    """Let the articles that refer to what *changes* changed be found by what they say of it now.

    Where somebody waits for that these are the newest AT_ONCE; an import has them all, once for each of its batches.
    """
    told = [change for change in changes if _may_be_said(change)]
    films = {change.film_id for change in told if change.film_id}
    people = {change.person_id for change in told if change.person_id}
    if not films and not people:
        return
    most = None if {change.action for change in told} == {ChangeAction.IMPORTED} else AT_ONCE
    chosen = shown().filter(_saying(films, people)).order_by("-pk").values_list("pk", flat=True)[:most]
    keep(Revision.objects.filter(pk__in=list(chosen)))


def shown() -> QuerySet[Revision]:
    """Return the revisions that readers see or will see."""
    turns = Publication.objects.filter(Q(ends=None) | Q(ends__gt=timezone.now()), revision=OuterRef("pk"))
    return Revision.objects.filter(Exists(turns)).order_by("pk")


def missing() -> QuerySet[Revision]:
    """Return the revisions that readers see or will see and cannot find."""
    return shown().exclude(pk__in=SearchEntry.objects.filter(kind=EntryKind.ARTICLE).values("subject"))


def forget_past() -> int:
    """Take away the entries of revisions that no publication shows now or later, and return how many they were."""
    past = SearchEntry.objects.filter(kind=EntryKind.ARTICLE).exclude(subject__in=shown().order_by().values("pk"))
    return past.delete()[0]


def _may_be_said(change: Change) -> bool:
    """Whether an article may say what *change* changed: none says what is new, and an import renames nobody."""
    if change.action == ChangeAction.IMPORTED:
        return bool(change.film_id and change.before)
    return change.action != ChangeAction.CREATED


def _saying(films: Collection[int], people: Collection[int]) -> Q:
    """Return the condition that a revision says something of *films* or *people*, or is filed under one of *films*.

    Who mentions a film may say who made it: a text's `[[film.director]]` mentions nobody else.
    """
    makers = (Department.DIRECTING, Department.WRITING)
    made = Credit.objects.filter(person__in=people, department__in=makers).order_by().values("film")
    said = [Q(person__in=people), Q(film__in=made), Q(film__in=films), Q(character__film__in=films)]
    mentions = (Mention.objects.filter(each).order_by().values("revision") for each in said)
    return Q(*(Q(pk__in=each) for each in mentions), article__film__in=films, _connector=Q.OR)


def _filed(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Return *revisions* with where their articles are filed."""
    return revisions.select_related("article__film").prefetch_related(
        "article__film__titles", "article__topics", "article__authors"
    )


def _written(entries: Iterable[SearchEntry]) -> int:
    unique = ["kind", "subject"]
    made = SearchEntry.objects.bulk_create(
        entries, batch_size=100, update_conflicts=True, unique_fields=unique, update_fields=COLUMNS
    )
    return len(made)


def _entry(revision: Revision) -> SearchEntry:
    article = revision.article
    text = render(revision.body, film=article.film).text[:LONGEST]
    return SearchEntry(
        kind=EntryKind.ARTICLE,
        subject=revision.pk,
        names=words.lines(revision.title),
        about=_about(article),
        prose=words.prose(f"{revision.dek} {text}"),
        text=text,
    )


def _about(article: Article) -> str:
    filed = [*_titles(article.film), str(article.get_kind_display())]
    filed += [topic.name for topic in article.topics.all()] + [author.name for author in article.authors.all()]
    return words.lines(*filed)


def _titles(film: Film | None) -> list[str]:
    """Return what *film* is called, and its year: what an article about it is found by."""
    if film is None:
        return []
    year = [str(film.year)] if film.year else []
    return [film.title, film.original_title, *(title.text for title in film.titles.all()), *year]
