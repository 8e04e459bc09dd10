"""Saving and deleting films, people and characters on the desk: one change each, over nobody's work, told in words."""

import json

import pytest
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from films import addresses, credits
from films.cataloguing import add_person
from films.changes import own, recorded
from films.models import Change, Film, Person
from tests.factories import make_credit, make_film, make_genre, make_person, make_superuser, make_user
from tests.films.test_admin_film import chosen, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_superuser(username="ana")


@pytest.fixture
def desk(client, editor):
    """A client in whose session *editor* is logged in."""
    client.force_login(editor)
    return client


def address(row, name="change"):
    return reverse(f"admin:films_{row._meta.model_name}_{name}", args=[row.pk])


def person_page(person, **typed):
    """Return what a person's page sends, opened as the person stands now."""
    plain = {"name": person.name, "slug": person.slug, "name_order": "western"}
    precise = {"born_precision": "day", "died_precision": "day"}
    names = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0, "opened": json.dumps(own(person))}
    return {**plain, **precise, **names, "_continue": "1", **typed}


def film_page(film, **typed):
    """Return what a film's page sends, opened as the film stands now."""
    cast, crew = credits.cast_lines(film), credits.crew_lines(film)
    rows = {
        "cast": [chosen(line.person, parts=" / ".join(line.parts)) for line in cast],
        "crew": [chosen(line.person, department=line.department, job=line.job) for line in crew],
    }
    facts = {"year": film.year, "runtime": film.runtime or "", "slug": film.slug, "opened": json.dumps(own(film))}
    return page(**rows, opened_cast=cast, opened_crew=crew, **{**facts, **typed})


def changes():
    return list(Change.objects.order_by("pk").values_list("about", "action", "by__username"))


def test_a_film_with_all_that_belongs_to_it_is_one_change(desk):
    release = {"country": "US", "kind": "theatrical", "date": "1991-12-22", "precision": "day"}
    sent = page(
        [{"name": "Sam Elliott", "fresh": "on", "parts": "Dodd"}],
        [{"name": "Pete Dexter", "fresh": "on", "department": "writing"}],
        **{f"releases-0-{field}": value for field, value in release.items()},
        **{
            "releases-TOTAL_FORMS": 1,
            "titles-TOTAL_FORMS": 1,
            "titles-0-text": "Rausch",
            "titles-0-kind": "translated",
        },
    )
    assert desk.post(reverse("admin:films_film_add"), sent).status_code == 302
    assert changes() == [
        ("Sam Elliott", "created", "ana"),
        ("Pete Dexter", "created", "ana"),
        ("Rush (1991)", "created", "ana"),
    ]
    after = Change.objects.get(about="Rush (1991)").after
    assert [len(after[part]) for part in ("cast", "crew", "characters", "titles", "releases")] == [1] * 5


def test_a_save_that_changes_nothing_leaves_no_change(desk):
    film = make_film()
    assert desk.post(address(film), film_page(film)).status_code == 302
    assert changes() == []


def test_people_and_characters_leave_changes_too(desk):
    film = make_credit(None, None, "Jim").film
    jim, person = film.characters.get(), Person.objects.get()
    desk.post(address(person), person_page(person, bio="Born in Queens."))
    names = {"names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 0, "names-0-text": "Jimmy", "names-0-kind": "alias"}
    desk.post(address(jim), {"name": "Jim", "description": "An agent.", **names})
    assert changes() == [("Jason Patric", "edited", "ana"), ("Rush (1991)", "edited", "ana")]
    after = Change.objects.get(film=film).after["characters"][0]
    assert (after["description"], after["names"][0]["text"]) == ("An agent.", "Jimmy")


@pytest.mark.parametrize("chosen_at_once", [False, True])
def test_deletions_leave_changes_of_what_is_gone(desk, chosen_at_once):
    film, person = make_film(), make_person()
    for row in (film, person):
        if chosen_at_once:
            sent = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            desk.post(reverse(f"admin:films_{row._meta.model_name}_changelist"), sent)
        else:
            desk.post(address(row, "delete"), {"post": "yes"})
    assert changes() == [("Rush (1991)", "deleted", "ana"), ("Jason Patric", "deleted", "ana")]
    assert not Film.objects.exists()
    assert not Person.objects.exists()


def test_the_history_tells_who_changed_what(desk, editor):
    film = make_film()
    with recorded(film, by=editor):
        Film.objects.update(year=1990)
    credits.set_cast(film, [credits.CastLine(make_person("Sam Elliott"), ("Dodd",))])
    response = desk.get(address(film, "history"))
    told = [(each["change"].by, list(map(str, each["differences"]))) for each in response.context["told"]]
    assert told == [
        (None, ["added cast Sam Elliott: part Dodd", "added character Dodd: name Dodd"]),
        (editor, ["year 1991 → 1990"]),
    ]
    shown = response.content.decode()
    assert "A command" in shown
    assert "<del>1991</del>" in shown


def test_the_history_of_a_character_is_its_films(desk):
    film = make_credit(None, None, "Jim").film
    with recorded(film, by=None):
        Film.objects.update(year=1990)
    response = desk.get(address(film.characters.get(), "history"))
    assert (response.context["original"], len(response.context["told"])) == (film, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_however_long(desk, editor, count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        with recorded(film, by=editor):
            Film.objects.update(runtime=number + 1)
    with django_assert_num_queries(14):
        assert len(desk.get(address(film, "history")).context["told"]) == count


def test_a_long_history_is_paged(desk):
    film = make_film()
    Change.objects.bulk_create(Change(film=film, about="Rush", action="edited") for _ in range(21))
    assert [len(desk.get(address(film, "history"), {"p": page}).context["told"]) for page in (1, 2, 99)] == [20, 1, 1]


def test_only_who_may_see_a_film_sees_its_history(client):
    film = make_film()
    client.force_login(make_user("films.view_person"))
    assert client.get(address(film, "history")).status_code == 403
    client.force_login(make_user("films.view_film"))
    assert client.get(address(film, "history")).status_code == 200


def test_facts_that_somebody_else_changed_are_not_overwritten(desk):
    film = make_film()
    sent = film_page(film, runtime=120, logline="Mine.")
    Film.objects.update(year=1990, logline="Theirs.")
    response = desk.post(address(film), sent)
    form = response.context["adminform"].form
    assert [str(difference) for difference in form.theirs] == ["year 1991 → 1990", "logline Theirs."]
    assert form.has_error("__all__", "overtaken")
    assert 'value="Mine."' in response.content.decode()
    assert Film.objects.get().logline == "Theirs."
    assert desk.post(address(film), {**sent, "replace": "older"}).status_code == 200
    assert desk.post(address(film), {**sent, "replace": form.now}).status_code == 302
    assert Film.objects.values_list("year", "logline").get() == (1991, "Mine.")


def test_who_typed_no_fact_keeps_a_colleagues(desk):
    film, genre, sam = make_film(), make_genre(), make_person("Sam Elliott")
    sent = {**film_page(film), **page([chosen(sam)], year=1991)}
    Film.objects.update(year=1990)
    film.genres.add(genre)
    assert desk.post(address(film), sent).status_code == 302
    film.refresh_from_db()
    assert (film.year, list(film.genres.all()), film.credits.get().person) == (1990, [genre], sam)


def test_the_same_change_made_twice_is_no_conflict(desk):
    film = make_film()
    sent = film_page(film, runtime=120)
    Film.objects.update(runtime=120)
    assert desk.post(address(film), sent).status_code == 302


def test_rows_that_somebody_else_touched_are_not_overwritten_and_new_ones_stay(desk):
    film = make_film()
    title = film.titles.create(text="Rausch")
    rows = {"titles-TOTAL_FORMS": 1, "titles-INITIAL_FORMS": 1, "titles-0-id": title.pk, "titles-0-film": film.pk}
    sent = film_page(film, **rows, **{"titles-0-text": "Rausch", "titles-0-kind": "alternate"})
    film.titles.create(text="Frenesi")
    assert desk.post(address(film), sent).status_code == 302
    film.titles.filter(pk=title.pk).update(text="Der Rausch")
    assert desk.post(address(film), sent).context["adminform"].form.has_error("__all__", "overtaken")
    assert sorted(film.titles.values_list("text", flat=True)) == ["Der Rausch", "Frenesi"]


@pytest.mark.parametrize("opened", ["{", "[]", "{}", '"x"', "1", '{"facts": 1}'])
def test_a_page_that_arrives_in_pieces_is_refused(desk, opened):
    person = make_person()
    response = desk.post(address(person), person_page(person, opened=opened))
    assert response.context["adminform"].form.non_field_errors() == [
        "This page arrived in pieces; nothing was saved. Send it again."
    ]


def test_a_persons_facts_are_not_overwritten_either(desk):
    person = make_person()
    sent = person_page(person, bio="Mine.")
    Person.objects.update(bio="Theirs.")
    response = desk.post(address(person), sent)
    assert [str(difference) for difference in response.context["adminform"].form.theirs] == ["biography Theirs."]


@pytest.mark.parametrize("slug", ["jason-patric", ""])
def test_an_address_that_leads_to_somebody_else_is_not_taken(desk, slug):
    person, namesake = make_person(), make_person("Jason Patric")
    desk.post(address(person), person_page(person, slug="jason"))
    response = desk.post(address(namesake), person_page(namesake, slug=slug))
    namesake.refresh_from_db()
    assert (namesake.slug, response.status_code) == ("jason-patric-2", 200 if slug else 302)
    person.refresh_from_db()
    assert desk.post(address(person), person_page(person, slug="jason-patric")).status_code == 302
    assert add_person("Jason Patric").slug == "jason-patric-3"
    assert dict(Redirect.objects.values_list("old_path", "new_path")) == {"/people/jason/": "/people/jason-patric/"}


def test_a_person_typed_into_a_cast_takes_nobodys_former_address():
    person = make_person()
    Person.objects.filter(pk=person.pk).update(slug="jason")
    addresses.lead("/people/jason-patric/", "/people/jason/")
    assert add_person("Jason Patric").slug == "jason-patric-2"


def test_old_addresses_of_films_and_people_lead_straight_to_the_newest(desk, client):
    film, person = make_film(), make_person()
    for slug in ("rush", "rush-of-1991"):
        film.refresh_from_db()
        desk.post(address(film), film_page(film, slug=slug))
    desk.post(address(person), person_page(person, slug="jason"))
    assert dict(Redirect.objects.values_list("old_path", "new_path")) == {
        "/films/rush-1991/": "/films/rush-of-1991/",
        "/films/rush/": "/films/rush-of-1991/",
        "/people/jason-patric/": "/people/jason/",
    }
    assert client.get("/films/rush-1991/").headers["Location"] == "/films/rush-of-1991/"
    film.refresh_from_db()
    desk.post(address(film, "delete"), {"post": "yes"})
    assert Redirect.objects.count() == 1


def cost_of_renaming_parts(desk, count):
    """Return how many queries it takes to rename the parts of a cast of *count*."""
    film = make_film(f"Film {count}")
    for number in range(count):
        make_credit(film, make_person(f"Person {count} {number}"), f"Part {number}", billing=number)
    parts = {f"cast-{number}-parts": f"Other {number}" for number in range(count)}
    sent = film_page(film, title=film.title, runtime=120) | parts
    with CaptureQueriesContext(connection) as queries:
        assert desk.post(address(film), sent).status_code == 302
    assert [line.parts for line in credits.cast_lines(film)] == [(f"Other {number}",) for number in range(count)]
    return len(queries)


def test_a_save_costs_the_same_however_long_the_cast(desk):
    cost_of_renaming_parts(desk, 2)  # The site and the content type are asked for once.
    assert cost_of_renaming_parts(desk, 1) == cost_of_renaming_parts(desk, 3)


@pytest.mark.parametrize("model", ["film", "person", "character"])
def test_history_asked_by_post_is_no_error(client, model):
    credit = make_credit(make_film(), make_person(), "Jim Raynor")
    rows = {"film": credit.film, "person": credit.person, "character": credit.roles.get().character}
    client.force_login(make_superuser())
    assert client.post(f"/admin/films/{model}/{rows[model].pk}/history/").status_code < 500


def test_a_character_renamed_is_renamed_in_the_credits_too(client):
    film = make_film()
    credit = make_credit(film, make_person("Gregg Allman"), "Will Gaines", "Man at the Bar")
    double = make_credit(film, make_person("Bo Oleson"), "Young Will Gaines")
    character = credit.roles.get(label="Will Gaines").character
    double.roles.update(character=character)
    client.force_login(make_superuser())
    form = client.get(f"/admin/films/character/{character.pk}/change/").context["adminform"].form
    fields = {name: form[name].value() or "" for name in form.fields}
    inline = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    client.post(f"/admin/films/character/{character.pk}/change/", {**fields, **inline, "name": "Bill Gaines"})
    assert list(credit.roles.values_list("label", "character__name")) == [
        ("Bill Gaines", "Bill Gaines"),
        ("Man at the Bar", "Man at the Bar"),
    ]
    assert double.roles.get().label == "Young Will Gaines"
    change = Change.objects.get(film=film)
    assert next(role["label"] for line in change.after["cast"] for role in line["roles"]) == "Bill Gaines"
