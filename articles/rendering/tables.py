"""Tables: columns aligned by class, and few cells that nobody typed."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_core import StateCore

# Cells of one text that short rows may lack. A row is filled up, so that two letters under a wide head would make
# hundreds of cells; a table ends where the text has had its share, and what comes after stands in plain sight.
LACKING = 2_000


def install(parser: MarkdownIt) -> None:
    """Teach *parser* tables of which the time to make them grows with the text alone."""
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("blockquote", "house_table_end", _ends, {"alt": ["blockquote"]})
    parser.core.ruler.push("house_cells", _align_by_class)


def _table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a table by the parser's own rule, which asks `_ends` before each row."""
    if not silent:
        state.env["columns"] = _cells(state, first)
    return table(state, first, end, silent)


def _ends(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Tell whether a table ends before the row on *line*, which lacks more cells than the text still may."""
    if not silent or state.parentType != "table":
        return False
    lacks = max(state.env["columns"] - _cells(state, line), 0)
    if lacks and state.env.get("lacking", 0) + lacks > LACKING:
        return True
    state.env["lacking"] = state.env.get("lacking", 0) + lacks
    return False


def _cells(state: StateBlock, line: int) -> int:
    """Return how many cells are typed on *line*."""
    text = getLine(state, line).strip().strip("|")
    return len(escapedSplit(text)) if "|" in text else 1


def _align_by_class(state: StateCore) -> None:
    """The content security policy allows no style attribute; a class says the same."""
    for token in state.tokens:
        style = token.attrs.pop("style", "") if token.type in {"th_open", "td_open"} else ""
        if style:
            token.attrSet("class", f"align-{str(style).removeprefix('text-align:')}")
