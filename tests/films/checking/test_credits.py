"""Credits that cannot be right, and those that only look so."""

from datetime import date

import pytest

from films.checking.credits import candidates, judged
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


def reasons():
    """Return why each pair of the queue is there."""
    return [found.reason for found in judged(candidates())]


def credited(year, *, born=None, died=None, **fields):
    """Make a credit on a film of *year*."""
    return make_credit(make_film(year=year), make_person(born=born, died=died), **fields)


def test_a_credit_before_birth_is_implausible():
    credited(1965, born=date(1966, 6, 17))
    assert reasons() == ["The film is of 1965; the birth is of 1966."]


@pytest.mark.parametrize("precision", ["year", "month", "day"])
def test_the_year_of_birth_itself_is_plausible(precision):
    credit = credited(1966, born=date(1966, 6, 17))
    credit.person.born_precision = precision
    credit.person.save()
    assert reasons() == []


def test_a_credit_long_after_death_is_implausible():
    credited(1996, died=date(1990, 1, 1))
    assert reasons() == ["The film is of 1996, 6 years after the death, and this is no archive footage."]


@pytest.mark.parametrize(
    ("year", "fields"),
    [
        (1995, {}),
        (2020, {"archive_footage": True}),
        (2020, {"department": "source", "job": "novel"}),
        (2020, {"department": "writing"}),
        (2020, {"department": "music"}),
    ],
)
def test_what_the_dead_still_give_is_plausible(year, fields):
    credited(year, died=date(1990, 1, 1), **fields)
    assert reasons() == []


def test_nobody_writes_before_birth():
    credited(1950, born=date(1966, 6, 17), department="source")
    assert reasons() == ["The film is of 1950; the birth is of 1966."]


def test_work_at_a_great_age_with_no_death_known_is_implausible():
    credited(2010, born=date(1900, 1, 1))
    credited(2005, born=date(1900, 1, 1))
    assert reasons() == ["The film is of 2010, at the age of 110, and no death is known."]


def test_what_is_not_known_is_not_doubted():
    credited(None, born=date(1966, 1, 1), died=date(1990, 1, 1))
    credited(2020)
    assert reasons() == []


def test_the_credits_of_one_person_on_a_film_are_one_question_and_the_worst_comes_first():
    film, person = make_film(year=1960), make_person(born=date(1966, 1, 1))
    make_credit(film, person)
    make_credit(film, person, department="directing")
    make_credit(make_film(year=1910), person)
    found = judged(candidates())
    assert [(each.film.year, len(each.credits)) for each in found] == [(1910, 1), (1960, 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_finding_and_judging_cost_the_same_however_many(count, django_assert_num_queries):
    for _ in range(count):
        credited(1950, born=date(1966, 1, 1))
    with django_assert_num_queries(1):
        keys = candidates()
    with django_assert_num_queries(2):
        assert len(judged(keys)) == count
