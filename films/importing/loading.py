"""Loading records into the catalogue: what is new is added, what is empty is filled, what staff wrote stays."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from films import names
from films.changes import Snapshot, record_all, snapshots
from films.importing.crediting import Films, People, add_credits
from films.importing.recognising import same_films, same_people
from films.importing.records import FilmRecord, PersonRecord
from films.models import (
    ChangeAction,
    Credit,
    Department,
    Film,
    Genre,
    Person,
    Precision,
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a batch did: how many films it "added", "changed" or left "unchanged", whom it added, how many credits."""

    films: Counter[str]
    people: Collection[str]
    credits: int


@transaction.atomic
def load(records: Sequence[FilmRecord], *, source: str) -> Loaded:
    """Put *records* into the catalogue, all or none, and tell what that did.

    A film, a person is found by IMDb's id; one without any is recognised as `films.importing.recognising` says, and
    gets the id. Credits are added, never changed or taken away; those of a film whose cast staff have entered come
    after theirs. Each film and person that is new or changed gets one Change, which names *source*.
    """
    told: dict[str, Any] = {"by": None, "action": ChangeAction.IMPORTED, "source": source}
    named: dict[str | None, PersonRecord]
    named = {credit.person.imdb_id: credit.person for record in records for credit in record.credits}
    films_before = _standing(Film, _maybe_films(records))
    people_before = _standing(Person, _maybe_people(named, films_before))
    films = _films(records, films_before)
    people = _people(records, named, films, films_before, people_before)
    _genres([record for record in records if films[record.imdb_id].pk not in films_before], films)
    credits = add_credits(records, films, people)
    record_all(list(people.values()), people_before, **told)
    changes = record_all(list(films.values()), films_before, **told)
    added = sum(film.pk not in films_before for film in films.values())
    counts = {"added": added, "changed": len(changes) - added, "unchanged": len(films) - len(changes)}
    newcomers = [key for key, person in people.items() if key and person.pk not in people_before]
    return Loaded(Counter(counts), newcomers, credits)


def _maybe_films(records: Sequence[FilmRecord]) -> Q:
    titles = {record.title for record in records}
    return Q(imdb_id__in=[record.imdb_id for record in records]) | Q(imdb_id=None, title__in=titles)


def _maybe_people(named: Collection[str | None], films: Collection[int]) -> Q:
    credited = Credit.objects.filter(film__in=list(films)).order_by().values("person")
    return Q(imdb_id__in=named) | Q(imdb_id=None, pk__in=credited)


def _standing(model: type[Film | Person], which: Q) -> dict[int, Snapshot]:
    """Return the snapshots of the rows that are there, which nobody else changes until the batch is done.

    They are locked in the order of their numbers, so that two who need the same rows wait and never block each other.
    """
    rows = model._default_manager.select_for_update().filter(which).order_by("pk")
    return snapshots(model, list(rows.values_list("pk", flat=True)))


def _people(
    records: Sequence[FilmRecord],
    wanted: Mapping[str | None, PersonRecord],
    films: Films,
    films_before: Mapping[int, Snapshot],
    people_before: Mapping[int, Snapshot],
) -> People:
    standing = Person.objects.in_bulk(list(people_before))
    known: dict[str | None, Person] = {each.imdb_id: each for each in standing.values() if each.imdb_id}
    nameless = {pk: person for pk, person in standing.items() if not person.imdb_id}
    unknown = [_without(record, known) for record in records]
    known |= _identified(same_people(unknown, films, nameless, films_before))
    late = [person for key, person in known.items() if _live(person, wanted[key]) or person.pk in nameless]
    Person.objects.bulk_update(late, ["imdb_id", "born", "born_precision", "died", "died_precision"], batch_size=500)
    new = [_person(record) for key, record in wanted.items() if key not in known]
    slugs = names.free_slugs(Person.objects.all(), [person.slug_candidates() for person in new])
    for person, slug in zip(new, slugs, strict=True):
        person.slug = slug
    return known | {person.imdb_id: person for person in Person.objects.bulk_create(new, batch_size=500)}


def _without(record: FilmRecord, known: Collection[str | None]) -> FilmRecord:
    """Return *record* with the credits of those alone who are not *known*."""
    credits = tuple(credit for credit in record.credits if credit.person.imdb_id not in known)
    return replace(record, credits=credits)


def _identified[Row: Film | Person](rows: dict[str | None, Row]) -> dict[str | None, Row]:
    """Give each of *rows* the id by which it stands there."""
    for key, row in rows.items():
        row.imdb_id = key
    return rows


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


def _films(records: Sequence[FilmRecord], before: Mapping[int, Snapshot]) -> Films:
    standing = Film.objects.in_bulk(list(before)).values()
    known: dict[str | None, Film] = {film.imdb_id: film for film in standing if film.imdb_id}
    unknown = [record for record in records if record.imdb_id not in known]
    same = _identified(same_films(unknown, [film for film in standing if not film.imdb_id], before))
    known |= same
    filled = [film for record in records if (film := known.get(record.imdb_id)) and _fill(film, record)]
    late = {film.pk: film for film in [*filled, *same.values()]}.values()
    Film.objects.bulk_update(late, ["imdb_id", "original_title", "original_folded", "year", "runtime"], batch_size=500)
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
