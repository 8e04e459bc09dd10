"""Numbers that arrive as text."""

import pytest

from films.numbers import row_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        (7, 7),
        ("9" * 18, 10**18 - 1),
        *[(odd, None) for odd in ["9" * 19, "²", "٣", "-1", "1.0", " 1", "", None, "one"]],
    ],
)
def test_only_what_a_row_can_have_is_its_number(text, number):
    assert row_number(text) == number
