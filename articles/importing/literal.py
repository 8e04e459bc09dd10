"""Plain text as Markdown that reads the same: escapes where the dialect would see a sign, and nowhere else."""

import re

# A sign is escaped only in the place where the parser would take it for one, so "5 * 3", "snake_case" and "[sic]" stay.
SIGNS = re.compile(
    r"""
      \\ (?= [!-/:-@\[-`{-~] | $ )                  # a backslash before a sign, or a hard break
    | `                                             # code
    | (?<=\S)\* | \*(?=\S)                          # emphasis
    | (?<![^\W_])_(?=\S) | (?<=\S)_(?![^\W_])       # the same, but not inside a word
    | ~(?=~) | (?<=~)~                              # strikethrough
    | \[(?=[\[^]) | \](?=[(:]) | \^(?=\[)         # links, references, definitions, footnotes
    | <(?=[^\s<>:@]+[:@][^\s<>]*>)                  # addresses that become links
    | &(?=\#?[0-9A-Za-z]{1,31};)                    # character references
    | \|(?=\|) | (?<=\|)\|                          # spoilers
    """,
    re.VERBOSE,
)
OPENERS = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|:::|[-=|:_\s]+$)")
NUMBER = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
CLOSING = re.compile(r"(?<!\S)(#+)$")


def literal_paragraph(lines: list[str]) -> str:
    """Return the Markdown of a paragraph that says *lines*."""
    return "\n".join(_line(line.strip()) for line in lines)


def literal_heading(line: str) -> str:
    """Return the Markdown of a second-level heading that says *line*."""
    return f"## {CLOSING.sub(r'\\\1', _signs(line.strip()))}"


def _line(line: str) -> str:
    if OPENERS.match(line):
        return f"\\{line[0]}{_signs(line[1:])}"
    if number := NUMBER.match(line):
        return f"{number[1]}\\{number[2]}{_signs(line[number.end() :])}"
    return _signs(line)


def _signs(text: str) -> str:
    return SIGNS.sub(r"\\\g<0>", text)
