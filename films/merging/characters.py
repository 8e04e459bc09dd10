"""Merging characters of one film: their roles, names and addresses become one's."""

from collections.abc import Collection, Mapping

from films.changes import CHARACTER
from films.merging.facts import unite_facts
from films.merging.following import follow, unite
from films.merging.names import keep_names
from films.merging.plan import Plan
from films.models import Character, CharacterAddress, CharacterName, CharacterNameKind

FACTS = tuple(name for name in CHARACTER if name != "spoils")


def plan_characters(survivor: Character, loser: Character, taken: Collection[str]) -> Plan:
    """Return what merging *loser* into *survivor*, of the same film, will do."""
    plan = Plan()
    plan.read(Character.objects.filter(pk__in=[survivor.pk, loser.pk]))
    unite_facts(plan, survivor, loser, FACTS, taken=taken)
    fall_together(plan, {loser.pk: survivor.pk})
    return plan


def fall_together(plan: Plan, heirs: Mapping[int, int]) -> None:
    """Plan that characters, which have been read, become one with their *heirs*, ids by ids.

    What an heir does not say it takes from them; it spoils where one of them does, answers to all their names, and
    references in texts find it by all their addresses.
    """
    plan.read(CharacterName.objects.filter(character__in=heirs.values()))
    plan.read(CharacterAddress.objects.filter(character__in=heirs.values()))
    follow(plan, Character, heirs)
    for pk, heir in heirs.items():
        _become_one(plan, pk, heir)


def _become_one(plan: Plan, pk: int, heir: int) -> None:
    gone, kept = plan.rows(Character, id=pk)[0], plan.rows(Character, id=heir)[0]
    was = plan.before[Character._meta.label_lower, heir]
    plan.remove(Character, gone)
    unite(Character, kept, gone)
    kept["spoils"] = kept["spoils"] or gone["spoils"]
    called, alias = [gone["name"], was["name"]], CharacterNameKind.ALIAS
    keep_names(plan, CharacterName, "character_id", heir, called, own=[kept["name"]], kind=alias)
    _keep_addresses(plan, heir, {gone["slug"], was["slug"]}, own=kept["slug"])


def _keep_addresses(plan: Plan, heir: int, left: Collection[str], *, own: str) -> None:
    """Plan that *heir* is found by the addresses that were *left*, too; by its *own* it is found anyway."""
    there = plan.rows(CharacterAddress, character_id=heir)
    for row in there:
        if row["slug"] == own:
            plan.remove(CharacterAddress, row)
    for slug in sorted({*left} - {own, *(row["slug"] for row in there)}):
        plan.make(CharacterAddress, character_id=heir, slug=slug)
