"""Whom the page lists beside a text, and what it says of them."""

import pytest
from django.db.models import FETCH_RAISE

from articles.models import Publication
from articles.rendering import Mentioned
from articles.whos_who import whos_who
from films.models import Character, Department, Person
from films.roll import roll
from tests.factories import make_credit, make_film, make_image, make_live, make_person

pytestmark = pytest.mark.django_db


def shown_cast(film):
    """Return the cast of *film* as the page of an article about it has it."""
    publication = Publication.objects.for_page().get(article=make_live(film=film))
    return roll(publication.revision.article.film.headline).cast


def listed(film, *rows, spoilt=()):
    """Return the who's who of a text about *film* that names *rows*, and *spoilt* inside spoilers alone."""
    mentions = [*map(Mentioned, rows), *(Mentioned(row, spoils=True) for row in spoilt)]
    return whos_who(mentions, film=film, cast=shown_cast(film) if film else ())


def character(film, name):
    """Return the character of *film* with that name, as bare as a lookup may bring it."""
    return Character.objects.fetch_mode(FETCH_RAISE).get(film=film, name=name)


def lines(who):
    """Return each entry as the name and what stands beside it."""
    characters = [(entry.character.name, *(credit.name for credit in entry.performers)) for entry in who.characters]
    people = [
        (entry.person.name, *entry.jobs, *(role.label for role in (entry.part.roles.all() if entry.part else ())))
        for entry in who.people
    ]
    return characters + people


def test_a_character_is_listed_with_everybody_who_plays_it():
    film = make_film()
    for name in ("Barry Keoghan", "Older Barry"):
        make_credit(film, make_person(name), "Dominic")
    who = listed(film, character(film, "Dominic"))
    assert lines(who) == [("Dominic", "Barry Keoghan", "Older Barry")]


@pytest.mark.parametrize("named", [True, False])
def test_a_performer_stands_with_the_character_that_is_listed(named):
    film, patric = make_film(), make_person("Jason Patric")
    credit = make_credit(film, patric, "Jim Raynor")
    who = listed(film, character(film, "Jim Raynor"), *[patric][:named])
    assert (lines(who), who.told) == ([("Jim Raynor", "Jason Patric")], {credit.pk})


def test_a_performer_of_two_listed_characters_is_told_by_neither():
    film = make_film()
    make_credit(film, make_person("Peter Sellers"), "Mandrake", "Muffley")
    who = listed(film, character(film, "Mandrake"), character(film, "Muffley"))
    assert (lines(who), who.told) == ([("Mandrake", "Peter Sellers"), ("Muffley", "Peter Sellers")], frozenset())


def test_a_person_with_more_to_tell_has_a_line_of_their_own():
    film, woody, peter = make_film(), make_person("Woody Allen"), make_person("Peter Sellers")
    make_credit(film, woody, "Alvy Singer")
    make_credit(film, woody, department=Department.DIRECTING, job="director")
    make_credit(film, woody, department=Department.WRITING, job="screenplay")
    make_credit(film, peter, "Mandrake", "Muffley")
    who = listed(film, woody, peter, character(film, "Alvy Singer"), character(film, "Mandrake"))
    assert lines(who) == [
        ("Alvy Singer", "Woody Allen"),
        ("Mandrake", "Peter Sellers"),
        ("Woody Allen", "Director", "Screenplay", "Alvy Singer"),
        ("Peter Sellers", "Mandrake", "Muffley"),
    ]
    assert who.told == frozenset()


def test_a_stranger_to_the_film_is_known_for_others():
    film, howard = make_film(), make_person("Ron Howard")
    for title, year in [("Cocoon", 1985), ("Rush", 2013), ("Someday", None), ("Apollo 13", 1995)]:
        make_credit(make_film(title, year), howard, department=Department.DIRECTING, job="director")
    [entry] = listed(film, howard).people
    assert (entry.part, entry.jobs) == (None, ())
    assert [other.year for other in entry.known_for] == [2013, 1995, 1985]


def test_nobody_is_listed_who_stands_inside_spoilers_alone():
    film, killer = make_film(), make_person("The Actor")
    make_credit(film, killer, "The Killer")
    who = listed(film, spoilt=[character(film, "The Killer"), killer, make_film("Psycho", 1960)])
    assert (lines(who), who.films, who.names_cast) == ([], (), False)


def test_a_character_that_spoils_has_no_entry_however_the_text_calls_them():
    film, actor = make_film(), make_person("The Actor")
    make_credit(film, actor, "The Killer")
    film.characters.update(spoils=True)
    who = listed(film, character(film, "The Killer"), actor)
    assert who.characters == ()
    assert ([entry.person for entry in who.people], who.told) == ([actor], frozenset())


def test_the_rest_of_the_cast_is_named_once():
    film, patric, leigh = make_film(), make_person("Jason Patric"), make_person("Jennifer Jason Leigh")
    make_credit(film, patric, "Jim Raynor", billing=1)
    make_credit(film, leigh, "Kristen Cates", billing=2)
    make_credit(film, make_person("Sam Elliott"), "Dodd", billing=3)
    who = listed(film, character(film, "Jim Raynor"), leigh)
    assert ([credit.name for credit in who.further], who.names_cast) == (["Sam Elliott"], True)


def test_other_films_are_listed_and_pictures_are_not():
    film, other = make_film(), make_film("Rush", 2013)
    assert listed(film, film, make_image(), other).films == (other,)


def test_a_text_about_no_film_lists_people():
    howard = make_person("Ron Howard")
    make_credit(make_film("Rush", 2013), howard, department=Department.DIRECTING, job="director")
    who = listed(None, howard)
    assert ([str(film) for film in who.people[0].known_for], who.further) == (["Rush (2013)"], ())


@pytest.mark.parametrize("count", [1, 3, 30])
def test_it_costs_one_query_however_many_are_named(count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        make_credit(film, make_person(f"Actor {number}"), f"Part {number}", "Another")
        make_credit(film, make_person(f"Writer {number}"), department=Department.WRITING)
        make_credit(make_film(f"Film {number}"), make_person(f"Stranger {number}"), "Somebody")
    cast = shown_cast(film)
    rows = [*Person.objects.fetch_mode(FETCH_RAISE), *Character.objects.fetch_mode(FETCH_RAISE).filter(film=film)]
    with django_assert_num_queries(1):
        who = whos_who(map(Mentioned, rows), film=film, cast=cast)
    assert (len(who.characters), len(who.people)) == (count + 1, 3 * count)
