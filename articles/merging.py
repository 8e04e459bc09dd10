"""Merging an article: what somebody typed from an old revision, joined with the newer one it met, field by field.

What only one of the two changed is taken; where both did, somebody must be asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from articles import line_ends
from articles.models import Revision
from articles.reconciling import Agreed, Clash, Part, clashes, merge_text, merge_value, resolve

LINES = {"title", "dek", "seo_title", "seo_description"}  # A line of text each.
CHOICES = {"hero", "spoilers"}  # Nothing that could be edited by hand here.


def normal(field: str, typed: str) -> str:
    """Return what was *typed* into *field* as the writing screen would keep it."""
    if field in {"title", "dek"}:
        return " ".join(typed.split())
    return line_ends.plain(typed) if field == "body" else typed.strip()


def values(revision: Revision | None) -> dict[str, str]:
    """Return the content of *revision* as a form would send it; nothing anywhere where there is none."""
    if revision is None:
        return dict.fromkeys(Revision.CONTENT, "")
    return {**revision.content, "hero": str(revision.hero_id or "")}


def ending(text: str) -> str:
    """Return the line ends that close *text*."""
    return text[len(text.rstrip("\n")) :]


def _merge_body(*texts: str) -> list[Part]:
    """Merge with every text's last line ended, so that to add a paragraph is no change of the one before."""
    return merge_text(*(f"{text.rstrip('\n')}\n" if text.strip("\n") else "" for text in texts))


@dataclass(frozen=True, slots=True)
class Question:
    """A place that both changed; `key` names it in forms."""

    key: str
    field: str
    clash: Clash

    @property
    def options(self) -> list[str]:
        """The answers there are: "both" where there are two texts, "hand" where there is text at all."""
        both = ["both"] if self.field == "body" and self.clash.theirs.strip() and self.clash.mine.strip() else []
        return ["theirs", "mine", *both, *([] if self.field in CHOICES else ["hand"])]

    def text(self, option: str, typed: str = "") -> str:
        """Return what stands here after the answer *option*; *typed* is what was written by hand."""
        if option == "hand":
            return self._ended(typed) if self.field == "body" else typed
        if option == "both":
            return f"{self.clash.theirs.rstrip('\n')}\n\n{self.clash.mine.lstrip('\n')}"
        return self.clash.theirs if option == "theirs" else self.clash.mine

    def _ended(self, typed):
        """Keep the line ends that part this passage from the next: a hand at work easily loses them."""
        written = normal("body", typed).rstrip("\n")
        sides = (self.clash.base, self.clash.theirs, self.clash.mine)
        return written + max(map(ending, sides)) if written else ""


class Merge:
    """What became of *base* in the revision *theirs* and in what was typed, *mine*, by the names of the fields.

    *base* may be None, where nobody knows from what was typed: then everything that differs is a question.
    """

    def __init__(self, base: Revision | None, theirs: Revision, mine: Mapping[str, str]):
        self.base, self.theirs = values(base), values(theirs)
        self.mine = {field: normal(field, mine.get(field, "")) for field in Revision.CONTENT}
        self.parts: dict[str, list[Part]] = {
            field: (_merge_body if field == "body" else merge_value)(
                self.base[field], self.theirs[field], self.mine[field]
            )
            for field in Revision.CONTENT
        }

    @cached_property
    def questions(self) -> dict[str, Question]:
        """What must be decided, by key, in the order of the page."""
        asked = [
            Question(f"{field}-{place}", field, clash)
            for field, parts in self.parts.items()
            for place, clash in enumerate(clashes(parts))
        ]
        return {question.key: question for question in asked}

    @property
    def taken(self) -> list[tuple[str, str, str, str]]:
        """The fields beside the body that only one changed, or both alike: name, who, old value, new value."""
        changed = [
            (field, part.text)
            for field, (part,) in ((field, parts) for field, parts in self.parts.items() if field != "body")
            if isinstance(part, Agreed) and part.text != self.base[field]
        ]
        return [(field, self._who(field), self.base[field], text) for field, text in changed]

    def content(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the merged content; *answers* hold the wanted text by question. Raises KeyError where one lacks."""
        merged = {
            field: resolve(parts, {place: answers[f"{field}-{place}"] for place in range(len(clashes(parts)))})
            for field, parts in self.parts.items()
        }
        return {**merged, "body": merged["body"].rstrip("\n") + self._ending()}

    def _ending(self):
        """Return the line ends that close the text: mine, unless I left them as they were."""
        base, theirs, mine = (ending(text["body"]) for text in (self.base, self.theirs, self.mine))
        return theirs if mine == base else mine

    def who(self, text: str, *, removed: bool = False) -> str:
        """Tell who changed a paragraph that now reads, or until it was *removed* read, *text*."""
        theirs, mine = ((set(text.splitlines()) <= known) != removed for known in self._lines)
        return "both" if theirs == mine else "theirs" if theirs else "mine"

    def _who(self, field):
        if self.theirs[field] == self.mine[field]:
            return "both"
        return "theirs" if self.mine[field] == self.base[field] else "mine"

    @cached_property
    def _lines(self):
        return set(self.theirs["body"].splitlines()), set(self.mine["body"].splitlines())
