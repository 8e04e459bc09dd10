"""Two at the desk who take one address at the same moment."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from films.cataloguing import add_person, save_with_free_slug
from films.models import Film, Genre, Person
from tests.factories import make_film, make_superuser

pytestmark = pytest.mark.django_db

NO_NAMES = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
PERSON = {"name": "Sam Elliott", "name_order": "western", "born_precision": "day", "died_precision": "day", **NO_NAMES}
SHEETS = ["cast", "crew", "releases", "titles"]
FILM = {"title": "Rush", "year": 1991} | {
    f"{sheet}-{count}_FORMS": 0 for sheet in SHEETS for count in ["TOTAL", "INITIAL"]
}


@contextmanager
def somebody_quicker(row):
    """Let somebody else save *row* when its address has been found free and is about to be written."""
    steps = [None, row]  # The first savepoint is that of the whole, the second that of the writing.

    def meanwhile(execute, sql, params, many, context):
        if steps and sql.startswith("SAVEPOINT") and (quicker := steps.pop(0)):
            type(quicker).objects.bulk_create([quicker])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        yield
    assert not steps


def test_two_people_added_under_one_name_at_once_are_both_kept():
    with somebody_quicker(Person(name="Sam Elliott", slug="sam-elliott")):
        person = add_person("Sam Elliott")
    assert person.slug == "sam-elliott-2"
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("model", "quicker", "sent"),
    [
        (Film, Film(title="Rush", slug="rush-1991"), FILM),
        (Person, Person(name="S. E.", slug="sam-elliott"), PERSON),  # Of one name the desk would ask.
        (Genre, Genre(name="Crime!", slug="crime"), {"name": "Crime"}),
    ],
)
def test_what_is_added_at_the_desk_at_once_is_kept(client, model, quicker, sent):
    client.force_login(make_superuser())
    with somebody_quicker(quicker):
        response = client.post(reverse(f"admin:films_{model._meta.model_name}_add"), sent)
    assert response.status_code == 302
    assert model.objects.latest("pk").slug == f"{quicker.slug}-2"


def test_what_is_wrong_besides_the_address_is_not_hidden():
    film = make_film()
    film.title = ""
    with pytest.raises(IntegrityError, match="film_has_title"):
        save_with_free_slug(film, Film.objects.all())
