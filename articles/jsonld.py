"""Articles, and the site that they stand on, in the words of schema.org: see films/jsonld.py.

An explainer is an Article, not a Review: it says what a film is, not what it is worth.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from articles.models import Author, Correction
from articles.rendering import smarten
from films.jsonld import (
    Absolute,
    Graph,
    Node,
    breadcrumbs,
    filled,
    film_id,
    movie_stub,
    person_id,
    person_stub,
    pictures,
)
from films.models import Film, Person

LONGEST_HEADLINE = 110  # As much as search engines show.


def site_graph(absolute: Absolute) -> Graph:
    """Return what the home page says: whose site this is, and how it is searched."""
    return Graph([_site(absolute), _publisher(absolute)])


def article_graph(page: Mapping[str, Any], absolute: Absolute) -> Graph:
    """Return what an article's *page*, as `page_for` gives it, says of the article and of what it names."""
    article = page["article"]
    rows = _named(page)
    crumbs = [
        ("Articles", reverse("articles:article_list")),
        (smarten(page["revision"].title), article.get_absolute_url()),
    ]
    return Graph(
        [
            _article(page, rows, absolute),
            *(_stub(row, absolute) for row in rows),
            *(_author(author, absolute) for author in page["authors"]),
            breadcrumbs(crumbs, absolute),
            _site(absolute),
            _publisher(absolute),
        ]
    )


def _article(page: Mapping[str, Any], rows: Iterable[Film | Person], absolute: Absolute) -> Node:
    article, revision, body, film = page["article"], page["revision"], page["body"], page["film"]
    address = absolute(article.get_absolute_url())
    return filled(
        {
            "@type": "Article",
            "@id": f"{address}#article",
            "url": address,
            "mainEntityOfPage": address,
            "headline": smarten(revision.title)[:LONGEST_HEADLINE],
            "description": smarten(page["description"]),
            "datePublished": page["publication"].first_published.isoformat(),
            "dateModified": page["publication"].starts.isoformat(),
            "inLanguage": get_language(),
            "isAccessibleForFree": True,
            "wordCount": body.words,
            "articleSection": capfirst(article.get_kind_display()),
            "keywords": [topic.name for topic in page["topics"]],
            "author": [{"@id": _author_id(author, absolute)} for author in page["authors"]] or _publisher_id(absolute),
            "publisher": _publisher_id(absolute),
            "isPartOf": {"@id": _site_id(absolute)},
            "image": pictures(revision.hero or (film and film.poster), absolute),
            "about": {"@id": film_id(film, absolute)} if film else None,
            "mentions": [{"@id": _id(row, absolute)} for row in rows if row != film],
            "correction": [_correction(each) for each in page["corrections"]],
        }
    )


def _named(page: Mapping[str, Any]) -> list[Film | Person]:
    """Return the film and who and what else the text names where anybody may read it."""
    rows = [mention.row for mention in page["body"].mentions if not mention.spoils]
    film = [page["film"]] if page["film"] else []
    return [*dict.fromkeys([*film, *(row for row in rows if isinstance(row, Film | Person))])]


def _stub(row: Film | Person, absolute: Absolute) -> Node:
    return movie_stub(row, absolute) if isinstance(row, Film) else person_stub(row, absolute)


def _id(row: Film | Person, absolute: Absolute) -> str:
    return film_id(row, absolute) if isinstance(row, Film) else person_id(row, absolute)


def _correction(correction: Correction) -> Node:
    return {
        "@type": "CorrectionComment",
        "name": correction.get_kind_display(),
        "text": correction.text,
        "datePublished": correction.publication.starts.isoformat(),
    }


def _author(author: Author, absolute: Absolute) -> Node:
    node = {"@type": "Person", "@id": _author_id(author, absolute), "name": author.name}
    return filled({**node, "url": absolute(author.get_absolute_url()), "description": author.bio})


def _author_id(author: Author, absolute: Absolute) -> str:
    return f"{absolute(author.get_absolute_url())}#author"


def _site(absolute: Absolute) -> Node:
    search = f"{absolute(reverse('search'))}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": _site_id(absolute),
        "url": absolute(reverse("home")),
        "name": settings.SITE_NAME,
        "description": settings.SITE_DESCRIPTION,
        "inLanguage": get_language(),
        "publisher": _publisher_id(absolute),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def _publisher(absolute: Absolute) -> Node:
    logo = {"@type": "ImageObject", "url": absolute(static("favicon.svg"))}
    home = absolute(reverse("home"))
    return {"@type": "Organization", **_publisher_id(absolute), "name": settings.SITE_NAME, "url": home, "logo": logo}


def _site_id(absolute: Absolute) -> str:
    return f"{absolute(reverse('home'))}#site"


def _publisher_id(absolute: Absolute) -> Node:
    return {"@id": f"{absolute(reverse('home'))}#publisher"}
