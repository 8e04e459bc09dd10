"""Merging people: one person's credits, names and all that speaks of them become another's."""

from collections.abc import Collection

from films.changes import PERSON
from films.merging.credits import join_credits
from films.merging.facts import unite_facts
from films.merging.following import follow
from films.merging.leading import lead_on
from films.merging.names import keep_names
from films.merging.plan import Plan
from films.merging.settled import hand_on
from films.models import Credit, DistinctPeople, Film, Person, PersonName, PersonNameKind
from films.moving import Columns


def plan_people(survivor: Person, loser: Person, taken: Collection[str]) -> Plan:
    """Return what merging *loser* into *survivor* will do."""
    plan = Plan()
    plan.read(Person.objects.filter(pk__in=[survivor.pk, loser.pk]))
    kept = unite_facts(plan, survivor, loser, PERSON, taken=taken)
    hand_on(plan, DistinctPeople, survivor, loser)
    _join_credits(plan, survivor, loser, kept)
    follow(plan, Person, {loser.pk: survivor.pk}, but=(Credit, DistinctPeople))
    names, alias = [loser.name, survivor.name], PersonNameKind.ALIAS
    keep_names(plan, PersonName, "person_id", survivor.pk, names, own=[kept["name"]], kind=alias)
    lead_on(plan, survivor, loser, kept["slug"])
    plan.remove(Person, plan.rows(Person, id=loser.pk)[0])
    return plan


def _join_credits(plan: Plan, survivor: Person, loser: Person, kept: Columns) -> None:
    films = Film.objects.filter(pk__in=loser.credits.order_by().values("film")).in_bulk()
    join_credits(
        plan,
        "person_id",
        survivor.pk,
        loser.pk,
        other="film_id",
        about=lambda row: str(films[row["film_id"]]),
        named=loser.name if loser.name != kept["name"] else "",
    )
