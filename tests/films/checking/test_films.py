"""Films that are there twice: which pairs come up, with which evidence."""

import pytest

from films.checking.films import candidates, judged, look_alikes
from films.models import FilmTitle
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


def found():
    """Return all likely pairs as films and words."""
    return [(str(pair.first), str(pair.second), [sign.words for sign in pair.signs]) for pair in judged(candidates())]


@pytest.mark.parametrize(
    ("title", "year", "why"),
    [
        ("RUSH", 1991, ["the same title", "both of 1991"]),
        ("Rush", 1992, ["the same title", "of 1991 and 1992"]),
        ("Rush", None, ["the same title"]),
        ("The Rush!", 1991, ["the same title but for marks or “The”", "both of 1991"]),
    ],
)
def test_one_title_within_a_year_is_a_pair(title, year, why):
    make_film()
    make_film("Rush", 2013)
    other = make_film(title, year)
    assert ("Rush (1991)", str(other), why) in found()


def test_remakes_are_no_pair():
    make_film("Rush", 1991)
    make_film("Rush", 2013)
    assert found() == []


def test_a_title_in_another_language_meets_the_original_title():
    make_film("Spirited Away", 2001, original_title="Sen to Chihiro")
    FilmTitle.objects.create(film=make_film("Chihiros Reise", 2001), text="Sen to Chihiro")
    assert found() == [
        ("Spirited Away (2001)", "Chihiros Reise (2001)", ["both are called “Sen to Chihiro”", "both of 2001"])
    ]


def test_one_director_and_a_near_title_are_a_pair():
    director = make_person("Lili Fini Zanuck")
    for title in ("Rushing On", "Rushing Onn"):
        make_credit(make_film(title), director, department="directing")
    assert found() == [
        (
            "Rushing On (1991)",
            "Rushing Onn (1991)",
            ["nearly the same title", "both of 1991", "both directed by Lili Fini Zanuck"],
        )
    ]


def test_two_parts_of_a_series_are_no_pair():
    director = make_person()
    for title in ("Kill Bill: Vol. 1", "Kill Bill: Vol. 2", "Rocky II", "Rocky III"):
        make_credit(make_film(title), director, department="directing")
    assert found() == []


def test_shared_people_speak_for_a_pair_and_others_against():
    one, other, third = make_film(), make_film(), make_film()
    for name in ("Jason Patric", "Sam Elliott", "Max Perlich"):
        person = make_person(name)
        make_credit(one, person)
        make_credit(other, person)
        make_credit(third, make_person(f"{name} the Other"))
    pairs = {pair.key: pair for pair in judged(candidates())}
    assert pairs[one.pk, other.pk].score == 85
    assert [sign.words for sign in pairs[one.pk, other.pk].signs][-1] == "Jason Patric and 2 more are in both casts"
    assert [sign.words for sign in pairs[one.pk, third.pk].signs][-1] == "nobody is in both casts"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [({"imdb_id": "tt0102820"}, {"imdb_id": "tt1979320"}), ({"tmdb_id": 1}, {"tmdb_id": 2})],
)
def test_films_with_an_id_each_are_two(mine, theirs):
    make_film(**mine)
    make_film(**theirs)
    assert found() == []


def test_films_by_two_directors_are_hardly_one():
    for name in ("Ron Howard", "Lili Fini Zanuck"):
        make_credit(make_film(), make_person(name), department="directing")
    assert found() == []


def test_two_directors_of_one_name_may_be_there_twice_themselves():
    for _ in range(2):
        make_credit(make_film(), make_person("Ron Howard"), department="directing")
    assert found() == [
        ("Rush (1991)", "Rush (1991)", ["the same title", "both of 1991", "each directed by a Ron Howard"])
    ]


def test_one_imdb_number_in_two_spellings_is_a_pair():
    make_film("Rush", imdb_id="tt0102820")
    make_film("Narc", imdb_id="tt00102820")
    assert [pair.likelihood for pair in look_alikes([make_film("Other")])] == []
    assert found() == [("Rush (1991)", "Narc (1991)", ["both of 1991", "one IMDb number, written in two ways"])]


@pytest.mark.parametrize("count", [1, 3])
def test_finding_and_judging_cost_the_same_however_many(count, django_assert_num_queries):
    for number in range(count):
        for _ in range(2):
            make_credit(make_film(f"Film {'abc'[number]}"), department="directing")
    with django_assert_num_queries(3):
        keys = candidates()
    with django_assert_num_queries(4):  # Films, other titles, directors, everybody by role.
        assert len(judged(keys)) == count
