"""The preview: who may ask for it, what it answers, and that it answers in JSON whatever it is asked."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.rendering import Audience, render
from films.endpoints import LOGGED_OUT
from tests.factories import make_film, make_image, make_person, make_user

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/preview/"


@pytest.fixture
def writer(client):
    client.force_login(make_user("articles.change_article"))
    return client


def test_the_address_is_mounted_under_the_articles():
    assert reverse("admin:articles_article_preview") == URL


def test_the_answer_is_what_readers_get_with_its_numbers(writer):
    filed = {"hero": make_image(credit_line="MGM").pk, "has_topics": "on", "film": make_film().pk}
    said = {"title": "Rush", "dek": "Two agents.", **filed}
    answer = writer.post(URL, {"content": "## New Partner\n\nHe *picks* Kristen.", **said})
    rendered = render("## New Partner\n\nHe *picks* Kristen.", audience=Audience.EDITORS, prefix="preview-")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {
        "html": str(rendered.html),
        "toc": [{"level": 2, "id": "preview-new-partner", "text": "New Partner"}],
        "words": 5,
        "reading_time": 1,
        "findings": [],
        "dismissed": [],
    }
    assert "no-store" in answer["Cache-Control"]


def test_an_empty_body_is_a_body(writer):
    answer = writer.post(URL, {"content": "", "film": ""})
    assert (answer.status_code, answer.json()["html"]) == (200, "")


def test_the_answer_holds_nothing_that_runs(writer):
    html = writer.post(URL, {"content": "<script>alert(1)</script> [x](javascript:alert(1))"}).json()["html"]
    assert "<script" not in html
    assert "href" not in html


def test_a_missing_picture_is_marked_for_editors(writer):
    image = make_image()
    html = writer.post(URL, {"content": f"![Street](image:{image.pk})\n\n![Gone](image:{image.pk + 1})"}).json()["html"]
    assert image.file.url in html
    assert "There is no picture" in html


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Nothing to show was sent"),
        ({"film": "1"}, "Nothing to show was sent"),
        ({"content": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_a_clear_400(writer, data, said):
    answer = writer.post(URL, data)
    assert answer.status_code == 400
    assert said in answer.json()["error"]


@pytest.mark.parametrize("film", ["Rush", "0", "999999999999999999999999"])
def test_a_film_that_is_none_counts_as_none(writer, film):
    answer = writer.post(URL, {"content": "x [[film.year|1991]]", "film": film})
    assert (answer.status_code, answer.json()["html"].count("There is no year known of the film")) == (200, 1)


def test_it_is_rendered_once(writer):
    """What the page resolved is not resolved again by the proofreader: the person is asked for once."""
    person = make_person()
    with CaptureQueriesContext(connection) as queries:
        writer.post(URL, {"content": f"[[person:{person.slug}]]"})
    assert len([query for query in queries if f"'{person.slug}'" in query["sql"]]) == 1


def test_a_form_that_cannot_be_read_is_a_400(writer):
    answer = writer.post(URL, b"nonsense", content_type="multipart/form-data; boundary=")
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


def test_too_much_text_is_a_413(writer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = writer.post(URL, {"content": "x" * 200})
    assert (answer.status_code, list(answer.json())) == (413, ["error"])


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_other_methods_are_a_405(writer, method):
    answer = getattr(writer, method)(URL)
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "POST", "application/json")


def test_the_anonymous_get_403_and_not_a_redirect(client):
    answer = client.post(URL, {"content": "x"})
    assert (answer.status_code, answer.json()["error"], answer.json()["login"]) == (403, LOGGED_OUT, "/admin/login/")


@pytest.mark.parametrize(
    ("permissions", "fields", "status"),
    [
        ([], {}, 403),
        (["articles.view_article"], {}, 403),
        (["articles.change_article"], {"is_staff": False}, 403),
        (["articles.change_article"], {"is_active": False}, 403),
        (["articles.change_article"], {}, 200),
        (["articles.add_article"], {}, 200),
        ([], {"is_superuser": True}, 200),
    ],
)
def test_staff_need_permission(client, permissions, fields, status):
    client.force_login(make_user(*permissions, **fields))
    answer = client.post(URL, {"content": "x"})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")


def test_a_forged_request_is_refused_in_json():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("articles.change_article"))
    answer = client.post(URL, {"content": "x"})
    assert (answer.status_code, answer.json()["reason"]) == (403, "csrf")


def test_a_page_of_ours_passes_the_forgery_check():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("articles.add_article"))
    token = client.get("/admin/articles/article/add/").context["csrf_token"]
    answer = client.post(URL, {"content": "x"}, headers={"X-CSRFToken": str(token)})
    assert answer.status_code == 200
