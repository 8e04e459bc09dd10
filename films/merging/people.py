"""Merging people: one person's credits, names and all that speaks of them become another's."""

from collections.abc import Collection, Sequence

from films.changes import PERSON
from films.checking.evidence import near, squeezed
from films.merging.credits import join_credits
from films.merging.facts import unite_facts
from films.merging.following import follow
from films.merging.foreseen import Choice
from films.merging.leading import lead_on
from films.merging.names import keep_names
from films.merging.plan import Plan
from films.merging.settled import hand_on
from films.models import Credit, DistinctPeople, Film, Person, PersonName, PersonNameKind
from films.moving import Columns, counted
from films.names import fold


def plan_people(survivor: Person, loser: Person, taken: Collection[str], *, credited: bool | None = None) -> Plan:
    """Return what merging *loser* into *survivor* will do.

    *credited* says whether credits that move, and name nobody, stay credited as the loser; None leaves that to how far
    the two names differ.
    """
    plan = Plan()
    plan.read(Person.objects.filter(pk__in=[survivor.pk, loser.pk]))
    kept = unite_facts(plan, survivor, loser, PERSON, taken=taken)
    hand_on(plan, DistinctPeople, survivor, loser)
    moved = _join_credits(plan, survivor, loser)
    if loser.name != kept["name"]:
        _keep_credited(plan, moved, loser.name, kept["name"], credited)
    follow(plan, Person, {loser.pk: survivor.pk}, but=(Credit, DistinctPeople))
    names, alias = [loser.name, survivor.name], PersonNameKind.ALIAS
    keep_names(plan, PersonName, "person_id", survivor.pk, names, own=[kept["name"]], kind=alias)
    lead_on(plan, survivor, loser, kept["slug"])
    plan.remove(Person, plan.rows(Person, id=loser.pk)[0])
    return plan


def _join_credits(plan: Plan, survivor: Person, loser: Person) -> list[Columns]:
    films = Film.objects.filter(pk__in=loser.credits.order_by().values("film")).in_bulk()
    return join_credits(
        plan, "person_id", survivor.pk, loser.pk, other="film_id", about=lambda row: str(films[row["film_id"]])
    )


def _keep_credited(plan: Plan, moved: Sequence[Columns], was: str, name: str, credited: bool | None) -> None:
    """Plan, as *credited* decides, that of the lines *moved* those that name nobody say whose they were."""
    bare = [row for row in moved if not row["credited_as"] and not row["uncredited"]]
    if not bare:
        return
    stay = not _slip(was, name) if credited is None else credited
    again = ", and are to be checked again" if any(row["verified_on"] for row in bare) else ""
    lines, old = f"the other one’s {counted(len(bare), 'credits')}", f"stay credited as {was}{again}"
    plan.choices.append(Choice("credited_as", lines, f"shown as {name}", old, stay))
    for row in bare if stay else ():
        row.update(credited_as=was, verified_on=None)


def _slip(one: str, other: str) -> bool:
    """Tell whether two names may be one that was typed in two ways, so that no screen need have shown the other."""
    one, other = fold(one), fold(other)
    return squeezed(one) == squeezed(other) or near(one, other)
