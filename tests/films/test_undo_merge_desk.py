"""Merges in the history: told as a whole and in each part, undone by who may undo all of it."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from films.admin.undoing import may_undo
from films.changes import recorded
from films.merging import merge
from films.models import Change, Person
from films.splitting import split_film
from films.undoing import undo
from tests.dumps import dump
from tests.factories import (
    make_article,
    make_credit,
    make_film,
    make_live,
    make_member,
    make_person,
    make_superuser,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_superuser(username="ana"))
    return client


@pytest.fixture
def film():
    return make_film()


@pytest.fixture
def merged(film):
    """A merge of two people, one of whom has a history and a line in *film*."""
    sam, eliott = make_person("Sam Elliott"), make_person("Sam Eliott")
    make_credit(film, eliott, "Dodd")
    with recorded(eliott, by=None):
        Person.objects.filter(pk=eliott.pk).update(bio="x")
    return merge(sam, eliott, by=make_user(username="ben"))


def history(row):
    return reverse(f"admin:films_{row._meta.model_name}_history", args=[row.pk])


def address(change):
    return reverse("admin:films_person_undo", args=[change.pk])


def test_the_survivors_history_tells_the_merge_and_what_the_loser_was(desk, merged):
    told = desk.get(history(merged.person)).context["told"]
    assert [(each["change"].note, each["about"], each["refusal"]) for each in told] == [
        ("Merged Sam Eliott (1 credit) into Sam Elliott.", "", ""),
        ("", "Sam Eliott", "Later changes stand on it: undo those first."),
    ]


def test_a_films_history_tells_its_part_and_leads_to_the_whole(desk, film, merged):
    response = desk.get(history(film))
    [told] = response.context["told"]
    assert (told["refusal"], told["whole"]) == ("Undone as a whole.", merged)
    link = f'<a href="{history(merged.person)}#change-{merged.pk}">Merged Sam Eliott (1 credit) into Sam Elliott.</a>'
    assert link in response.content.decode()
    assert f'id="change-{merged.pk}"' in desk.get(history(merged.person)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_history_of_parts_costs_the_same_however_long(desk, film, count, django_assert_num_queries):
    sam = make_person("Sam Elliott")
    for number in range(count):
        loser = make_person(f"Sam {number}")
        make_credit(film, loser, department="writing", job=f"Job {number}")
        merge(sam, loser, by=None)
    with django_assert_num_queries(15):
        assert len(desk.get(history(film)).context["told"]) == count


def test_what_changes_back_is_shown_before(desk, film, merged):
    parts = desk.get(address(merged)).context["parts"]
    assert [part["about"] for part in parts["shown"]] == [str(film), "Sam Eliott"]
    assert [str(difference) for difference in parts["shown"][0]["differences"]] == [
        "added cast Sam Eliott: part Dodd",
        "removed cast Sam Elliott",
    ]
    assert parts["more"] == 0


def test_of_many_parts_some_are_shown_and_the_others_counted(desk):
    loser = make_person("Sam Eliott")
    for number in range(12):
        make_credit(make_film(f"Film {number}"), loser)
    response = desk.get(address(merge(make_person(), loser, by=None)))
    assert (len(response.context["parts"]["shown"]), response.context["parts"]["more"]) == (10, 3)
    assert "And 3 more." in response.content.decode()


def test_a_merge_is_undone_and_so_is_the_undoing(desk, merged):
    changes = list(Change.objects.values_list("pk", flat=True))
    after = dump()
    desk.post(address(merged))
    assert Person.objects.filter(name="Sam Eliott").exists()
    undone = Change.objects.exclude(pk__in=changes).get(part_of=None)
    desk.post(address(undone))
    assert {key for key in dump() if key[0].startswith("films")} == {key for key in after if key[0].startswith("films")}


def test_a_part_is_refused_in_words(desk, film, merged):
    part = film.changes.get()
    response = desk.post(reverse("admin:films_film_undo", args=[part.pk]))
    assert response.status_code == HTTPStatus.CONFLICT
    assert response.context["refusal"].args[0].startswith("This is part of what ben merged, ")


@pytest.mark.parametrize(
    ("user", "status"),
    [
        (lambda: make_member("Credits desk"), HTTPStatus.OK),
        (lambda: make_user("films.change_person", "films.view_person"), HTTPStatus.FORBIDDEN),
        (lambda: make_user("films.change_person", "films.change_credit"), HTTPStatus.FORBIDDEN),
        (lambda: make_user("films.change_person", "films.change_credit", "films.add_person"), HTTPStatus.OK),
    ],
)
def test_only_who_may_make_people_and_change_credits_may_undo_a_merge(client, merged, user, status):
    client.force_login(user())
    assert client.get(address(merged)).status_code == status


def test_who_may_not_file_articles_refiles_none_by_undoing_a_split_or_redoing_it(client, film):
    lines, to = [make_credit(film, make_person())], make_film("Rush", 2013)
    split = split_film(film, lines, to=to, by=None, articles=[make_live(film=film)])
    desk, editor = make_member("Credits desk"), make_member("Editors")
    assert (may_undo(desk, split), may_undo(editor, split)) == (False, True)
    client.force_login(desk)
    assert client.post(reverse("admin:films_film_undo", args=[split.pk])).status_code == HTTPStatus.FORBIDDEN
    undone = undo(split, by=None)
    assert (may_undo(desk, undone), may_undo(editor, undone)) == (False, True)


def test_who_may_merge_two_films_with_articles_parts_them_again(film):
    other = make_film("Rush", 2013)
    make_article(film=other)
    assert may_undo(make_member("Credits desk"), merge(film, other, by=None))


def test_people_are_said_to_stay_where_a_change_brought_them_alone(desk, film):
    other = make_film("Rush", 2013)
    lines = [make_credit(film, make_person(name)) for name in ("Ann Lee", "Bo Ray")]
    with recorded(film, by=None) as edited:
        make_credit(film, make_person("Cy Roe"))

    def said(change):
        return "People who came" in desk.get(reverse("admin:films_film_undo", args=[change.pk])).content.decode()

    assert said(edited.change)
    assert not said(split_film(film, lines[:1], to=make_film("Rush", 1992), by=None))
    assert not said(merge(film, other, by=None))
