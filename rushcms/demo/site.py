"""Making the sample site, in one step and only what is missing."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from articles.importing import Document, Refused, import_document, read_document
from articles.models import Article, Author, Topic
from films.models import Film
from rushcms.demo.account import make_account
from rushcms.demo.films import RUSH_1991, RUSH_2013, Sample, find, make_films

FOLDER = Path(__file__).parent
ENDING, EXPLAINER, DRAFT = (
    FOLDER / name for name in ("rush-2013-ending.md", "rush-explained.md", "files-in-a-drawer.md")
)
TOPICS = {
    "undercover": ("Undercover", "Stories of people who pretend for a living."),
    "page-to-screen": ("Page to screen", "Films and the books they come from."),
    "true-stories": ("True stories", "Films that have to answer to something that happened."),
}


@dataclass(frozen=True)
class SampleSite:
    """What was made, a line each; `password` is the new account's, None where there is no new account."""

    made: tuple[str, ...]
    password: str | None


def is_empty() -> bool:
    """Tell whether nobody has put anything in yet."""
    return not Article.objects.exists() and not Film.objects.exists()


def has_articles_of_its_own() -> bool:
    """Tell whether there is an article that is none of the sample site's."""
    return Article.objects.exclude(slug__in=[document.address for document in _documents()]).exists()


@transaction.atomic
def make_sample_site() -> SampleSite:
    """Make what the sample site lacks; what is there stays as it is, whoever wrote it."""
    made = make_films()
    made += _make_author() + _make_topics()
    made += _make_article(ENDING, RUSH_2013, publish=True)
    made += _make_article(EXPLAINER, RUSH_1991, publish=True) + _make_article(DRAFT, RUSH_1991, publish=False)
    password = make_account()
    return SampleSite(tuple(made), password)


def _documents() -> list[Document]:
    return [read_document(path) for path in (ENDING, EXPLAINER, DRAFT)]


def _make_author() -> list[str]:
    bio = "A made-up byline for the pieces of the sample site."
    _, new = Author.objects.get_or_create(slug="ines-calloway", defaults={"name": "Ines Calloway", "bio": bio})
    return ["author Ines Calloway"] if new else []


def _make_topics() -> list[str]:
    made = []
    for slug, (name, description) in TOPICS.items():
        _, new = Topic.objects.get_or_create(slug=slug, defaults={"name": name, "description": description})
        made += [f"topic {name}"] if new else []
    return made


def _make_article(path: Path, sample: Sample, *, publish: bool) -> list[str]:
    """Make the article of a file about *sample* unless something stands at its address, if only in the trash."""
    document = read_document(path)
    if Article.objects.filter(slug=document.address).exists():
        return []
    film = find(sample)
    address = film.slug if film else ""
    try:
        import_document(document, film=address, publish=publish)
    except Refused:
        # Somebody's own film may lack whom the text names: what to do about it is theirs to say.
        publish = False
        import_document(document, film=address)
    return [f"{'article' if publish else 'draft'} {document.title}"]
