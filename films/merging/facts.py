"""Facts of two rows that become one: what the survivor says stays, what it lacks is filled, the rest is chosen."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model

from films.changes import PICTURES
from films.dates import known
from films.differences import in_words, label
from films.merging.foreseen import Choice, Fill, Impossible
from films.merging.plan import Plan
from films.models import Precision
from films.moving import Columns

# What goes with a field and means nothing without it.
PRECISIONS = {"born": "born_precision", "died": "died_precision"}
# What goes with a field as long as the two differ in that.
SHAPES = {"name": ("sort_name", "name_order"), "title": ("sort_title",)}


def unite_facts(plan: Plan, survivor: Model, loser: Model, names: Sequence[str], *, taken: Collection[str]) -> Columns:
    """Plan what the fields *names* of *survivor* will say, *taken* those that the loser's value is kept of.

    Both rows have to be read. Returns the survivor as it will be; where it contradicts itself, the plan is refused.
    """
    model = type(survivor)
    kept, gone = (plan.rows(model, id=row.pk)[0] for row in (survivor, loser))
    for name in _asked(model, names, kept, gone):
        columns = _together(model, name, kept, gone)
        if _value(kept, columns) == _value(gone, columns) or _empty(gone, columns):
            continue
        new = in_words_of(model, loser, name, gone)
        if _empty(kept, columns):
            plan.fills.append(Fill(name, label(model, name), new))
        else:
            old, take = in_words_of(model, survivor, name, kept), name in taken
            plan.choices.append(Choice(name, label(model, name), old, new, take))
            if not take:
                continue
        kept.update({column: gone[column] for column in [*columns, *SHAPES.get(name, ())] if column in kept})
    plan.fold(model, kept)
    plan.refusals += _contradictions(model, kept)
    return kept


def in_words_of(model: type[Model], row: Model, name: str, said: Columns) -> str:
    """Return what *row*, of which *said* are the columns, says under *name*, as the desk shows it."""
    if name in PICTURES:
        return str(getattr(row, name))
    if name in PRECISIONS:
        return known(date.fromisoformat(said[name]), Precision(said[PRECISIONS[name]]))
    return in_words(model, name, said[name])


def _asked(model: type[Model], names: Sequence[str], kept: Columns, gone: Columns) -> Iterator[str]:
    """Return the fields to compare: not those that go along with another in which the two differ."""
    going = {shape for name, shapes in SHAPES.items() if kept.get(name) != gone.get(name) for shape in shapes}
    going |= set(PRECISIONS.values())
    return (name for name in names if name != "id" and name not in going)


def _together(model: type[Model], name: str, kept: Columns, gone: Columns) -> list[str]:
    """Return the columns that one choice decides."""
    field: Any = model._meta.get_field(name)
    return [field.attname, *([PRECISIONS[name]] if name in PRECISIONS else [])]


def _value(row: Columns, columns: Sequence[str]) -> list[Any]:
    return [row[column] for column in columns]


def _empty(row: Columns, columns: Sequence[str]) -> bool:
    return row[columns[0]] in (None, "", [])


def _contradictions(model: type[Model], kept: Columns) -> Iterator[Impossible]:
    """Say which rules of the database *kept* would break."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    row = model(**{name: fields[name].to_python(value) for name, value in kept.items()})
    for rule in rules:
        try:
            rule.validate(model, row)
        except ValidationError as error:
            yield Impossible(error.messages[0])
