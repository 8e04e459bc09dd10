"""What the article's page shows, live or as a preview."""

from django.utils import timezone
from django.utils.text import Truncator

from articles.models import Correction
from articles.related import related
from articles.rendering import render
from articles.whos_who import whos_who
from films.roll import roll

HEADINGS_WORTH_A_LIST = 3
LONGEST_DESCRIPTION = 160


def page_for(revision, publication=None):
    """Return what the article's page shows of *revision*, with its dates where *publication* is given.

    Where the revision came by `for_page()`, asks the database only for what the body refers to, and what to read next.
    """
    article = revision.article
    body = render(revision.body, film=article.film)
    credits = roll(article.film.headline if article.film else [])
    return {
        "article": article,
        "revision": revision,
        "publication": publication,
        "film": article.film,
        "roll": credits,
        "body": body,
        "contents": contents(body.toc),
        "who": whos_who(body.mentions, film=article.film, cast=credits.cast),
        "description": revision.seo_description or revision.dek or beginning(body),
        "authors": [byline.author for byline in article.bylines.all()],
        "topics": article.topics.all(),
        "corrections": corrections(publication),
        "related": related(article, body.mentions, [*credits.directors, *credits.cast]),
        **dates(publication),
    }


def beginning(body):
    """Return the first words of a rendered text, on one line: no heading, and no sign that a spoiler left behind."""
    headings = {heading.text for heading in body.toc}
    paragraphs = [line.strip() for line in body.text.split("\n\n") if line.strip() not in headings]
    return Truncator(" ".join(" ".join(paragraphs).split()).lstrip(" .,;:!?…–—-")).chars(LONGEST_DESCRIPTION)


def corrections(publication):
    """Return what readers were told about changes of the article, newest first; asks only where there is any."""
    if publication is None or not publication.corrected:
        return []
    return Correction.objects.shown().of(publication.article_id)


def contents(headings):
    """Return the headings for a contents list, none where the piece is short enough to do without."""
    shown = [heading for heading in headings if heading.level < 4]
    return shown if len(shown) >= HEADINGS_WORTH_A_LIST else []


def dates(publication):
    """Return when the article came out and, where that was later, when it was last changed for readers."""
    if publication is None:
        return {"published": None, "updated": None}
    published, updated = publication.first_published, publication.starts
    return {
        "published": published,
        "updated": updated if timezone.localdate(updated) > timezone.localdate(published) else None,
    }
