"""The Markdown dialect: CommonMark without HTML, with tables, footnotes, strikethrough, anchors and typography."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.footnote import footnote_plugin

from articles.rendering import pictures
from films import names

BACK = "Back to the text"


def build() -> MarkdownIt:
    """Return a parser of the dialect; it keeps no state between texts."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable(["table", "strikethrough", "replacements", "smartquotes"])
    parser.use(footnote_plugin)
    parser.core.ruler.push("house_headings", _lower_first_headings)
    parser.core.ruler.push("house_cells", _align_by_class)
    parser.use(anchors_plugin, min_level=2, max_level=4, slug_func=_anchor)
    parser.core.ruler.push("house_prefix", _prefix_anchors)
    pictures.install(parser)
    parser.add_render_rule("footnote_block_open", _footnotes_open)
    parser.add_render_rule("footnote_caption", _footnote_number)
    parser.add_render_rule("footnote_anchor", _footnote_back)
    return parser


def _anchor(title: str) -> str:
    """Name a heading; a name that a footnote may have gets another word before it."""
    anchor = names.slug(title) or "section"
    return f"section-{anchor}" if anchor.startswith("fn") else anchor


def _lower_first_headings(state: StateCore) -> None:
    """The page's own h1 is the title, so a `#` heading in the body is an h2."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"


def _align_by_class(state: StateCore) -> None:
    """The content security policy allows no style attribute; a class says the same."""
    for token in state.tokens:
        style = token.attrs.pop("style", "") if token.type in {"th_open", "td_open"} else ""
        if style:
            token.attrSet("class", f"align-{str(style).removeprefix('text-align:')}")


def _prefix_anchors(state: StateCore) -> None:
    """Two articles on one page must not share an id, nor an article with the page around it."""
    for token in state.tokens:
        if token.type == "heading_open" and token.attrGet("id"):
            token.attrSet("id", f"{state.env.get('docId', '')}{token.attrGet('id')}")


def _footnotes_open(renderer, tokens: list[Token], index: int, options, env) -> str:
    return '<section class="footnotes" aria-label="Footnotes"><ol>\n'


def _footnote_number(renderer, tokens: list[Token], index: int, options, env) -> str:
    return str(tokens[index].meta["id"] + 1)


def _footnote_back(renderer, tokens: list[Token], index: int, options, env) -> str:
    name = renderer.rules["footnote_anchor_name"](tokens, index, options, env)
    again = tokens[index].meta.get("subId", 0)
    target = f"{name}:{again}" if again else name
    return f' <a href="#fnref{target}" class="footnote-back" aria-label="{BACK}">\u21a9\ufe0e</a>'
