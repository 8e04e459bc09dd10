"""Mentioning: what each revision refers to, and where a film, a person, a character or a picture is used."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from articles.models import Article, Author, Mention, Revision
from articles.permissions import readable_by
from articles.rendering import Rendered
from films.models import Character, Film, Image, Person

MOST = 50

type Usable = Film | Person | Character | Image


@dataclass(frozen=True, slots=True)
class Uses:
    """Articles that need a row: the last saved first, at most MOST of them.

    Each knows its `state`, whether it is `filed` under the row, and whether its `newest` and its `live` revision use
    it; where neither does, an older one does. `count` is of all that may be opened, `hidden` of the others. `authors`
    have the row as their portrait.
    """

    articles: list[Article]
    count: int
    hidden: int
    authors: list[Author]

    def __bool__(self) -> bool:
        return bool(self.count or self.hidden or self.authors)

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.articles)


def write(revision: Revision, page: Rendered) -> None:
    """Write down what *revision*, which is new, refers to, as its *page* says: in one query however much that is."""
    Mention.objects.bulk_create(
        Mention(revision=revision, spoils=mentioned.spoils, **{_kind(mentioned.row): mentioned.row})
        for mentioned in page.mentions
    )


def used_in(row: Usable, *, user: User) -> Uses:
    """Return which articles use *row*, as far as *user* may know, in two queries, three for a picture."""
    using = _using(row)
    readable = using.filter(Exists(readable_by(user, Article.objects.all()).filter(pk=OuterRef("pk"))))
    count = readable.count()
    hidden = 0 if user.has_perm("articles.view_article") else using.count() - count
    listed = readable.select_related("head").defer("head__body").order_by("-head__created_at", "-pk")
    authors = Author.objects.filter(portrait=row) if isinstance(row, Image) else []
    return Uses(list(listed[:MOST]), count, hidden, list(authors))


def _using(row: Usable) -> QuerySet[Article]:
    """Return the articles that use *row*, knowing how."""
    uses = _revisions(row).filter(article=OuterRef("pk")).order_by()
    filed = Q(film=row) if isinstance(row, Film) else Q(pk=None)
    known = Article.objects.with_state().annotate(
        newest=Exists(uses.filter(pk=OuterRef("head"))), live=Exists(uses.filter(pk=OuterRef("live_revision")))
    )
    return known.annotate(filed=Case(When(filed, then=True), default=False)).filter(filed | Exists(uses))


def _revisions(row: Usable) -> QuerySet[Revision]:
    """Return the revisions that refer to *row*; to refer to a character is to refer to its film."""
    mentions = Q(**{_kind(row): row}) | (Q(character__film=row) if isinstance(row, Film) else Q())
    mentioned = Exists(Mention.objects.filter(mentions, revision=OuterRef("pk")).order_by())
    return Revision.objects.filter(mentioned | (Q(hero=row) if isinstance(row, Image) else Q(pk=None)))


def _kind(row: Usable) -> str:
    return str(row._meta.model_name)
