"""Findings: what the proofreader has to say about a place in a piece."""

from dataclasses import dataclass

from django.db import models


class Level(models.TextChoices):
    """How much a finding matters: errors keep a piece from readers, notices only remark."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


# What an editor may know better than the proofreader; all else is put right, or overridden when publishing.
DISMISSIBLE = frozenset(
    {
        *("name-misspelt", "name-inconsistent", "name-uncredited", "fact-conflict", "stale-fact"),
        *("heading-order", "heading-duplicate", "image-credit", "link-broken", "link-text"),
        *("dek-missing", "dek-long", "title-long", "no-hero", "no-film", "no-topic"),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Characters *start* to *end* of a field of the piece, counted in the Markdown as typed."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: `code` names what kind, `text` is what stands at `place`, `suggestion` what might stand there.

    A suggestion of None means that there is none; an empty one, that the place should go. `about` names whose spelling
    it is, "character:12" or "person:7", where the finding is about a name that the film knows.
    """

    code: str
    level: Level
    message: str
    place: Place
    text: str = ""
    suggestion: str | None = None
    about: str = ""
