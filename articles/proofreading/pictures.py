"""Pictures: a description for those who cannot see them, and a credit for those who made them."""

import re
from collections.abc import Iterator

from articles.proofreading import markup
from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.markup import Picture
from articles.rendering import pictures
from films import lookup
from films.models import Image

UNSEEN = "Readers who cannot see this picture are told nothing of it: describe it."
UNCREDITED = "This picture has no credit line; give it one where the picture is kept."
UNKNOWN = "There is no such picture: readers see nothing here."
HERO = Place("hero", 0, 0)


def check_pictures(copy: Copy) -> Iterator[Finding]:
    """Find pictures without a description, without a credit line, and those that are not there."""
    found = markup.read(copy.body).pictures
    numbers = {picture: int(match[1]) for picture in found if (match := pictures.REFERENCE.fullmatch(picture.address))}
    images = lookup.images(set(numbers.values()))
    for picture in found:
        yield from _check(copy, picture, images.get(numbers.get(picture, 0)))
    if copy.hero and not copy.hero.alt.strip():
        yield Finding("image-alt", Level.ERROR, "The hero has no description; give it one where it is kept.", HERO)
    if copy.hero and not copy.hero.credit_line.strip():
        yield Finding("image-credit", Level.WARNING, UNCREDITED, HERO)


def _check(copy: Copy, picture: Picture, image: Image | None) -> Iterator[Finding]:
    place, text = Place("body", picture.start, picture.end), copy.body[picture.start : picture.end]
    if not picture.alt:
        yield Finding("image-alt", Level.ERROR, UNSEEN, place, text, _described(text, image))
    if image is None and picture.address.startswith("image:"):
        yield Finding("link-broken", Level.ERROR, UNKNOWN, place, text)
    if image and not image.credit_line.strip():
        yield Finding("image-credit", Level.WARNING, UNCREDITED, place, text)


def _described(text: str, image: Image | None) -> str | None:
    """Return the Markdown *text* of a picture with the description that is kept with the picture, if one is."""
    if image is None or not image.alt.strip():
        return None
    alt = re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", " ".join(image.alt.split()))
    return re.sub(r"!\[\s*\]", lambda _: f"![{alt}]", text, count=1)
