"""Numbers that arrive as text, from addresses and forms."""

from typing import Any


def row_number(text: Any) -> int | None:
    """Return the number of a row that *text* gives, None where it gives none or one that no row can have."""
    given = str(text)
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None
