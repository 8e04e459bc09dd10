"""Links: each leads where readers can go, and says where."""

from collections.abc import Iterator

from articles.proofreading import markup
from articles.proofreading.copy import Copy
from articles.proofreading.destinations import ARTICLE, NEW, Destination, Problem, barred, destination
from articles.proofreading.findings import Finding, Level, Place
from films import names

PAGE = ("page:", "who-")  # What the page around the text calls its own parts.
SAYING_NOTHING = {
    *("here", "click here", "click", "this", "that", "it", "link", "this link", "the link", "a link", "this page"),
    *("more", "read more", "read here", "see here", "see more", "find out more", "learn more", "this article"),
}


def check_links(copy: Copy) -> Iterator[Finding]:
    """Find links to nothing on this site, in seven queries however many there are; other sites are not asked."""
    own = copy.article.slug if copy.article else ""
    led = {link: destination(link.address, own) for link in markup.read(copy.body).links}
    problems = barred({place for place in led.values() if place}, own=own)
    for link, place in led.items():
        problem = (problems.get(place) or _within(copy, place, own or NEW)) if place else None
        if not link.address:
            problem = Level.ERROR, "This link leads nowhere."
        if problem:
            level, message = problem
            where = Place("body", link.start, link.end)
            yield Finding("link-broken", level, message, where, copy.typed(where))


def check_words(copy: Copy) -> Iterator[Finding]:
    """Find links that do not say where they lead: "here", or an address as it is."""
    for link in markup.read(copy.body).links:
        place = Place("body", link.label, link.label_end)
        said = " ".join(names.fold(copy.visible["body"][link.label : link.label_end]).strip(" .,:;!?").split())
        if said in SAYING_NOTHING:
            message = "Say where the link leads: some readers hear links without the words around them."
            yield Finding("link-text", Level.NOTICE, message, place, copy.typed(place))
    for start, end in markup.read(copy.body).addresses:
        place = Place("body", start, end)
        message = "An address is no reading: write words, and link them to it."
        yield Finding("link-text", Level.NOTICE, message, place, copy.typed(place))


def _within(copy: Copy, place: Destination, own: str) -> Problem | None:
    """Say what is wrong with a link to a part of this very piece."""
    if (place.view, place.slug) != (ARTICLE, own) or not place.fragment or place.fragment.startswith(PAGE):
        return None
    if place.fragment in copy.rendered.anchors:
        return None
    return Level.ERROR, f"Nothing in this piece is called “#{place.fragment}”."
