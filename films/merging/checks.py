"""Checks: which source, and which day of checking, one row still states that was made of two."""

from typing import Any

from films.moving import Columns

CHECK = ("source", "verified_on")  # One unit: on that day the row was held to that source.


def hold_check(kept: Columns, gone: Columns, *, was: Any, theirs: Any, now: Any) -> None:
    """Let *kept* state no check of anything that was not checked.

    *was* and *theirs* are what the two rows stated, *now* is what *kept* does. Where that is just what the loser
    stated, its check is of that, unless the survivor has its own; else what is new was not checked with the rest.
    """
    bare = not any(kept[name] for name in CHECK)
    if now == theirs and (bare or (now != was and gone["verified_on"])):
        kept.update({name: gone[name] for name in CHECK})
    elif now != was:
        kept["verified_on"] = None
