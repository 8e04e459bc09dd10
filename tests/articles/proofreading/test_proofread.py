"""Reading a whole piece: every check, in order, told once."""

from random import Random
from string import ascii_lowercase
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Dismissal
from articles.proofreading import Copy, Finding, Level, Place, copy_of, proofread
from articles.proofreading.known import MOST
from articles.proofreading.proofread import _once
from tests.factories import make_article, make_credit, make_film, make_person

COMPLETE = {"dek-missing", "no-hero", "no-film", "no-topic"}


def codes(copy):
    return [finding.code for finding in proofread(copy) if finding.code not in COMPLETE]


def test_findings_come_by_field_and_place(db):
    copy = Copy("TK", "TK", "### Late\n\n[here](/nowhere/) TODO", seo_title="TK", film=make_film())
    assert [(finding.place.field, finding.code) for finding in proofread(copy)] == [
        ("title", "unfinished"),
        ("dek", "unfinished"),
        ("body", "heading-order"),
        ("body", "link-broken"),
        ("body", "link-text"),
        ("body", "unfinished"),
        ("seo_title", "unfinished"),
        ("hero", "no-hero"),
        ("topics", "no-topic"),
    ]


def test_what_was_dismissed_is_left_out_whatever_its_capitals(db):
    article = make_article(body="[Here](/films/) and [here](/films/) and [more](/films/)")
    assert codes(copy_of(article.head)) == ["link-text"] * 3
    Dismissal.objects.create(article=article, code="link-text", text="here", reason="Chapter and verse.")
    assert [finding.text for finding in proofread(copy_of(article.head)) if finding.code == "link-text"] == ["more"]


def test_a_dismissal_is_of_one_article_and_one_code(db):
    article = make_article(body="## Here\n\n## Here\n\n[Here](/films/)")
    Dismissal.objects.create(article=make_article("Other"), code="link-text", text="here", reason="Right.")
    Dismissal.objects.create(article=article, code="heading-duplicate", text="here", reason="Right.")
    assert codes(copy_of(article.head)) == ["heading-duplicate", "link-text"]


def test_an_error_is_told_though_it_was_dismissed(db):
    article = make_article(body="TK")
    Dismissal.objects.create(article=article, code="unfinished", text="tk", reason="Never mind.")
    assert codes(copy_of(article.head)) == ["unfinished"]


def finding(code, start, end, level=Level.WARNING, field="body"):
    return Finding(code, level, "", Place(field, start, end))


def test_a_name_and_a_fact_in_one_place_are_told_once():
    misspelt, conflict = finding("name-misspelt", 5, 10), finding("fact-conflict", 0, 10)
    assert _once([conflict, misspelt]) == [misspelt]


def test_of_two_at_one_place_the_weightier_is_kept():
    uncredited, conflict = finding("name-uncredited", 0, 10, Level.NOTICE), finding("fact-conflict", 5, 10)
    assert _once([uncredited, conflict]) == [conflict]
    stale = finding("stale-fact", 5, 10)
    assert _once([conflict, stale]) == [stale]


def test_what_stands_side_by_side_or_is_of_another_sort_is_told_too():
    findings = [finding("name-misspelt", 0, 5), finding("fact-conflict", 5, 10), finding("link-text", 0, 10)]
    findings.append(finding("fact-conflict", 0, 5, field="dek"))
    assert sorted(_once(findings), key=id) == sorted(findings, key=id)


PIECES = ["[a](/b)", "![](image:1)", "[[person:x|y]]", "[[film.year]]", "||", "::: spoiler x\n", ":::\n", "## h\n"]
PIECES += [
    "#### h\n\n",
    "\n\n",
    "\r\n",
    "> ",
    "- ",
    "| ",
    "|\n|---|\n",
    "`",
    "```\n",
    "    ",
    "TK",
    "😀",
    "é",
    "\\",
    "*",
    "[",
]
PIECES += [
    "](",
    ")",
    "<http://a.b>",
    "https://a.b/c",
    "^[",
    "[^1]",
    "\n[^1]: ",
    "here",
    "\0",
    "\u2028",
    "[r]",
    "\n\n[r]: /q\n",
    "\t",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_text_is_read_and_places_hold_what_findings_say(db, pieces):
    copy = Copy("A title", "A dek", "".join(pieces))
    for found in proofread(copy):
        assert (getattr(copy, found.place.field, "") or "")[found.place.start : found.place.end] == found.text


@pytest.mark.parametrize("piece", ["Jim ", "Jim Raynor ", "Sam Elliott ", "*Jim* ", "[x](#y) ", "## Jim\n\n", "|b|\n"])
def test_hundred_kilobytes_of_anything_are_read_in_seconds(db, piece):
    """The bound is generous, for busy machines: what grows by the square of the length takes minutes."""
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor")
    head = "|a|b|c|\n|-|-|-|\n" if piece.startswith("|") else ""
    start = process_time()
    proofread(Copy("A title", "A dek", head + piece * (100_000 // len(piece)), film=film))
    assert process_time() - start < 15


def test_more_strangers_than_a_database_is_asked_for_are_read(db):
    random = Random(1)
    names = ("".join(random.choices(ascii_lowercase, k=12)).title() for _ in range(MOST + 1000))
    body = " ".join(f"It was played by Zoe {name}." for name in names)
    assert codes(Copy("A title", "A dek", body, film=make_film())).count("name-uncredited") == MOST


def test_reading_costs_the_same_however_much_is_found(db):
    assert cost_of_reading(1) == cost_of_reading(30)


def cost_of_reading(count):
    film = make_film()
    for number in range(count):
        make_credit(film, make_person(f"Jason Patric{number}"), f"Jim Raynor{number}")
    lines = "[here](/films/a{0}/) [x](/articles/a{0}/) [[person:a{0}]] [[character:a{0}]] [[film:a{0}]] TK"
    body = "\n\n".join(f"## Same\n\n{lines.format(number)}" for number in range(count))
    copy = copy_of(make_article(body=body, film=film).head)
    with CaptureQueriesContext(connection) as queries:
        assert len(proofread(copy)) > 6 * count
    return len(queries)
