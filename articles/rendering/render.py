"""Rendering: Markdown in; HTML, plain text, headings, mentions and reading time out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.safestring import SafeString

from articles.rendering import footnotes, markdown, reading
from articles.rendering.headings import Heading, headings
from articles.rendering.resolving import Mentioned, Resolved, Text, resolve
from articles.rendering.sanitising import clean
from articles.rendering.targets import Target
from films.models import Film

WORDS_A_MINUTE = 230

_parser = markdown.build()


class Audience(Enum):
    """Who looks: editors see marks where something is broken, readers do not."""

    READERS = "readers"
    EDITORS = "editors"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body as readers get it.

    `text` is plain, safe for readers who want no spoilers, and the one source of every derived text; blocks are
    parted by an empty line, footnotes are left out. `reading_time` is in minutes, at least one. `mentions` come in
    the order of the text. `hidden` is what the spoilers say, for the proofreader alone; `broken` is what the text
    refers to in vain. `anchors` are what a link within the text may lead to, without the prefix of a page.
    """

    html: SafeString
    text: str
    toc: tuple[Heading, ...]
    words: int
    reading_time: int
    mentions: tuple[Mentioned, ...] = ()
    hidden: str = ""
    broken: frozenset[Target] = frozenset()
    anchors: frozenset[str] = frozenset()


def render(
    source: str, *, film: Film | None = None, audience: Audience = Audience.READERS, prefix: str = ""
) -> Rendered:
    """Return what *source* says about *film* to *audience*; any text renders, in time that grows with its length alone.

    Asks the database as often for a thousand references as for one of each kind, and not at all where there is none.
    *prefix* goes before every id, so that two articles can share a page.
    """
    return render_all([(source, film)], audience=audience, prefix=prefix)[0]


def render_all(
    pieces: Iterable[tuple[str, Film | None]], *, audience: Audience = Audience.READERS, prefix: str = ""
) -> list[Rendered]:
    """Return what `render` does for each of *pieces*, a source and its film, in as many queries as for one."""
    texts = [_parsed(source, film, audience, prefix) for source, film in pieces]
    return [_rendered(text, resolved) for text, resolved in zip(texts, resolve(texts), strict=True)]


def _parsed(source: str, film: Film | None, audience: Audience, prefix: str) -> Text:
    env: dict[str, Any] = {"marks": audience is Audience.EDITORS}
    if prefix:
        env["docId"] = prefix
    return Text(_parser.parse(source, env), env, film)


def _rendered(parsed: Text, resolved: Resolved) -> Rendered:
    tokens, env = parsed.tokens, parsed.env
    text, hidden = reading.read(tokens)
    words, toc, prefix = len(text.split()), tuple(headings(tokens)), env.get("docId", "")
    return Rendered(
        html=clean(_parser.renderer.render(tokens, _parser.options, env)),
        text=text,
        toc=toc,
        words=words,
        reading_time=max(1, round(words / WORDS_A_MINUTE)),
        mentions=resolved.mentions,
        hidden=hidden,
        broken=resolved.broken,
        anchors=frozenset({heading.id.removeprefix(prefix) for heading in toc}.union(footnotes.anchors(tokens))),
    )


def markdownify(source: str) -> str:
    """Return the HTML of *source* for editors: what django-markdownx calls."""
    return render(source, audience=Audience.EDITORS).html
