"""`import_credits` of a table that `export_credits` wrote, or somebody mended: added, changed, never guessed."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from films.credit_table import COLUMNS
from films.models import Change, CharacterAddress, Credit, Department, Film, Person
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db

RUSH = {"film": "rush-1991", "title": "Rush", "year": "1991"}
JASON = {"person": "jason-patric", "name": "Jason Patric", "name_order": "western", "department": "cast"}
JIM = {"part": "Jim Raynor", "character": "jim-raynor", "character_name": "Jim Raynor"}


@pytest.fixture
def run(tmp_path):
    """Return a function that imports rows, each some cells by column, and returns what the command says."""

    def import_credits(*rows, text=None, **options):
        file, said = tmp_path / "credits.csv", StringIO()
        file.write_bytes(text if text is not None else table(*rows).encode())
        call_command("import_credits", file, stdout=said, **options)
        return said.getvalue().strip().splitlines()

    return import_credits


def table(*rows, columns=COLUMNS):
    """Return the text of a table of *rows*."""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def refusal(run, *rows, **options):
    """Return why the command refuses *rows*, which must write nothing."""
    before = Film.objects.count(), Person.objects.count(), Credit.objects.count(), Change.objects.count()
    with pytest.raises(CommandError) as refused:
        run(*rows, **options)
    assert (Film.objects.count(), Person.objects.count(), Credit.objects.count(), Change.objects.count()) == before
    return str(refused.value)


def test_films_people_and_credits_are_made_and_told(run):
    assert run(RUSH | JASON | JIM, RUSH | JASON | {"part": "A driver"}) == [
        "Rush (1991): a new film; 1 added (Jason Patric); new people: Jason Patric"
    ]
    credit = Credit.objects.get()
    assert [(role.label, role.character and role.character.slug) for role in credit.roles.all()] == [
        ("Jim Raynor", "jim-raynor"),
        ("A driver", None),
    ]
    assert [(change.about, change.action, change.source) for change in Change.objects.order_by("pk")] == [
        ("Jason Patric", "created", "credits.csv"),
        ("Rush (1991)", "imported", "credits.csv"),
    ]


def test_a_second_run_says_that_nothing_changed(run):
    run(RUSH | JASON | JIM)
    changes = Change.objects.count()
    assert run(RUSH | JASON | JIM) == ["Nothing changed."]
    assert Change.objects.count() == changes


def test_a_dry_run_tells_what_would_be_added_and_writes_nothing(run):
    assert run(RUSH | JASON | JIM, dry_run=True) == [
        "A dry run: nothing is written.",
        "Rush (1991): a new film; 1 added (Jason Patric); new people: Jason Patric",
    ]
    assert not Film.objects.exists()
    assert not Change.objects.exists()


def test_a_credit_becomes_what_the_table_says_and_one_that_it_does_not_name_stays(run):
    film = make_film()
    credit = make_credit(film, make_person(), "Jim", note="old", billing=10, verified_on=date(2026, 1, 1))
    make_credit(film, make_person("Sam Elliott"), "Dodd", billing=20)
    assert run(RUSH | JASON | JIM | {"billing": "30", "voice": "yes"}) == [
        "Rush (1991): 1 changed (Jason Patric), 1 missing (Sam Elliott)"
    ]
    credit.refresh_from_db()
    assert (credit.note, credit.billing, credit.voice, credit.verified_on) == ("", 30, True, None)
    assert [role.label for role in credit.roles.all()] == ["Jim Raynor"]
    assert film.credits.count() == 2


def test_what_is_known_of_a_film_and_a_person_stays_and_what_was_not_is_filled_in(run):
    make_film(runtime=120)
    make_person(disambiguation="the actor")
    run(RUSH | JASON | {"runtime": "99", "logline": "Two agents.", "person_disambiguation": "x", "born": "1966-06"})
    film, person = Film.objects.get(), Person.objects.get()
    assert (film.runtime, film.logline) == (120, "Two agents.")
    assert (person.disambiguation, person.born, person.born_precision) == ("the actor", date(1966, 6, 1), "month")


def test_people_are_found_by_their_ids_whatever_their_address(run):
    person = make_person("Jason P.", imdb_id="nm0000574")
    run(RUSH | JASON | {"person_imdb_id": "nm0000574"})
    assert Credit.objects.get().person == person


def test_a_character_that_was_merged_is_found_by_its_old_address(run):
    film = make_credit(make_film(), make_person("Sam Elliott"), "Raynor").film
    character = film.characters.get()
    CharacterAddress.objects.create(character=character, slug="jim-raynor")
    run(RUSH | JASON | JIM)
    assert set(character.roles.values_list("credit__person__name", flat=True)) == {"Sam Elliott", "Jason Patric"}


def test_of_a_table_one_film_can_be_taken(run):
    heat = {"film": "heat-1995", "title": "Heat", "year": "1995"}
    run(RUSH | JASON, heat | JASON, film="heat-1995")
    assert [film.title for film in Film.objects.all()] == ["Heat"]


def test_columns_may_stand_in_any_order(run):
    run(text=table(RUSH | JASON | JIM, columns=COLUMNS[::-1]).encode("utf-8-sig"))
    assert Credit.objects.get().roles.get().label == "Jim Raynor"


@pytest.mark.parametrize(
    ("cells", "cause"),
    [
        ({"department": "acting"}, "column department: Value 'acting' is not a valid choice."),
        ({"billing": "first"}, "column billing: “first” value must be an integer."),
        ({"voice": "perhaps"}, "column voice: Write “yes”, or leave it empty."),
        ({"born": "12 May"}, "column born: A date is 1947, 1947-12 or 1947-12-08."),
        ({"born": "1947-13"}, "column born: A date is 1947, 1947-12 or 1947-12-08."),
        ({"verified_on": "2030-01-01"}, "column verified_on: This day is still to come."),
        ({"person": ""}, "column person: Nobody is named in this row, by an address."),
        ({"name": ""}, "column name: This field cannot be blank."),
        ({"countries": "US XX"}, "column countries: “XX” is no ISO country code, such as US."),
        (
            {"part": "", **{name: JIM[name] for name in ("character", "character_name")}},
            "column part: This field cannot",
        ),
        ({"born": "1950", "died": "1940"}, "column person: Nobody dies before being born."),
        ({"year": "1850"}, "column year: Ensure this value is greater than or equal to 1888."),
    ],
)
def test_what_cannot_be_taken_is_named_by_line_and_column_and_nothing_is_written(run, cells, cause):
    heat = {"film": "heat-1995", "title": "Heat", "year": "1995"}
    said = refusal(run, heat | JASON | {"note": "two\nlines"}, RUSH | JASON | cells)
    assert said.startswith("Nothing was written. credits.csv, line 4, ")
    assert cause in said


def test_lines_are_counted_as_an_editor_counts_them(run):
    rows = [RUSH | JASON | JIM | {"note": "two\nlines"}, RUSH | JASON | {"part": "Other", "note": "one"}]
    assert refusal(run, *rows) == (
        "Nothing was written. credits.csv, line 4, column note: “one” here, and “two\nlines” on line 2."
    )


def test_rows_that_say_one_thing_twice_or_stand_apart_are_refused(run):
    heat = {"film": "heat-1995", "title": "Heat", "year": "1995"}
    assert refusal(run, RUSH | JASON | JIM, RUSH | JASON | JIM).endswith(
        "line 3, column part: Jason Patric stands here twice with one part."
    )
    assert refusal(run, RUSH | JASON, heat | JASON, RUSH | JASON).endswith(
        "line 4, column film: The rows of rush-1991 do not stand together: sort the table by film."
    )


def test_somebody_else_at_the_same_address_is_not_taken(run):
    make_person(born=date(1920, 1, 1))
    make_person("Another", imdb_id="nm0000001")
    assert "has 1920 for its born, not 1966" in refusal(run, RUSH | JASON | {"born": "1966"})
    assert "The address and the ids are not one’s, but belong to" in refusal(
        run, RUSH | JASON | {"person_imdb_id": "nm0000001"}
    )


def test_two_people_with_one_id_are_refused(run):
    same = {"person_imdb_id": "nm0000574"}
    said = refusal(run, RUSH | JASON | same, RUSH | JASON | same | {"person": "another"})
    assert said.endswith("line 3, column person: nm0000574 is the id of somebody else, on line 2.")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (table(RUSH, columns=COLUMNS[:-1]).encode(), "line 1, column character_spoils: There is no such column."),
        (table(columns=[*COLUMNS, "mine"]).encode(), "line 1, column mine: No such column is known."),
        (table(columns=[*COLUMNS, "note"]).encode(), "line 1, column note: It stands twice."),
        (table(RUSH).encode() + b"one,two\r\n", "line 3: There are 2 cells, and 44 columns."),
        (table().encode() + b"Br\xfchl\r\n", "line 2: It is not UTF-8: byte 3 of the line."),
        (table().encode() + b"a\0b\r\n", "line 2: It holds a NUL character."),
        (table().encode() + b'"never closed\r\n', "line 2: This is no well-formed CSV: unexpected end of data."),
    ],
)
def test_a_table_that_is_none_is_refused(run, text, cause):
    assert refusal(run, text=text) == f"Nothing was written. credits.csv, {cause}"


def test_what_is_no_table_needs_its_film(run):
    assert refusal(run, text=b"Jason Patric as Jim").endswith("say with --film whose cast it is.")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_people_who_are_there_cost_the_same_however_many(run, count, django_assert_max_num_queries):
    film = make_film()
    for number in range(count):
        make_credit(film, make_person(f"Actor {number}"), f"Part {number}", department=Department.CAST)
    said = StringIO()
    call_command("export_credits", stdout=said)
    with django_assert_max_num_queries(40):
        assert run(text=said.getvalue().encode()) == ["Nothing changed."]


def test_people_who_lack_something_cost_a_query_each_and_get_a_change_each(run, django_assert_max_num_queries):
    ids = {"name_order": "western", "department": "cast"}
    rows = [
        RUSH | ids | {"person": f"actor-{n}", "name": f"Actor {n}", "person_imdb_id": f"nm000000{n}"} for n in range(10)
    ]
    for number in range(10):
        make_person(f"Actor {number}")
    with django_assert_max_num_queries(60):
        run(*rows)
    assert sorted(Person.objects.values_list("imdb_id", flat=True)) == [f"nm000000{number}" for number in range(10)]
    assert Change.objects.filter(person__isnull=False, action="imported", source="credits.csv").count() == 10


@pytest.mark.parametrize("dry_run", [True, False])
def test_films_that_disagree_on_somebody_are_refused_before_any_is_written(run, dry_run):
    heat = {"film": "heat-1995", "title": "Heat", "year": "1995"}
    rows = RUSH | JASON | {"person_imdb_id": "nm0000001"}, heat | JASON | {"person_imdb_id": "nm0000002"}
    assert refusal(run, *rows, dry_run=dry_run).endswith(
        "line 3, column person: Jason Patric at this address has nm0000001 for its imdb_id, not nm0000002: "
        "is this somebody or something else?"
    )


def test_who_is_new_is_new_once_in_a_dry_run_as_well(run):
    heat = {"film": "heat-1995", "title": "Heat", "year": "1995"}
    tried = run(RUSH | JASON, heat | JASON, dry_run=True)
    assert tried[1:] == run(RUSH | JASON, heat | JASON)
    assert [line.count("new people") for line in tried[1:]] == [1, 0]


@pytest.mark.parametrize("film", ["", "Rush (1991)"])
def test_a_film_without_an_address_is_refused(run, film):
    said = refusal(run, RUSH | JASON, RUSH | JASON | {"film": film})
    assert said.startswith("Nothing was written. credits.csv, line 3, column film: ")


def test_a_table_with_all_its_cells_in_quotes_is_a_table(run):
    file = StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(csv.reader(StringIO(table(RUSH | JASON), newline="")))
    assert run(text=file.getvalue().encode()) == [
        "Rush (1991): a new film; 1 added (Jason Patric); new people: Jason Patric",
    ]


CHECKED, LATER = date(2026, 1, 1), date(2026, 2, 2)


@pytest.mark.parametrize(
    ("cells", "check"),
    [
        ({}, (CHECKED, "end titles")),
        ({"verified_on": "2025-01-01", "source": "a book"}, (CHECKED, "end titles")),
        ({"verified_on": "2026-01-01"}, (CHECKED, "end titles")),
        ({"verified_on": "2026-01-01", "source": "a book"}, (CHECKED, "a book")),
        ({"verified_on": "2026-02-02", "source": "a book"}, (LATER, "a book")),
        ({"note": "another"}, (None, "")),
        ({"part": "Another"}, (None, "")),
    ],
)
def test_of_two_checks_of_the_same_the_later_stays(run, cells, check):
    make_credit(make_film(), make_person(), "Jim Raynor", verified_on=CHECKED, source="end titles")
    run(RUSH | JASON | JIM | cells)
    credit = Credit.objects.get()
    assert (credit.verified_on, credit.source) == check
