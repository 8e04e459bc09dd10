"""Every change of a film or a person is written down once, with what stood there before and after."""

import json
from datetime import date

import pytest

from films.cataloguing import add_person
from films.changes import recorded, snapshot
from films.credits import CastLine, CrewLine, cast_lines, set_cast, set_crew
from films.models import Change, ChangeAction, Film, Person
from tests.factories import make_credit, make_film, make_genre, make_image, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_a_film_is_taken_down_in_nine_queries_however_much_there_is(count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        film.genres.add(make_genre(f"Genre {number}"))
        film.titles.create(text=f"Title {number}")
        film.releases.create(country="US", date=f"199{number}-12-22", certificate="R")
        make_credit(film, make_person(f"Person {number}"), "Part", "Other")
        film.characters.first().names.create(text=f"Alias {number}")
        make_credit(film, make_person(f"Writer {number}"), department="writing")
    with django_assert_num_queries(9):
        taken = snapshot(film)
    assert {name: len(rows) for name, rows in taken.items() if name != "facts"} == {
        "titles": count,
        "releases": count,
        "characters": 2,
        "cast": count,
        "crew": count,
    }
    assert len(taken["facts"]["genres"]) == count


def test_a_snapshot_says_what_stands_there_in_plain_json():
    film = make_film(poster=make_image())
    credit = make_credit(film, None, "Jim Raynor", billing=10)
    taken = json.loads(json.dumps(snapshot(film)))
    assert (taken["facts"]["title"], taken["facts"]["year"], taken["facts"]["poster"]) == ("Rush", 1991, film.poster.pk)
    line = taken["cast"][0]
    assert (line["credit"], line["name"], line["billing"]) == (credit.pk, "Jason Patric", 10)
    jim, role = film.characters.get(), credit.roles.get()
    said = {"label": "Jim Raynor", "character": jim.pk, "name": "Jim Raynor"}
    assert line["roles"] == [{"id": role.pk, "position": 1, **said}]


@pytest.mark.parametrize("count", [1, 3])
def test_a_person_is_taken_down_in_two_queries(count, django_assert_num_queries):
    person = make_person(born=date(1966, 6, 17))
    for number in range(count):
        person.names.create(text=f"Alias {number}")
    with django_assert_num_queries(2):
        taken = snapshot(person)
    assert (taken["facts"]["born"], len(taken["names"])) == ("1966-06-17", count)


def test_what_has_no_row_is_nothing():
    assert (snapshot(Film()), snapshot(Person())) == ({}, {})


def test_one_change_tells_all_that_was_done_inside():
    film, user = make_film(), make_user()
    with recorded(film, by=user, source="desk", note="From the screen.") as recording:
        Film.objects.update(year=1992)
        set_cast(film, [CastLine(make_person(), ("Jim Raynor",))])
        set_crew(film, [CrewLine(make_person("Pete Dexter"), "writing")])
    change = Change.objects.get()
    assert recording.change == change
    assert (change.film, change.by, change.action, change.source) == (film, user, ChangeAction.EDITED, "desk")
    assert (change.before["facts"]["year"], change.after["facts"]["year"]) == (1991, 1992)
    assert [len(change.after[part]) for part in ("cast", "crew", "characters")] == [1, 1, 1]


def test_where_nothing_differs_nothing_is_written():
    film = make_credit(make_film(), None, "Jim").film
    with recorded(film, by=None) as recording:
        set_cast(film, cast_lines(film))
    assert (recording.change, Change.objects.count()) == (None, 0)


def test_what_fails_leaves_neither_a_change_nor_what_was_done():
    film = make_film()
    with pytest.raises(RuntimeError):
        _fail_to_date(film)
    assert (Film.objects.get().year, Change.objects.count()) == (1991, 0)
    with recorded(film, by=None):
        Film.objects.update(year=1993)
    assert Change.objects.get().after["facts"]["year"] == 1993


def _fail_to_date(film):
    with recorded(film, by=None):
        Film.objects.update(year=1992)
        raise RuntimeError


def test_what_is_made_had_nothing_before_and_what_is_deleted_has_nothing_after():
    user = make_user()
    person = add_person("Jason Patric", by=user)
    made = Change.objects.get()
    assert (made.person, made.by, made.action, made.before) == (person, user, "created", {})
    with recorded(person, by=user, action=ChangeAction.DELETED):
        person.delete()
    gone, made = Change.objects.all()
    assert (gone.about, gone.person, gone.before, gone.after) == ("Jason Patric", None, made.after, {})
    assert made.person is None


def test_a_change_of_two_things_at_once_is_written_for_each():
    film, person = make_film(), make_person()
    with recorded(film, by=None), recorded(person, by=None):
        set_cast(film, [CastLine(person)])
        Person.objects.update(bio="Born in Queens.")
    assert set(Change.objects.values_list("film", "person")) == {(film.pk, None), (None, person.pk)}


def test_credits_set_by_anybody_leave_a_change():
    film, user = make_film(), make_user()
    set_cast(film, [CastLine(make_person())], by=user)
    set_crew(film, [CrewLine(make_person(), "writing")])
    assert list(Change.objects.values_list("by", flat=True)) == [None, user.pk]
