"""What uploads are taken in, and that a refused one leaves nothing."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.urls import reverse
from PIL import Image as Pillow
from PIL import ImageCms

from films.images import DAMAGED, MOVING, UNREADABLE, ImageRejected, ImageTooLarge, accept, checked, keep, remove
from films.models import Image
from tests.factories import make_film, make_picture, make_superuser

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
EVIL = b"<!doctype html><script>alert(document.cookie)</script>"


@pytest.fixture(autouse=True)
def _empty_storage(settings, tmp_path):
    """Keep files in a folder of the test's own, so that what stays can be counted."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def files(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def upload(content, name="still.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type)


def saved(picture, kind, **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def kept(content):
    image = accept(upload(content))
    with default_storage.open(image.file.name) as file:
        picture = Pillow.open(file)
        picture.load()
    return image, picture


def huge_png():
    """Return the header of a picture of 20,000 by 20,000 pixels, with hardly any data."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_kept_in_its_own_format_under_a_random_name(kind, tmp_path):
    image, picture = kept(make_picture(kind=kind))
    extension = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}[kind]
    assert (picture.format, picture.size) == (kind, (640, 360))
    assert (image.width, image.height) == (640, 360)
    images, folder, name = image.file.name.split("/")
    assert (images, name.partition(".")[2]) == ("images", extension)
    assert name.startswith(folder)
    assert len(name.partition(".")[0]) >= 16
    assert len(files(tmp_path)) == 1


def test_the_sender_chooses_neither_name_nor_extension():
    image = accept(upload(make_picture(kind="JPEG"), name="../../evil.html", content_type="text/html"))
    assert image.file.name.endswith(".jpg")
    assert "evil" not in image.file.name


def test_further_columns_are_saved():
    film = make_film()
    image = accept(upload(make_picture()), alt="A street at night", film=film)
    assert Image.objects.values_list("alt", "film").get() == ("A street at night", film.pk)
    assert image.pk


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (EVIL, "evil.html", "image/gif"),
        (SVG, "drawing.svg", "image/svg+xml"),
        (make_picture(kind="GIF"), "still.gif", "image/gif"),
        (b"", "empty.jpg", "image/jpeg"),
        (b"Two agents go under.", "notes.jpg", "image/jpeg"),
        (b"\xff\xd8\xff\xe0" + EVIL, "polyglot.jpg", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "header.png", "image/png"),
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(content, name, content_type, tmp_path):
    with pytest.raises(ImageRejected) as refusal:
        accept(upload(content, name, content_type))
    assert str(refusal.value) == UNREADABLE
    assert (files(tmp_path), Image.objects.count()) == ([], 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_picture_is_refused_and_leaves_nothing(kind, tmp_path):
    noise = Pillow.effect_noise((400, 400), 80).convert("RGB")
    whole = saved(noise, kind)
    with pytest.raises(ImageRejected) as refusal:
        accept(upload(whole[: len(whole) // 2]))
    assert str(refusal.value) in {DAMAGED, UNREADABLE}
    assert (files(tmp_path), Image.objects.count()) == ([], 0)


def test_a_picture_of_too_many_pixels_is_refused_unread(tmp_path):
    with pytest.raises(ImageTooLarge) as refusal:
        accept(upload(huge_png()))
    assert str(refusal.value) == "This picture is too large: at most 60 megapixels."
    assert (files(tmp_path), Image.objects.count()) == ([], 0)


def test_the_limits_are_the_settings(settings, tmp_path):
    content = make_picture((100, 100))
    settings.UPLOAD_MAX_PIXELS = 9_999
    with pytest.raises(ImageTooLarge):
        accept(upload(content))
    settings.UPLOAD_MAX_PIXELS, settings.UPLOAD_MAX_BYTES = 10_000, len(content) - 1
    with pytest.raises(ImageTooLarge, match="too large"):
        accept(upload(content))
    settings.UPLOAD_MAX_BYTES = len(content)
    assert accept(upload(content)).width == 100
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind, tmp_path):
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    with pytest.raises(ImageRejected) as refusal:
        accept(upload(saved(frames[0], kind, save_all=True, append_images=frames[1:])))
    assert str(refusal.value) == MOVING
    assert files(tmp_path) == []


def test_a_phone_picture_with_a_second_one_inside_is_a_photograph():
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    _, picture = kept(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert (picture.format, picture.getpixel((5, 5))[0] > 200) == ("JPEG", True)


def test_a_turned_photograph_stands_upright_and_forgets_where_it_was_taken():
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"
    image, picture = kept(saved(Pillow.new("RGB", (40, 20)), "JPEG", exif=exif, comment=b"secret"))
    assert (image.width, image.height, picture.size) == (20, 40, (20, 40))
    assert (dict(picture.getexif()), picture.info.get("comment")) == ({}, None)


def test_a_picture_for_print_becomes_one_for_screens():
    _, picture = kept(saved(Pillow.new("CMYK", (20, 20), (255, 0, 0, 0)), "JPEG"))
    red, green, blue = picture.getpixel((5, 5))
    assert picture.mode == "RGB"
    assert red < 60 < min(green, blue)


def test_colours_look_as_their_profile_says():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    _, picture = kept(saved(Pillow.new("RGB", (20, 20), (200, 100, 50)), "PNG", icc_profile=lab))
    assert picture.getpixel((5, 5)) == pytest.approx((200, 100, 50), abs=1)
    assert "icc_profile" not in picture.info


def test_a_profile_that_does_not_fit_is_passed_over():
    _, picture = kept(saved(Pillow.new("RGB", (20, 20), (200, 100, 50)), "PNG", icc_profile=b"nonsense"))
    assert picture.getpixel((5, 5)) == (200, 100, 50)


def test_transparency_stays():
    _, picture = kept(saved(Pillow.new("RGBA", (20, 20), (200, 100, 50, 0)), "PNG"))
    assert picture.getpixel((5, 5)) == (200, 100, 50, 0)


@pytest.mark.parametrize("transparent", [False, True])
def test_a_picture_with_a_palette_keeps_its_colours(transparent):
    indexed = Pillow.new("RGB", (20, 20), (200, 100, 50)).quantize(4)
    options = {"transparency": indexed.getpixel((5, 5))} if transparent else {}
    _, picture = kept(saved(indexed, "PNG", **options))
    assert picture.convert("RGBA").getpixel((5, 5)) == (200, 100, 50, 0 if transparent else 255)


def test_sixteen_bit_grey_keeps_its_tone():
    _, picture = kept(saved(Pillow.new("I;16", (20, 20), 128 * 257), "PNG"))
    assert picture.getpixel((5, 5)) == pytest.approx((128, 128, 128), abs=1)


def test_a_row_that_cannot_be_saved_leaves_no_file(tmp_path):
    with pytest.raises(IntegrityError):
        accept(upload(make_picture()), focal_x=101)
    assert (files(tmp_path), Image.objects.count()) == ([], 0)


def test_checking_an_upload_writes_nothing(tmp_path):
    picture = checked(upload(make_picture()))
    assert (picture.width, picture.height, picture.extension) == (640, 360, "png")
    assert (files(tmp_path), Image.objects.count()) == ([], 0)
    assert keep(picture, Image(alt="A street")).alt == "A street"
    assert len(files(tmp_path)) == 1


def test_a_removed_picture_takes_its_file_with_it_once_that_is_certain(tmp_path, django_capture_on_commit_callbacks):
    image, other = accept(upload(make_picture())), accept(upload(make_picture()))
    with django_capture_on_commit_callbacks() as certain:
        remove(image)
    assert len(files(tmp_path)) == 2
    for callback in certain:
        callback()
    assert [path.name for path in files(tmp_path)] == [other.file.name.rpartition("/")[2]]
    assert list(Image.objects.all()) == [other]


def test_a_picture_in_use_stays_with_its_file(tmp_path, django_capture_on_commit_callbacks):
    image = accept(upload(make_picture()))
    make_film(poster=image)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ProtectedError):
        remove(image)
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("way", ["page", "list"])
def test_a_picture_deleted_at_the_desk_takes_its_file_with_it(
    client, tmp_path, way, django_capture_on_commit_callbacks
):
    client.force_login(make_superuser())
    image = accept(upload(make_picture()))
    chosen = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
    page = reverse("admin:films_image_delete", args=[image.pk]), {"post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(*(page if way == "page" else (reverse("admin:films_image_changelist"), chosen)))
    assert (files(tmp_path), Image.objects.count()) == ([], 0)


def test_a_form_that_is_refused_keeps_no_file(client, tmp_path):
    client.force_login(make_superuser())
    sent = {"upload": upload(make_picture()), "focal_x": 101, "focal_y": 50}
    assert client.post(reverse("admin:films_image_add"), sent).status_code == 200
    assert (files(tmp_path), Image.objects.count()) == ([], 0)
