"""`import_imdb`: IMDb's tables become films, people and credits; what is broken is named, what stands stays."""

import gzip
import json
from contextlib import contextmanager, suppress
from datetime import date
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from films.importing.imdb import import_imdb
from films.importing.loading import load
from films.importing.records import CreditRecord, FilmRecord, PersonRecord
from films.importing.tsv import Unreadable
from films.models import Change, Character, Credit, Department, Film, Person, Precision, Role
from tests.factories import make_credit, make_film, make_person

LOADING = 29  # Queries for a batch of films that are new, however many they are.

pytestmark = pytest.mark.django_db

TITLES = [
    "tconst",
    "titleType",
    "primaryTitle",
    "originalTitle",
    "isAdult",
    "startYear",
    "endYear",
    "runtimeMinutes",
    "genres",
]
NAMES = ["nconst", "primaryName", "birthYear", "deathYear", "primaryProfession", "knownForTitles"]
PRINCIPALS = ["tconst", "ordering", "nconst", "category", "job", "characters"]

RUSH = ["tt0102820", "movie", "Rush", "Rush", "0", "1991", "\\N", "120", "Crime,Drama"]
CAST = [
    ["tt0102820", "2", "nm0000492", "actress", "\\N", '["Kristen Cates"]'],
    ["tt0102820", "1", "nm0001609", "actor", "\\N", '["Jim Raynor","Jimmy"]'],
    ["tt0102820", "3", "nm0000385", "actor", "\\N", '["Dodd"]'],
    ["tt0102820", "4", "nm0953264", "director", "\\N", "\\N"],
    ["tt0102820", "5", "nm0941890", "writer", "novel", "\\N"],
    ["tt0102820", "6", "nm0222042", "writer", "screenplay", "\\N"],
]
PEOPLE = [
    ["nm0001609", "Jason Patric", "1966", "\\N", "actor", "tt0102820"],
    ["nm0000492", "Jennifer Jason Leigh", "1962", "\\N", "actress", "tt0102820"],
    ["nm0000385", "Sam Elliott", "1944", "\\N", "actor", "\\N"],
    ["nm0953264", "Lili Fini Zanuck", "1954", "\\N", "producer", "\\N"],
    ["nm0941890", "Kim Wozencraft", "\\N", "\\N", "writer", "\\N"],
    ["nm0222042", "Pete Dexter", "1943", "\\N", "writer", "\\N"],
]


def table(folder, name, header, rows, *, zipped=False):
    text = "".join("\t".join(cells) + "\n" for cells in [header, *rows]).encode()
    path = folder / f"{name}.tsv{'.gz' if zipped else ''}"
    path.write_bytes(gzip.compress(text) if zipped else text)
    return path


@pytest.fixture
def tables(tmp_path):
    """Return a function that writes the three tables and returns their folder."""

    def write(titles=(RUSH,), principals=CAST, names=PEOPLE, **options):
        table(tmp_path, "title.basics", TITLES, titles, **options)
        table(tmp_path, "title.principals", PRINCIPALS, principals, **options)
        table(tmp_path, "name.basics", NAMES, names, **options)
        return tmp_path

    return write


def everything():
    """Return all rows that an import writes, as they stand."""
    models = (Film, Person, Credit, Role, Character, Change)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_film_comes_with_its_people_and_credits(tables, zipped):
    report = import_imdb(tables(zipped=zipped))
    film = Film.objects.get()
    assert (film.title, film.year, film.runtime, film.slug) == ("Rush", 1991, 120, "rush-1991")
    assert sorted(genre.name for genre in film.genres.all()) == ["Crime", "Drama"]
    cast = film.credits.cast().order_by("pk", "roles__position")
    assert list(cast.values_list("person__name", "roles__label", "roles__character__slug")) == [
        ("Jason Patric", "Jim Raynor", "jim-raynor"),
        ("Jason Patric", "Jimmy", "jimmy"),
        ("Jennifer Jason Leigh", "Kristen Cates", "kristen-cates"),
        ("Sam Elliott", "Dodd", "dodd"),
    ]
    assert list(film.credits.crew().values_list("person__name", "department", "job")) == [
        ("Lili Fini Zanuck", "directing", ""),
        ("Pete Dexter", "writing", "screenplay"),
        ("Kim Wozencraft", "source", "novel"),
    ]
    assert report.skipped == 0
    assert +report.done == {"added": 1, "people added": 6, "credits added": 6}


def test_a_year_of_birth_is_no_first_of_january(tables):
    import_imdb(tables())
    person = Person.objects.get(imdb_id="nm0001609")
    assert (person.born.year, person.born_precision, person.sort_name) == (1966, Precision.YEAR, "Patric, Jason")


def test_running_again_changes_nothing(tables):
    import_imdb(tables())
    before = everything()
    report = import_imdb(tables())
    assert everything() == before
    assert +report.done == {"unchanged": 1}


def test_an_import_that_was_stopped_leaves_whole_films_and_goes_on(tables):
    titles = [[f"tt100000{n}", "movie", f"Film {n}", f"Film {n}", "0", "1991", "\\N", "90", "\\N"] for n in (1, 2, 3)]
    cast = [[title[0], *line[1:]] for title in titles for line in CAST]
    folder = tables(titles=titles, principals=cast)

    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_imdb(folder, progress=stop, batch=1)
    assert (Film.objects.count(), Credit.objects.count()) == (1, 6)
    import_imdb(folder, batch=1)
    assert (Film.objects.count(), Credit.objects.count(), Person.objects.count()) == (3, 18, 6)
    credits = Credit.objects.order_by("film__imdb_id", "billing", "job").values_list("person__name", "job", "billing")
    assert list(credits[:6]) == list(credits[6:12]) == list(credits[12:])


class Stopped(Exception):
    """The process ends."""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(statement=st.integers(1, 90))
def test_wherever_an_import_is_stopped_it_leaves_whole_films_and_goes_on(tables, transactional_films, statement):
    transactional_films()
    titles = [[f"tt100000{n}", "movie", f"Film {n}", f"Film {n}", "0", "1991", "\\N", "90", "\\N"] for n in (1, 2, 3)]
    folder = tables(titles=titles, principals=[[title[0], *line[1:]] for title in titles for line in CAST])
    statements = count(1)

    def stop(execute, sql, params, many, context):
        if next(statements) == statement:
            raise Stopped
        return execute(sql, params, many, context)

    with suppress(Stopped), connection.execute_wrapper(stop):
        import_imdb(folder, batch=1)
    whole = Film.objects.count()
    assert (Credit.objects.count(), Role.objects.count(), Change.objects.filter(person=None).count()) == (
        6 * whole,
        4 * whole,
        whole,
    )
    import_imdb(folder, batch=1)
    assert (Film.objects.count(), Credit.objects.count(), Person.objects.count()) == (3, 18, 6)
    assert Change.objects.count() == 3 + 6


def test_what_staff_entered_stays_and_what_they_left_empty_is_filled(tables):
    film = make_film("Rush (uncut)", year=None, imdb_id="tt0102820", runtime=118)
    jason = make_person("Jason Patric Jr.", imdb_id="nm0001609")
    make_credit(film, jason, "Raynor", billing=70)
    import_imdb(tables())
    film.refresh_from_db()
    assert (film.title, film.year, film.runtime) == ("Rush (uncut)", 1991, 118)
    cast = list(film.credits.cast().values_list("person__name", "billing", "roles__label"))
    assert cast[0] == ("Jason Patric Jr.", 70, "Raynor")
    assert sorted(cast[1:]) == [("Jennifer Jason Leigh", None, "Kristen Cates"), ("Sam Elliott", None, "Dodd")]


def test_people_whom_staff_credited_without_ids_are_recognised_on_their_film(tables):
    film = make_film(imdb_id="tt0102820")
    jason, lili = make_person("Jason PATRIC"), make_person("Lili Zanuck")
    make_credit(film, jason, "Raynor")
    make_credit(film, lili, department="directing", job="director", credited_as="Lili Fini Zanuck")
    report = import_imdb(tables())
    jason.refresh_from_db()
    lili.refresh_from_db()
    assert (jason.imdb_id, jason.born.year, lili.imdb_id) == ("nm0001609", 1966, "nm0953264")
    assert +report.done == {"changed": 1, "people added": 4, "credits added": 4}
    assert film.credits.directing().get().person == lili
    told = Change.objects.get(person=jason)
    assert (told.before["facts"]["imdb_id"], told.after["facts"]["imdb_id"]) == (None, "nm0001609")
    before = everything()
    import_imdb(tables())
    assert everything() == before


@pytest.mark.parametrize("case", ["another film", "another department", "another id", "two of that name"])
def test_a_name_alone_links_to_nobody(tables, case):
    film, jason = make_film(imdb_id="tt0102820"), make_person("Jason Patric")
    if case == "another film":
        make_credit(make_film("Narc", 2002), jason)
    elif case == "another department":
        make_credit(film, jason, department="production", job="producer")
    elif case == "another id":
        Person.objects.filter(pk=jason.pk).update(imdb_id="nm7777777")
        make_credit(film, jason)
    else:
        make_credit(film, jason)
        make_credit(film, make_person("Jason Patric"))
    import_imdb(tables())
    assert Person.objects.get(imdb_id="nm0001609").pk != jason.pk


@pytest.mark.parametrize(
    ("year", "credited", "recognised"),
    [(1991, "Jason Patric", True), (2013, "Jason Patric", False), (1991, "Woody Harrelson", False)],
)
def test_a_film_without_id_is_recognised_by_title_year_and_somebody_in_common(tables, year, credited, recognised):
    film = make_film("Rush", year)
    make_credit(film, make_person(credited))
    report = import_imdb(tables())
    film.refresh_from_db()
    assert (film.imdb_id, Film.objects.count()) == (("tt0102820", 1) if recognised else (None, 2))
    assert (report.done["added"], report.done["changed"]) == (not recognised, recognised)


def test_of_two_films_that_could_be_meant_neither_is(tables):
    for _ in range(2):
        make_credit(make_film(), make_person())
    import_imdb(tables())
    assert Film.objects.filter(imdb_id=None).count() == 2


def test_what_is_filled_in_is_found_by_it(tables):
    make_film("Rush", year=None, imdb_id="tt0102820")
    import_imdb(tables(titles=[[*RUSH[:3], "Rausch", *RUSH[4:]]]))
    assert [film.original_title for film in Film.objects.titled_like("rausch")] == ["Rausch"]


def test_each_film_and_person_that_is_new_or_changed_has_one_change(tables):
    film = make_film("Rush", year=None, imdb_id="tt0102820")
    make_person("Jason Patric", imdb_id="nm0001609", born=date(1966, 6, 17))
    import_imdb(tables())
    change = Change.objects.get(film=film)
    assert (change.action, change.source, change.by) == ("imported", "IMDb’s tables", None)
    assert (change.before["facts"]["year"], change.after["facts"]["year"]) == (None, 1991)
    assert (len(change.before["cast"]), len(change.after["cast"]), len(change.after["crew"])) == (0, 3, 3)
    assert Change.objects.filter(film=None).count() == 5
    import_imdb(tables())
    assert Change.objects.count() == 6


def test_a_cast_in_alphabetical_order_says_nothing_of_billing(tables):
    names = ["Ann A", "Ben B", "Cyd C", "Dan D"]
    people = [[f"nm000000{n}", name, "\\N", "\\N", "actor", "\\N"] for n, name in enumerate(names, start=1)]
    cast = [["tt0102820", str(n), f"nm000000{n}", "actor", "\\N", "\\N"] for n in range(1, 5)]
    import_imdb(tables(principals=cast, names=people))
    assert set(Credit.objects.values_list("billing", flat=True)) == {None}


def test_one_performer_on_two_lines_is_one_credit(tables):
    again = ["tt0102820", "9", "nm0001609", "archive_footage", "\\N", '["Jim Raynor","Himself"]']
    import_imdb(tables(principals=[*CAST, again]))
    credit = Credit.objects.get(person__imdb_id="nm0001609")
    assert [role.label for role in credit.roles.all()] == ["Jim Raynor", "Jimmy", "Himself"]
    assert not credit.archive_footage


def test_namesakes_get_addresses_of_their_own(tables):
    make_person("Sam Elliott")
    other = ["nm7777777", "Sam Elliott", "1944", "\\N", "actor", "\\N"]
    line = ["tt0102820", "7", "nm7777777", "actor", "\\N", "\\N"]
    import_imdb(tables(principals=[*CAST, line], names=[*PEOPLE, other]))
    slugs = Person.objects.filter(name="Sam Elliott").order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == ["sam-elliott", "sam-elliott-1944", "sam-elliott-1944-2"]


@pytest.mark.parametrize(
    ("file", "cells", "reason"),
    [
        ("title.basics", ["tt1", *RUSH[1:]], "title.basics.tsv, line 3: “tt1” is no tconst."),
        ("title.basics", RUSH, "title.basics.tsv, line 3: tt0102820 stands in the file twice."),
        ("title.basics", RUSH[:4], "title.basics.tsv, line 3: 4 columns instead of 9."),
        (
            "title.basics",
            ["tt7654321", *RUSH[1:5], "1700", *RUSH[6:]],
            "title.basics.tsv, line 3: startYear is “1700”, not a number from 1888 to 2100.",
        ),
        (
            "title.principals",
            [*CAST[0][:5], "[Kristen"],
            "title.principals, line 8: “characters” is no JSON list.",
        ),
        (
            "title.principals",
            ["tt0102820", "9", "nm9999999", "actor", "\\N", "\\N"],
            "title.principals, line 8: nm9999999 does not stand in name.basics.",
        ),
        (
            "title.principals",
            ["tt0102820", "9", "nm0000385", "dancer", "\\N", "\\N"],
            "title.principals, line 8: “dancer” is no category that is known.",
        ),
    ],
)
def test_a_broken_line_is_named_and_skipped(tables, file, cells, reason):
    rows = {"titles": [RUSH], "principals": CAST, "names": PEOPLE}
    name = {"title.basics": "titles", "title.principals": "principals"}[file]
    report = import_imdb(tables(**{**rows, name: [*rows[name], cells]}))
    assert report.problems == [reason]
    assert Film.objects.count() == 1
    assert Credit.objects.count() == 6


def test_years_that_cannot_be_are_left_out(tables):
    wrong = ["nm0000385", "Sam Elliott", "1944", "1901", "actor", "\\N"]
    report = import_imdb(tables(names=[*PEOPLE[:2], wrong, *PEOPLE[3:]]))
    assert report.problems == ["name.basics, line 4: deathYear 1901 comes before birthYear 1944."]
    assert Person.objects.get(imdb_id="nm0000385").born is None


def test_bytes_that_are_no_text_are_one_broken_line(tables):
    folder = tables()
    with (folder / "name.basics.tsv").open("ab") as file:
        file.write(b"nm0000001\t\xff\xfe\t\\N\t\\N\t\\N\t\\N\n")
    assert import_imdb(folder).problems == ["name.basics.tsv, line 8: It is not UTF-8."]


def test_a_file_cut_off_is_refused_and_nothing_is_written(tables):
    folder = tables(zipped=True)
    file = folder / "title.principals.tsv.gz"
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(Unreadable, match=r"title\.principals\.tsv\.gz breaks off after line"):
        import_imdb(folder)
    assert not Film.objects.exists()


def test_only_the_films_asked_for(tables, tmp_path):
    other = ["tt1979320", "movie", "Rush", "Rush", "0", "2013", "\\N", "123", "\\N"]
    listed = tmp_path / "ids.txt"
    listed.write_text("tt1979320\n")
    folder = tables(titles=[RUSH, other])
    call_command("import_imdb", folder, ids=listed, stdout=StringIO(), stderr=StringIO())
    assert [film.imdb_id for film in Film.objects.all()] == ["tt1979320"]
    call_command("import_imdb", folder, titles=["tt0102820"], stdout=StringIO(), stderr=StringIO())
    assert Film.objects.count() == 2


def test_a_film_asked_for_that_is_not_there_is_named(tables):
    report = import_imdb(tables(), ids=["tt0102820", "tt9999999", "zz"])
    assert report.problems == ["title.basics: it has no film tt9999999.", "title.basics: it has no film zz."]
    assert Film.objects.count() == 1


def test_a_dry_run_counts_what_an_import_would_do(tables):
    other = ["tt1979320", "movie", "Rush", "Rush", "0", "2013", "\\N", "123", "\\N"]
    make_film("Rush (uncut)", year=None, imdb_id="tt0102820")
    folder = tables(titles=[RUSH, other], principals=[*CAST, *[["tt1979320", *line[1:]] for line in CAST]])
    before = everything()
    tried = import_imdb(folder, dry_run=True, batch=1)
    assert everything() == before
    assert +tried.done == {"added": 1, "changed": 1, "people added": 6, "credits added": 12}
    assert import_imdb(folder, batch=1).done == tried.done


def test_a_dry_run_reads_everything_and_writes_nothing(tables):
    said = StringIO()
    call_command("import_imdb", tables(), dry_run=True, stdout=said, stderr=StringIO())
    assert "nothing is written" in said.getvalue()
    assert "6 of title.principals.tsv" in said.getvalue()
    assert not Film.objects.exists()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "has no title.basics.tsv and no title.basics.tsv.gz"),
        ({"ids": "missing"}, "could not be read"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, options, reason):
    options = {name: tmp_path / value for name, value in options.items()}
    with pytest.raises(CommandError, match=reason):
        call_command("import_imdb", tmp_path, **options)
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("import_imdb", tmp_path / "nowhere")


def test_a_table_without_its_columns_is_refused(tables):
    folder = tables()
    table(folder, "title.basics", ["tconst", "title"], [])
    with pytest.raises(Unreadable, match="line 1: there is no column “titleType”"):
        import_imdb(folder)


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_batch_costs_the_same_however_many(count, django_assert_num_queries):
    records = [
        FilmRecord(
            imdb_id=f"tt{1000000 + film}",
            title=f"Film {film}",
            genres=("Drama",),
            credits=tuple(
                CreditRecord(
                    PersonRecord(f"nm{1000000 + 100 * film + place}", f"Performer {film} {place}"),
                    Department.CAST,
                    place,
                    parts=(f"Part {place}",),
                )
                for place in range(1, count + 1)
            ),
        )
        for film in range(count)
    ]
    with django_assert_num_queries(LOADING):
        load(records, source="")


EDITS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 400), st.binary(max_size=3)), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_whatever_happened_to_the_files_no_film_is_half_there(tables, transactional_films, edits):
    folder = tables()
    for number, place, put in edits:
        path = folder / ("title.basics.tsv", "title.principals.tsv", "name.basics.tsv")[number]
        data = path.read_bytes()
        path.write_bytes(data[:place] + put + data[place + len(put) :])
    transactional_films()
    try:
        report = import_imdb(folder)
    except Unreadable:
        assert not Film.objects.exists()
        return
    for film in Film.objects.all():
        assert film.title
        assert film.slug
    assert Credit.objects.count() == report.done["credits added"]
    assert json.dumps(report.problems)


@pytest.fixture
def transactional_films():
    """Return a function that empties the catalogue again."""

    def empty():
        Change.objects.all().delete()
        Credit.objects.all().delete()
        Character.objects.all().delete()
        Film.objects.all().delete()
        Person.objects.all().delete()

    return empty


@contextmanager
def rivals(times):
    """Take the address of the film just before it is written, as staff might, so many *times*."""
    left = [None] * times

    def take(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "films_film" ') and left:
            left.pop()
            with suspended():
                make_film()
        return execute(sql, params, many, context)

    @contextmanager
    def suspended():
        connection.execute_wrappers.remove(take)
        yield
        connection.execute_wrappers.append(take)

    with connection.execute_wrapper(take):
        yield


def test_a_batch_that_was_overtaken_is_tried_again(tables):
    with rivals(1):
        report = import_imdb(tables())
    assert (report.done["added"], Film.objects.get().imdb_id) == (1, "tt0102820")


def test_a_batch_that_is_overtaken_again_ends_in_words(tables):
    with rivals(2), pytest.raises(CommandError, match=r"Run the import again: it goes on from here\."):
        call_command("import_imdb", tables(), stdout=StringIO(), stderr=StringIO())
    assert not Film.objects.exists()
    import_imdb(tables())
    assert Film.objects.get().imdb_id == "tt0102820"


def test_rows_are_locked_before_they_are_changed(tables):
    import_imdb(tables())
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite has one writer at a time.")
    with CaptureQueriesContext(connection) as captured:
        import_imdb(tables())
    for table in ("films_film", "films_person"):
        first = next(query["sql"] for query in captured if f'FROM "{table}"' in query["sql"])
        assert first.endswith("ORDER BY 1 ASC FOR UPDATE")
