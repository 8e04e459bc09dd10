"""Entries of feeds: live articles as feed readers get them, whole and without spoilers."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from articles.models import Article, Author, Correction, Publication
from articles.rendering import Rendered, render_all, smarten
from articles.rendering.syndicating import for_feeds
from films.jsonld import Absolute
from films.pictures import shown

NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in a feed; `html` is whole and safe, `updated` is when readers last got another text."""

    id: str
    title: str
    address: str
    summary: str
    html: str
    image: str
    published: datetime
    updated: datetime
    authors: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]


def entries(publications: Sequence[Publication], absolute: Absolute) -> list[FeedEntry]:
    """Return *publications*, which came by `for_feed()`, as entries, in as many queries however many there are."""
    bodies = render_all((each.revision.body, each.article.film) for each in publications)
    corrections = _corrections(publications)
    return [
        _entry(each, body, corrections[each.article_id], absolute)
        for each, body in zip(publications, bodies, strict=True)
    ]


def lasting_id(article: Article) -> str:
    """Return the name under which feed readers know *article* for good: neither its address nor the site's is in it."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{article.pk} {article.created_at.timestamp():.6f}").urn


def xml_text(text: str) -> str:
    """Return *text* without the control characters that XML can hold in no way."""
    return NO_XML.sub("", text)


def _entry(publication: Publication, body: Rendered, corrections: list[Correction], absolute: Absolute) -> FeedEntry:
    article, revision = publication.article, publication.revision
    page = absolute(article.get_absolute_url())
    picture = shown(revision.hero, "prose")["src"] if revision.hero else ""
    parts = {"revision": revision, "picture": picture, "body": body, "corrections": corrections}
    return FeedEntry(
        id=lasting_id(article),
        title=xml_text(smarten(revision.title)),
        address=page,
        summary=xml_text(smarten(revision.dek)),
        html=xml_text(for_feeds(render_to_string("articles/feed_entry.html", parts), page)),
        image=absolute(picture) if picture else "",
        published=publication.first_published,  # type: ignore[attr-defined]
        updated=publication.starts,
        authors=tuple(_signature(byline.author, absolute) for byline in article.bylines.all()),
        categories=tuple(_categories(article)),
    )


def _signature(author: Author, absolute: Absolute) -> tuple[str, str]:
    return xml_text(author.name), absolute(author.get_absolute_url())


def _categories(article: Article) -> Iterable[str]:
    """Yield what sort of piece it is, the film, and the topics."""
    yield article.get_kind_display()
    if article.film:
        yield xml_text(article.film.title)
    for topic in article.topics.all():
        yield xml_text(topic.name)


def _corrections(publications: Iterable[Publication]) -> dict[int, list[Correction]]:
    """Return what readers were told was put right, newest first, by article."""
    told: dict[int, list[Correction]] = defaultdict(list)
    articles = [publication.article_id for publication in publications]
    for correction in Correction.objects.shown().filter(publication__article__in=articles):
        told[correction.publication.article_id].append(correction)
    return told
