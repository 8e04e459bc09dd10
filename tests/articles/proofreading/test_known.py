"""What a film knows of names."""

from dataclasses import replace

import pytest

from articles.proofreading.known import Known, Named, known
from articles.proofreading.spellings import spellings
from films.models import CharacterNameKind, Department, PersonNameKind
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


def test_people_bring_every_spelling_of_their_names():
    film, patric = make_film(), make_person("Jason Patric")
    patric.names.create(text="Jason Patric Miller", kind=PersonNameKind.BIRTH)
    patric.names.create(text="Jason Patrick", kind=PersonNameKind.MISSPELLING)
    make_credit(film, patric, credited_as="J. Patric")
    make_credit(film, patric, department=Department.PRODUCTION)
    make_credit(make_film(), make_person("Sam Elliott"))
    named = Named("person", patric.pk, "jason-patric", "Jason Patric", "western")
    named = replace(named, others=("J. Patric", "Jason Patric Miller"), misspellings=("Jason Patrick",))
    assert known(film).people == {patric.pk: named}


def test_characters_bring_their_parts_and_performers():
    film, frank = make_film(), make_person("Tony Frank")
    make_credit(film, frank, "Nettle")
    nettle = film.characters.get()
    nettle.names.create(text="Chief Nettle")
    nettle.names.create(text="Nettles", kind=CharacterNameKind.MISSPELLING)
    found = known(film)
    named = Named("character", nettle.pk, "nettle", "Nettle", played_by=(frank.pk,))
    named = replace(named, others=("Chief Nettle", "Nettle"), misspellings=("Nettles",))
    assert found.characters == {nettle.pk: named}
    assert found.people[frank.pk].plays == (nettle.pk,)
    assert [name.about for name in found.everybody] == [f"person:{frank.pk}", f"character:{nettle.pk}"]
    assert [name.reference for name in found.everybody] == ["person:tony-frank", "character:nettle"]


def test_titles_and_parts_without_a_character_are_phrases():
    film = make_film("Rush", original_title="Rausch")
    film.titles.create(text="The Rush")
    make_credit(film, make_person()).roles.create(label="Officer Krupke")
    assert known(film).phrases == ("Rush", "Rausch", "The Rush", "Officer Krupke")


def test_without_a_film_nobody_is_known(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert known(None) == Known()


@pytest.mark.parametrize("count", [1, 3, 100])
def test_it_costs_the_same_however_many_are_credited(count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        make_credit(film, make_person(f"Jason Patric {number}"), f"Jim {number}")
    with django_assert_num_queries(6):
        assert len(known(film).everybody) == 2 * count


def test_a_spelling_added_to_the_film_counts_at_once():
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor")
    read = [known(film)]
    film.characters.get().names.create(text="Rainor")
    read.append(known(film))
    assert ["rainor" in spellings(names).right for names in read] == [False, True]
