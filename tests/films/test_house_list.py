"""The house list: spellings that are kept as right or wrong, and what is refused."""

import pytest

from films.house_list import LONGEST, NoSpelling, accept_spelling, reject_spelling
from films.models import Change, CharacterName, PersonName, PersonNameKind
from tests.factories import make_credit, make_film, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def nettle():
    film = make_film()
    make_credit(film, make_person("Tony Frank"), "Nettle")
    return film.characters.get(name="Nettle")


def kept(subject):
    return list(subject.names.values_list("text", "kind"))


def test_a_misspelling_is_kept_and_recorded_with_the_film(nettle):
    user = make_user()
    reject_spelling(nettle, " Nettles ", by=user)
    assert kept(nettle) == [("Nettles", "misspelling")]
    change = Change.objects.get()
    assert (change.film, change.by, change.source) == (nettle.film, user, "house list")


def test_another_right_name_is_kept_and_recorded_with_the_person():
    person = make_person("Jason Patric")
    accept_spelling(person, "Jason  Patrick Miller", by=None)
    assert kept(person) == [("Jason Patrick Miller", "alias")]
    assert Change.objects.get().person == person


def test_who_thinks_again_changes_the_kind_and_makes_no_second_row(nettle):
    for answer, kind in (
        (reject_spelling, "misspelling"),
        (accept_spelling, "alias"),
        (reject_spelling, "misspelling"),
    ):
        answer(nettle, "Nettles", by=None)
        assert kept(nettle) == [("Nettles", kind)]
    assert Change.objects.count() == 3


def test_what_is_kept_already_leaves_no_record(nettle):
    reject_spelling(nettle, "Nettles", by=None)
    reject_spelling(nettle, "Nettles", by=None)
    assert Change.objects.count() == 1


def test_a_birth_name_is_right_and_stays_a_birth_name():
    person = make_person("Jason Patric")
    PersonName.objects.create(person=person, text="Jason Patric Miller Jr.", kind="birth")
    accept_spelling(person, "Jason Patric Miller Jr.", by=None)
    assert kept(person) == [("Jason Patric Miller Jr.", "birth")]


@pytest.mark.parametrize("text", ["", "  ", "1991", "’—", "x" * (LONGEST + 1), "Nettle"])
@pytest.mark.parametrize("answer", [accept_spelling, reject_spelling])
def test_nonsense_is_refused_and_nothing_is_kept(nettle, answer, text):
    with pytest.raises(NoSpelling):
        answer(nettle, text, by=None)
    assert (CharacterName.objects.count(), Change.objects.count()) == (0, 0)


def test_a_name_that_somebody_else_in_the_film_has_is_no_misspelling(nettle):
    make_credit(nettle.film, make_person("Max Nettles"), "Nettles")
    with pytest.raises(NoSpelling, match="“Nettles” is also the name of Nettles"):
        reject_spelling(nettle, "Nettles", by=None)
    with pytest.raises(NoSpelling, match="Max Nettles"):
        reject_spelling(nettle, "Max Nettles", by=None)
    assert kept(nettle) == []


def test_a_name_in_another_film_stands_in_nobodys_way(nettle):
    make_credit(make_film("Heat", 1995), make_person("Someone"), "Nettles")
    reject_spelling(nettle, "Nettles", by=None)
    assert kept(nettle) == [("Nettles", "misspelling")]


def test_a_colleagues_name_is_no_misspelling_whatever_its_accents_and_capitals():
    film = make_film()
    nettle = make_credit(film, make_person("Tony Frank"), "Nettle").roles.get().character
    other = make_credit(film, make_person("Daniel Brühl"), "Niki").person
    PersonName.objects.create(person=other, text="Dani B", kind=PersonNameKind.ALIAS)
    for spelling in ("daniel bruhl", "DANI B"):
        with pytest.raises(NoSpelling, match="is also the name of Daniel Brühl"):
            reject_spelling(nettle, spelling, by=None)


def test_a_name_without_its_accents_can_be_wrong():
    person = make_credit(make_film(), make_person("Daniel Brühl"), "Niki").person
    assert reject_spelling(person, "Daniel Bruhl", by=None).kind == PersonNameKind.MISSPELLING
