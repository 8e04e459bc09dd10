"""The Markdown dialect: CommonMark without HTML, with tables, footnotes, typography, references and spoilers."""

from markdown_it import MarkdownIt

from articles.rendering import brackets, footnotes, headings, pictures, shown, spoilers, tables, targets, typography


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
    tables.install(parser)
    pictures.install(parser)
    shown.install(parser)
    return parser
