"""Copy: a piece as the proofreader reads it, saved or still in the editor."""

from dataclasses import dataclass
from functools import cached_property

from articles.models import Article, Revision
from articles.proofreading import prose
from articles.proofreading.known import Known, known
from articles.rendering import Audience, Rendered, render
from films.models import Film, Image

FIELDS = ("title", "dek", "body", "seo_title", "seo_description")


@dataclass(frozen=True)
class Copy:
    """What is written, and what it is written about; `article` is None while it has no row."""

    title: str
    dek: str
    body: str
    seo_title: str = ""
    seo_description: str = ""
    film: Film | None = None
    hero: Image | None = None
    has_topics: bool = False
    article: Article | None = None

    @cached_property
    def known(self) -> Known:
        """The names that the film knows."""
        return known(self.film)

    @cached_property
    def visible(self) -> dict[str, str]:
        """What people read of each field, as long as the field: the body is Markdown, the others are plain."""
        return {name: getattr(self, name) for name in FIELDS} | {"body": prose.visible(self.body)}

    @cached_property
    def rendered(self) -> Rendered:
        """The body as editors see it."""
        return render(self.body, film=self.film, audience=Audience.EDITORS)


def copy_of(revision: Revision) -> Copy:
    """Return *revision* as copy."""
    article = revision.article
    return Copy(
        **{name: getattr(revision, name) for name in FIELDS},
        film=article.film,
        hero=revision.hero,
        has_topics=bool(article.topics.all()),
        article=article,
    )
