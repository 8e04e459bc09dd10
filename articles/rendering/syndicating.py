"""HTML for feed readers, which know neither our styles nor our switches: spoilers taken out, addresses made whole."""

from collections.abc import Mapping
from html.parser import HTMLParser

import nh3
from django.utils.html import format_html

from articles.rendering.sanitising import AWAY, BACK, TAGS

ATTRIBUTES = {"a": {"href", "title"}, "img": {"alt", "height", "src", "title", "width"}, "ol": {"start"}}
SITE_ONLY = {"details", "input", "picture", "section", "source", "span", "summary"}
WITHHELD = {
    ("span", "spoiler"): '<a href="{}">[spoiler: on the site]</a>',
    ("details", "spoiler-block"): '<p><a href="{}">A spoiler stands here; read it on the site.</a></p>',
}


def for_feeds(html: str, page: str) -> str:
    """Return the rendered *html* of the article at *page*, an absolute address, as any feed reader may show it.

    Each spoiler gives way to a link to the page, and so does a reference to a character marked as one, which rendering
    closes. Such a character's name typed without a reference stays: only the proofreader knows it for one.
    """
    reader = _Withholding(page)
    reader.feed(html)
    reader.close()
    cleaner = nh3.Cleaner(
        tags=TAGS - SITE_ONLY,
        # There are none left of either; should there be, nothing of them may get out.
        clean_content_tags={"details", "script", "style"},
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", page),
        link_rel=None,
    )
    return cleaner.clean("".join(reader.kept).translate(AWAY)).translate(BACK)


class _Withholding(HTMLParser):
    """Keeps HTML as it is, but for spoilers; it must be well-formed, as what the cleaner returns is."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=False)
        self.notes: Mapping[tuple[str, str | None], str] = {
            spoiler: format_html(note, page) for spoiler, note in WITHHELD.items()
        }
        self.kept: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        note = self.notes.get((tag, dict(attrs).get("class")))
        if self.inside:
            self.inside += [tag] * (tag == self.inside[0])
        elif note:
            self.inside.append(tag)
            self.kept.append(note)
        else:
            self.kept.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag, attrs):
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag):
        if not self.inside:
            self.kept.append(f"</{tag}>")
        elif tag == self.inside[0]:
            self.inside.pop()

    def handle_data(self, data):
        self._keep(data)

    def handle_entityref(self, name):
        self._keep(f"&{name};")

    def handle_charref(self, name):
        self._keep(f"&#{name};")

    def _keep(self, markup: str) -> None:
        if not self.inside:
            self.kept.append(markup)
