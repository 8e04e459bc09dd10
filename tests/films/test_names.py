"""Folding, sorting and addresses of names."""

import pytest

from films import names
from films.models import Film, Genre
from tests.factories import make_film

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "order", "sorted_name"),
    [
        ("Lili Fini Zanuck", "western", "Zanuck, Lili Fini"),
        ("Lars von Trier", "western", "von Trier, Lars"),
        ("Robert De Niro", "western", "De Niro, Robert"),
        ("Catherine De La Tour", "western", "De La Tour, Catherine"),
        ("Van Morrison", "western", "Morrison, Van"),
        ("Anna e Bell", "western", "Bell, Anna e"),
        ("Robert Downey Jr.", "western", "Downey, Robert, Jr."),
        ("Robert Downey, Jr.", "western", "Downey, Robert, Jr."),
        ("Madonna", "western", "Madonna"),
        ("Madonna Louise", "mononym", "Madonna Louise"),
        ("Zhang Yimou", "eastern", "Zhang Yimou"),
        ("", "western", ""),
    ],
)
def test_a_name_sorts_by_its_order(name, order, sorted_name):
    assert names.sort_name(name, order) == sorted_name


@pytest.mark.parametrize(
    ("title", "sorted_title"),
    [("The Piano", "Piano, The"), ("A.I.", "A.I."), ("An Angel", "Angel, An"), ("Them", "Them"), ("The ", "The ")],
)
def test_a_title_sorts_without_its_article(title, sorted_title):
    assert names.sort_title(title) == sorted_title


@pytest.mark.parametrize("text", ["Amélie", "AMELIE", "Ame\u0301lie"])
def test_accents_and_capitals_fold_alike(text):
    assert names.fold(text) == "amelie"


def test_curly_quotes_fold_to_straight():
    assert names.fold("Ocean’s Eleven") == "ocean's eleven"


def test_other_scripts_are_searched_as_written_and_in_latin():
    assert names.search_text("千と千尋").split("\n")[1] == "千と千尋"


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        (("Rush", 1991), "rush-1991"),
        (("Ocean’s Eleven",), "oceans-eleven"),
        (("???",), ""),
        (("Amélie", None), "amelie"),
    ],
)
def test_an_address_is_ascii(parts, address):
    assert names.slug(*parts) == address


def test_an_address_of_other_scripts_is_not_empty():
    assert names.slug("千と千尋の神隠し")


def test_the_first_free_address_is_taken_then_numbers_count_on():
    make_film(slug="rush-1991")
    make_film(slug="rush-1991-zanuck")
    assert names.free_slug(Film.objects.all(), ["rush-1991", "rush-1991-zanuck"]) == "rush-1991-zanuck-2"
    make_film(slug="rush-1991-zanuck-9")
    assert names.free_slug(Film.objects.all(), ["rush-1991", "rush-1991-zanuck"]) == "rush-1991-zanuck-10"
    assert names.free_slug(Film.objects.all(), ["rush-1991", "rush-1991-howard"]) == "rush-1991-howard"


def test_an_address_fits_its_column_with_a_number_behind_it():
    longest = "a" * 220
    first = make_film(slug=names.free_slug(Film.objects.all(), [longest])).slug
    assert first == "a" * 214
    assert names.free_slug(Film.objects.all(), [longest]) == f"{first}-2"
    assert names.free_slug(Genre.objects.all(), ["b" * 60, longest]) == "b" * 54


@pytest.mark.parametrize("candidates", [[], ["", "-"], ["-" * 300]])
def test_what_makes_no_address_is_untitled(candidates):
    assert names.free_slug(Film.objects.all(), candidates) == "untitled"
