"""How complete a film is: said once, shown in four places."""

import pytest
from django.urls import reverse

from films.completeness import ASKED, completeness, incomplete
from films.models import Release
from tests.factories import make_credit, make_film, make_genre, make_image, make_person, make_superuser

pytestmark = pytest.mark.django_db

LIST = reverse("admin:films_film_changelist")
EVERYTHING = list(ASKED)


def complete_film(**fields):
    """Make a film of which everything is known."""
    known = {"runtime": 120, "logline": "Two agents go under.", "countries": ["US"], "poster": make_image()}
    film = make_film(**{**known, "imdb_id": "tt0102820", "tmdb_id": 20289, **fields})
    film.genres.add(make_genre())
    make_credit(film, make_person("Lili Fini Zanuck"), department="directing")
    make_credit(film, make_person(), billing=10)
    Release.objects.create(film=film, country="US", date="1991-12-22")
    return film


def missing(film):
    """Return the names of what is missing of *film*."""
    return [each.name for each in completeness([film.pk])[film.pk].missing]


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser())
    return client


def test_a_film_of_which_all_is_known_lacks_nothing():
    film = complete_film()
    film.genres.add(make_genre("Drama"))
    assert missing(film) == []
    assert str(completeness([film.pk])[film.pk]) == "12 of 12"
    assert incomplete() == 0


def test_a_film_of_which_nothing_is_known_lacks_everything():
    film = make_film(year=None)
    assert missing(film) == EVERYTHING
    complete_film(logline="").genres.add(make_genre("Drama"))
    assert str(completeness([film.pk])[film.pk]) == "0 of 12"
    assert incomplete() == 2


@pytest.mark.parametrize(
    ("field", "empty", "name"),
    [
        ("year", None, "year"),
        ("runtime", None, "running time"),
        ("logline", "", "logline"),
        ("countries", [], "countries"),
        ("poster", None, "poster"),
        ("imdb_id", None, "IMDb id"),
        ("tmdb_id", None, "TMDB or Wikidata id"),
    ],
)
def test_each_fact_that_is_left_out_is_missed(field, empty, name):
    assert missing(complete_film(**{field: empty})) == [name]


def test_one_of_two_ids_is_enough():
    assert missing(complete_film(tmdb_id=None, wikidata_id="Q1")) == []


def test_a_cast_of_which_one_has_no_billing_lacks_it():
    film = complete_film()
    make_credit(film, make_person("Sam Elliott"))
    assert missing(film) == ["billing"]


def test_an_assistant_is_no_director():
    film = complete_film()
    film.credits.filter(department="directing").update(job="first assistant director")
    assert missing(film) == ["director"]


def test_the_films_page_says_what_is_missing_and_leads_there(desk):
    film = complete_film(runtime=None)
    page = desk.get(reverse("admin:films_film_change", args=[film.pk])).content.decode()
    assert "<b>11 of 12</b> known." in page
    assert '<a href="#id_runtime">running time</a>' in page
    assert 'id="id_runtime"' in page


def test_every_place_that_is_named_is_on_the_page(desk):
    page = desk.get(reverse("admin:films_film_change", args=[make_film().pk])).content.decode()
    assert [place for _, place in ASKED.values() if f'id="{place}"' not in page] == []


@pytest.mark.parametrize("name", ["anything", *EVERYTHING])
def test_the_list_is_filtered_by_each(desk, name):
    complete, lacking = complete_film(), make_film("Narc", None)
    assert list(desk.get(LIST, {"missing": name}).context["cl"].queryset) == [lacking]
    assert complete.title in desk.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_completeness_costs_one_query_for_all(count, django_assert_num_queries):
    films = [make_film().pk for _ in range(count)]
    with django_assert_num_queries(1):
        assert [str(complete) for complete in completeness(films).values()] == ["1 of 12"] * count


def test_the_list_shows_how_much_is_known(desk):
    complete_film()
    assert "12 of 12" in desk.get(LIST).content.decode()
