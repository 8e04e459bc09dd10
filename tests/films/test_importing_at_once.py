"""A table that is imported while somebody else changes what it names."""

import csv
import time
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.db import connection, transaction

from films.exporting import credits_csv
from films.importing.credited import import_table
from films.models import Film, Person
from tests.factories import make_credit, make_film, make_person

LONGEST = 30  # Seconds.


@pytest.fixture
def importing(transactional_db):
    """Return a function that imports a file in another thread, and returns once that waits for somebody's lock."""
    with ThreadPoolExecutor(1) as thread:

        def start(path):
            done = thread.submit(taken_in, path)
            until_somebody_waits()
            return done

        yield start


def taken_in(path):
    try:
        return [str(each.film) for each in import_table(path, by=None)]
    finally:
        connection.close()


def until_somebody_waits():
    """Return when a transaction waits for ours; SQLite lets only one begin."""
    late = time.monotonic() + LONGEST
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        assert time.monotonic() < late, "Nobody waits."


def saved(tmp_path, films, **cells):
    """Return the table of *films*, in the order in which they are given, each row with *cells*."""
    rows = [row for film in films for row in read("".join(credits_csv(Film.objects.filter(pk=film.pk))))]
    path = tmp_path / "credits.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | cells for row in rows)
    return path


def read(text):
    return csv.DictReader(StringIO(text, newline=""))


def test_what_an_editor_saves_while_the_import_waits_stays(importing, tmp_path):
    film, person = make_film(), make_person()
    make_credit(film, person, "Jim")
    path = saved(tmp_path, [film], logline="Two agents.", runtime="99", person_imdb_id="nm0000574")
    with transaction.atomic():
        Film.objects.filter(pk=film.pk).update(title="Rush, renamed", runtime=120)
        Person.objects.filter(pk=person.pk).update(bio="An actor.")
        done = importing(path)
    assert done.result(LONGEST) == ["Rush, renamed (1991)"]
    film.refresh_from_db()
    person.refresh_from_db()
    assert (film.title, film.runtime, film.logline) == ("Rush, renamed", 120, "Two agents.")
    assert (person.bio, person.imdb_id) == ("An actor.", "nm0000574")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_films_are_locked_before_people_and_each_in_the_order_of_their_numbers(importing, tmp_path, place):
    films, people = [make_film("One"), make_film("Two")], [make_person("Ann"), make_person("Bob")]
    for film in films:
        for billing, person in enumerate(reversed(people), start=1):
            make_credit(film, person, billing=billing)
    path = saved(tmp_path, reversed(films), logline="Two agents.", born="1966")
    ours, *later = [*films, *people][place:]
    with transaction.atomic():
        lock(ours)
        done = importing(path)
        for row in later:
            lock(row)  # Raises where the import has it already, and waits for us.
    assert done.result(LONGEST) == ["Two (1991)", "One (1991)"]
    assert [person.born.year for person in Person.objects.all()] == [1966, 1966]


def lock(row):
    assert type(row).objects.select_for_update(nowait=True).get(pk=row.pk) == row
