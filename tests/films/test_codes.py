"""Countries and languages as people write them."""

import pytest
from django.core.exceptions import ValidationError

from films import codes


@pytest.mark.parametrize("text", ["US", "us", "United States", "UNITED STATES", "USA", "U.S."])
def test_a_country_is_known_by_code_name_and_what_people_write(text):
    assert codes.code_for(text, codes.countries()) == "US"


@pytest.mark.parametrize("text", ["Cote d'Ivoire", "Côte d’Ivoire", "CI"])
def test_a_country_is_known_without_its_accents(text):
    assert codes.code_for(text, codes.countries()) == "CI"


@pytest.mark.parametrize("text", ["Japanese", "ja"])
def test_a_language_is_known_by_code_and_name(text):
    assert codes.code_for(text, codes.languages()) == "ja"


def test_what_a_colloquial_country_is_called_names_no_language():
    with pytest.raises(ValidationError):
        codes.code_for("USA", codes.languages())


def test_an_unknown_name_is_named_in_the_message():
    with pytest.raises(ValidationError, match="Freedonia"):
        codes.code_for("Freedonia", codes.countries())


def test_no_name_holds_a_comma_since_commas_stand_between_them():
    assert not [name for name in [*codes.countries().values(), *codes.languages().values()] if "," in name]


@pytest.mark.parametrize("values", [["US", "US"], "US", ["ZZ"], [1], [None]])
def test_a_list_of_countries_holds_known_codes_once_each(values):
    with pytest.raises(ValidationError):
        codes.known_countries(values)


@pytest.mark.parametrize(("typed", "code"), [("Soviet Union", "SU"), ("yu", "YU"), ("east germany", "DD")])
def test_countries_that_are_no_more_are_known(typed, code):
    assert codes.code_for(typed, codes.countries()) == code
