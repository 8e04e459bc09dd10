"""Merging films: two catalogue entries for one film become one, with all that is filed under either."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from films import names
from films.changes import FILM
from films.differences import in_words, label
from films.merging.characters import fall_together
from films.merging.checks import CHECK, hold_check
from films.merging.credits import join_credits
from films.merging.facts import unite_facts
from films.merging.following import follow
from films.merging.foreseen import Fill, Together
from films.merging.leading import lead_on
from films.merging.names import keep_names
from films.merging.plan import Plan
from films.merging.settled import hand_on
from films.models import Character, CharacterAddress, Credit, DistinctFilms, Film, FilmTitle, Person, TitleKind
from films.moving import Columns

FACTS = tuple(name for name in FILM if name not in CHECK)
UNCHECKED = "no longer, since not all that it says then was checked"
OURS = ("id", "slug", "sort_title", "disambiguation", "poster")  # Made here, and held to no source.


def plan_films(survivor: Film, loser: Film, taken: Collection[str]) -> Plan:
    """Return what merging *loser* into *survivor* will do."""
    plan = Plan()
    plan.read(Film.objects.filter(pk__in=[survivor.pk, loser.pk]))
    kept = unite_facts(plan, survivor, loser, FACTS, taken=taken)
    _hold_check(plan, kept, plan.rows(Film, id=loser.pk)[0])
    hand_on(plan, DistinctFilms, survivor, loser)
    _join_characters(plan, survivor, loser)
    _join_credits(plan, survivor, loser)
    plan.read(FilmTitle.objects.filter(film=survivor))
    follow(plan, Film, {loser.pk: survivor.pk}, but=(Character, Credit, DistinctFilms))
    titles = [loser.title, loser.original_title, survivor.title, survivor.original_title]
    own, kind = [kept["title"], kept["original_title"]], TitleKind.ALTERNATE
    keep_names(plan, FilmTitle, "film_id", survivor.pk, titles, own=own, kind=kind)
    lead_on(plan, survivor, loser, kept["slug"])
    plan.remove(Film, plan.rows(Film, id=loser.pk)[0])
    return plan


def _hold_check(plan: Plan, kept: Columns, gone: Columns) -> None:
    """Plan which check of its facts the survivor states, and tell where that is another than before."""
    before = plan.before[Film._meta.label_lower, kept["id"]]
    was, theirs, now = ([row[name] for name in FACTS if name not in OURS] for row in (before, gone, kept))
    hold_check(kept, gone, was=was, theirs=theirs, now=now)
    for name in CHECK:
        if kept[name] != before[name]:
            told = in_words(Film, name, kept[name]) if kept[name] else UNCHECKED
            plan.fills.append(Fill(name, label(Film, name), told))


def _join_credits(plan: Plan, survivor: Film, loser: Film) -> None:
    people = Person.objects.filter(pk__in=loser.credits.order_by().values("person")).in_bulk()
    join_credits(
        plan, "film_id", survivor.pk, loser.pk, other="person_id", about=lambda row: str(people[row["person_id"]])
    )


def _join_characters(plan: Plan, survivor: Film, loser: Film) -> None:
    """Plan that characters whom both films have are one, and that the others come along."""
    mine, theirs = (plan.read(Character.objects.filter(film=film)) for film in (survivor, loser))
    heirs = _heirs(mine, theirs, _addresses([survivor, loser]))
    told = {row["id"]: row["name"] for row in mine}
    for row in theirs:
        if row["id"] in heirs:
            plan.together.append(Together(row["name"], "both films have this character", told[heirs[row["id"]]]))
        else:
            row["film_id"] = survivor.pk
    plan.tell("characters", [row["name"] for row in theirs if row["id"] not in heirs])
    fall_together(plan, heirs)


def _addresses(films: Sequence[Film]) -> dict[int, list[str]]:
    """Return the former addresses of these films' characters, by character."""
    found = defaultdict(list)
    rows = CharacterAddress.objects.filter(character__film__in=films)
    for character, slug in rows.values_list("character", "slug"):
        found[character].append(slug)
    return found


def _heirs(mine: Sequence[Columns], theirs: Sequence[Columns], former: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """Return whom of *mine* those of *theirs* are who share an address, which texts use, or else a name.

    Of one name there may be several, so that by name each has an heir of its own, told from namesakes alike.
    """
    by_address = {slug: row["id"] for row in mine for slug in former.get(row["id"], ())}
    by_address |= {row["slug"]: row["id"] for row in mine}
    found = {}
    for row in theirs:
        slugs = [row["slug"], *former.get(row["id"], ())]
        if heir := next((by_address[slug] for slug in slugs if slug in by_address), None):
            found[row["id"]] = heir
    return found | _by_name(
        [row for row in mine if row["id"] not in found.values()], [row for row in theirs if row["id"] not in found]
    )


def _by_name(mine: Sequence[Columns], theirs: Sequence[Columns]) -> dict[int, int]:
    """Return whom of *mine* those of *theirs* are who are called alike, one for one."""
    free = defaultdict(list)
    for row in reversed(mine):
        free[_called(row)].append(row["id"])
    return {row["id"]: free[_called(row)].pop() for row in theirs if free[_called(row)]}


def _called(row: Columns) -> tuple[str, str]:
    return names.called(row["name"]), names.called(row["disambiguation"])
