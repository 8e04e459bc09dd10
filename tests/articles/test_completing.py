"""Completing references: what is offered after `[[`, in which order, told apart how, at what cost."""

from datetime import date

import pytest
from django.urls import reverse

from articles.completing import OFFERED, suggestions
from films.models import CharacterName, Department, PersonName
from tests.factories import make_credit, make_film, make_person, make_user

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/references/"


@pytest.fixture
def rush():
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor", billing=10)
    make_credit(film, make_person("Jennifer Jason Leigh"), "Kristen Cates", billing=20)
    director = make_person("Lili Fini Zanuck")
    make_credit(film, director, department=Department.DIRECTING, job="director")
    return film


def offered(typed, film=None):
    return [suggestion.reference for suggestion in suggestions(typed, film=film)]


def test_nothing_typed_offers_the_films_own_characters_facts_and_people(rush):
    make_person("Niki Lauda")
    make_film("Rush", 2013)
    assert offered("", rush) == [
        "character:jim-raynor",
        "character:kristen-cates",
        "film.",
        "cast",
        "cast:6",
        "person:jason-patric",
        "person:jennifer-jason-leigh",
        "person:lili-fini-zanuck",
    ]


def test_nothing_typed_about_no_film_offers_nothing(rush):
    assert offered("") == []


def test_the_films_own_come_before_everybody_elses(rush):
    other = make_film("Point Break")
    make_credit(other, make_person("Aaron Jimson"), "Jim Bodhi")
    make_film("Jim")
    assert offered("jim", rush) == ["character:jim-raynor", "person:aaron-jimson", "film:jim-1991"]


def test_each_is_told_from_its_namesakes(rush):
    old = make_person("Jason Patric", born=date(1911, 1, 1), disambiguation="stuntman")
    make_credit(make_film("Noir", 1940), old, "Driver")
    told = [(found.reference, found.note) for found in suggestions("jason patric", film=rush)]
    assert told == [
        ("person:jason-patric", "plays Jim Raynor"),
        ("person:jason-patric-1911", "1911– · stuntman · Noir (1940)"),
    ]


def test_characters_and_crew_say_what_they_are(rush):
    told = {found.name: (found.kind, found.note) for found in suggestions("", film=rush)}
    assert told["Kristen Cates"] == ("character", "played by Jennifer Jason Leigh")
    assert told["Lili Fini Zanuck"] == ("person", "director")


@pytest.mark.parametrize("typed", ["amelie", "AMÉLIE", "  amé"])
def test_accents_and_capitals_do_not_matter(typed):
    film = make_film("Le Fabuleux Destin", 2001)
    make_credit(film, make_person("Audrey Tautou"), "Amélie Poulain")
    assert offered(typed, film) == ["character:amelie-poulain"]


def test_other_names_find_too(rush):
    jim = rush.characters.get(slug="jim-raynor")
    CharacterName.objects.create(character=jim, text="The Cop")
    PersonName.objects.create(person=make_person("Max Perlich"), text="Maxwell")
    assert offered("cop", rush) == ["character:jim-raynor"]
    assert offered("maxw", rush) == ["person:max-perlich"]


def test_a_kind_and_a_colon_ask_for_that_kind_alone(rush):
    make_person("Jim Carrey")
    make_film("Jim")
    assert offered("character:ji", rush) == ["character:jim-raynor"]
    assert offered("person:jim-c", rush) == ["person:jim-carrey"]
    assert offered("film:ji", rush) == ["film:jim-1991"]
    assert offered("character:ji") == []


def test_a_year_tells_films_apart(rush):
    make_film("Rush", 2013)
    make_film("Blade Runner 2049", 2017)
    assert offered("rush") == ["film:rush-2013", "film:rush-1991"]
    assert offered("rush 1991") == ["film:rush-1991"]
    assert offered("Rush (2013)") == ["film:rush-2013"]
    assert offered("film:rush-1991") == ["film:rush-1991"]
    assert offered("runner 2049") == ["film:blade-runner-2049-2017"]


def test_the_cast_table_is_offered_by_its_name(rush):
    assert offered("cast", rush)[:2] == ["cast", "cast:6"]


def told(typed, film=None):
    return [(suggestion.reference, suggestion.note) for suggestion in suggestions(typed, film=film)]


def test_a_full_stop_lists_the_films_facts_with_what_they_say_now(rush):
    assert told("film.", rush) == [
        ("film.director", "Lili Fini Zanuck"),
        ("film.writer", "not known yet"),
        ("film.year", "1991"),
        ("film.runtime", "not known yet"),
        ("film.release", "not known yet"),
        ("film.certificate", "not known yet"),
        ("film.cast-count", "2"),
    ]
    assert told("film.") == []


def test_facts_of_another_film_are_found_by_its_title_or_address(rush):
    make_film("Heat", 1995, runtime=170)
    for typed in ("film:heat.run", "film:heat-1995.run", "film:HEAT.RUN"):
        assert told(typed, rush) == [("film:heat-1995.runtime", "170 minutes")]
    assert told("film:nothing.", rush) == told("film:.", rush) == []


def test_a_film_not_yet_named_is_the_articles_own(rush):
    make_film("Heat", 1995)
    assert told("film:", rush) == told("film: ", rush) == [("film:rush-1991", "the film of this article")]
    assert told("film:heat", rush) == [("film:heat-1995", "")]


def test_without_a_film_people_and_films_are_offered():
    make_person("Max Heat")
    make_film("Heat", 1995)
    assert told("heat") == [("person:max-heat", ""), ("film:heat-1995", "")]


def test_a_fact_is_offered_by_its_name_alone(rush):
    assert told("yea", rush) == [("film.year", "1991")]


def test_never_more_than_twenty(rush):
    for number in range(OFFERED + 5):
        make_credit(rush, make_person(f"Extra {number}"), f"Extra {number}")
    assert len(offered("extra", rush)) == len(offered("character:extra", rush)) == OFFERED


@pytest.mark.parametrize("typed", ["|", "]]", "%", "_", "film:", "person:", "film..", "[[", "\\", "🎬", "a" * 200])
def test_odd_words_find_nothing_and_break_nothing(typed):
    assert offered(typed) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_is_the_same_however_much_is_found(rush, count, django_assert_num_queries):
    for number in range(count):
        person = make_person(f"Jim Cast {number}")
        make_credit(rush, person, f"Jim {number}")
        make_credit(make_film(f"Jim {number}"), person, department=Department.DIRECTING)
    with django_assert_num_queries(12):
        suggestions("jim", film=rush)


def test_the_endpoint_answers_with_everything_the_list_shows(client, rush):
    client.force_login(make_user("articles.add_article"))
    answer = client.get(reverse("admin:articles_article_references"), {"q": "raynor", "film": rush.pk})
    jim = rush.characters.get(slug="jim-raynor")
    assert answer.json() == {
        "references": [
            {
                "kind": "character",
                "reference": "character:jim-raynor",
                "name": "Jim Raynor",
                "note": "played by Jason Patric",
                "about": f"character:{jim.pk}",
                "goes_on": False,
            }
        ]
    }


def test_bad_input_is_a_clear_400(client):
    client.force_login(make_user("articles.add_article"))
    answer = client.get(URL, {"film": "x"})
    assert (answer.status_code, answer.json()["error"][:21]) == (400, "Select a valid choice")
