"""Parts: the roles that a cast's lines name, and the characters behind them."""

from collections import Counter

from django.db.models import PROTECT

from films import names
from films.models import Character, CharacterAddress, CharacterName, Department, Role


def set_roles(film, credits, lines):
    """Make the roles of *credits* those that *lines* name."""
    standing = list(Role.objects.filter(credit__film=film, credit__department=Department.CAST))
    linked = {(role.credit_id, role.label): role.character_id for role in standing}
    pairs = list(zip(credits, lines, strict=True))
    played = [(credit, line.parts) for credit, line in pairs if not line.as_self]
    new = [(credit.pk, label) for credit, parts in played for label in parts if not linked.get((credit.pk, label))]
    known = _characters(film, new, _rewritten(standing, played))
    wanted = {}
    for credit, line in pairs:
        for position, label in enumerate(line.parts, start=1):
            character = None if line.as_self else linked.get((credit.pk, label)) or known[names.called(label)]
            wanted[credit.pk, position, label, character] = Role(
                credit=credit, position=position, label=label, character_id=character
            )
    stale = [role.pk for role in standing if wanted.pop(_said(role), None) is None]
    Role.objects.filter(pk__in=stale).delete()
    Role.objects.bulk_create(wanted.values())


def relabel(character, *, was):
    """Let the parts that were labelled as *character* *was* called follow its name; other labels are the film's own."""
    roles = list(Role.objects.filter(credit__in=character.roles.values("credit")))
    taken = {(role.credit_id, role.label) for role in roles}
    for role in roles:
        same = role.character_id == character.pk and names.called(role.label) == names.called(was)
        if same and (role.credit_id, character.name) not in taken:
            Role.objects.filter(pk=role.pk).update(label=character.name)


def addresses_left(film):
    """Return the addresses by which texts still find characters of *film* that have others now."""
    return set(CharacterAddress.objects.filter(character__film=film).order_by().values_list("slug", flat=True))


def unmentioned():
    """Return the condition that nothing protects a character, whichever floor it stands on."""
    relations = Character._meta.related_objects
    return {relation.name: None for relation in relations if relation.on_delete is PROTECT}


def _rewritten(standing, played):
    """Return roles by (credit, new label) where the part in its place is written otherwise, and nobody else plays it.

    *played* is pairs of a credit and its labels.
    """
    actors = Counter(role.character_id for role in standing)
    labels = {(role.credit_id, role.label) for role in standing}
    before = {(role.credit_id, role.position): role for role in standing if actors[role.character_id] == 1}
    found = {}
    for credit, parts in played:
        for position, label in enumerate(parts, start=1):
            role = before.get((credit.pk, position))
            if role and role.character_id and role.label not in parts and (credit.pk, label) not in labels:
                found[credit.pk, label] = role
    return found


def _said(role):
    return role.credit_id, role.position, role.label, role.character_id


def _characters(film, new, rewritten):
    """Return the ids of the film's characters by folded name, with one for each of *new*, (credit, label).

    A character's own name goes before another's alias, then comes who was only *rewritten*; the rest is made.
    """
    own = list(film.characters.order_by("pk").values_list("name", "pk", "slug"))
    other = CharacterName.objects.filter(character__film=film).order_by("pk").values_list("text", "character")
    known = {}
    for name, character in [*((name, pk) for name, pk, _ in own), *other]:
        known.setdefault(names.called(name), character)
    wanted = {}
    for credit, label in new:
        if names.called(label) not in known:
            wanted.setdefault(names.called(label), (label, rewritten.get((credit, label))))
    renamed = {called: (role, label) for called, (label, role) in wanted.items() if role}
    _rename(renamed.values())
    labels = [label for label, role in wanted.values() if not role]
    made = _new_characters(film, labels, {slug for _, _, slug in own}) if labels else []
    kept = {called: role.character_id for called, (role, _) in renamed.items()}
    return known | kept | {names.called(character.name): character.pk for character in made}


def _rename(renamed):
    """Let characters that were called as their role was labelled be called by its new label; *renamed* is pairs."""
    characters = Character.objects.in_bulk([role.character_id for role, _ in renamed])
    changed = []
    for role, label in renamed:
        character = characters[role.character_id]
        if names.called(character.name) == names.called(role.label):
            character.name, character.folded = label, names.search_text(label)
            changed.append(character)
    if changed:
        Character.objects.bulk_update(changed, ["name", "folded"])


def _new_characters(film, labels, taken):
    """Make a character for each of *labels*, with addresses that are not *taken*, nor were another's."""
    made, taken = [], taken | addresses_left(film)
    for label in labels:
        slug = names.first_free([names.slug(label) or "character"], taken)
        taken.add(slug)
        made.append(Character(film=film, name=label, slug=slug))
    return Character.objects.bulk_create(made)
