"""What the database itself holds films, people and credits to."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from films.models import Credit, Film, Person, PersonName, Role
from tests.factories import make_credit, make_film, make_image, make_person

pytestmark = pytest.mark.django_db


def test_a_person_stands_once_in_a_cast():
    credit = make_credit()
    with pytest.raises(IntegrityError):
        make_credit(credit.film, credit.person)


def test_a_person_may_have_several_jobs_but_each_once():
    film, person = make_film(), make_person()
    make_credit(film, person, department="writing", job="story")
    make_credit(film, person, department="writing", job="screenplay")
    with pytest.raises(IntegrityError):
        make_credit(film, person, department="writing", job="story")


def test_two_performers_may_play_one_character_and_one_performer_several():
    film = make_film()
    first, second = make_credit(film, None, "Jim"), make_credit(film, make_person("Another"), "Jim", "Driver")
    assert film.characters.count() == 2
    assert first.roles.get().character == second.roles.get(label="Jim").character


@pytest.mark.parametrize("fields", [{"year": 1887}, {"runtime": 0}, {"title": ""}])
def test_the_database_refuses_what_no_film_is(fields):
    with pytest.raises(IntegrityError):
        make_film(**fields)


def test_nobody_dies_before_being_born():
    with pytest.raises(IntegrityError):
        make_person(born=datetime.date(1966, 6, 17), died=datetime.date(1965, 1, 1))


def test_films_without_external_ids_do_not_clash():
    make_film()
    make_film("Rush", 2013)
    assert Film.objects.filter(imdb_id=None).count() == 2


def test_an_imdb_id_of_the_wrong_kind_is_refused():
    with pytest.raises(ValidationError, match="tt0102820"):
        Film(title="Rush", slug="rush", sort_title="Rush", imdb_id="nm0000640").full_clean()


def test_who_is_credited_cannot_be_deleted():
    credit = make_credit()
    with pytest.raises(ProtectedError):
        credit.person.delete()


def test_a_film_takes_its_credits_and_characters_with_it():
    credit = make_credit(None, None, "Jim")
    credit.film.delete()
    assert not Credit.objects.exists()
    assert not Role.objects.exists()


def test_a_poster_in_use_cannot_be_deleted():
    image = make_image()
    make_film(poster=image)
    with pytest.raises(ProtectedError):
        image.delete()


@pytest.mark.parametrize("typed", ["amelie", "AMÉLIE poulain", "poulain amelie"])
def test_films_are_found_whatever_the_accents_and_order(typed):
    film = make_film("Le Fabuleux Destin d’Amélie Poulain", 2001)
    make_film("Emily", 2022)
    assert list(Film.objects.titled_like(typed)) == [film]


def test_people_are_found_by_other_names_and_in_their_own_script():
    person = make_person("Zhang Yimou")
    make_person("Zhang Ziyi")
    PersonName.objects.create(person=person, text="张艺谋")
    assert list(Person.objects.named_like("艺谋")) == [person]


def test_people_know_three_films_in_two_queries(django_assert_num_queries):
    for name in ["Ana", "Bo"]:
        person = make_person(name)
        for number in range(5):
            make_credit(make_film(f"Film {number}", 1990 + number), person, billing=10)
    with django_assert_num_queries(2):
        known = [[credit.film.year for credit in person.known_credits] for person in Person.objects.with_known_films()]
    assert known == [[1994, 1993, 1992]] * 2


def test_billing_orders_a_cast_and_what_has_none_comes_last():
    film = make_film()
    last, first, second = (
        make_credit(film, make_person(name), billing=billing) for name, billing in [("C", None), ("A", 10), ("B", 20)]
    )
    assert list(film.credits.cast()) == [first, second, last]
