"""Documents: what a file to import says, as a value."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import CharField, Model

from articles.models import Article, ArticleKind, Author, Revision, Spoilers, Topic
from films import names


class Refused(Exception):
    """Why nothing is imported, in words for whoever asked."""


class BadDocument(Refused):
    """A file that cannot be imported; the message names the file, the line where there is one, and the cause."""

    def __init__(self, source: str, cause: str, line: int | None = None):
        super().__init__(f"{source}, line {line}: {cause}" if line else f"{source}: {cause}")


@dataclass(frozen=True)
class Document:
    """An article as a file gives it; what the file does not say is empty.

    `source` is the file's name as it was given, `film` a film's address; `lines` says where in the file a field stands.
    """

    source: str
    title: str
    body: str
    dek: str = ""
    authors: tuple[str, ...] = ()
    film: str = ""
    kind: str = ""
    topics: tuple[str, ...] = ()
    slug: str = ""
    spoilers: str = ""
    seo_title: str = ""
    seo_description: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self):
        """Raise BadDocument for what no article can hold."""
        if not self.title:
            raise BadDocument(self.source, "there is no title.")
        for name in ("title", "dek", "seo_title", "seo_description"):
            self._check_length(name, Revision, name, getattr(self, name))
        for name, model, values in (("authors", Author, self.authors), ("topics", Topic, self.topics)):
            for value in values:
                self._check_length(name, model, "name", value)
        self._check_choice("kind", ArticleKind.values)
        self._check_choice("spoilers", Spoilers.values)
        self._check_address()
        if not self.body:
            raise BadDocument(self.source, "there is no text below the title.")

    @cached_property
    def address(self) -> str:
        """The slug of the article this file is: its own, else made from the title."""
        return self.slug or names.slug(self.title)

    @property
    def content(self) -> dict[str, Any]:
        """What the file says of a revision, by field name."""
        return {
            "title": self.title,
            "dek": self.dek,
            "body": self.body,
            "seo_title": self.seo_title,
            "seo_description": self.seo_description,
            "spoilers": self.spoilers or Spoilers.NONE.value,
        }

    def problem(self, cause: str, about: str) -> BadDocument:
        """Return an error about the field *about* of this file."""
        return BadDocument(self.source, cause, self.lines.get(about))

    def _check_length(self, name: str, model: type[Model], column: str, value: str) -> None:
        longest = longest_of(model, column)
        if len(value) > longest:
            raise self.problem(f"the {_words(name)} is {len(value)} characters long; {longest} fit.", name)

    def _check_choice(self, name: str, known: list[str]) -> None:
        value = getattr(self, name)
        if value and value not in known:
            raise self.problem(f"“{value[:60]}” is no {name}; known: {', '.join(known)}.", name)

    def _check_address(self) -> None:
        if not self.address:
            raise self.problem("no address can be made from this title; give a “slug” in front matter.", "title")
        try:
            validate_slug(self.address)
        except ValidationError:
            raise self.problem(f"“{self.slug[:60]}” is no slug: letters, digits and hyphens only.", "slug") from None
        self._check_length("slug", Article, "slug", self.address)


def longest_of(model: type[Model], column: str) -> int:
    """Return how many characters fit in a *column* of text."""
    return cast(CharField, model._meta.get_field(column)).max_length or sys.maxsize


def _words(name: str) -> str:
    one_of_several = {"authors": "author’s name", "topics": "topic’s name"}
    return one_of_several.get(name, name.replace("seo_", "search engines’ "))
