"""Footnotes: `[^1]` and `^[in the line]`; those that only spoilers lead to, or hold, are spoilers themselves."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from articles.rendering import spoilers

BACK = "Back to the text"
MARK = re.compile(r"\[\^[^\s\[\]]+\]")


def install(parser: MarkdownIt) -> None:
    """Teach *parser* footnotes: the plugin's syntax, gathered at the end by rules of our own."""
    parser.use(footnote_plugin)
    parser.inline.ruler.at("footnote_ref", _mark)
    parser.core.ruler.at("footnote_tail", _gather)
    parser.add_render_rule("footnote_block_open", _open)
    parser.add_render_rule("footnote_caption", _number)
    parser.add_render_rule("footnote_anchor", _back)


def _mark(state: StateInline, silent: bool) -> bool:
    """Read `[^1]`; the plugin's rule would look for its end through the whole paragraph, again and again."""
    return bool(MARK.match(state.src, state.pos, state.posMax)) and footnote_ref(state, silent)


def _gather(state: StateCore) -> None:
    """Move what the footnotes say to the end of the text, in the order in which it leads to them."""
    if "footnotes" not in state.env:
        return
    notes = _Notes(state)
    state.tokens = notes.text
    if notes.cited:
        listed = [token for number in notes.cited for token in notes.item(number)]
        state.tokens += [Token("footnote_block_open", "", 1), *listed, Token("footnote_block_close", "", -1)]


def anchors(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the ids of the footnotes and of the marks that lead to them, without the prefix of a page."""
    for token in tokens:
        if token.type in {"footnote_open", "footnote_anchor"}:
            number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
            kind = "fn" if token.type == "footnote_open" else "fnref"
            yield f"{kind}{number}:{again}" if again else f"{kind}{number}"


class _Notes:
    """The text without its footnotes, what each of these says, and which of them readers may see."""

    def __init__(self, state: StateCore):
        self.cited: dict[int, dict] = state.env["footnotes"].get("list", {})
        self.text: list[Token] = []
        self.said: dict[str, list[Token]] = {}
        self.secret: set[str] = set()
        self._part(state.tokens)
        self.shown = self._within_sight()

    def item(self, number: int) -> Iterator[Token]:
        """Return the tokens of one line of the list."""
        yield self._token("footnote_open", 1, number)
        said = [*self._body(number)]
        last = [said.pop()] if said and said[-1].type == "paragraph_close" else []
        count = max(self.cited[number].get("count", 0), 1)
        said += [*(self._token("footnote_anchor", 0, number, again) for again in range(count)), *last]
        yield from said if number in self.shown else spoilers.wrapped(said)
        yield self._token("footnote_close", -1, number)

    def _part(self, tokens: Iterable[Token]) -> None:
        """Part text and footnotes, which may stand in each other; one that stands in a spoiler is secret."""
        around = [self.text]
        labels = []
        for token, hidden in spoilers.standing(tokens):
            if token.type == "footnote_reference_open":
                labels.append(token.meta["label"])
                around.append([])
                if hidden:
                    self.secret.add(token.meta["label"])
            elif token.type == "footnote_reference_close":
                self.said[labels.pop()] = around.pop()
            else:
                around[-1].append(token)

    def _within_sight(self) -> set[int]:
        """Return the footnotes that the text leads to without a spoiler opened, through others too."""
        shown: set[int] = set()
        new = self._leads(self.text)
        while new:
            shown |= new
            new = {further for number in new for further in self._leads(self._body(number))} - shown
        return shown

    def _leads(self, tokens: Iterable[Token]) -> set[int]:
        marks = (token for token, hidden in spoilers.leaves(tokens) if token.type == "footnote_ref" and not hidden)
        return {mark.meta["id"] for mark in marks if mark.meta.get("label") not in self.secret}

    def _body(self, number: int) -> list[Token]:
        note = self.cited[number]
        if "tokens" not in note:
            return self.said.get(note["label"], [])
        words = Token("inline", "", 0, content=note["content"], children=note["tokens"])
        return [Token("paragraph_open", "p", 1, block=True), words, Token("paragraph_close", "p", -1, block=True)]

    def _token(self, kind: str, nesting: Literal[-1, 0, 1], number: int, again: int = 0) -> Token:
        return Token(kind, "", nesting, meta={"id": number, "subId": again, "label": self.cited[number].get("label")})


def _open(renderer, tokens: list[Token], index: int, options, env) -> str:
    return '<section class="footnotes" aria-label="Footnotes"><ol>\n'


def _number(renderer, tokens: list[Token], index: int, options, env) -> str:
    return str(tokens[index].meta["id"] + 1)


def _back(renderer, tokens: list[Token], index: int, options, env) -> str:
    name = renderer.rules["footnote_anchor_name"](tokens, index, options, env)
    again = tokens[index].meta.get("subId", 0)
    target = f"{name}:{again}" if again else name
    return f' <a href="#fnref{target}" class="footnote-back" aria-label="{BACK}">\u21a9\ufe0e</a>'
