"""Pictures in prose: `![description](image:42 "caption")`."""

import re
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from articles.rendering.reading import described
from films import pictures
from films.models import Image

REFERENCE = re.compile(r"image:(\d{1,18})")


def install(parser: MarkdownIt) -> None:
    """Teach *parser* to show pictures: `env["images"]` holds them by id, `env["marks"]` tells to mark missing ones."""
    parser.core.ruler.push("house_figures", _stand_alone)
    parser.add_render_rule("image", _picture)


def wanted(tokens: Iterable[Token]) -> set[int]:
    """Return the ids of the pictures that *tokens* refer to."""
    return {number for token in tokens if token.type == "image" and (number := _id(token)) is not None}


def shown(token: Token, env: dict[str, Any]) -> Image | None:
    """Return the picture that an image token shows, if there is one."""
    number = _id(token)
    return None if number is None else env["images"].get(number)


def _id(token: Token) -> int | None:
    match = REFERENCE.fullmatch(str(token.attrGet("src")))
    return int(match[1]) if match else None


def _stand_alone(state: StateCore) -> None:
    """A picture alone in its paragraph becomes a figure, which may not stand inside a `p`."""
    for before, inline, after in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        children = inline.children or []
        alone = before.type == "paragraph_open" and len(children) == 1 and children[0].type == "image"
        if alone and _id(children[0]) is not None:
            before.hidden = after.hidden = True
            children[0].meta["figure"] = True


def _picture(renderer, tokens: list[Token], index: int, options, env) -> str:
    token = tokens[index]
    source, alt = str(token.attrGet("src")), described(token.children or [])
    if not source.startswith("image:"):
        return _elsewhere(source, alt, str(token.attrGet("title") or ""))
    image = shown(token, env)
    if image is None:
        return _missing(source.removeprefix("image:"), alt, marks=env["marks"])
    return _shown(image, alt, str(token.attrGet("title") or ""), figure=token.meta.get("figure", False))


def _elsewhere(address: str, alt: str, title: str) -> str:
    """Show a picture of this site; one from another becomes a link, since the page may not load it."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
        return f'<a href="{escape(address)}">{escape(alt or address)}</a>'
    titled = f' title="{escape(title)}"' if title else ""
    return f'<img src="{escape(address)}" alt="{escape(alt)}"{titled}>'


def _missing(number: str, alt: str, *, marks: bool) -> str:
    if marks:
        return f'<span class="broken">There is no picture {escape(number)}: {escape(alt)}</span>'
    return f'<span class="picture-missing">{escape(alt)}</span>' if alt else ""


def _shown(image: Image, alt: str, caption: str, *, figure: bool) -> str:
    shown = render_to_string("_picture.html", pictures.shown(image, "prose", alt=alt)).strip()
    if not figure:
        return shown
    lines = escape(caption or image.caption)
    credit = f'<span class="credit">{escape(image.credit_line)}</span>' if image.credit_line else ""
    text = f"<figcaption>{' '.join(part for part in (lines, credit) if part)}</figcaption>" if lines or credit else ""
    return f'<figure class="picture">{shown}{text}</figure>\n'
