"""Countries (ISO 3166-1 alpha-2) and languages (ISO 639): their English names, from the CLDR by way of Babel."""

from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError

from films.names import fold

# What people write that is neither the code nor the CLDR's name.
COLLOQUIAL = {
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "america": "US",
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
}

# Withdrawn codes (ISO 3166-3): films came from these countries, and do not move when a border does.
FORMER = {"CS": "Czechoslovakia", "DD": "East Germany", "SU": "Soviet Union", "YU": "Yugoslavia"}


@cache
def countries() -> dict[str, str]:
    """Return country code -> English name, such as "US" -> "United States"."""
    territories = Locale("en").territories
    known = {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha() and code != "ZZ"}
    return known | FORMER


@cache
def languages() -> dict[str, str]:
    """Return language code -> English name, such as "ja" -> "Japanese"."""
    return {code: name for code, name in Locale("en").languages.items() if 2 <= len(code) <= 3}


def country_name(code: str) -> str:
    """Return the English name of a country, or the code itself where it is not known."""
    return countries().get(code, code)


def language_name(code: str) -> str:
    """Return the English name of a language, or the code itself where it is not known."""
    return languages().get(code, code)


def code_for(text: str, known: dict[str, str]) -> str:
    """Return the code in *known* that *text* names, by code or English name; raise ValidationError for neither."""
    wanted = fold(text)
    if COLLOQUIAL.get(wanted) in known:
        return COLLOQUIAL[wanted]
    for code, name in known.items():
        if wanted in (code.lower(), fold(name)):
            return code
    raise ValidationError("“%(text)s” is not known; write the English name or the ISO code.", params={"text": text})


def known_country(value: str) -> None:
    """Refuse what is no country code."""
    if value not in countries():
        raise ValidationError("“%(value)s” is no ISO country code, such as US.", params={"value": value})


def known_language(value: str) -> None:
    """Refuse what is no language code."""
    if value not in languages():
        raise ValidationError("“%(value)s” is no ISO language code, such as en.", params={"value": value})


def known_countries(values: list[str]) -> None:
    """Refuse a list that holds anything but country codes, each once."""
    _known_list(values, known_country)


def known_languages(values: list[str]) -> None:
    """Refuse a list that holds anything but language codes, each once."""
    _known_list(values, known_language)


def _known_list(values, known) -> None:
    if not isinstance(values, list) or len(set(map(str, values))) != len(values):
        raise ValidationError("Give a list of codes, each once.")
    for value in values:
        known(value)
