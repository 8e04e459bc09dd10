"""The Markdown dialect: CommonMark without HTML, with tables, footnotes, typography, references and spoilers."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from articles.rendering import brackets, footnotes, headings, pictures, shown, spoilers, targets, typography


def build() -> MarkdownIt:
    """Return a parser of the dialect; it keeps no state between texts."""
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"])
    typography.install(parser)
    footnotes.install(parser)
    brackets.install(parser)
    spoilers.install(parser)
    targets.install(parser)
    headings.install(parser)
    parser.core.ruler.push("house_cells", _align_by_class)
    pictures.install(parser)
    shown.install(parser)
    return parser


def _align_by_class(state: StateCore) -> None:
    """The content security policy allows no style attribute; a class says the same."""
    for token in state.tokens:
        style = token.attrs.pop("style", "") if token.type in {"th_open", "td_open"} else ""
        if style:
            token.attrSet("class", f"align-{str(style).removeprefix('text-align:')}")
