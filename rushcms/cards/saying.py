"""What a card says of an article, a film or a person: only what their public pages say first, so never a spoiler."""

import json
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator

from articles.models import Revision
from articles.rendering import smarten
from films.models import Film, Image, Person
from films.pictures import light_file

DESIGN = 1  # One more with every change of the design, so that every card gets another address.
WIDTH, HEIGHT = 1200, 630
LONGEST_LINE = 200


class Kind(StrEnum):
    """What there are cards of, as their addresses say it."""

    ARTICLES = "articles"
    FILMS = "films"
    PEOPLE = "people"


@dataclass(frozen=True)
class Card:
    """All that is drawn; `kind` and `slug` are its place among addresses."""

    kind: str
    slug: str
    kicker: tuple[str, ...]
    title: str
    line: str = ""
    signature: str = ""
    picture: Image | None = None

    @property
    def fingerprint(self) -> str:
        """What changes with anything that is drawn; nobody can tell it without the site's key."""
        picture = self.picture and [source(self.picture), self.picture.focal_x, self.picture.focal_y]
        words = [self.kicker, self.title, self.line, self.signature, settings.SITE_NAME]
        drawn = json.dumps([DESIGN, self.kind, self.slug, *words, picture])
        return salted_hmac("rushcms.cards", drawn, algorithm="sha256").hexdigest()[:20]

    @property
    def alt(self) -> str:
        """The card in words, for those who cannot see it."""
        return ": ".join(filter(None, [" / ".join(self.kicker), self.title]))


def source(image: Image | None) -> str | None:
    """Return the name of the file that a card shows of *image*; None as long as only a large original is there.

    Once there is a better one, the card has another address.
    """
    return light_file(image, WIDTH) if image else None


def card_for(shown: Revision | Film | Person) -> Card:
    """Return the card of a revision with its article, of a film or of a person, loaded `for_page()`."""
    match shown:
        case Revision():
            return _of_article(shown)
        case Film():
            return _of_film(shown)
        case Person():
            return _of_person(shown)
    raise TypeError(f"No card is drawn of {shown!r}.")


def _of_article(revision: Revision) -> Card:
    article, film = revision.article, revision.article.film
    authors = [str(byline.author) for byline in article.bylines.all()]
    return Card(
        kind=Kind.ARTICLES,
        slug=article.slug,
        kicker=(article.get_kind_display().capitalize(), *([_titled(film)] if film else [])),
        title=smarten(revision.title),
        line=smarten(revision.dek),
        signature=f"By {_listed(authors)}" if authors else "",
        picture=revision.hero or (film.poster if film else None),
    )


def _of_film(film: Film) -> Card:
    kicker = tuple(filter(None, ["Film", str(film.year or ""), *film.country_names[:2]]))
    return Card(Kind.FILMS, film.slug, kicker, film.title, line=film.logline, picture=film.poster)


def _of_person(person: Person) -> Card:
    kicker = tuple(filter(None, ["Films and roles", person.years]))
    line = Truncator(person.bio.strip().partition("\n")[0]).chars(LONGEST_LINE)
    return Card(Kind.PEOPLE, person.slug, kicker, person.name, line=line, picture=person.portrait)


def _titled(film: Film) -> str:
    return f"{film.title}, {film.year}" if film.year else film.title


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
