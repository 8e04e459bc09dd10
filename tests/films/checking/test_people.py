"""People who are there twice: which pairs come up, with which evidence, in which order."""

from datetime import date

import pytest

from films.checking.people import candidates, judged, look_alikes
from films.checking.settling import settle_different
from films.models import PersonName
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


def found():
    """Return all likely pairs as names and words."""
    return [(pair.first.name, pair.second.name, [sign.words for sign in pair.signs]) for pair in judged(candidates())]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Penélope Cruz", "PENELOPE CRUZ", "the same name"),
        ("Special K. McCray", "Special K McCray", "the same name but for dots, hyphens and spaces"),
        ("J.R. Smith", "J. R. Smith", "the same name but for dots, hyphens and spaces"),
        ("Zhang Yimou", "Yimou Zhang", "the same name turned round"),
    ],
)
def test_one_name_spelled_in_two_ways_is_a_pair(one, other, why):
    make_person(one)
    make_person(other)
    make_person("Somebody Else")
    assert found() == [(one, other, [why])]


def test_an_eastern_name_meets_itself_in_western_order():
    make_person("Zhang Yimou", name_order="eastern", sort_name="Zhang Yimou")
    make_person("Yimou Zhang")
    assert found() == [("Zhang Yimou", "Yimou Zhang", ["the same name turned round"])]


def test_another_name_of_the_one_is_the_name_of_the_other():
    PersonName.objects.create(person=make_person("Reginald Dwight"), text="Elton John")
    make_person("Elton John")
    assert found() == [("Reginald Dwight", "Elton John", ["both are called “Elton John”"])]


def test_who_is_credited_as_somebody_else_on_a_film_of_both_is_a_pair():
    film = make_film()
    make_credit(film, make_person("Nell Nolan"), "Nun", credited_as="Nell Marks")
    make_credit(film, make_person("Nell Marks"), department="writing")
    assert found() == [
        (
            "Nell Nolan",
            "Nell Marks",
            ["Nell Nolan is credited as “Nell Marks” on Rush (1991)", "both are credited on Rush (1991)"],
        )
    ]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Jason Patric", "Jason Patrick", "nearly the same name"),
        ("Samuel L. Jackson", "Samuel Jackson", "the same name but for an initial"),
        ("Samuel L. Jackson", "Samuel Leroy Jackson", "the same name but for an initial"),
    ],
)
def test_a_near_name_counts_on_one_film_alone(one, other, why):
    film = make_film()
    make_credit(film, make_person(one))
    other = make_person(other)
    assert found() == []
    make_credit(film, other)
    assert found() == [(one, other.name, [why, "both are credited on Rush (1991)"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joel Coen", "Ethan Coen"),
        ("John A. Smith", "John B. Smith"),
        ("Robert Downey Jr.", "Robert Downey Sr."),
        ("Dalek 1", "Dalek 2"),
        ("Bobby Farrelly", "Peter Farrelly"),
    ],
)
def test_relatives_and_those_whom_a_letter_tells_apart_are_no_pair(one, other):
    film = make_film()
    make_credit(film, make_person(one))
    make_credit(film, make_person(other))
    assert found() == []


def test_a_near_name_and_one_day_of_birth_are_a_pair():
    make_person("Jason Patric", born=date(1966, 6, 17))
    make_person("Jason Patrik", born=date(1966, 6, 17))
    assert found() == [("Jason Patric", "Jason Patrik", ["nearly the same name", "both born on 17 June 1966"])]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"born": date(1966, 6, 17)}, {"born": date(1926, 6, 17)}),
        ({"died": date(1996, 6, 17)}, {"died": date(1926, 6, 17)}),
        ({"imdb_id": "nm0000640"}, {"imdb_id": "nm0000641"}),
        ({"tmdb_id": 1}, {"tmdb_id": 2}),
        ({"wikidata_id": "Q1"}, {"wikidata_id": "Q2"}),
    ],
)
def test_what_one_person_cannot_have_makes_namesakes_two(mine, theirs):
    film = make_film()
    make_credit(film, make_person(**mine))
    make_credit(film, make_person(**theirs), department="writing")
    assert found() == []


def test_one_imdb_number_in_two_spellings_is_a_pair_whatever_the_names():
    make_person("Jason Patric", imdb_id="nm0000640")
    make_person("J. Patric", imdb_id="nm00000640")
    assert found() == [("Jason Patric", "J. Patric", ["one IMDb number, written in two ways"])]


def test_only_what_is_known_of_a_date_is_compared():
    make_person(born=date(1966, 1, 1), born_precision="year")
    make_person(born=date(1966, 6, 17))
    assert found() == [("Jason Patric", "Jason Patric", ["the same name", "both born in 1966"])]


def test_signs_against_lower_a_pair_and_may_sink_it():
    old, young = make_person(), make_person()
    make_credit(make_film("Old", 1921), old)
    make_credit(make_film("New", 1991), young)
    assert found() == [("Jason Patric", "Jason Patric", ["the same name", "their films lie 70 years apart"])]
    young.disambiguation = "stuntman"
    young.save()
    assert found() == []


def test_the_likeliest_come_first():
    film = make_film()
    for _ in range(2):
        make_person("Anna Bell")
    for department in ("cast", "writing"):
        make_credit(film, make_person("Bea Cole"), department=department)
    assert [(pair.first.name, pair.score, pair.likelihood) for pair in judged(candidates())] == [
        ("Bea Cole", 60, "likely"),
        ("Anna Bell", 40, "possible"),
    ]


def test_who_is_settled_to_be_different_is_no_look_alike():
    person, other, third = make_person(), make_person(), make_person()
    assert [pair.other(person) for pair in look_alikes([person])] == [other, third]
    settle_different(other, person, by=None)
    assert [pair.other(person) for pair in look_alikes([person])] == [third]


def test_look_alikes_are_those_of_the_people_asked_about():
    film, person = make_film(), make_person("Jason Patric")
    make_credit(film, person)
    make_credit(film, make_person("Jason Patrick"))
    make_person("Anna Bell")
    make_person("Anna Bell")
    assert [str(pair) for pair in look_alikes([person])] == ["Jason Patric and Jason Patrick"]


@pytest.mark.parametrize("count", [1, 3])
def test_finding_and_judging_cost_the_same_however_many(count, django_assert_num_queries):
    for number in range(count):
        film = make_film(f"Film {number}")
        for department in ("cast", "writing"):
            make_credit(film, make_person(f"Person {'abc'[number]}"), department=department)
    with django_assert_num_queries(4):
        keys = candidates()
    with django_assert_num_queries(4):  # People, their other names, known films, all credits.
        assert len(judged(keys)) == count
