"""What the proofreader misses around a text."""

from articles.proofreading import Copy, Level, Place
from articles.proofreading.completeness import DEK_LONGEST, TITLE_LONGEST, check_completeness, check_lengths
from tests.factories import make_film, make_image


def test_what_is_missing_is_told_once_each(db):
    assert [(found.code, found.level, found.place) for found in check_completeness(Copy("A title", " ", ""))] == [
        ("dek-missing", Level.WARNING, Place("dek", 0, 0)),
        ("no-hero", Level.WARNING, Place("hero", 0, 0)),
        ("no-film", Level.WARNING, Place("film", 0, 0)),
        ("no-topic", Level.NOTICE, Place("topics", 0, 0)),
    ]


def test_a_complete_piece_misses_nothing(db):
    copy = Copy("A title", "A dek.", "", film=make_film(), hero=make_image(), has_topics=True)
    assert list(check_completeness(copy)) == []


def test_what_is_too_long_is_marked_where_it_is_cut():
    copy = Copy("t" * (TITLE_LONGEST + 2), "d" * (DEK_LONGEST + 1), "")
    assert [(found.code, found.level, found.place, found.text) for found in check_lengths(copy)] == [
        ("title-long", Level.WARNING, Place("title", TITLE_LONGEST, TITLE_LONGEST + 2), "tt"),
        ("dek-long", Level.NOTICE, Place("dek", DEK_LONGEST, DEK_LONGEST + 1), "d"),
    ]


def test_what_just_fits_is_left_alone():
    assert list(check_lengths(Copy("t" * TITLE_LONGEST, "d" * DEK_LONGEST, ""))) == []
