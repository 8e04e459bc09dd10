"""Names joined as a film's credits join them."""

import pytest

from films.joining import listed


@pytest.mark.parametrize(
    ("joiners", "line"),
    [
        ([], ""),
        ([""], "A"),
        (["&"], "A"),
        (["", ""], "A and B"),
        (["", "&"], "A & B"),
        (["", "", ""], "A, B and C"),
        (["", "&", "and"], "A & B and C"),
        (["", "and", "&"], "A and B & C"),
        (["", "", "&"], "A and B & C"),
        (["", "and", "and"], "A and B and C"),
        (["", "&", "", "&", ""], "A & B, C & D and E"),
        (["", "&", "&"], "A & B & C"),
    ],
)
def test_names_are_joined_as_the_film_joins_them_and_else_are_a_list(joiners, line):
    assert listed("ABCDE"[: len(joiners)], joiners) == line
