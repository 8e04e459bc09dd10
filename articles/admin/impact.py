"""What a change of a film or a person leaves behind in articles: foreseen before it is saved, told after.

The films' admin asks whoever has registered, and so need not know that there are articles.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.impact import Replaced, Struck, replaced, struck
from films.admin.foreseeing import foresees
from films.admin.overtaking import mark

NAMED = 6  # Articles that a message names.
VALUES = 4  # Old values that it names.


@dataclass(frozen=True)
class Impact:
    """The articles that say what a change replaces; see `films.admin.foreseeing.Outlook`."""

    replaced: list[Replaced]
    struck: list[Struck]
    more: int

    template = "admin/articles/_impact.html"
    asks = "Look at what still says the old value, then save anyway."

    def accept(self, *, by) -> None:
        """Leave the articles to their authors."""

    @property
    def level(self) -> int:
        """How loudly it is told: what somebody has to edit, loudly."""
        return messages.WARNING if self.held else messages.INFO

    @property
    def key(self) -> str:
        """What the form sends back once its user has seen this: other values are other news."""
        return mark([[value.name, value.old, value.new] for value in self.replaced])

    @property
    def held(self) -> bool:
        """Whether somebody has something to edit; what follows by itself keeps nobody waiting."""
        return any(article.in_words for article in self.struck)

    @property
    def told(self) -> str:
        """What stands still, with the way to it."""
        waiting = [article for article in self.struck if article.in_words]
        if not waiting:
            return "Articles that refer to it show the new value now."
        named = format_html_join(
            ", ", '<a href="{}">{}</a>', [(_address(each), each.revision.title) for each in waiting[:NAMED]]
        )
        more = len(waiting[NAMED:]) + self.more
        said = "{} still say{} {}: {}{}."
        who, ending = ("This article", "s") if len(waiting) + self.more == 1 else ("These articles", "")
        return format_html(said, who, ending, _old(waiting), named, f" and {more} more" if more else "")


@foresees
def impact(change, *, user):
    """Return the Impact of *change*, None where no article says what it replaces."""
    values = replaced(change)
    articles, more = struck(change, values, user=user)
    return Impact(values, articles, more) if articles else None


def _old(waiting):
    """Return the old values that the articles *waiting* say in words, such as “1991”, “Dodd”."""
    typed = (piece for each in waiting for excerpt in each.excerpts for piece in excerpt.pieces)
    values = list(dict.fromkeys(f"“{piece.text}”" for piece in typed if piece.found and not piece.follows))
    return ", ".join(values[:VALUES]) + (" …" if values[VALUES:] else "")


def _address(struck: Struck) -> str:
    """Return where to edit the article, or where to read it for who may not."""
    if struck.editable:
        return reverse("admin:articles_article_change", args=[struck.article.pk])
    return struck.article.get_absolute_url()
