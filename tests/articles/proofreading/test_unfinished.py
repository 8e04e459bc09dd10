"""What the proofreader takes for unfinished."""

import pytest

from articles.proofreading import Copy, Level, Place
from articles.proofreading.unfinished import check_unfinished
from tests.factories import make_film


def texts(body="", **fields):
    return [
        finding.text for finding in check_unfinished(Copy(**{"title": "A title", "dek": "", "body": body, **fields}))
    ]


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        ("TK: compare with the novel.", "TK"),
        ("He was born in TK.", "TK"),
        ("A quote TKTK here", "TKTK"),
        ("[TODO] check", "TODO"),
        ("**XXX**", "XXX"),
        ("FIXME", "FIXME"),
        ("Lorem ipsum dolor", "Lorem ipsum"),
        ("lorem\nipsum", "lorem\nipsum"),
        ("||TK inside a spoiler||", "TK"),
        ("| a | TK |\n|---|---|\n| b | c |", "TK"),
    ],
)
def test_marks_of_unfinished_work_are_found(body, mark):
    assert texts(body) == [mark]


@pytest.mark.parametrize(
    "body",
    [
        "He won by TKO.",
        "Stormtrooper TK-421 left his post.",
        "`TK` and\n\n    TODO\n\n```\nXXX\n```",
        "[a link](/films/tk-TK-tk/ 'x')",
        "an XXX-rated film, xXx, xxx",
        "Super Bowl XXX and Part XXX",
        "Todo sobre mi madre, todo",
        "the ATK, TKs",
        "ipsum lorem",
    ],
)
def test_words_that_only_look_like_a_mark_are_left_alone(body):
    assert texts(body) == []


def test_every_field_is_read_and_the_place_is_exact():
    copy = Copy("A TK title", "😀 TODO", "b", seo_title="TK", seo_description="lorem ipsum")
    found = list(check_unfinished(copy))
    assert [finding.place for finding in found] == [
        Place("title", 2, 4),
        Place("dek", 2, 6),
        Place("seo_title", 0, 2),
        Place("seo_description", 0, 11),
    ]
    assert {finding.level for finding in found} == {Level.ERROR}


def test_a_film_may_be_called_so(db):
    film = make_film("XXX", 2002)
    assert texts("XXX is a film. TK", film=film) == ["TK"]
