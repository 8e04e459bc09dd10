"""What a merge would do, told before it is done: a `Foreseen` is read off the very plan that the merge carries out."""

from dataclasses import dataclass

from films.moving import counted


class MergeRefused(Exception):
    """Two that cannot be merged; it says why, in words for the desk."""


class Unlike(MergeRefused):
    """Not two people, two films or two characters of one film; or twice the same."""


class Vanished(MergeRefused):
    """One of the two is no longer there, or has been changed just now."""


class Distinct(MergeRefused):
    """Somebody has settled that the two are different."""


class Impossible(MergeRefused):
    """What would be kept contradicts itself, such as a death before a birth."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of which the two say something different, in words; `taken` tells that the loser's is kept."""

    name: str
    label: str
    survivor: str
    loser: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A field that the survivor lacks and gets from the loser."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of one sort come to be the survivor's, and a few of them in words; `noun` is in the plural."""

    noun: str
    count: int
    shown: tuple[str, ...] = ()

    def __str__(self) -> str:
        return counted(self.count, self.noun)


@dataclass(frozen=True, slots=True)
class Together:
    """Two rows that become one: where, what both are there, and what the one says then.

    "Rush (1991)", "both are in the cast", "parts Dodd / Larry Dodd; billing 20".
    """

    about: str
    both: str
    kept: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """All that a merge would do; it would be refused for each of `refusals`. `names` are those the survivor gains."""

    choices: tuple[Choice, ...] = ()
    fills: tuple[Fill, ...] = ()
    moves: tuple[Moving, ...] = ()
    together: tuple[Together, ...] = ()
    names: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
