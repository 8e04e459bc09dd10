"""Reading files: every way a file can be wrong ends here, named."""

import re
from pathlib import Path

from articles import line_ends
from articles.importing.document import BadDocument, Document
from articles.importing.markdown import parse_markdown
from articles.importing.text import parse_text

LIMIT = 5 * 1024 * 1024  # bytes; the longest novels have four.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
PARSERS = {".md": parse_markdown, ".markdown": parse_markdown, ".txt": parse_text, ".text": parse_text, "": parse_text}


def read_document(path: Path) -> Document:
    """Return what the file at *path* says, read as its suffix tells; raise BadDocument."""
    source = str(path).encode(errors="replace").decode()
    parse = PARSERS.get(path.suffix.lower())
    text = _decode(_read(path, source), source)
    if parse is None:
        raise BadDocument(source, f"a “{path.suffix}” file is not read; give plain text (.txt) or Markdown (.md).")
    return parse(text, source)


def _read(path: Path, source: str) -> bytes:
    try:
        if not path.exists():
            raise BadDocument(source, "there is no such file.")
        if not path.is_file():
            raise BadDocument(source, "is a folder, not a file." if path.is_dir() else "is no ordinary file.")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise BadDocument(source, f"cannot be read: {error.strerror}.") from None
    if len(data) > LIMIT:
        raise BadDocument(source, f"is larger than {LIMIT // 1024**2} MB; an article is not.")
    return data


def _decode(data: bytes, source: str) -> str:
    """Return the text of a file with plain line ends, without a byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadDocument(source, "is UTF-16; save it as UTF-8.")
    if b"\0" in data:
        start = data.index(b"\0")
        raise BadDocument(source, f"is not text: there is a NUL at byte {start}.", _line(data, start))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        cause = f"is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}. Save it as UTF-8."
        raise BadDocument(source, cause, _line(data, error.start)) from None
    return _checked(line_ends.plain(text.removeprefix("\ufeff")), source)


def _checked(text: str, source: str) -> str:
    if odd := CONTROL.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        raise BadDocument(source, f"is not text: there is a control character, U+{ord(odd[0]):04X}.", line)
    if not text.strip():
        raise BadDocument(source, "is empty.")
    return text


def _line(data: bytes, offset: int) -> int:
    """Return the number of the line that holds the byte at *offset*, whatever the line ends."""
    return line_ends.plain(data[:offset].decode("latin-1")).count("\n") + 1  # Each byte is a character there.
