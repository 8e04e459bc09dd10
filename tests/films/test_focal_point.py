"""The focal point: what pages, crops and the desk make of it."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from films.pictures import crops, focal_classes, light_file, shown
from tests.factories import make_image, make_superuser

pytestmark = pytest.mark.django_db


def saved(client, image, **fields):
    """Save the picture's page at the desk, with *fields* changed."""
    sent = {"alt": image.alt, "focal_x": image.focal_x, "focal_y": image.focal_y, **fields}
    return client.post(reverse("admin:films_image_change", args=[image.pk]), sent)


@pytest.mark.parametrize(
    ("point", "classes"),
    [
        ((50, 50), []),
        ((45, 54), []),
        ((0, 100), ["focal-x-0", "focal-y-10"]),
        ((44, 55), ["focal-x-4", "focal-y-6"]),
    ],
)
def test_a_focal_point_off_the_middle_has_its_classes(point, classes):
    assert focal_classes(make_image(focal_x=point[0], focal_y=point[1])) == classes


def test_every_class_of_a_focal_point_is_in_the_stylesheet(settings):
    rules = (settings.BASE_DIR / "static" / "css" / "pictures.css").read_text()
    used = {name for tenth in range(101) for name in focal_classes(make_image(focal_x=tenth, focal_y=tenth))}
    assert {name for name in used if f".{name} {{" not in rules} == set()


def test_crops_fall_back_on_the_whole_picture():
    image = make_image(renditions={"crops": {"1x1": "r/1x1.png"}})
    assert crops(image) == {"1x1": "/media/r/1x1.png", "4x3": image.file.url, "16x9": image.file.url}
    bare = make_image()
    assert crops(bare) == dict.fromkeys(["1x1", "4x3", "16x9"], bare.file.url)


def test_a_moved_focal_point_has_the_crops_cut_anew(client, django_capture_on_commit_callbacks):
    client.force_login(make_superuser())
    image = make_image(renditions={"avif": {"320": "kept.avif"}})
    with django_capture_on_commit_callbacks(execute=True):
        assert saved(client, image, focal_x=10).status_code == 302
    image.refresh_from_db()
    assert (image.focal_x, image.renditions["avif"]) == (10, {"320": "kept.avif"})


def test_a_picture_without_renditions_gets_them_when_it_is_saved(client, django_capture_on_commit_callbacks):
    client.force_login(make_superuser())
    image = make_image()
    with django_capture_on_commit_callbacks(execute=True):
        saved(client, image, alt="A street by day")
    image.refresh_from_db()
    assert image.renditions is not None


def test_words_alone_make_nothing_anew(client, django_capture_on_commit_callbacks):
    client.force_login(make_superuser())
    image = make_image(renditions={})
    with django_capture_on_commit_callbacks() as asked:
        saved(client, image, alt="A street by day")
    assert asked == []


def test_a_focal_point_outside_is_refused_at_its_field(client):
    client.force_login(make_superuser())
    answer = saved(client, make_image(), focal_x=101)
    assert answer.status_code == 200
    assert "The focal point lies between 0 and 100 percent." in answer.content.decode()


@pytest.mark.parametrize(("eager", "said"), [(True, 'fetchpriority="high"'), (False, 'loading="lazy"')])
def test_only_the_first_picture_of_a_page_is_fetched_at_once(eager, said):
    html = render_to_string("_picture.html", shown(make_image(), "hero", eager=eager))
    words = {'fetchpriority="high"', 'loading="lazy"'}
    assert {word for word in words if word in html} == {said}


def test_a_picture_too_wide_for_pages_is_never_sent_whole():
    made = {"jpeg": {"320": "r/320.jpg", "960": "r/960.jpg", "2048": "r/2048.jpg"}}
    page = shown(make_image(width=6000, height=4000, renditions=made), "hero")
    assert page["srcset"] == "/media/r/320.jpg 320w, /media/r/960.jpg 960w, /media/r/2048.jpg 2048w"
    assert page["src"] == "/media/r/960.jpg"


@pytest.mark.parametrize(
    ("size", "made", "name"),
    [
        ((640, 360), None, "own"),
        ((640, 360), {"png": {"320": "320.png"}}, "own"),
        ((6000, 4000), None, None),
        ((7700, 7700), {"avif": {"1440": "1440.avif"}, "png": {"320": "320.png", "1440": "1440.png"}}, "1440.png"),
        ((2560, 1440), {"jpeg": {"960": "960.jpg", "2048": "2048.jpg"}}, "2048.jpg"),
        ((2000, 28000), {"jpeg": {"320": "320.jpg", "640": "640.jpg", "2000": "2000.jpg"}}, "640.jpg"),
    ],
)
def test_what_is_drawn_within_a_request_has_few_pixels(size, made, name):
    image = make_image(width=size[0], height=size[1], renditions=made)
    assert light_file(image, 1200) == (image.file.name if name == "own" else name)
