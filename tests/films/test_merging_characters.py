"""Two entries for one character become one, whom references in texts still find."""

import pytest

from articles.models import Mention
from articles.rendering import render
from films.changes import snapshot
from films.credits import CastLine, cast_lines, set_cast
from films.merging import Moving, Unlike, foresee, merge
from films.models import CharacterAddress
from tests.factories import make_article, make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    """A film with two entries for Nettle, one of them with what the other lacks."""
    film = make_film()
    make_credit(film, make_person("Tony Frank"), "Nettle")
    make_credit(film, make_person("Max Perlich"), "Captain Nettles")
    film.characters.filter(slug="captain-nettles").update(description="A policeman.", spoils=True)
    film.characters.get(slug="captain-nettles").names.create(text="The Captain")
    return film


@pytest.fixture
def pair(film):
    return list(film.characters.order_by("pk"))


def test_roles_names_and_what_is_known_become_the_survivors(pair):
    survivor, loser = pair
    told = foresee(survivor, loser)
    assert told.names == ("The Captain", "Captain Nettles")
    assert told.moves == (Moving("roles", 1),)
    assert [fill.name for fill in told.fills] == ["description"]
    merge(survivor, loser, by=None)
    survivor = survivor.film.characters.get()
    assert (survivor.name, survivor.description, survivor.spoils) == ("Nettle", "A policeman.", True)
    assert [role.label for role in survivor.roles.order_by("pk")] == ["Nettle", "Captain Nettles"]
    assert list(survivor.names.values_list("text", "kind")) == [("The Captain", "alias"), ("Captain Nettles", "alias")]
    assert list(survivor.former_addresses.values_list("slug", flat=True)) == ["captain-nettles"]


def test_the_change_is_the_films(film, pair):
    before = snapshot(film)
    change = merge(*pair, by=None)
    assert (change.film, change.before, change.after) == (film, before, snapshot(film))
    assert change.note == "Merged Captain Nettles (1 role) into Nettle."
    assert not change.parts.exists()


def test_a_reference_to_either_address_leads_to_the_one(film, pair):
    body = "[[character:nettle]] and [[character:captain-nettles]]"
    make_article(film=film, body=body)
    merge(*pair, by=None)
    film.characters.update(spoils=False)
    assert render(body, film=film).text == "Nettle and Nettle"
    assert render(body, film=film).html.count('href="/films/rush-1991/#character-nettle"') == 2
    assert Mention.objects.get(film=None).character == film.characters.get()


def test_a_former_address_is_handed_on_and_given_to_nobody_else(film, pair):
    survivor, loser = pair
    merge(survivor, loser, by=None)
    other = CastLine(make_person("Sam Elliott"), ("Dodd",))
    set_cast(film, [*cast_lines(film), other])
    dodd = film.characters.get(slug="dodd")
    merge(dodd, survivor, by=None, taken=["slug"])
    assert sorted(CharacterAddress.objects.values_list("character", "slug")) == [
        (dodd.pk, "captain-nettles"),
        (dodd.pk, "dodd"),
    ]
    dodd.refresh_from_db()
    assert dodd.slug == "nettle"
    dodd.names.all().delete()
    set_cast(film, [*cast_lines(film), CastLine(make_person("Somebody"), ("Captain Nettles",))])
    assert film.characters.get(name="Captain Nettles").slug == "captain-nettles-2"


def test_characters_of_two_films_stay_two(pair):
    make_credit(make_film("Mask", 1985), None, "Nettle")
    other = make_film("Other")
    make_credit(other, None, "Nettle")
    with pytest.raises(Unlike, match="Characters of two films cannot be merged"):
        merge(pair[0], other.characters.get(), by=None)
