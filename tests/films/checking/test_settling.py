"""Settling and the queues: what is settled leaves its queue, what is taken back returns to it."""

import pytest
from django.core.cache import cache

from films.changes import recorded
from films.checking.queues import CREDITS, FILMS, PEOPLE, judgements, settled
from films.checking.settling import settle_different, settle_plausible, unsettle
from films.models import Credit, DistinctFilms, DistinctPeople
from tests.factories import make_credit, make_film, make_person, make_user

pytestmark = pytest.mark.django_db


def test_a_pair_is_settled_once_whichever_comes_first():
    one, other, user = make_person(), make_person(), make_user()
    judgement = settle_different(other, one, by=user, reason="Father and son.")
    assert settle_different(one, other, by=None) == judgement
    assert [(row.first, row.second, row.by, row.reason) for row in DistinctPeople.objects.all()] == [
        (one, other, user, "Father and son.")
    ]


def test_films_are_settled_among_films():
    one, other = make_film(), make_film()
    settle_different(one, other, by=None)
    assert (DistinctFilms.objects.count(), DistinctPeople.objects.count()) == (1, 0)


def test_nothing_is_different_from_itself():
    person = make_person()
    with pytest.raises(ValueError, match="from itself"):
        settle_different(person, person, by=None)


def test_only_credits_that_are_there_are_right():
    with pytest.raises(Credit.DoesNotExist):
        settle_plausible(make_film(), make_person(), by=None)


@pytest.mark.parametrize(("queue", "make"), [(PEOPLE, make_person), (FILMS, make_film)])
def test_what_is_settled_leaves_the_queue_until_it_is_taken_back(queue, make):
    one, other = make(), make()
    assert queue.standing() == [(one.pk, other.pk)]
    judgement = settle_different(one, other, by=None)
    assert queue.standing() == []
    unsettle(judgement)
    assert queue.standing() == [(one.pk, other.pk)]


def test_credits_that_are_right_leave_the_queue():
    credit = make_credit(make_film(year=2020), make_person(died="1990-01-01"))
    key = (credit.film_id, credit.person_id)
    assert CREDITS.standing() == [key]
    settle_plausible(credit.film, credit.person, by=None)
    assert CREDITS.standing() == []


def test_a_queue_is_found_anew_after_every_change_but_not_for_a_figure():
    make_person()
    assert PEOPLE.standing() == []
    other = make_person()
    with recorded(other, by=None):
        other.name = "JASON PATRIC"
        other.save()
    assert PEOPLE.standing(lately=True) == []
    assert len(PEOPLE.standing()) == 1
    assert len(PEOPLE.standing(lately=True)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_queue_that_is_known_costs_two_queries_and_its_figure_one(count, django_assert_num_queries):
    for _ in range(count):
        make_person()
    PEOPLE.standing()
    with django_assert_num_queries(2):
        PEOPLE.standing()
    with django_assert_num_queries(1):
        PEOPLE.standing(lately=True)


def test_what_is_settled_of_all_queues_is_listed_newest_first():
    people = settle_different(make_person(), make_person(), by=None)
    films = settle_different(make_film(), make_film(), by=None)
    credit = make_credit()
    plausible = settle_plausible(credit.film, credit.person, by=None)
    found = judgements(settled(["people", "films", "credits"]))
    assert [(each.queue, each.row) for each in found] == [
        ("credits", plausible),
        ("films", films),
        ("people", people),
    ]
    assert found[0].sides == [credit.film, credit.person]
    assert [each.queue for each in judgements(settled(["people"]))] == ["people"]


def test_a_queue_outlives_an_empty_cache():
    make_person()
    make_person()
    assert len(PEOPLE.standing()) == 1
    cache.clear()
    assert len(PEOPLE.standing(lately=True)) == 1
