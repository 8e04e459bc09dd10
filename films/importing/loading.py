"""Loading records into the catalogue: what is new is added, what is empty is filled, what staff wrote stays."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from films import names
from films.billing import GAP, alphabetical
from films.changes import Snapshot, record_all, snapshots
from films.importing.records import CreditRecord, FilmRecord, PersonRecord
from films.models import ChangeAction, Character, Credit, Department, Film, Genre, Person, Precision, Role

# By IMDb's id: the rows that a batch of records is about.
type Films = Mapping[str | None, Film]
type People = Mapping[str | None, Person]


@transaction.atomic
def load(records: Sequence[FilmRecord], *, source: str) -> Counter[str]:
    """Put *records* into the catalogue, all or none, and count what was "added", "changed" or "unchanged" of films.

    The counts of "people added" and "credits added" come with them. A film, a person is found by IMDb's id alone.
    Credits are added, never changed or taken away; those of a film whose cast staff have entered come after theirs.
    Each film and person that is new or changed gets one Change, which names *source*.
    """
    told: dict[str, Any] = {"by": None, "action": ChangeAction.IMPORTED, "source": source}
    named: dict[str | None, PersonRecord]
    named = {credit.person.imdb_id: credit.person for record in records for credit in record.credits}
    films_before = _standing(Film, [record.imdb_id for record in records])
    people_before = _standing(Person, named)
    people, films = _people(named), _films(records)
    _genres([record for record in records if films[record.imdb_id].pk not in films_before], films)
    credits = _credits(records, films, people)
    record_all(list(people.values()), people_before, **told)
    changes = record_all(list(films.values()), films_before, **told)
    return Counter(
        {
            "added": len(films) - len(films_before),
            "changed": len(changes) - len(films) + len(films_before),
            "unchanged": len(films) - len(changes),
            "people added": len(people) - len(people_before),
            "credits added": credits,
        }
    )


def _standing(model: type[Film | Person], ids: Collection[str | None]) -> dict[int, Snapshot]:
    """Return the snapshots of the rows that are there, which nobody else changes until the batch is done.

    They are locked in the order of their numbers, so that two who need the same rows wait and never block each other.
    """
    rows = model._default_manager.select_for_update().filter(imdb_id__in=ids).order_by("pk")
    return snapshots(model, list(rows.values_list("pk", flat=True)))


def _people(wanted: Mapping[str | None, PersonRecord]) -> People:
    known = {person.imdb_id: person for person in Person.objects.filter(imdb_id__in=wanted)}
    late = [person for key, person in known.items() if _live(person, wanted[key])]
    Person.objects.bulk_update(late, ["born", "born_precision", "died", "died_precision"], batch_size=500)
    new = [_person(record) for key, record in wanted.items() if key not in known]
    slugs = names.free_slugs(Person.objects.all(), [person.slug_candidates() for person in new])
    for person, slug in zip(new, slugs, strict=True):
        person.slug = slug
    return known | {person.imdb_id: person for person in Person.objects.bulk_create(new, batch_size=500)}


def _person(record: PersonRecord) -> Person:
    person = Person(imdb_id=record.imdb_id, name=record.name, sort_name=names.sort_name(record.name))
    _live(person, record)
    return person


def _live(person: Person, record: PersonRecord) -> bool:
    """Fill in the years of life where they are not known, and fit; tell whether any was filled in."""
    changed = False
    for column, other, year in (("born", "died", record.born), ("died", "born", record.died)):
        known = getattr(person, other)
        fits = year and (known is None or (year <= known.year if column == "born" else year >= known.year))
        if getattr(person, column) is None and fits and year:
            # The last day for an end and the first for a beginning, so that the two of one year stand in order.
            setattr(person, column, date(year, 12, 31) if column == "died" else date(year, 1, 1))
            setattr(person, f"{column}_precision", Precision.YEAR)
            changed = True
    return changed


def _films(records: Sequence[FilmRecord]) -> Films:
    known = {film.imdb_id: film for film in Film.objects.filter(imdb_id__in=[each.imdb_id for each in records])}
    filled = [film for record in records if (film := known.get(record.imdb_id)) and _fill(film, record)]
    Film.objects.bulk_update(filled, ["original_title", "original_folded", "year", "runtime"], batch_size=500)
    new = [_film(record) for record in records if record.imdb_id not in known]
    directors: dict[str | None, str] = {record.imdb_id: _director(record) for record in records}
    wanted = [film.slug_candidates(director=directors[film.imdb_id]) for film in new]
    for film, slug in zip(new, names.free_slugs(Film.objects.all(), wanted), strict=True):
        film.slug = slug
    return known | {film.imdb_id: film for film in Film.objects.bulk_create(new, batch_size=500)}


def _film(record: FilmRecord) -> Film:
    film = Film(imdb_id=record.imdb_id, title=record.title, sort_title=names.sort_title(record.title))
    _fill(film, record)
    return film


def _fill(film: Film, record: FilmRecord) -> bool:
    """Fill in what *film* lacks; tell whether anything was."""
    lacking = {
        column: value
        for column in ("original_title", "year", "runtime")
        if (value := getattr(record, column)) and not getattr(film, column)
    }
    for column, value in lacking.items():
        setattr(film, column, value)
    film.original_folded = names.search_text(film.original_title)  # bulk_update asks no field for its value.
    return bool(lacking)


def _director(record: FilmRecord) -> str:
    directing = (each.person.name for each in record.credits if each.department == Department.DIRECTING)
    return next(directing, "")


def _genres(records: Sequence[FilmRecord], films: Films) -> None:
    """Give new films their genres; of others staff have chosen them."""
    wanted = {record.imdb_id: record.genres for record in records}
    known = {genre.slug: genre for genre in Genre.objects.all()}
    called = {names.slug(name): name for genres in wanted.values() for name in genres}
    new = [Genre(name=name[:60], slug=slug[:60]) for slug, name in called.items() if slug and slug[:60] not in known]
    known |= {genre.slug: genre for genre in Genre.objects.bulk_create(new)}
    link = Film.genres.through
    link.objects.bulk_create(
        link(film_id=films[key].pk, genre_id=known[slug].pk)
        for key, genres in wanted.items()
        for slug in dict.fromkeys(names.slug(name)[:60] for name in genres)
        if slug
    )


def _credits(records: Sequence[FilmRecord], films: Films, people: People) -> int:
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
    return person, department, "" if department == Department.CAST else job


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
                character=None if credit.as_self else characters[credit.film_id, _called(label)],
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
        known[character.film_id, _called(character.name)] = character
        taken[character.film_id].add(character.slug)
    new: dict[tuple[int, str], Character] = {}
    for film, label in labels:
        key = film, _called(label)
        if key not in known and key not in new:
            slug = names.first_free([names.slug(label) or "character"], taken[film])
            taken[film].add(slug)
            new[key] = Character(film_id=film, name=label, slug=slug)
    Character.objects.bulk_create(new.values(), batch_size=1000)
    return known | new


def _called(name: str) -> str:
    return names.fold(name) or name
