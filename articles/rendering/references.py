"""References and facts, and where they stand in a source."""

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from articles.rendering import markdown
from articles.rendering.scanning import CANDIDATE, marks
from articles.rendering.targets import Reference, Target, read, stands

__all__ = ["Reference", "Target", "references_in"]

LINE_END = re.compile(r"\r\n?|\n")

_outline = markdown.build()
_outline.core.ruler.enableOnly(["normalize", "block", "house_spoilers"])


def references_in(source: str) -> list[Reference]:
    """Return the references of *source* in order, at their places in it as typed; what stands in code is none."""
    if "[[" not in source:
        return []
    state = StateCore(source, _outline, {})
    _outline.core.process(state)
    lines = [0, *(end.end() for end in LINE_END.finditer(source)), len(source)]
    return sorted(_placed(source, lines, state), key=lambda reference: reference.start)


def _placed(source: str, lines: list[int], state: StateCore) -> Iterator[Reference]:
    """Find what each paragraph refers to again on the lines that it came from; the cells of a row share theirs."""
    read_to: dict[int, int] = {}
    for token in state.tokens:
        if not token.map or token.type not in {"inline", "cast"} or "[[" not in token.content:
            continue
        first, end = token.map[0], lines[min(token.map[1], len(lines) - 1)]
        typed = CANDIDATE.finditer(source, read_to.get(first, lines[first]), end)
        for markup, refers in _candidates(token, state):
            match = next((each for each in typed if _alike(each[0], markup)), None)
            if match is None:
                break
            read_to[first] = match.end()
            if refers:
                yield read(match[0], match.start(), alone=token.type == "cast")


def _candidates(token: Token, state: StateCore) -> Iterator[tuple[str, bool]]:
    """Yield all that looks like a reference, and whether it is one: code and CommonMark's links may look so too."""
    if token.type == "cast":
        yield token.content, True
        return
    inline = StateInline(token.content, state.md, state.env, [])
    refer = {mark.start() for mark in marks(token.content) if mark["reference"] and stands(inline, mark)}
    for match in CANDIDATE.finditer(token.content):
        yield match[0], match.start() in refer


def _alike(typed: str, parsed: str) -> bool:
    """Tell whether the parser made *parsed* of *typed*: it reads bars of cells and NUL in its own way."""
    return typed.replace("\\|", "|").replace("\0", "\ufffd") == parsed.replace("\\|", "|")
