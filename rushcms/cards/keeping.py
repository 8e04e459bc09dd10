"""Keeping cards: each in the storage for the month it was drawn in, under a name that only the site's key tells.

A name says of whom the card is and which picture is on it, so that it can go with either: `<kind>.<slug>.<picture>.…`.
"""

import logging
from collections.abc import Callable
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import Article
from films.models import Film, Image, Person
from rushcms.cards.drawing import drawn
from rushcms.cards.saying import Card, Kind

FOLDER = "cards"
LONGEST_SLUG = 150  # A file's name has 255 bytes on most systems.
SUBJECTS = {Article: Kind.ARTICLES, Film: Kind.FILMS, Person: Kind.PEOPLE}

logger = logging.getLogger(__name__)


def content(card: Card) -> bytes:
    """Return *card* as a JPEG: as it is kept, else drawn now and, where the storage takes it, kept from now on."""
    name = f"{FOLDER}/{_month()}/{_name(card)}"
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return _kept(card, name)


def clean() -> int:
    """Delete the cards of former months, and return how many; those still asked for are drawn again."""
    return sum(_deleted(month) for month in _months() if month != _month())


def forget(gone: Article | Film | Person | Image) -> None:
    """Delete, once it is certain, all cards of what is *gone*, or with that picture on them."""
    # Robust: what is deleted is no failure because a storage is out of order.
    transaction.on_commit(partial(_forget, _is_on(gone)), robust=True)


def _forget(is_meant: Callable[[str], bool]) -> None:
    for month in _months():
        _deleted(month, is_meant)


def _is_on(gone: Article | Film | Person | Image) -> Callable[[str], bool]:
    """Return what tells by a card's name whether it shows what is *gone*."""
    if isinstance(gone, Image):
        picture = str(gone.pk)
        return lambda name: name.split(".")[2:3] == [picture]
    beginning = _beginning(SUBJECTS[type(gone)], gone.slug)
    return lambda name: name.startswith(beginning)


def _kept(card: Card, name: str) -> bytes:
    picture = drawn(card)
    try:
        default_storage.save(name, ContentFile(picture))
    except Exception:  # Each storage has errors of its own.
        logger.exception("The card %s cannot be kept", name)
    return picture


def _name(card: Card) -> str:
    """Return the name of *card*; not its address, so that nobody finds there what its page shows no more."""
    secret = salted_hmac("rushcms.cards.keeping", card.fingerprint, algorithm="sha256").hexdigest()[:20]
    return f"{_beginning(card.kind, card.slug)}{card.picture.pk if card.picture else 0}.{secret}.jpg"


def _beginning(kind: str, slug: str) -> str:
    return f"{kind}.{slug[:LONGEST_SLUG]}."


def _month() -> str:
    return f"{timezone.now():%Y-%m}"


def _months() -> list[str]:
    return _listed(FOLDER)[0]


def _deleted(month: str, is_meant: Callable[[str], bool] | None = None) -> int:
    """Delete the cards of that *month*, or those that are meant, and return how many; a listing tells which."""
    names = list(filter(is_meant, _listed(f"{FOLDER}/{month}")[1]))
    for name in names:
        default_storage.delete(f"{FOLDER}/{month}/{name}")
    return len(names)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
