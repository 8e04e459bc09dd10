"""Merging films: two catalogue entries for one film become one, with all that is filed under either."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from films import names
from films.changes import FILM
from films.merging.characters import fall_together
from films.merging.credits import join_credits
from films.merging.facts import unite_facts
from films.merging.following import follow
from films.merging.foreseen import Together
from films.merging.leading import lead_on
from films.merging.names import keep_names
from films.merging.plan import Plan
from films.merging.settled import hand_on
from films.models import Character, CharacterAddress, Credit, DistinctFilms, Film, FilmTitle, Person, TitleKind
from films.moving import Columns


def plan_films(survivor: Film, loser: Film, taken: Collection[str]) -> Plan:
    """Return what merging *loser* into *survivor* will do."""
    plan = Plan()
    plan.read(Film.objects.filter(pk__in=[survivor.pk, loser.pk]))
    kept = unite_facts(plan, survivor, loser, FILM, taken=taken)
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
    """Return whom of *mine* those of *theirs* are who share an address, which texts use, or else a name."""
    by_address = {slug: row["id"] for row in mine for slug in former.get(row["id"], ())}
    by_address |= {row["slug"]: row["id"] for row in mine}
    by_name = {_called(row): row["id"] for row in reversed(mine)}
    found = {}
    for row in theirs:
        slugs = [row["slug"], *former.get(row["id"], ())]
        heir = next((by_address[slug] for slug in slugs if slug in by_address), by_name.get(_called(row)))
        if heir:
            found[row["id"]] = heir
    return found


def _called(row: Columns) -> str:
    return names.fold(row["name"]) or row["name"]
