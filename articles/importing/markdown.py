"""Markdown with YAML front matter, which may be left out."""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from frontmatter import YAMLHandler
from markdown_it import MarkdownIt

from articles.importing.document import BadDocument, Document

TEXTS = {"title", "dek", "film", "kind", "slug", "spoilers", "seo_title", "seo_description"}
LISTS = {"author": "authors", "authors": "authors", "topics": "topics"}
KEY = re.compile(r"""["']?(\w+)["']?\s*:""")
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
KINDS = {bool: "yes or no", int: "a number", float: "a number", list: "a list", dict: "keys and values"}

_parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def parse_markdown(text: str, source: str) -> Document:
    """Return the document that Markdown *text* is; a leading `# Title` is the title where front matter has none."""
    given, body, lines = _front_matter(text, source)
    fields: dict[str, Any] = dict(_field(key, raw, lines, source) for key, raw in given.items())
    if "author" in given and "authors" in given:
        raise BadDocument(source, "give “author” or “authors”, not both.", lines.get("authors"))
    heading, below = _heading(body)
    if heading and fields.get("title", "") in {heading, ""}:
        fields["title"], body = heading, below
        lines = {"title": text.count("\n", 0, text.rindex(below) - 1) + 1, **lines}
    lines = lines | {name: lines[key] for key, name in LISTS.items() if key in lines}
    return Document(**{"title": "", **fields}, source=source, body=body.strip(), lines=lines)


def _heading(body: str) -> tuple[str, str]:
    """Return the words of a `# Title` that opens *body*, and what is below; a title is plain text, without emphasis."""
    first, _, below = body.lstrip("\n").partition("\n")
    if not first.startswith("# "):
        return "", body
    inline = _parser.parse(first)[1].children or []
    return " ".join("".join(token.content for token in inline if token.type != "image").split()), below


def _front_matter(text: str, source: str) -> tuple[dict[Any, Any], str, dict[str, int]]:
    """Return what the front matter says, the text below it, and on which line each key stands."""
    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text, {}
    try:
        matter, body = handler.split(text)
    except ValueError:
        raise BadDocument(source, "the front matter that begins here has no closing “---”.", 1) from None
    above = text.count("\n", 0, text.find(matter))
    given = _yaml(matter, source, above)
    if given is not None and not isinstance(given, dict):
        raise BadDocument(source, "front matter is lines of “key: value”.", above + 2)
    return given or {}, body, _lines(matter, source, above)


def _yaml(matter: str, source: str, above: int) -> Any:
    """Return what *matter* says, read by the safe loader in Python: the one in C has no floor for nested brackets."""
    try:
        return yaml.load(matter, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        hint = "; put text with a colon in quotes" if "mapping values" in str(error.problem) else ""
        cause = f"front matter is not YAML: {error.problem or error.context}{hint}."
        raise BadDocument(source, cause, above + mark.line + 1 if mark else None) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise BadDocument(source, f"front matter is not YAML: {str(error).splitlines()[0]}.") from None


def _lines(matter: str, source: str, above: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(matter.split("\n"), start=above + 1):
        key = KEY.match(line)
        if key and key[1] in found:
            raise BadDocument(source, f"“{key[1]}” stands twice in front matter.", number)
        if key:
            found[key[1]] = number
    return found


def _field(key: Any, raw: Any, lines: Mapping[str, int], source: str) -> tuple[str, str | tuple[str, ...]]:
    """Return an entry of the front matter as a Document's field and its value."""
    line = lines.get(str(key))
    if key in TEXTS:
        return key, _text(key, raw, line, source)
    if key in LISTS:
        return LISTS[key], _texts(key, raw, line, source)
    known = ", ".join(sorted(TEXTS | set(LISTS)))
    raise BadDocument(source, f"“{str(key)[:60]}” is no key of front matter; known: {known}.", line)


def _text(key: str, raw: Any, line: int | None, source: str) -> str:
    if raw is not None and not isinstance(raw, str):
        kind = KINDS.get(type(raw), "a date" if hasattr(raw, "year") else "something else")
        raise BadDocument(source, f"“{key}” must be text, not {kind}; put it in quotes.", line)
    value = " ".join((raw or "").split())
    if CONTROL.search(value):
        raise BadDocument(source, f"“{key}” holds a control character.", line)
    return value


def _texts(key: str, raw: Any, line: int | None, source: str) -> tuple[str, ...]:
    values = [raw] if isinstance(raw, str) else raw or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadDocument(source, f"“{key}” must be text or a list of texts.", line)
    return tuple(dict.fromkeys(filter(None, (_text(key, value, line, source) for value in values))))
