"""Copy: a piece as the proofreader reads it, saved or still in the editor."""

from dataclasses import dataclass
from functools import cached_property

from articles.models import Article, Revision
from articles.proofreading import prose
from articles.proofreading.findings import Place
from articles.proofreading.known import Known, known
from articles.proofreading.matching import Reading
from articles.proofreading.prose import Block, Prose
from articles.proofreading.spellings import spellings
from articles.proofreading.strangers import Strangers
from articles.rendering import Audience, Rendered, render
from films.models import Film, Image

FIELDS = ("title", "dek", "body", "seo_title", "seo_description")
TITLES = ("title", "seo_title")


@dataclass(frozen=True)
class Copy:
    """What is written, and what it is written about; `article` is None while it has no row.

    `page` is the body as editors see it, where whoever asks has made that already.
    """

    title: str
    dek: str
    body: str
    seo_title: str = ""
    seo_description: str = ""
    film: Film | None = None
    hero: Image | None = None
    has_topics: bool = False
    article: Article | None = None
    page: Rendered | None = None

    @cached_property
    def known(self) -> Known:
        """The names that the film knows."""
        return known(self.film)

    @cached_property
    def visible(self) -> dict[str, str]:
        """What people read of each field, as long as the field: the body is Markdown, the others are plain."""
        return {name: getattr(self, name) for name in FIELDS} | {"body": self.prose.visible}

    @cached_property
    def prose(self) -> Prose:
        """What of the body people read."""
        return prose.read(self.body)

    @cached_property
    def reading(self) -> Reading:
        """Where the film's names stand, in all fields."""
        return Reading(spellings(self.known), [(name, getattr(self, name), *self._shown(name)) for name in FIELDS])

    @cached_property
    def strangers(self) -> Strangers:
        """The full names that the film does not know."""
        return Strangers(self.reading)

    def _shown(self, field: str) -> tuple[str, tuple[Block, ...]]:
        if field == "body":
            return self.prose.visible, self.prose.blocks
        text = getattr(self, field)
        return text, (Block(0, len(text), "heading" if field in TITLES else "paragraph"),)

    @cached_property
    def rendered(self) -> Rendered:
        """The body as editors see it."""
        return self.page or render(self.body, film=self.film, audience=Audience.EDITORS)

    def typed(self, place: Place) -> str:
        """Return what stands at *place*, markup and all."""
        return getattr(self, place.field)[place.start : place.end]


def copy_of(revision: Revision, page: Rendered | None = None) -> Copy:
    """Return *revision* as copy, *page* being its body as editors see it."""
    article = revision.article
    return Copy(
        **{name: getattr(revision, name) for name in FIELDS},
        film=article.film,
        hero=revision.hero,
        has_topics=bool(article.topics.all()),
        article=article,
        page=page,
    )
