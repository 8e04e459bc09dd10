"""Keeping cards: each in the storage under its fingerprint, the former ones of the same page away."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from rushcms.cards.drawing import drawn
from rushcms.cards.saying import Card

FOLDER = "cards"
KINDS = ("articles", "films", "people")
AGE = timedelta(days=30)


def content(card: Card) -> bytes:
    """Return *card* as a JPEG: as it is kept, else drawn now and kept from now on."""
    name = f"{_folder(card)}/{card.fingerprint}.jpg"
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return _kept(card, name)


def clean(*, before: datetime | None = None) -> int:
    """Delete the cards kept since *before* (30 days ago unless told), and return how many; they are drawn again."""
    before = before or timezone.now() - AGE
    old = [name for kind in KINDS for name in _kept_names(kind) if default_storage.get_modified_time(name) < before]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _kept(card: Card, name: str) -> bytes:
    picture = drawn(card)
    for former in _files(_folder(card)):
        default_storage.delete(former)
    default_storage.save(name, ContentFile(picture))
    return picture


def _folder(card: Card) -> str:
    return f"{FOLDER}/{card.kind}/{card.slug}"


def _kept_names(kind: str) -> list[str]:
    folders = _listed(f"{FOLDER}/{kind}")[0]
    return [name for folder in folders for name in _files(f"{FOLDER}/{kind}/{folder}")]


def _files(folder: str) -> list[str]:
    return [f"{folder}/{name}" for name in _listed(folder)[1]]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
