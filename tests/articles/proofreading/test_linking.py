"""Which references are proposed for the names in a piece."""

import pytest

from articles.proofreading import Copy
from articles.proofreading.linking import Proposal, proposals
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    film = make_film()
    make_credit(film, make_person("Jason Patric"), "Jim Raynor")
    make_credit(film, make_person("Jennifer Jason Leigh"), "Kristen Cates")
    return film


def proposed(film, body):
    return [(proposal.text, proposal.markdown) for proposal in proposals(Copy(title="", dek="", body=body, film=film))]


def test_a_proposal_tells_everything_there_is_to_choose_by(film):
    body = "Then Raynor waits."
    assert proposals(Copy(title="Jim Raynor", dek="Kristen Cates", body=body, film=film)) == [
        Proposal(
            start=5,
            end=11,
            text="Raynor",
            markdown="[[character:jim-raynor|Raynor]]",
            kind="character",
            name="Jim Raynor",
            hint="played by Jason Patric",
        )
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("So Jim Raynor waits.", [("Jim Raynor", "[[character:jim-raynor]]")]),
        ("So Raynor's gun.", [("Raynor", "[[character:jim-raynor|Raynor]]")]),
        ("So Jim\nRaynor waits.", [("Jim\nRaynor", "[[character:jim-raynor|Jim Raynor]]")]),
        ("RAYNOR AND CATES", [
            ("RAYNOR", "[[character:jim-raynor|RAYNOR]]"),
            ("CATES", "[[character:kristen-cates|CATES]]"),
        ]),
        ("| Who |\n|-|\n| Raynor |", [("Raynor", "[[character:jim-raynor\\|Raynor]]")]),
        ("> So Jim\n> Raynor waits.", []),
        ("So *Jim* Raynor waits.", []),
        ("So *Raynor* waits.", [("Raynor", "[[character:jim-raynor|Raynor]]")]),
        ("## What Raynor Wants", []),
        ("So [the man Raynor](/x/) and [[character:jim-raynor|Raynor]] and `Raynor`.", []),
        ("![Raynor](image:4 \"Raynor\")", []),
        ("So Jim Morrison sings, and Sam Raynor.", []),
        ("So raynor waits.", []),
        ("So Rainor waits.", []),
        ("So Jason waits.", []),
        ("So Jason Patric waits, and Jason knows.", [
            ("Jason Patric", "[[person:jason-patric]]"),
            ("Jason", "[[person:jason-patric|Jason]]"),
        ]),
    ],
)  # fmt: skip
def test_names_of_the_film_may_become_references(film, body, found):
    assert proposed(film, body) == found


def test_whoever_plays_themselves_is_proposed_as_a_person():
    film = make_film()
    make_credit(film, make_person("John Malkovich"), "John Malkovich")
    assert proposed(film, "So John Malkovich and Malkovich.") == [
        ("John Malkovich", "[[person:john-malkovich]]"),
        ("Malkovich", "[[person:john-malkovich|Malkovich]]"),
    ]


def test_a_name_of_two_people_is_proposed_once_one_of_them_is_introduced():
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor")
    make_credit(film, make_person("Sam Elliott"), "Tom Raynor")
    assert proposed(film, "So Raynor waits.") == []
    assert proposed(film, "So Tom Raynor waits. Then Raynor goes.") == [
        ("Tom Raynor", "[[character:tom-raynor]]"),
        ("Raynor", "[[character:tom-raynor|Raynor]]"),
    ]


def test_ordinary_words_are_no_names():
    film = make_film()
    make_credit(film, make_person(), "Will Gaines")
    make_credit(film, make_person("Sam Elliott"), "Driver")
    assert proposed(film, "Will he go? Driver and driver. So Will goes.") == [
        ("Will", "[[character:will-gaines|Will]]")
    ]


def test_without_a_film_nothing_is_proposed():
    assert proposed(None, "So Jim Raynor waits.") == []
