"""What two snapshots differ in, in words."""

import datetime

import pytest

from films.changes import snapshot
from films.credits import CastLine, CrewLine, set_cast, set_crew
from films.differences import differences
from films.models import Film, Person
from tests.factories import make_film, make_genre, make_image, make_person

pytestmark = pytest.mark.django_db


def said(before, after):
    return [str(difference) for difference in differences(before, after)]


@pytest.fixture
def sam():
    return make_person("Sam Elliott")


@pytest.fixture
def film(sam):
    """A film of two in the cast."""
    film = make_film()
    set_cast(film, [CastLine(make_person(), ("Jim",), billing=10), CastLine(sam, ("Dodd",), billing=20)])
    return film


def test_where_nothing_differs_nothing_is_said(film):
    assert said(snapshot(film), snapshot(film)) == []


def test_facts_are_told_by_their_names_in_the_desks_words(film):
    before = snapshot(film)
    film.genres.add(make_genre())
    image = make_image()
    Film.objects.update(year=1990, runtime=120, countries=["US", "GB"], original_language="en", poster=image)
    assert said(before, snapshot(film)) == [
        "year 1991 → 1990",
        "running time 120",
        "original language English",
        "countries United States, United Kingdom",
        f"poster picture {image.pk}",
        "genres Crime",
    ]
    assert said(snapshot(film), before)[1] == "running time 120 → "


def test_a_line_tells_its_part_and_its_place(film, sam):
    before = snapshot(film)
    set_cast(
        film,
        [
            CastLine(sam, ("Larry Dodd",), billing=5),
            CastLine(Person.objects.get(slug="jason-patric"), ("Jim",), billing=10),
        ],
    )
    assert said(before, snapshot(film)) == [
        "Sam Elliott: billing 2 → 1; part Dodd → Larry Dodd",
        "Dodd: name Dodd → Larry Dodd",
    ]


def test_lines_that_come_and_go_are_told(film, sam):
    before = snapshot(film)
    set_cast(film, [CastLine(sam, ("Dodd",), billing=20)])
    set_crew(film, [CrewLine(sam, "writing", "story"), CrewLine(sam, "directing")])
    assert said(before, snapshot(film)) == [
        "removed cast Jason Patric",
        "added crew Sam Elliott, story",
        "added crew Sam Elliott, directing",
        "removed character Jim",
    ]


def test_releases_titles_and_characters_are_told(film):
    film.titles.create(text="Rausch", kind="translated")
    before = snapshot(film)
    film.titles.update(text="Der Rausch")
    film.releases.create(country="US", date=datetime.date(1991, 12, 22), certificate="R")
    dodd = film.characters.get(name="Dodd")
    dodd.names.create(text="Larry")
    film.characters.filter(pk=dodd.pk).update(spoils=True)
    assert said(before, snapshot(film)) == [
        "Dodd: spoiler yes; other names Larry (alias)",
        "added release United States, 1991-12-22: country United States; date 1991-12-22; certificate R",
        "Rausch: title Rausch → Der Rausch",
    ]


def test_a_person_is_told_too_and_long_texts_are_cut(sam):
    before = snapshot(sam)
    sam.names.create(text="Samuel Elliott", kind="birth")
    Person.objects.update(bio="x" * 500, born=datetime.date(1944, 8, 9))
    assert said(before, snapshot(sam)) == [
        f"biography {'x' * 159}…",
        "born 1944-08-09",
        "added name Samuel Elliott: name Samuel Elliott",
    ]


def test_what_is_new_tells_what_it_says_and_what_is_gone_that_it_went(film):
    assert said({}, snapshot(film))[:4] == [
        "title Rush",
        "year 1991",
        "added cast Jason Patric: part Jim",
        "added cast Sam Elliott: part Dodd",
    ]
    assert said(snapshot(film), {})[:2] == ["title Rush → ", "year 1991 → "]
