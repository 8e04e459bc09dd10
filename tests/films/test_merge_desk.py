"""Merging on the desk: two rows side by side, decided, and nothing done but what was shown."""

import json
from datetime import date
from http import HTTPStatus

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from films.admin.undoing import undo_address
from films.models import Change, ChangeAction, Person
from tests.factories import (
    make_article,
    make_credit,
    make_film,
    make_image,
    make_member,
    make_person,
    make_superuser,
    make_user,
)

pytestmark = pytest.mark.django_db

HUGE = 10**30


@pytest.fixture
def desk(client):
    client.force_login(make_superuser(username="ana"))
    return client


def address(name, *rows):
    keys = [getattr(row, "pk", row) for row in rows]
    return reverse(f"admin:films_{rows[0]._meta.model_name}_{name}", args=keys)


def two_people():
    """Make two people who are one: they differ in the name and the address, and one has an id."""
    sam, samuel = make_person("Sam Elliott"), make_person("Samuel Elliott", imdb_id="nm0000385", portrait=make_image())
    make_credit(make_film("Mask", 1985), samuel, "Gar")
    return sam, samuel


def two_films():
    one, other = make_film("Rush", 1991, runtime=120), make_film("Rush", 1991, runtime=118)
    make_credit(other, make_person(), "Jim Raynor")
    return one, other


def two_characters():
    film = make_film()
    rows = [make_credit(film, make_person(name), name) for name in ("Dodd", "Larry Dodd")]
    return [credit.roles.get().character for credit in rows]


PAIRS = [two_people, two_films, two_characters]


def shown(response):
    """Return what a form sends that was opened with *response*, each choice as it stood at first."""
    form = response.context["form"]
    choices = {name: field.initial for name, field in form.fields.items() if name.startswith("keep-")}
    return {"seen": response.context["seen"], "note": "", **choices}


@pytest.mark.parametrize("pair", PAIRS)
def test_two_are_shown_and_then_one_and_undone(desk, pair):
    kept, gone = pair()
    page = desk.get(address("merge", kept, gone))
    assert [side.row for side in page.context["sides"]] == [kept, gone]
    assert address("merge", gone, kept) in page.content.decode()
    assert not Change.objects.exists()
    response = desk.post(address("merge", kept, gone), {**shown(page), "note": "The same."}, follow=True)
    assert response.redirect_chain == [(address("change", kept), HTTPStatus.FOUND)]
    assert list(type(kept).objects.filter(pk__in=[kept.pk, gone.pk])) == [kept]
    change = Change.objects.get(part_of=None)
    assert (change.action, change.by.username) == (ChangeAction.MERGED, "ana")
    assert "The same." in change.note
    assert f'are one. <a href="{undo_address(change)}">Undo</a>' in response.content.decode()
    desk.post(undo_address(change))
    assert type(kept).objects.filter(pk__in=[kept.pk, gone.pk]).count() == 2


def test_what_is_chosen_is_kept_and_what_was_not_offered_is_ignored(desk):
    sam, samuel = two_people()
    page = desk.get(address("merge", sam, samuel))
    choices = {"keep-name": "loser", "keep-imdb_id": "loser", "keep-pk": "loser"}
    desk.post(address("merge", sam, samuel), {**shown(page), **choices})
    merged = Person.objects.get(pk=sam.pk)
    assert (merged.name, merged.slug, merged.imdb_id) == ("Samuel Elliott", "sam-elliott", "nm0000385")


def test_what_happens_is_shown_with_the_choices_made(desk):
    sam, samuel = two_people()
    sent = {**shown(desk.get(address("merge", sam, samuel))), "keep-name": "loser", "keep-slug": "loser", "look": ""}
    response = desk.post(address("merge", sam, samuel), sent)
    assert response.status_code == HTTPStatus.OK
    assert response.context["leads"] == ("/people/sam-elliott/", "/people/samuel-elliott/")
    assert response.context["told"].names == ("Sam Elliott",)
    assert response.context["form"]["keep-name"].value() == "loser"
    assert Person.objects.count() == 2


@pytest.mark.parametrize(("keep", "credited_as"), [("survivor", ""), ("loser", "Samuel Pack Elliott")])
def test_credits_that_move_stay_credited_as_chosen(desk, keep, credited_as):
    sam, samuel = make_person("Sam Elliott"), make_person("Samuel Pack Elliott")
    credit = make_credit(make_film("Mask", 1985), samuel, "Gar")
    page = desk.get(address("merge", sam, samuel))
    assert page.context["form"]["keep-credited_as"].value() == "loser"
    assert "stay credited as Samuel Pack Elliott" in page.content.decode()
    assert "<b>1 credit</b>" in page.content.decode()
    sent = {**shown(page), "keep-credited_as": keep}
    looked = desk.post(address("merge", sam, samuel), {**sent, "look": ""})
    assert [choice.taken for choice in looked.context["told"].choices] == [False, False, keep == "loser"]
    desk.post(address("merge", sam, samuel), sent)
    credit.refresh_from_db()
    assert (credit.person, credit.credited_as) == (sam, credited_as)


def test_what_is_no_choice_is_asked_again(desk):
    sam, samuel = two_people()
    page = desk.get(address("merge", sam, samuel))
    response = desk.post(address("merge", sam, samuel), {**shown(page), "keep-name": "both", "note": "x" * 301})
    assert set(response.context["form"].errors) == {"keep-name", "note"}
    assert Person.objects.count() == 2


def test_the_page_tells_what_happens(desk):
    sam, samuel = two_people()
    make_article("Of masks", film=make_film("Heat"), body="[[person:samuel-elliott]] rides.")
    page = desk.get(address("merge", sam, samuel)).content.decode()
    assert "/people/samuel-elliott/" in page
    assert "Of masks" in page
    assert "nm0000385" in page
    assert "Gar" in page


def test_what_changed_since_it_was_shown_is_shown_instead(desk):
    sam, samuel = two_people()
    sent = shown(desk.get(address("merge", sam, samuel)))
    Person.objects.filter(pk=samuel.pk).update(bio="An actor.")
    response = desk.post(address("merge", sam, samuel), {**sent, "keep-name": "loser", "note": "Mine"})
    assert response.status_code == HTTPStatus.CONFLICT
    assert (response.context["came"], response.context["went"]) == (["biography: An actor."], [])
    assert Person.objects.count() == 2
    assert response.context["form"]["keep-name"].value() == "loser"
    assert 'value="Mine"' in response.content.decode()
    again = {**sent, "seen": response.context["seen"]}
    assert desk.post(address("merge", sam, samuel), again).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("seen", ["", "[", "{}", "[1, null]", '"x"', "[" * 100_000, json.dumps(["<b>forged</b>"])])
def test_forged_news_merge_nothing(desk, seen):
    sam, samuel = two_people()
    response = desk.post(
        address("merge", sam, samuel), {**shown(desk.get(address("merge", sam, samuel))), "seen": seen}
    )
    assert response.status_code == HTTPStatus.CONFLICT
    assert "<b>forged</b>" not in response.content.decode()
    assert Person.objects.count() == 2


def test_what_contradicts_itself_is_refused_in_words(desk):
    born, died = make_person("Sam", born=date(1950, 1, 1)), make_person("Sam", died=date(1940, 1, 1))
    page = desk.get(address("merge", born, died))
    assert len(page.context["refusals"]) == 1
    response = desk.post(address("merge", born, died), shown(page))
    assert (response.status_code, response.context["refusals"]) == (HTTPStatus.CONFLICT, page.context["refusals"])
    assert Person.objects.count() == 2


def test_merging_twice_leads_to_the_list_and_says_why(desk):
    sam, samuel = two_people()
    sent = shown(desk.get(address("merge", sam, samuel)))
    desk.post(address("merge", sam, samuel), sent)
    again = desk.post(address("merge", sam, samuel), sent, follow=True)
    assert again.redirect_chain == [(reverse("admin:films_person_changelist"), HTTPStatus.FOUND)]
    assert "Not merged: one of the two is no longer there: deleted, or merged already." in again.content.decode()
    assert Change.objects.filter(part_of=None).count() == 1


def test_what_can_never_be_one_is_not_found(desk):
    sam, _ = two_people()
    dodd, _ = two_characters()
    stranger = make_credit(make_film("Heat"), make_person(), "Vincent").roles.get().character
    for pair in [(sam, sam), (sam, 0), (sam, HUGE), (dodd, stranger), (dodd, dodd)]:
        there = pair[1] not in {0, HUGE}
        assert desk.get(address("merge", *pair)).status_code == HTTPStatus.NOT_FOUND
        assert desk.post(address("merge", *pair)).status_code == HTTPStatus.NOT_FOUND if there else HTTPStatus.FOUND


def ticked(desk, *rows):
    data = {"action": "merge_chosen", ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    return desk.post(reverse(f"admin:films_{rows[0]._meta.model_name}_changelist"), data, follow=True)


@pytest.mark.parametrize("pair", PAIRS)
def test_two_ticked_in_the_list_are_shown(desk, pair):
    kept, gone = pair()
    assert ticked(desk, gone, kept).redirect_chain[-1][0] == address("merge", kept, gone)


def test_one_or_three_ticked_or_characters_of_two_films_are_not(desk):
    people = [make_person(name) for name in ("Ann", "Bo", "Cy")]
    for chosen in (people[:1], people):
        assert "Tick exactly two to merge them." in ticked(desk, *chosen).content.decode()
    dodd, _ = two_characters()
    stranger = make_credit(make_film("Heat"), make_person(), "Vincent").roles.get().character
    assert "Characters of two films cannot be merged." in ticked(desk, dodd, stranger).content.decode()


@pytest.mark.parametrize("pair", PAIRS)
def test_the_other_is_found_by_name_and_told_by_evidence(desk, pair):
    kept, gone = pair()
    page = desk.get(address("change", kept)).content.decode()
    assert address("merge_with", kept) in page
    found = desk.get(address("merge_with", kept), {"q": str(getattr(gone, "name", "")) or gone.title})
    assert found.context["found"] == [(gone, address("merge", kept, gone))]


def test_namesakes_are_offered_before_anything_is_typed(desk):
    one, other = make_person("John Smith"), make_person("John Smith")
    make_credit(make_film("Mask", 1985), other)
    page = desk.get(address("merge_with", one))
    assert [row for row, _ in page.context["found"]] == [other]
    assert "Mask (1985)" in page.content.decode()
    assert "Nothing else answers to “zzz”." in desk.get(address("merge_with", one), {"q": "zzz"}).content.decode()
    assert desk.get(reverse("admin:films_person_merge_with", args=[HUGE])).status_code == HTTPStatus.NOT_FOUND


ACCOUNTS = {
    "Editors": lambda: make_member("Editors"),
    "Credits desk": lambda: make_member("Credits desk"),
    "Writers": lambda: make_member("Writers"),
    "nobody": make_user,
    "no credits": lambda: make_user(*(f"films.{verb}_{row}" for verb in ("view", "change", "delete") for row in ROWS)),
}
ROWS = ("film", "person", "character")


def test_characters_are_merged_only_by_who_may_change_their_film(client):
    needed = ["films.view_character", "films.change_character", "films.delete_character", "films.change_credit"]
    rows = two_characters()
    client.force_login(make_user(*needed, username="ben"))
    assert client.get(address("merge", *rows)).status_code == HTTPStatus.FORBIDDEN
    client.force_login(make_user(*needed, "films.change_film", username="cy"))
    assert client.get(address("merge", *rows)).status_code == HTTPStatus.OK


# Each endpoint: who may.
TABLE = {
    ("merge_with", "get"): (200, 200, 403, 403, 403),
    ("merge", "get"): (200, 200, 403, 403, 403),
    ("merge", "post"): (302, 302, 403, 403, 403),
}


@pytest.mark.parametrize(("name", "method"), TABLE)
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("who", ACCOUNTS)
def test_who_may_merge(client, name, method, pair, who):
    rows = pair()
    rows = rows[:1] if name == "merge_with" else rows
    client.force_login(make_superuser())
    sent = shown(client.get(address(name, *rows))) if method == "post" else {}
    client.force_login(ACCOUNTS[who]())
    status = getattr(client, method)(address(name, *rows), sent).status_code
    assert status == TABLE[name, method][list(ACCOUNTS).index(who)]


def test_who_may_not_is_not_led_there(client):
    client.force_login(make_member("Writers"))
    person = make_person()
    assert "merge/" not in client.get(address("change", person)).content.decode()
    assert "merge_chosen" not in client.get(reverse("admin:films_person_changelist")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_moves(desk, count, django_assert_num_queries):
    sam, samuel = two_people()
    for number in range(count):
        make_credit(make_film(f"Film {number}"), samuel, f"Part {number}")
        make_article(f"Article {number}", body="[[person:samuel-elliott]] rides.")
    desk.get(address("merge", sam, samuel))
    with django_assert_num_queries(50):
        desk.get(address("merge", sam, samuel))
