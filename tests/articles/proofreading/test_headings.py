"""What the proofreader says of headings."""

import pytest

from articles.proofreading import Copy, Place
from articles.proofreading.headings import check_duplicates, check_order


def orders(body):
    return [(found.place, found.text, found.suggestion) for found in check_order(Copy("A title", "", body))]


def repeats(body):
    return [(found.place, found.text) for found in check_duplicates(Copy("A title", "", body))]


def test_a_heading_that_skips_a_level_is_found_with_the_level_it_should_have():
    body = "## One\n\nText.\n\n#### Two\n\nText."
    assert orders(body) == [(Place("body", 15, 23), "#### Two", "### Two")]
    assert body[15:23] == "#### Two"


@pytest.mark.parametrize(
    "body",
    [
        "## One\n\n### Two\n\n#### Three\n\n## Four",
        "# One\n\n### Two",
        "One\n===\n\n### Two",
        "```\n#### code\n```",
        "    #### code",
        "####no heading",
        "",
    ],
)
def test_headings_in_order_are_left_alone(body):
    assert orders(body) == []


def test_the_first_heading_stands_right_under_the_title():
    assert orders("### One") == [(Place("body", 0, 7), "### One", "## One")]


def test_each_jump_counts_from_the_heading_before():
    assert [text for _, text, _ in orders("## One\n\n#### Two\n\n#### Three\n\n## Four\n\n##### Five")] == [
        "#### Two",
        "##### Five",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_places_are_true_after_emoji_in_quotes_and_whatever_ends_the_lines(end):
    body = f"😀{end}{end}> ## One{end}{end}#### Two ##{end}"
    (place, text, _) = orders(body)[0]
    assert (body[place.start : place.end], text) == ("#### Two ##", "#### Two ##")


def test_a_heading_said_twice_is_found_where_it_comes_again():
    body = "## The Ending\n\nText.\n\n### the  énding\n\n## The ending?"
    assert repeats(body.replace("  ", " ")) == [(Place("body", 22, 36), "### the énding")]


@pytest.mark.parametrize("body", ["## One\n\n## Two", "## One\n\nOne", "##\n\n##", "`## One`\n\n## One"])
def test_different_headings_are_left_alone(body):
    assert repeats(body) == []
