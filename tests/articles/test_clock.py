"""The newsroom's clock, on the two nights of the year when it misleads."""

from datetime import UTC, datetime

import pytest

from articles.clock import NoSuchMoment, TwiceThatNight, moment_at, said

SUMMER, WINTER = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def wall(*numbers):
    """Return what the clock on the wall shows, which has no zone."""
    return datetime(*numbers)  # noqa: DTZ001


@pytest.fixture(autouse=True)
def _berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


def test_wall_time_means_the_newsrooms_moment():
    assert moment_at(wall(2027, 1, 5, 12)) == datetime(2027, 1, 5, 11, tzinfo=UTC)
    assert moment_at(wall(2027, 7, 5, 12)) == datetime(2027, 7, 5, 10, tzinfo=UTC)


def test_skipped_time_is_refused_with_the_next_that_comes():
    with pytest.raises(NoSuchMoment, match=r"28 March 2027, so 02:30 does not come. Choose 03:30"):
        moment_at(wall(2027, 3, 28, 2, 30))


def test_time_that_comes_twice_is_never_guessed():
    with pytest.raises(TwiceThatNight, match="02:30 comes twice: choose which"):
        moment_at(wall(2027, 10, 31, 2, 30))
    assert moment_at(wall(2027, 10, 31, 2, 30), second=False) == SUMMER
    assert moment_at(wall(2027, 10, 31, 2, 30), second=True) == WINTER


def test_moment_is_said_with_its_zone_only_where_the_time_comes_twice():
    assert said(SUMMER) == "31 Oct 2027, 02:30 CEST"
    assert said(WINTER) == "31 Oct 2027, 02:30 CET"
    assert said(datetime(2027, 7, 5, 10, tzinfo=UTC)) == "5 Jul 2027, 12:00"


@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_years_out_of_reach_are_refused(year):
    with pytest.raises(NoSuchMoment, match="Choose a year"):
        moment_at(wall(year, 1, 1))
