"""Judgements of what is different: who is not the loser is not the survivor either."""

from django.db.models import Model, Q

from films.merging.foreseen import Distinct
from films.merging.plan import Plan
from films.models.settled import Distinct as Pair


def hand_on(plan: Plan, model: type[Pair], survivor: Model, loser: Model) -> None:
    """Plan that the survivor is settled as different from whom the loser is; where that is the survivor, refuse it."""
    rows = plan.read(model._default_manager.filter(Q(first=loser.pk) | Q(second=loser.pk)))
    others = {row["id"]: row["first_id"] if row["second_id"] == loser.pk else row["second_id"] for row in rows}
    if survivor.pk in others.values():
        plan.refusals.append(Distinct(f"{survivor} and {loser} are settled as different. Take that back first."))
        return
    known = Q(first=survivor.pk, second__in=others.values()) | Q(second=survivor.pk, first__in=others.values())
    standing = plan.read(model._default_manager.filter(known)) if rows else []
    there = {row["first_id"] for row in standing} | {row["second_id"] for row in standing}
    for row in rows:
        if others[row["id"]] in there:
            plan.remove(model, row)
        else:
            row["first_id"], row["second_id"] = sorted((survivor.pk, others[row["id"]]))
