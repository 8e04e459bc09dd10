"""Characters who spoil, named outside spoilers."""

import pytest

from articles.proofreading import Copy, Level, Place
from articles.proofreading.exposed import check_exposed
from tests.factories import make_credit, make_film, make_person

NAME, REFERENCE = "Norman Bates", "[[character:norman-bates]]"


@pytest.fixture
def film(db):
    film = make_film("Psycho", 1960)
    make_credit(film, make_person("Anthony Perkins"), NAME)
    make_credit(film, make_person("Vera Miles"), "Lila Crane")
    film.characters.filter(name=NAME).update(spoils=True)
    return film


def exposed(film, body, **fields):
    return list(check_exposed(Copy(**{"title": "A title", "dek": "", "body": body, "film": film, **fields})))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"It was {REFERENCE}.", REFERENCE),
        ("It was [[character:norman-bates|Norman Bates]].", "[[character:norman-bates|Norman Bates]]"),
        (f"It was {NAME}.", NAME),
        (f"Who knows ||why||? {NAME}’s mother.", NAME),
        (f"::: spoiler\nThe end.\n:::\n\n> {NAME} it was.", NAME),
        (f"| Part |\n|---|\n| {NAME} |", NAME),
    ],
)
def test_a_character_who_spoils_is_found_where_everybody_reads_the_name(film, body, text):
    (finding,) = exposed(film, body)
    assert (finding.code, finding.level, finding.text) == ("spoiler-exposed", Level.WARNING, text)
    assert body[finding.place.start : finding.place.end] == text
    assert finding.message.startswith("Norman Bates is marked as a spoiler")


@pytest.mark.parametrize(
    "body",
    [
        f"It was ||{REFERENCE}, yes, {NAME}||.",
        f"::: spoiler The end\nIt was {REFERENCE}.\n\n- {NAME}\n:::",
        f"> ::: spoiler\n> {NAME}\n> :::",
        f"| Part |\n|---|\n| \\|\\|{NAME}\\|\\| |",
        "Lila Crane and [[character:lila-crane]] look for Marion at the Bates motel.",
        f"`{NAME}`",
    ],
)
def test_what_is_closed_or_no_secret_is_left_alone(film, body):
    assert exposed(film, body) == []


def test_titles_and_deks_are_read_too_and_told_once(film):
    found = exposed(film, "Words.", dek=f"About {NAME}.", title=f"{NAME}, explained")
    assert [finding.place for finding in found] == [Place("title", 0, 12), Place("dek", 6, 18)]
    assert exposed(film, f"||{NAME}||", title=f"{NAME}, explained") == []


def test_nobody_is_a_secret_without_the_mark(film):
    film.characters.update(spoils=False)
    assert exposed(film, f"{NAME}, {REFERENCE}") == []
