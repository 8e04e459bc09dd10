"""Marks of spoilers that hide nothing, or more than was meant, are told."""

import pytest

from articles.proofreading.bars import ENDLESS, IN_TABLE, NESTED, OPEN, check_bars, check_fences
from articles.proofreading.copy import Copy


def told(body):
    copy = Copy(title="Rush", dek="", body=body)
    findings = [*check_bars(copy), *check_fences(copy)]
    assert all(body[each.place.start : each.place.end] == each.text for each in findings)
    return [(each.message, each.text) for each in findings]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("In the end ||she kills him. And so on.", [(OPEN, "||")]),
        ("||she\n\nkills him||", [(OPEN, "||"), (OPEN, "||")]),
        ("- one ||two\n- three||", [(OPEN, "||"), (OPEN, "||")]),
        ("||outer ||inner|| outer||", [(NESTED, "||")]),
        ("| a | b |\n| - | - |\n| ||lives|| | c |\n", [(IN_TABLE, "||lives||")]),
        ("::: spoiler The end\nShe kills him.\n\nMore.", [(ENDLESS, "::: spoiler The end")]),
        ("::: spoiler\n::: spoiler Inner\nx\n:::\n", [(ENDLESS, "::: spoiler")]),
    ],
)
def test_what_hides_nothing_or_all_is_told(body, expected):
    assert told(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "In the end ||she kills him||, ||then|| herself.",
        "||one||two||three||",
        "Mere bars \\|\\| and `a || b` and\n\n    a || b\n\n```\n||\n::: spoiler\n```\n",
        "| a | b |\n| - | - |\n| \\|\\|lives\\|\\| | c |\n| | |\n| x || y |\n",
        "::: spoiler The end\nShe kills ||him||.\n:::\n\n> ::: spoiler\n> Quoted.\n> :::\n",
        "::: spoiler\n::: spoiler Inner\nx\n:::\n:::\n",
        "No bars at all | but one.",
    ],
)
def test_spoilers_that_are_whole_are_let_be(body):
    assert told(body) == []


def test_a_spoiler_in_a_table_is_offered_as_it_is_written_there():
    body = "| a | b |\n| - | - |\n| ||lives|| | c |\n"
    (finding,) = check_bars(Copy(title="Rush", dek="", body=body))
    assert finding.suggestion == "\\|\\|lives\\|\\|"
