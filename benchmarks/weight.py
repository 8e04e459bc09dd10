"""What a reader's browser loads for the sample article: `python -m benchmarks.weight`."""

import gzip
import re
from pathlib import Path

import brotli
from django.contrib.staticfiles.finders import find
from django.test import Client

from benchmarks.measuring import show
from benchmarks.site import sample_site

PAGE = "/articles/rush-1991-explained/"
ASSET = re.compile(r'(?:href|src)="/static/([^"]+)"')
FACE = re.compile(r'url\("\.\./(fonts/[^"]+)"\)[^}]*unicode-range: ([^;]+);')


def main():
    """Weigh the page, its stylesheets, scripts and fonts as they travel."""
    with sample_site():
        page = Client().get(PAGE).content
    assets = {name: Path(find(name)).read_bytes() for name in dict.fromkeys(ASSET.findall(page.decode()))}
    for style in [text.decode() for name, text in assets.items() if name.endswith(".css")]:
        assets |= {name: Path(find(name)).read_bytes() for name in faces(style, page.decode())}
    kinds = {"HTML": [page]} | {kind: gather(assets, ends) for kind, ends in KINDS.items()}
    rows = [(kind, len(files), *weigh(files)) for kind, files in kinds.items()]
    totals = ["all", *(sum(row[place] for row in rows) for place in range(1, 5))]
    show(["kB", "files", "plain", "gzip", "brotli"], [*rows, totals])


def faces(style, text):
    """Return the font files of *style* that a browser fetches for *text*: those with any of its letters."""
    letters = set(map(ord, text)) - {ord("\n")}
    return [name for name, ranges in FACE.findall(style) if any(letters & reach(each) for each in ranges.split(", "))]


def reach(written):
    """Return the code points of a range as CSS writes it: `U+20-7E`, `U+A0`."""
    first, _, last = written.removeprefix("U+").partition("-")
    return set(range(int(first, 16), int(last or first, 16) + 1))


KINDS = {"CSS": (".css",), "fonts": (".woff2",), "scripts": (".js",), "icon": (".svg",)}


def gather(assets, ends):
    """Return the files whose names end so."""
    return [content for name, content in assets.items() if name.endswith(ends)]


def weigh(files):
    """Return kilobytes plain, gzipped, and with brotli; fonts are compressed already."""
    ways = [lambda content: content, gzip.compress, brotli.compress]
    return [sum(min(len(way(content)), len(content)) for content in files) / 1000 for way in ways]


if __name__ == "__main__":
    main()
