"""The numbers that keep credits in order."""

from itertools import permutations

from films.billing import rebilled

NEW = (None, None)


def test_new_lines_are_billed_with_gaps():
    assert rebilled([NEW, NEW, NEW]) == [10, 20, 30]


def test_lines_that_did_not_move_keep_their_billing():
    assert rebilled([(10, 1), (30, 3), (40, 4), (20, 2)]) == [10, 30, 40, 50]


def test_a_line_moved_between_two_takes_a_number_between():
    assert rebilled([(10, 1), (30, 3), (20, 2), (40, 4)]) == [10, 15, 20, 40]


def test_where_no_number_fits_between_all_are_numbered_anew():
    assert rebilled([(10, 1), NEW, (11, 2)]) == [10, 20, 30]


def test_an_unknown_order_stays_unknown_and_new_lines_follow_it():
    assert rebilled([(None, 1), (None, 2), NEW]) == [None, None, None]


def test_a_line_moved_up_in_an_unknown_order_is_the_only_one_billed():
    assert rebilled([(None, 3), (None, 1), (None, 2)]) == [10, None, None]


def test_billing_always_gives_the_order_wanted():
    for places in permutations([(10, 1), (10, 2), (None, 3), (None, 4), (11, 5), NEW]):
        billed = [(billing, credit or 9) for billing, (_, credit) in zip(rebilled(places), places, strict=True)]
        assert billed == sorted(billed, key=lambda line: (line[0] is None, line[0] or 0, line[1])), places
