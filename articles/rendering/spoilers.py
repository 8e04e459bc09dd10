"""Spoilers: `||one in a line||`, and blocks from `::: spoiler How it ends` to `:::`; both hold any Markdown."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from articles.rendering import scanning

DEEPEST = (
    20  # Spoilers in spoilers; beyond it a block hides in the one around it, since HTML that deep is slow to read.
)
FENCE = re.compile(r":{3,}+[ \t]*+(?:(?P<spoiler>spoiler)(?:[ \t]++(?P<label>.*+))?+)?", re.IGNORECASE)
SWITCH = '<input type="checkbox" class="spoiler__switch" aria-label="Show spoiler">'
SPOILER_START = f'<span class="spoiler">{SWITCH}<span class="spoiler__text">'
SPOILER_END = "</span></span>"
# Tokens after which words are hidden, and those after which they are so no longer; a block's label stands before.
OPENING = {"spoiler_open", "spoiler_body"}
CLOSING = {"spoiler_close", "spoiler_block_close"}


def install(parser: MarkdownIt) -> None:
    """Teach *parser* both kinds of spoilers."""
    parser.inline.add_terminator_char("|")
    parser.inline.ruler.before("link", "house_spoiler", _inline)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "house_spoiler_fence", _fence, {"alt": interrupts})
    parser.core.ruler.after("block", "house_spoilers", _pair_fences)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)


def standing(tokens: Iterable[Token], *, hidden: bool = False) -> Iterator[tuple[Token, bool]]:
    """Yield *tokens* and whether each stands in a spoiler, or is one; *hidden* says that they all do."""
    depth = int(hidden)
    for token in tokens:
        depth += (token.type in OPENING) - (token.type in CLOSING)
        yield token, depth > 0 or "spoils" in token.meta


def leaves(tokens: Iterable[Token], *, hidden: bool = False) -> Iterator[tuple[Token, bool]]:
    """Yield, as `standing` does, *tokens* and all that they hold, the words of pictures' descriptions too."""
    for token, inside in standing(tokens, hidden=hidden):
        yield token, inside
        if token.children:
            yield from leaves(token.children, hidden=inside)


def spoiler(html: str) -> str:
    """Return *html* as a closed spoiler in a line."""
    return f"{SPOILER_START}{html}{SPOILER_END}"


def wrapped(tokens: list[Token], *, label: Token | None = None) -> list[Token]:
    """Return *tokens* inside a spoiler block."""
    return [*_opening(label), *tokens, _block("spoiler_block_close", -1)]


def _inline(state: StateInline, silent: bool) -> bool:
    """Read a run of bars: those that open a spoiler with all that it holds, others as the bars they are."""
    if state.src[state.pos] != "|":
        return False
    pairs = _pairs(state)
    if (closing := pairs.get(state.pos, state.posMax)) < state.posMax:
        return _spoiler(state, closing, silent)
    end = state.pos
    while end < state.posMax and state.src[end] == "|" and (end == state.pos or end not in pairs):
        end += 1
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _spoiler(state: StateInline, closing: int, silent: bool) -> bool:
    if not silent:
        end, state.posMax = state.posMax, closing
        state.push("spoiler_open", "span", 1)
        state.pos += 2
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "span", -1)
        state.posMax = end
    state.pos = closing + 2
    return True


def _pairs(state: StateInline) -> dict[int, int]:
    """Return the pairs of bars of the whole paragraph, found once."""
    known: dict[str, dict[int, int]] = state.env.setdefault("spoilers", {})
    if state.src not in known:
        known[state.src] = scanning.spoilers(state.src)
    return known[state.src]


def _fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Note a line that opens or closes a block; `_pair_fences` pairs them when all are there."""
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if state.is_code_block(start_line) or not state.src.startswith(":::", start):
        return False
    match = FENCE.fullmatch(state.src, start, end)
    if match and not silent:
        token = state.push("spoiler_fence", "", 0)
        token.map = [start_line, start_line + 1]
        token.info, token.content = match["spoiler"] or "", (match["label"] or "").strip()
        token.markup = match[0].strip()
        state.line = start_line + 1
    return bool(match)


def _pair_fences(state: StateCore) -> None:
    """Make blocks of the noted lines: each ends at its `:::`, at the latest with the quote, item or note it is in."""
    tokens: list[Token] = []
    depth = 0  # Of spoilers.
    open_ones: list[int] = [0]  # How many of them each container around holds.
    for token in state.tokens:
        if token.type == "spoiler_fence":
            step, made = _step(token, depth, open_ones[-1])
            depth, open_ones[-1] = depth + step, open_ones[-1] + step
            tokens += made
            continue
        if token.nesting < 0:
            tokens += _closings(depth, open_ones[-1])
            depth -= open_ones.pop()
        tokens.append(token)
        if token.nesting > 0:
            open_ones.append(0)
    state.tokens = tokens + _closings(depth, open_ones[-1])


def _step(fence: Token, depth: int, here: int) -> tuple[int, list[Token]]:
    """Return how much deeper it goes after *fence*, and what stands for it; *here* blocks wait to be closed."""
    if fence.info:
        return 1, _opening(_inline_token(fence, fence.content)) if depth < DEEPEST else []
    if here:
        return -1, _closings(depth, 1)
    return 0, [_block("paragraph_open", 1, "p"), _inline_token(fence, fence.markup), _block("paragraph_close", -1, "p")]


def _opening(label: Token | None) -> list[Token]:
    labelled = [label] if label and label.content else []
    opening = _block("spoiler_block_open", 1)
    opening.meta["labelled"] = bool(labelled)
    return [opening, *labelled, _block("spoiler_body", 0)]


def _closings(depth: int, count: int) -> list[Token]:
    """Return what closes the innermost *count* of *depth* spoilers, of which those past the deepest have no HTML."""
    return [_block("spoiler_block_close", -1) for level in range(depth, depth - count, -1) if level <= DEEPEST]


def _block(kind: str, nesting: Literal[-1, 0, 1], tag: str = "details") -> Token:
    return Token(kind, tag, nesting, block=True)


def _inline_token(fence: Token, content: str) -> Token:
    return Token("inline", "", 0, content=content, map=fence.map, children=[], block=True)


def _open(renderer, tokens: list[Token], index: int, options, env) -> str:
    start = "Spoiler: " if tokens[index].meta["labelled"] else "Spoiler"
    return f'<details class="spoiler-block"><summary class="spoiler-block__label">{start}'


RULES = {
    "spoiler_open": lambda *_: SPOILER_START,
    "spoiler_close": lambda *_: SPOILER_END,
    "spoiler_block_open": _open,
    "spoiler_body": lambda *_: "</summary>\n",
    "spoiler_block_close": lambda *_: "</details>\n",
}
