"""Joining names as a film's credits do: "A & B and C" says that A and B wrote together, and C after them.

That is the Writers Guild of America's rule (Screen Credits Manual, "&" and "and"), which credits of directors follow.
"""

from collections.abc import Sequence

from films.models import Credit, Joiner


def joins(joiners: Sequence[str]) -> list[str]:
    """Return what stands before each name in a line of text, given what the film joins it by; "" before the first.

    Where the film says nothing, names are a list as in a sentence, "A, B and C", and a team counts as one.
    """
    teams = [place for place, joiner in enumerate(joiners) if place == 0 or joiner != Joiner.AMPERSAND]
    said = []
    for place, joiner in enumerate(joiners):
        if place == 0:
            said.append("")
        elif joiner == Joiner.AMPERSAND:
            said.append(" & ")
        else:
            said.append(" and " if joiner == Joiner.AND or place == teams[-1] else ", ")
    return said


def listed(names: Sequence[str], joiners: Sequence[str] = ()) -> str:
    """Return *names* in one line of text: "A, B and C", or, given what joins them, "A & B and C"."""
    before = joins(joiners or [Joiner.NONE] * len(names))
    return "".join(f"{join}{name}" for join, name in zip(before, names, strict=True))


def joined(credits: Sequence[Credit]) -> list[tuple[str, Credit]]:
    """Return *credits*, in billing order, each with what stands before its name."""
    return list(zip(joins([credit.joiner for credit in credits]), credits, strict=True))
