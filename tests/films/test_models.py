"""What the database itself holds films, people and credits to."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from films.cataloguing import add_person
from films.models import Credit, Film, Person, PersonName, Release, Role
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


@pytest.mark.parametrize("fields", [{"year": 1887}, {"year": 2101}, {"runtime": 0}, {"title": ""}])
def test_the_database_refuses_what_no_film_is(fields):
    with pytest.raises(IntegrityError):
        make_film(**fields)


@pytest.mark.parametrize("fields", [{"runtime": 2**15}, {"tmdb_id": 2**31}])
def test_a_number_that_no_column_of_postgresql_holds_is_refused_in_words(fields):
    film = make_film()
    [(name, number)] = fields.items()
    setattr(film, name, number)
    with pytest.raises(ValidationError) as refusal:
        film.full_clean()
    assert list(refusal.value.message_dict) == [name]


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


def test_the_database_refuses_dates_before_film():
    with pytest.raises(IntegrityError, match="release_is_of_cinema"), transaction.atomic():
        Release.objects.create(film=make_film(), country="US", date=datetime.date(1887, 12, 31))
    with pytest.raises(IntegrityError, match="person_born_in_time_for_film"):
        make_person(born=datetime.date(1699, 12, 31))


def test_a_date_before_film_is_refused_in_words():
    with pytest.raises(ValidationError, match="right century"):
        Person(name="X", slug="x", born=datetime.date(1066, 10, 14)).full_clean()
    with pytest.raises(ValidationError, match="made in 1888"):
        Release(film=make_film(), country="US", date=datetime.date(1066, 10, 14)).full_clean()


def test_a_film_without_a_year_comes_after_its_namesakes_and_is_known_last():
    bare, old = make_film(year=None), make_film(year=1991)
    assert list(Film.objects.all()) == [old, bare]
    person = make_credit(bare).person
    make_credit(old, person)
    known = Person.objects.with_known_films().get().known_credits
    assert [credit.film for credit in known] == [old, bare]


def test_people_and_films_are_sorted_whatever_the_accents_and_capitals():
    for name in ["Emile Zola", "Pedro Álvarez", "Lars von Trier", "Abel Vance"]:
        make_person(name)
    surnames = [person.sort_name.partition(",")[0] for person in Person.objects.all()]
    assert surnames == ["Álvarez", "Vance", "von Trier", "Zola"]
    for title in ["Zulu", "Élite", "eXistenZ", "The Fly"]:
        make_film(title)
    assert [film.title for film in Film.objects.all()] == ["Élite", "eXistenZ", "The Fly", "Zulu"]


@pytest.mark.parametrize("name", ["x" * 99 + " " + "y" * 100, "x" * 97 + " " + "y" * 98 + " Jr."])
def test_the_longest_name_has_room_to_be_turned_round(name):
    assert add_person(name).sort_name.startswith("yyy")
    assert make_film(f"The {'x' * 296}").sort_title.endswith(", The")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rush 1991", ["rush-1991"]),
        ("Rush (1991)", ["rush-1991"]),
        ("1991", ["rush-1991", "made-in-1991-2000"]),
        ("2049", ["blade-runner-2049-2017"]),
        ("blade runner 2049", ["blade-runner-2049-2017"]),
        ("blade 2017", ["blade-runner-2049-2017"]),
        ("rush 1950", []),
    ],
)
def test_a_film_is_found_by_its_year_too(text, found):
    for title, year in [("Rush", 1991), ("Rush", 2013), ("Blade Runner 2049", 2017), ("Made in 1991", 2000)]:
        make_film(title, year)
    assert sorted(Film.objects.titled_like(text).values_list("slug", flat=True)) == sorted(found)
