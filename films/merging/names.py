"""Names of two rows that become one: nothing by which the loser was found is lost."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from films.merging.plan import Plan


def keep_names(
    plan: Plan, model: type[Model], owner: str, pk: int, called: Iterable[str], *, own: Collection[str], **known: Any
) -> None:
    """Plan that the survivor *pk* has each of *called* as another name too, of the kind that is *known*.

    *owner* is the column of *model* that says whose a name is; the loser's other names have to be the survivor's by
    now. What is among its *own* names is no other name.
    """
    before = {row["text"] for (label, _), row in plan.before.items() if label == _label(model) and row[owner] == pk}
    for row in plan.rows(model, **{owner: pk}):
        if row["text"] in own:
            plan.remove(model, row)
    texts = {row["text"] for row in plan.rows(model, **{owner: pk})}
    for text in dict.fromkeys(called):
        if text and text not in texts and text not in own:
            plan.make(model, text=text, **{owner: pk}, **known)
    plan.names += [row["text"] for row in plan.rows(model, **{owner: pk}) if row["text"] not in before]


def _label(model: type[Model]) -> str:
    return model._meta.label_lower
