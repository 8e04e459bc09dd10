"""What the proofreader says of references."""

import pytest

from articles.proofreading import Copy, Level, Place
from articles.proofreading.references import check_references
from films.models import Department
from tests.factories import make_credit, make_film, make_person


@pytest.fixture
def film(db):
    film = make_film(runtime=120)
    make_credit(film, make_person(), "Jim Raynor")
    make_credit(film, make_person("Lili Fini Zanuck"), department=Department.DIRECTING)
    return film


def found(body, film=None):
    return list(check_references(Copy("A title", "", body, film=film)))


@pytest.mark.parametrize(
    "reference",
    [
        "[[person:jason-patric]]",
        "[[person:jason-patric|Patric]]",
        "[[character:jim-raynor]]",
        "[[film:rush-1991]]",
        "[[film.director]]",
        "[[film:rush-1991.runtime]]",
        "[[cast]]",
        "`[[person:nobody]]`",
        "[[1]](/films/)",
    ],
)
def test_references_that_stand_for_something_are_left_alone(film, reference):
    assert found(reference, film) == []


@pytest.mark.parametrize(
    "reference",
    [
        "[[person:nobody]]",
        "[[person:nobody|Somebody]]",
        "[[character:nobody]]",
        "[[film:rush-1066]]",
        "[[film:rush-1066.year]]",
        "[[film.certificate]]",
        "[[film.colour]]",
        "[[anything]]",
    ],
)
def test_references_to_nothing_are_errors_with_their_places(film, reference):
    (finding,) = found(f"😀 {reference} is nobody.", film)
    assert (finding.code, finding.level, finding.text) == ("reference-broken", Level.ERROR, reference)
    assert finding.place == Place("body", 2, 2 + len(reference))


@pytest.mark.parametrize("reference", ["[[character:jim-raynor]]", "[[film.director]]", "[[cast]]"])
def test_without_a_film_what_is_the_films_stands_for_nothing(film, reference):
    (finding,) = found(reference)
    assert finding.message == "The piece is filed under no film, so nothing can stand here."


def test_an_address_that_is_nearly_right_is_offered(film):
    body = "[[person:jason-patrick|Patrick]] [[character:jim-rainor]] [[person:somebody-else]]"
    assert [finding.suggestion for finding in found(body, film)] == [
        "[[person:jason-patric|Patrick]]",
        "[[character:jim-raynor]]",
        None,
    ]


def test_every_place_of_a_broken_reference_is_told(film):
    assert [finding.place.start for finding in found("[[person:a]] and [[person:a]]", film)] == [0, 17]
