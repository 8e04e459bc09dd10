"""Sending pictures from the writing screen: who may, what is kept, what is said of the rest."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.desk_views import reference
from articles.rendering import render
from films.images import UNREADABLE
from films.models import Image
from tests.factories import make_film, make_image, make_picture, make_user

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/upload/"
LIST = "/admin/articles/article/pictures/"


@pytest.fixture
def sender(client):
    client.force_login(make_user("films.add_image", "films.view_image"))
    return client


def picture(content=None, name="still.png", content_type="image/png"):
    return SimpleUploadedFile(name, make_picture() if content is None else content, content_type)


def test_a_picture_is_kept_with_its_words_and_answered_with_its_markdown(sender):
    film = make_film()
    words = {"alt": "A street at night", "caption": "The “town”", "credit_line": "MGM", "film": film.pk}
    answer = sender.post(URL, {"file": picture(), **words})
    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": image.pk,
        "url": image.file.url,
        "width": 640,
        "height": 360,
        "alt": "A street at night",
        "caption": "The “town”",
        "markdown": f'![A street at night](image:{image.pk} "The “town”")',
    }
    assert (image.film, image.credit_line) == (film, "MGM")


def test_decoration_needs_no_description(sender):
    answer = sender.post(URL, {"file": picture(), "decorative": "on"})
    assert (answer.status_code, answer.json()["markdown"]) == (201, f"![](image:{Image.objects.get().pk})")


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"alt": "x"}, 400, "Choose a picture to send."),
        ({"file": "a text", "alt": "x"}, 400, "Choose a picture to send."),
        ({"file": picture}, 400, "Describe the picture"),
        ({"file": picture, "alt": "x" * 301}, 400, "at most 300 characters"),
        ({"file": picture, "alt": "x", "film": "0"}, 400, "Select a valid choice"),
        ({"file": lambda: picture(b""), "alt": "x"}, 400, UNREADABLE),
        ({"file": lambda: picture(b"<script>", "evil.html", "image/gif"), "alt": "x"}, 400, UNREADABLE),
        ({"file": lambda: picture(b"<svg onload='x'/>", "a.svg", "image/svg+xml"), "alt": "x"}, 400, UNREADABLE),
        ({"file": lambda: picture(make_picture(kind="GIF"), "a.gif", "image/gif"), "alt": "x"}, 400, UNREADABLE),
    ],
)
def test_bad_input_is_a_clear_400_and_keeps_nothing(sender, data, status, said):
    answer = sender.post(URL, {name: value() if callable(value) else value for name, value in data.items()})
    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert Image.objects.count() == 0


def test_too_many_pixels_are_a_413(sender, settings):
    settings.UPLOAD_MAX_PIXELS = 100
    answer = sender.post(URL, {"file": picture(), "alt": "x"})
    assert (answer.status_code, Image.objects.count()) == (413, 0)
    assert "too large" in answer.json()["error"]


def test_a_file_too_large_is_a_413(sender, settings):
    settings.UPLOAD_MAX_BYTES = 10
    answer = sender.post(URL, {"file": picture(), "alt": "x"})
    assert (answer.status_code, Image.objects.count()) == (413, 0)


def test_a_body_far_too_large_is_refused_unread(sender):
    body = BytesIO(b"")
    answer = sender.generic("POST", URL, body.read(), content_type="multipart/form-data", CONTENT_LENGTH=str(10**9))
    assert (answer.status_code, answer.json()["error"]) == (413, "This is too large to send.")


def test_get_is_a_405(sender):
    answer = sender.get(URL)
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "POST", "application/json")


def test_the_anonymous_get_403_and_keep_nothing(client):
    answer = client.post(URL, {"file": picture(), "alt": "x"})
    assert (answer.status_code, answer.json()["reason"]) == (403, "logged-out")
    assert Image.objects.count() == 0


@pytest.mark.parametrize(
    ("permissions", "fields", "status"),
    [
        ([], {}, 403),
        (["articles.change_article", "articles.publish_article"], {}, 403),
        (["films.change_image"], {}, 403),
        (["films.add_image"], {"is_staff": False}, 403),
        (["films.add_image"], {}, 201),
        ([], {"is_superuser": True}, 201),
    ],
)
def test_staff_need_permission(client, permissions, fields, status):
    client.force_login(make_user(*permissions, **fields))
    answer = client.post(URL, {"file": picture(), "alt": "x"})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert Image.objects.count() == (1 if status == 201 else 0)


def test_a_forged_request_is_refused_in_json_and_keeps_nothing():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("films.add_image"))
    answer = client.post(URL, {"file": picture(), "alt": "x"})
    assert (answer.status_code, answer.json()["reason"], Image.objects.count()) == (403, "csrf", 0)


@pytest.mark.parametrize("alt", ["a [b](c) *d* _e_ `f` <g> & ~h~ |i| \\", "two\nlines", "![x](image:1)", "plain"])
@pytest.mark.parametrize("caption", ["", 'He said "no" \\ & left', "plain"])
def test_a_reference_shows_the_very_words(alt, caption):
    image = make_image(alt=alt, caption=caption)
    figure = render(reference(image)).html
    assert figure.count("<img") == 1
    words = alt.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
    assert f'alt="{words}"' in figure
    assert ("left" in figure) == ("left" in caption)


def test_pictures_are_listed_newest_first_and_found_by_their_words(sender):
    film = make_film()
    first, second = make_image(film=film), make_image(alt="A courtroom", caption="The end")
    assert [each["id"] for each in sender.get(LIST).json()["pictures"]] == [second.pk, first.pk]
    assert [each["id"] for each in sender.get(LIST, {"film": film.pk}).json()["pictures"]] == [first.pk]
    assert [each["id"] for each in sender.get(LIST, {"q": "END court"}).json()["pictures"]] == [second.pk]
    assert sender.get(LIST, {"film": "Rush"}).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_the_pictures_cost_the_same_however_many(sender, count, django_assert_num_queries):
    for _ in range(count):
        make_image()
    with django_assert_num_queries(5):
        sender.get(LIST)


def test_the_pictures_are_for_those_who_may_view_them(client):
    assert client.get(LIST).status_code == 403
    client.force_login(make_user("articles.change_article"))
    assert client.get(LIST).status_code == 403
