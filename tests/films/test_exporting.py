"""Credits written to a file and read back: the same films, people and credits, whatever they are called."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from films.credit_table import COLUMNS, guarded, life, unguarded
from films.exporting import credits_csv
from films.importing.credited import import_table
from films.models import Change, Character, Credit, Department, Film, Person, Precision
from tests.factories import make_credit, make_film, make_person

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "'quoted",
    "-1+1",
    "@sum",
    "\ttab",
    'a "b", c',
    "one\r\ntwo\n",
    "千と千尋",
    "مرحبا",
    "＝1",
    "nice;=HYPERLINK(1)",
    'nice;"=1;\'+1\n"@1\t-1',
    "kept; 'tis;'twas - so",
]


def exported(films=None):
    return "".join(credits_csv(Film.objects.all() if films is None else films))


def cells(text):
    return list(csv.DictReader(StringIO(text, newline="")))


def emptied():
    for model in (Credit, Film, Person, Change):
        model.objects.all().delete()


def saved(tmp_path, text):
    path = tmp_path / "credits.csv"
    path.write_bytes(text.encode())
    return path


def taken_in(path, **options):
    return list(import_table(path, by=None, **options))


def make_catalogue():
    """Make two films with all that is hard to tell in a table."""
    rush = make_film(
        runtime=120,
        imdb_id="tt0102820",
        tmdb_id=20289,
        countries=["US", "GB"],
        languages=["en"],
        logline=HOSTILE[0],
        source="the film",
        verified_on=date(2026, 11, 22),
    )
    for number, text in enumerate(HOSTILE):
        person = make_person(text, disambiguation=text, slug=f"person-{number}")
        make_credit(rush, person, f"{text} 1", text, billing=10 * number, credited_as=text, note=text, source=text)
    life = {"born": date(1944, 8, 9), "died": date(2024, 6, 1), "died_precision": Precision.YEAR}
    one = make_person("Sam Elliott", **life, imdb_id="nm0000385", wikidata_id="Q314133")
    other = make_person("Sam Elliott", born=date(1960, 5, 1), born_precision=Precision.MONTH, name_order="mononym")
    make_credit(rush, one, "Dodd", "Larry", voice=True, archive_footage=True)
    make_credit(rush, other, "Dodd", uncredited=True, joiner="and", verified_on=date(2026, 1, 2))
    make_credit(rush, make_person("Himself"), as_self=True).roles.create(label="Self")
    for place, (name, joiner) in enumerate([("Ann", ""), ("Bob", "&"), ("Cyd", "and")], start=1):
        writer = make_person(name)
        make_credit(rush, writer, department=Department.WRITING, job="screenplay", billing=place, joiner=joiner)
    make_credit(rush, one, department=Department.SOURCE, job="novel")
    Character.objects.filter(name="Dodd").update(spoils=True, description="=spoils")
    make_credit(make_film("The Piano", None, disambiguation="=1993"), one, department=Department.DIRECTING)
    make_film("Nobody yet", 2030)


@pytest.mark.django_db
def test_exported_imported_into_nothing_and_exported_it_is_the_same_byte_for_byte(tmp_path):
    make_catalogue()
    text = exported()
    path = saved(tmp_path, text)
    emptied()
    done = taken_in(path)
    assert exported() == text
    assert [(str(each.film), each.made, len(each.outcome.added)) for each in done] == [
        ("Rush (1991)", True, 20),
        ("The Piano (=1993)", True, 1),
        ("Nobody yet (2030)", True, 0),
    ]
    assert [person.slug for person in Person.objects.filter(name="Sam Elliott")] == ["sam-elliott", "sam-elliott-1960"]
    dodd = Character.objects.get(name="Dodd")
    assert (dodd.spoils, dodd.roles.count()) == (True, 2)


@pytest.mark.django_db
def test_each_film_and_person_gets_one_change_and_another_run_none(tmp_path):
    make_catalogue()
    path = saved(tmp_path, exported())
    emptied()
    taken_in(path)
    changes = Change.objects.count()
    assert (changes, Change.objects.exclude(source="credits.csv").count()) == (Film.objects.count() + 19, 0)
    again = taken_in(path)
    assert [each.changed for each in again] == [False, False, False]
    assert Change.objects.count() == changes


@pytest.mark.django_db
@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_no_cell_begins_as_a_formula_does_wherever_a_spreadsheet_parts_them(parted_by):
    make_catalogue()
    found = [cell for row in csv.reader(StringIO(exported(), newline=""), delimiter=parted_by) for cell in row]
    assert [cell for cell in found if cell.startswith(tuple("=+-@＝＋－＠"))] == []


@pytest.mark.parametrize(
    "text",
    ["", "plain", "=1", "'", "''", "'=1", "-", "\r", "a'", "a;=1", "a;'=1", "'a;''=1", "a;'b", ";", "\t=1", 'a;"=1'],
)
def test_what_is_guarded_is_told_again(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("born", "1947", (date(1947, 1, 1), Precision.YEAR)),
        ("died", "1947", (date(1947, 12, 31), Precision.YEAR)),
        ("died", "1948-02", (date(1948, 2, 29), Precision.MONTH)),
        ("born", "1947-12-08", (date(1947, 12, 8), Precision.DAY)),
        ("born", "", (None, Precision.DAY)),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(name, text, known):
    assert life(name, text) == {name: known[0], f"{name}_precision": known[1]}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_film_costs_the_same_however_many_credits(count, django_assert_num_queries):
    for number in range(count):
        film = make_film(f"Film {number}")
        make_credit(film, make_person(f"Actor {number}"), "One", "Two")
        make_credit(film, make_person(f"Writer {number}"), department=Department.WRITING)
    with django_assert_num_queries(3):
        assert len(cells(exported())) == 3 * count


@pytest.mark.django_db
def test_the_command_writes_the_films_named_to_the_screen_or_to_a_file(tmp_path):
    make_catalogue()
    said, file = StringIO(), tmp_path / "out.csv"
    call_command("export_credits", film=["the-piano"], stdout=said)
    assert [row["title"] for row in cells(said.getvalue())] == ["The Piano"]
    call_command("export_credits", output=file)
    assert file.read_bytes().decode() == exported()
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert tuple(cells(exported())[0]) == COLUMNS


@pytest.mark.django_db
def test_the_command_names_what_is_not_there(tmp_path):
    make_film()
    with pytest.raises(CommandError, match="There is no film at heat-1995, ronin-1998"):
        call_command("export_credits", film=["rush-1991", "ronin-1998", "heat-1995"])
    with pytest.raises(CommandError, match="could not be written: No such file or directory"):
        call_command("export_credits", output=tmp_path / "nowhere" / "out.csv")


TELLING = st.sampled_from("=+-@＝;'\"\t\r\n,")
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0") | TELLING, min_size=1, max_size=12)


class RoundTrip(TestCase):
    """Films of arbitrary words."""

    @settings(max_examples=20)
    @given(WORDS, st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=3))
    def test_any_words_come_back(self, title, lines):
        """Export, import into nothing, export."""
        film = make_film(title)
        for name, part, note in lines:
            make_credit(film, make_person(name), *dict.fromkeys([part, note]), note=note, credited_as=part)
            make_credit(film, make_person(name), department=Department.WRITING, job=part)
        text = exported()
        emptied()
        with TemporaryDirectory() as folder:
            taken_in(saved(Path(folder), text))
        assert exported() == text
