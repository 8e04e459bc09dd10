"""The one cleaner through which all HTML made from an editor's text passes."""

import nh3
from django.utils.safestring import SafeString

CLASSES = {
    "a": {"footnote-back", "reference", "reference--film"},
    "details": {"spoiler-block"},
    "figure": {"picture"},
    "input": {"spoiler__switch"},
    "section": {"footnotes"},
    "span": {"broken", "credit", "picture-missing", "spoiler", "spoiler__text"},
    "summary": {"spoiler-block__label"},
    "sup": {"footnote-ref"},
    "table": {"cast-table"},
    "td": {"align-center", "align-left", "align-right"},
    "th": {"align-center", "align-left", "align-right"},
}
ATTRIBUTES = {
    "a": {"aria-label", "data-card", "href", "id", "title"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "img": {"alt", "decoding", "height", "loading", "sizes", "src", "srcset", "title", "width"},
    "li": {"id"},
    "ol": {"start"},
    "section": {"aria-label"},
    "source": {"sizes", "srcset"},
}
# An input is the switch of a spoiler and nothing else.
VALUES = {
    "input": {"type": {"checkbox"}, "aria-label": {"Show spoiler"}},
    "source": {"type": {"image/avif", "image/webp"}},
}
TAGS = {
    *("a", "blockquote", "br", "caption", "cite", "code", "details", "em", "figcaption", "figure", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "img", "input", "li", "ol", "p", "picture", "pre", "s", "section", "source", "span", "strong"),
    *("summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=VALUES,
    allowed_classes=CLASSES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


# Writing a long text, nh3 takes time by the square of what it holds of U+0080 to U+00BF (quotes «», spaces, ©). There
# they pass it as letters of a private plane; none of them means anything to HTML.
LONG = 50_000
AWAY = {code: 0x10F000 + code for code in range(0x80, 0xC0)}
BACK = {there: code for code, there in AWAY.items()}


def clean(html: str) -> SafeString:
    """Return *html* with nothing in it but the tags, attributes and addresses above; the only maker of safe strings."""
    if len(html) < LONG:
        return SafeString(_cleaner.clean(html))
    return SafeString(_cleaner.clean(html.translate(AWAY)).translate(BACK))
