"""Following: all that refers to a row that goes comes to refer to its heir, on whichever floor it stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Field, Model, UniqueConstraint

from films.merging.plan import Plan
from films.models import Change
from films.models.fields import FoldedField, OtherName
from films.moving import Columns, noun, references


def follow(plan: Plan, model: type[Model], heirs: Mapping[int, int], *, but: Collection[type[Model]] = ()) -> None:
    """Let what refers to rows of *model* refer to their *heirs*, ids by ids, except for the models of *but*.

    Where that would be there twice, one row stays: what it lacks it takes from the other, and a model of which more
    is to be said has `fall_together(kept, gone)`, which returns the columns of *kept* to change.
    """
    for user, field in references(model):
        if user not in but:
            only = (user._meta.pk.attname, field.attname) if user is Change else ()  # Its snapshots are large.
            rows = plan.read(user._base_manager.filter(**{f"{field.name}__in": heirs}), only=only)
            _hand_on(plan, user, field, rows, heirs)
            if not issubclass(user, OtherName):  # The plan names those that are gained.
                plan.tell(noun(user), count=len(rows))


def unite(model: type[Model], kept: Columns, gone: Columns) -> None:
    """Let *kept* say what it does not and *gone* does."""
    said = [field.attname for field in model._meta.concrete_fields if not isinstance(field, FoldedField)]
    kept.update({name: gone[name] for name in said if kept[name] in (None, "", [])})
    if hasattr(model, "fall_together"):
        kept.update(model.fall_together(kept, gone))


def _hand_on(plan: Plan, user: type[Model], field: Field, rows: Sequence[Columns], heirs: Mapping[int, int]) -> None:
    """Let each of *rows* refer to its heir, or fall together with a row that does already."""
    groups = _groups(user, field)
    twins = _twins(plan, user, field, rows, heirs)
    for row in rows:
        heir = heirs[row[field.attname]]
        keys = [_key(group, row, heir) for group in groups]
        twin = next((twins[key] for key in keys if key in twins), None)
        if twin:
            unite(user, twin, row)
            plan.remove(user, row)
        else:
            row[field.attname] = heir
            twins.update(dict.fromkeys(keys, row))


def _twins(
    plan: Plan, user: type[Model], field: Field, rows: Sequence[Columns], heirs: Mapping[int, int]
) -> dict[tuple, Columns]:
    """Return the rows that stand in the place of some of *rows* already, by what makes each the one it is."""
    found = {}
    for group in _groups(user, field) if rows else ():
        others = {f"{name}__in": {row[name] for row in rows} for name in group}
        standing = plan.read(user._base_manager.filter(**{f"{field.name}__in": set(heirs.values())}, **others))
        found.update({_key(group, row, row[field.attname]): row for row in standing})
    return found


def _key(group: Iterable[str], row: Columns, owner: int) -> tuple:
    """Return what of *row*, were it *owner*'s, no other may say."""
    return owner, *((name, row[name]) for name in group)


def _groups(model: type[Model], field: Field) -> list[tuple[str, ...]]:
    """Return the columns that, with *field*, no two rows of *model* may share."""
    unique = [rule.fields for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    together = [*unique, *model._meta.unique_together, *([(field.name,)] if field.unique else [])]
    names = [[name for name in group if name != field.name] for group in together if field.name in group]
    columns: dict[str, str] = {each.name: each.attname for each in model._meta.concrete_fields}
    return [tuple(columns[name] for name in group) for group in names]
