r"""Reading the tables that IMDb publishes: tab-separated UTF-8 with a header, `\N` for nothing, and no quoting.

Source: https://developer.imdb.com/non-commercial-datasets/
"""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

NOTHING = "\\N"
LONGEST = 64 * 1024  # Bytes in a line; the longest that IMDb publishes has a few thousand.

type Row = dict[str, str]


class Unreadable(Exception):
    """A file that is none of IMDb's tables, or breaks off; the message names it and the line."""


class BrokenLine(Exception):
    """A line that cannot be used; the message says why."""


def table(folder: Path, name: str) -> Path:
    """Return the file of the table *name* in *folder*, plain or gzipped; raises Unreadable where there is none."""
    for path in (folder / f"{name}.tsv", folder / f"{name}.tsv.gz"):
        if path.is_file():
            return path
    raise Unreadable(f"{folder} has no {name}.tsv and no {name}.tsv.gz.")


def lines(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Row | BrokenLine]]:
    """Yield each line's number, from 2 on, with its values by column, or with what is wrong with it.

    Holds one line at a time. Raises Unreadable where the header lacks one of *columns*, or the file breaks off.
    """
    number = 1
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            header = _cells(file.readline(LONGEST))
            if missing := [column for column in columns if column not in header]:
                raise Unreadable(f"{path.name}, line 1: there is no column “{missing[0]}”.")
            for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), start=2):
                yield number, _row(line, header)
    except BrokenLine as broken:
        raise Unreadable(f"{path.name}, line 1: {broken}") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(f"{path.name} breaks off after line {number}: {error}") from None


def _row(line: bytes, header: list[str]) -> Row | BrokenLine:
    try:
        cells = _cells(line)
    except BrokenLine as broken:
        return broken
    if len(cells) != len(header):
        return BrokenLine(f"{len(cells)} columns instead of {len(header)}.")
    return {column: "" if cell == NOTHING else cell for column, cell in zip(header, cells, strict=True)}


def _cells(line: bytes) -> list[str]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise BrokenLine("It is not UTF-8.") from None
    if "\0" in text:
        raise BrokenLine("It holds a NUL character.")
    return text.rstrip("\r\n").split("\t")
