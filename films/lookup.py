"""Resolving many references at once, in few queries."""

from collections.abc import Collection

from films.models import Image


def images(ids: Collection[int]) -> dict[int, Image]:
    """Return the pictures with these *ids*, by id, in one query (none where nothing is asked)."""
    return Image.objects.in_bulk(ids) if ids else {}
