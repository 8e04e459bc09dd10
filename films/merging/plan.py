"""Plans: what a merge will do, rows as they stand beside rows as they will, and what is told of that beforehand."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from copy import deepcopy
from typing import Any

from django.db.models import Model, QuerySet

from films.merging.foreseen import Choice, Fill, Foreseen, MergeRefused, Moving, Together
from films.models.fields import FoldedField
from films.moving import Columns, Move, Rows, columns, moves, taken_down

SHOWN = 3  # Rows of one sort that are named.


class Plan:
    """A merge that is thought through and not done: whoever plans reads rows, and changes, removes and makes them here.

    Nothing is written; `moves` are what has to be.
    """

    def __init__(self) -> None:
        self.before: Rows = {}
        self.after: dict[str, dict[int, Columns]] = defaultdict(dict)
        self.choices: list[Choice] = []
        self.fills: list[Fill] = []
        self.together: list[Together] = []
        self.names: list[str] = []
        self.refusals: list[MergeRefused] = []
        self.counts: Counter[str] = Counter()
        self.shown: dict[str, list[str]] = {}
        self._made = 0

    def read(self, rows: QuerySet, *, only: Collection[str] = ()) -> list[Columns]:
        """Return *rows* as they will be after what is planned so far, to be changed in place; none that will go.

        Of rows that are large, and stay, *only* the columns that may change have to be read, with the id.
        """
        found, after = taken_down(rows, only=only), self.after[_label(rows.model)]
        for (label, pk), row in found.items():
            if (label, pk) not in self.before:
                self.before[label, pk], after[pk] = row, deepcopy(row)
        return [after[pk] for _, pk in found if pk in after]

    def rows(self, model: type[Model], **known: Any) -> list[Columns]:
        """Return the rows of *model* that were read, or will be made, and will say what is *known* of them."""
        rows = self.after[_label(model)].values()
        return [row for row in rows if all(row[name] == value for name, value in known.items())]

    def remove(self, model: type[Model], row: Columns) -> None:
        """Let *row* go."""
        del self.after[_label(model)][row["id"]]

    def make(self, model: type[Model], **known: Any) -> None:
        """Make a row of *model*; what is not *known* of it is as it is by default."""
        self._made += 1
        self.after[_label(model)][-self._made] = columns(model(**known)) | {"id": -self._made}

    def fold(self, model: type[Model], row: Columns) -> None:
        """Compute anew what is searched and sorted by in *row*, which was changed."""
        for field in model._meta.concrete_fields:
            if isinstance(field, FoldedField):
                row[field.attname] = field.pre_save(model(**row), add=False)

    def tell(self, noun: str, told: Iterable[str] = (), count: int | None = None) -> None:
        """Tell that rows called *noun*, in the plural, move; a few of them in words."""
        words = list(told)
        self.counts[noun] += len(words) if count is None else count
        shown = self.shown.setdefault(noun, [])
        shown += words[: SHOWN - len(shown)]

    @property
    def moves(self) -> list[Move]:
        """What has to be written, as `films.moving.carry_out` takes it."""
        after = {(label, pk): row for label, rows in self.after.items() for pk, row in rows.items()}
        return moves(self.before, after)

    @property
    def foreseen(self) -> Foreseen:
        """The plan in words."""
        moving = tuple(Moving(noun, count, tuple(self.shown[noun])) for noun, count in self.counts.items() if count)
        refusals = tuple(map(str, self.refusals))
        names, together = tuple(dict.fromkeys(self.names)), tuple(self.together)
        return Foreseen(tuple(self.choices), tuple(self.fills), moving, together, names, refusals)


def _label(model: type[Model]) -> str:
    return model._meta.label_lower
