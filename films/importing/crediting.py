"""Crediting people on films as records say: what stands there stays, and what does not is added."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from films import names
from films.billing import GAP, alphabetical
from films.importing.records import CreditRecord, FilmRecord
from films.models import Character, CharacterAddress, Credit, Department, Film, Person, Role
from films.models.credit import DIRECTOR_JOBS

# By IMDb's id: the rows that a batch of records is about.
type Films = Mapping[str | None, Film]
type People = Mapping[str | None, Person]


def add_credits(records: Sequence[FilmRecord], films: Films, people: People) -> int:
    """Add the credits that are not there; return how many."""
    standing = defaultdict(set)
    for credit in Credit.objects.filter(film__in=[film.pk for film in films.values()]):
        standing[credit.film_id].add(_key(credit.person_id, credit.department, credit.job))
    new: list[tuple[Credit, tuple[str, ...]]] = []
    for record in records:
        film = films[record.imdb_id]
        new += _new_credits(film, record, people, standing[film.pk])
    Credit.objects.bulk_create([credit for credit, _ in new], batch_size=1000)
    _roles([(credit, parts) for credit, parts in new if parts])
    return len(new)


def _new_credits(film: Film, record: FilmRecord, people: People, standing: Collection[tuple]) -> list:
    """Return the credits of *record* that do not stand, each with its parts, the order of the cast where it has one."""
    cast = [credit for credit in record.credits if credit.department == Department.CAST]
    entered = any(department == Department.CAST for _, department, _ in standing)
    in_place = sorted(cast, key=lambda credit: credit.place)
    ordered = not entered and not alphabetical(credit.person.name for credit in in_place)
    found: dict[tuple, CreditRecord] = {}
    for credit in sorted(record.credits, key=lambda credit: credit.place):
        key = _key(people[credit.person.imdb_id].pk, credit.department, credit.job)
        found[key] = _joined(found[key], credit) if key in found else credit
    return [
        (_credit(film, key[0], credit, ordered=ordered or credit.department != Department.CAST), credit.parts)
        for key, credit in found.items()
        if key not in standing
    ]


def _credit(film: Film, person: int, record: CreditRecord, *, ordered: bool) -> Credit:
    return Credit(
        film=film,
        person_id=person,
        department=record.department,
        job=record.job,
        billing=GAP * record.place if ordered else None,
        as_self=record.as_self,
        archive_footage=record.archive_footage,
        source="IMDb",
    )


def _joined(first: CreditRecord, second: CreditRecord) -> CreditRecord:
    """Return one credit for two lines of one performer, as an actor and as themselves."""
    parts = tuple(dict.fromkeys([*first.parts, *second.parts]))
    return CreditRecord(
        first.person,
        first.department,
        first.place,
        first.job,
        parts,
        as_self=first.as_self and second.as_self,
        archive_footage=first.archive_footage and second.archive_footage,
    )


def _key(person: int, department: str, job: str) -> tuple[int, str, str]:
    """Return what makes a credit the one it is: in the cast the person, in the crew the job too."""
    same = department == Department.CAST or (department == Department.DIRECTING and job in DIRECTOR_JOBS)
    return person, department, "" if same else job


def _roles(credits: Sequence[tuple[Credit, tuple[str, ...]]]) -> None:
    """Give new cast credits their parts, and the parts their characters."""
    characters = _characters(
        [(credit.film_id, label) for credit, parts in credits if not credit.as_self for label in parts]
    )
    Role.objects.bulk_create(
        (
            Role(
                credit=credit,
                position=position,
                label=label,
                character=None if credit.as_self else characters[credit.film_id, names.called(label)],
            )
            for credit, parts in credits
            for position, label in enumerate(parts, start=1)
        ),
        batch_size=1000,
    )


def _characters(labels: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Character]:
    """Return the characters of *labels*, pairs of a film's number and a part, made where a film has none so called."""
    known: dict[tuple[int, str], Character] = {}
    taken = defaultdict(set)
    for character in Character.objects.filter(film__in={film for film, _ in labels}).order_by("-pk"):
        known[character.film_id, names.called(character.name)] = character
        taken[character.film_id].add(character.slug)
    for film, slug in CharacterAddress.objects.filter(character__film__in=taken).values_list("character__film", "slug"):
        taken[film].add(slug)
    new: dict[tuple[int, str], Character] = {}
    for film, label in labels:
        key = film, names.called(label)
        if key not in known and key not in new:
            slug = names.first_free([names.slug(label) or "character"], taken[film])
            taken[film].add(slug)
            new[key] = Character(film_id=film, name=label, slug=slug)
    Character.objects.bulk_create(new.values(), batch_size=1000)
    return known | new
