"""Where a row of the catalogue is used, on its page; and what is used is not deleted."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from articles.drafting import save_revision
from films.admin import PersonAdmin
from films.admin.deleting import USED
from films.models import Film, Image, Person
from films.uses import uses
from tests.factories import (
    make_article,
    make_credit,
    make_film,
    make_image,
    make_live,
    make_person,
    make_superuser,
    make_user,
)

pytestmark = pytest.mark.django_db

KINDS = ["film", "person", "character", "image"]


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser())
    return client


@pytest.fixture
def rows():
    """A film, a person, a character and a picture, all mentioned by one article and credited nowhere else."""
    film, image = make_film(), make_image()
    jim = film.characters.create(name="Jim Raynor", slug="jim-raynor")
    person = make_person()
    body = f"[[person:jason-patric]] [[character:jim-raynor]] [[film:rush-1991]] ![A street](image:{image.pk})"
    make_article("The Piece", film=film, body=body)
    return {"film": film, "person": person, "character": jim, "image": image}


def address(row, name="change"):
    return reverse(f"admin:films_{row._meta.model_name}_{name}", args=[row.pk])


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_says_where_it_is_used_with_a_way_there(desk, rows, kind):
    shown = desk.get(address(rows[kind])).content.decode()
    article = rows["film"].articles.get()
    assert f'<a href="{reverse("admin:articles_article_change", args=[article.pk])}">The Piece</a>' in shown
    assert "used in the newest revision" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_used_is_not_deleted_and_the_page_says_where(desk, rows, kind):
    row = rows[kind]
    for response in (desk.get(address(row, "delete")), desk.post(address(row, "delete"), {"post": "yes"})):
        shown = response.content.decode()
        assert response.status_code == 200
        assert "The Piece" in shown
        assert "Yes, delete" not in shown
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_used_is_not_deleted_among_others_either(desk, rows, kind):
    row = rows[kind]
    for sure in ({}, {"post": "yes"}):
        sent = {"action": "delete_selected", "_selected_action": [row.pk], **sure}
        response = desk.post(reverse(f"admin:films_{kind}_changelist"), sent)
        shown = response.content.decode()
        assert response.status_code == 200
        assert "The Piece" in shown
        assert "Yes, delete" not in shown
    assert type(row).objects.filter(pk=row.pk).exists()


def test_what_an_older_revision_alone_uses_stays_too(desk, rows):
    article = rows["film"].articles.get()
    save_revision(article, by=None, base=article.head, body="Words.")
    response = desk.post(address(rows["person"], "delete"), {"post": "yes"})
    assert "used in older revisions only" in response.content.decode()
    assert Person.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_deleting_costs_the_same_however_often_it_is_used(desk, count, django_assert_num_queries):
    person = make_person()
    for number in range(count):
        make_live(f"Title {number}", body="[[person:jason-patric]]")
        make_credit(make_film(f"Film {number}"), person, "Jim")
    with django_assert_num_queries(13):
        response = desk.get(address(person, "delete"))
    mentions = "1 mention" if count == 1 else "3 mentions"
    assert mentions in " ".join(response.context["protected"])


@pytest.mark.parametrize("chosen", [False, True])
def test_what_comes_to_be_used_between_the_question_and_the_answer_stays(desk, monkeypatch, chosen):
    person, log = make_person(), PersonAdmin.log_deletions

    def mentioned_meanwhile(*arguments):
        make_article("Meanwhile", body="[[person:jason-patric]]")
        return log(*arguments)

    monkeypatch.setattr(PersonAdmin, "log_deletions", mentioned_meanwhile)
    if chosen:
        sent = {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"}
        response = desk.post(reverse("admin:films_person_changelist"), sent, follow=True)
    else:
        response = desk.post(address(person, "delete"), {"post": "yes"}, follow=True)
    assert USED in response.content.decode()
    assert Person.objects.get() == person


def test_the_catalogues_own_uses_are_told_by_kind():
    film, person, image = make_film(), make_person(), make_image()
    credit = make_credit(film, person, "Jim")
    Film.objects.update(poster=image)
    Person.objects.update(portrait=image)
    Image.objects.update(film=film, person=person)
    told = {
        row._meta.model_name: [(group.name, group.rows, group.count) for group in uses(row)]
        for row in (film, person, film.characters.get(), image)
    }
    assert told == {
        "film": [("pictures", [image], 1)],
        "person": [("credits", [credit], 1), ("pictures", [image], 1)],
        "character": [("played by", [credit], 1)],
        "image": [("poster of", [film], 1), ("portrait of", [person], 1)],
    }
    with pytest.raises(ProtectedError):
        image.delete()


def test_more_than_a_page_can_hold_is_counted():
    person = make_person()
    for number in range(14):
        make_credit(make_film(f"Film {number}"), person)
    group = uses(person)[0]
    assert (len(group.rows), group.count, group.more) == (12, 14, 2)


def test_who_may_open_no_article_learns_their_number(client, rows):
    client.force_login(make_user("films.view_person"))
    shown = client.get(address(rows["person"])).content.decode()
    assert "1 article that your account may not open" in shown
    assert "The Piece" not in shown
