"""Renditions: which are made of which picture, that none is larger than it, and where they are kept."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow
from PIL import ImageDraw

from films.images import accept, remove
from films.models import Image
from films.renditions import draw, make, make_crops, names_in, widths
from films.tasks import ask_for_renditions, make_renditions
from tests.factories import make_image

pytestmark = pytest.mark.django_db

MOMENT = datetime(2030, 5, 1, 12, tzinfo=UTC)


def photograph(size, mode="RGB"):
    """Return a picture with as much in it as a photograph has."""
    noise = Pillow.effect_noise((size[0] // 30 + 1, size[1] // 30 + 1), 90)
    bands = [noise, noise.transpose(Pillow.Transpose.ROTATE_180), noise.transpose(Pillow.Transpose.FLIP_TOP_BOTTOM)]
    picture = Pillow.merge("RGB", [band.resize(noise.size) for band in bands]).resize(size)
    return picture.convert(mode)


def saved(picture, kind, **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def opened(content):
    picture = Pillow.open(BytesIO(content))
    picture.load()
    return picture


def sent(content, django_capture_on_commit_callbacks, **fields):
    """Return the picture that an upload of *content* became, its renditions made."""
    with django_capture_on_commit_callbacks(execute=True):
        image = accept(SimpleUploadedFile("still", content), **fields)
    image.refresh_from_db()
    return image


def stored(name):
    with default_storage.open(name) as file:
        return file.read()


@pytest.mark.parametrize(
    ("own", "made"),
    [
        (100, [100]),
        (320, [320]),
        (1000, [320, 640, 960, 1000]),
        (2048, [320, 640, 960, 1440, 2048]),
        (6000, [320, 640, 960, 1440, 2048]),
    ],
)
def test_widths_end_with_the_pictures_own(own, made):
    assert widths(own) == made


@pytest.mark.parametrize(
    ("size", "made_widths"), [((6000, 1200), (320, 640, 960, 1440, 2048)), ((700, 6000), (320, 640, 700))]
)
def test_a_picture_of_six_thousand_pixels_is_made_in_three_formats_and_never_larger(size, made_widths):
    content = saved(photograph(size), "JPEG", quality=90)
    made = draw(content)
    for kind in ("avif", "webp", "jpeg"):
        pictures = {width: opened(file.content) for width, file in made[kind].items()}
        assert {int(width): picture.size for width, picture in pictures.items()} == {
            width: (width, round(width * size[1] / size[0])) for width in made_widths
        }
        assert {picture.format for picture in pictures.values()} == {kind.upper()}
    assert max(len(file.content) for files in made.values() for file in files.values()) < len(content)


def test_a_wider_file_is_a_heavier_one():
    made = draw(saved(photograph((1600, 1000)), "JPEG", quality=95))
    for kind in ("avif", "webp", "jpeg"):
        weights = [len(made[kind][width].content) for width in sorted(made[kind], key=int)]
        assert weights == sorted(weights)


def test_an_icon_stands_as_it_is_where_nothing_is_smaller(django_capture_on_commit_callbacks):
    image = sent(saved(Pillow.new("RGB", (100, 100), "teal"), "PNG"), django_capture_on_commit_callbacks)
    sizes = [len(stored(name)) for name in names_in(image.renditions)]
    assert all(size < image.file.size for size in sizes)
    assert all(opened(stored(name)).width <= 100 for name in names_in(image.renditions))


def test_transparency_stays_in_every_format():
    picture = photograph((700, 700), "RGBA")
    ImageDraw.Draw(picture).rectangle((0, 0, 350, 700), fill=(0, 0, 0, 0))
    made = draw(saved(picture, "PNG"))
    assert set(made) == {"avif", "webp", "png", "crops"}
    for kind in ("avif", "webp", "png"):
        narrow = opened(made[kind]["320"].content).convert("RGBA")
        assert (narrow.getpixel((40, 160))[3], narrow.getpixel((280, 160))[3]) == (0, 255)


def test_a_picture_for_print_comes_out_in_the_colours_of_screens(django_capture_on_commit_callbacks):
    picture = photograph((800, 600)).convert("CMYK")
    picture.paste((255, 0, 0, 0), (0, 0, 400, 600))  # Cyan.
    image = sent(saved(picture, "JPEG", quality=95), django_capture_on_commit_callbacks)
    for kind in ("avif", "webp", "jpeg"):
        red, green, blue = opened(stored(image.renditions[kind]["320"])).convert("RGB").getpixel((80, 120))
        assert red < 70 < min(green, blue)


def test_a_turned_photograph_stands_upright_in_every_rendition(django_capture_on_commit_callbacks):
    exif = Pillow.Exif()
    exif[0x0112] = 6
    image = sent(saved(photograph((1200, 800)), "JPEG", exif=exif, quality=95), django_capture_on_commit_callbacks)
    assert (image.width, image.height) == (800, 1200)
    for kind in ("avif", "webp", "jpeg"):
        narrow = opened(stored(image.renditions[kind]["320"]))
        assert (narrow.size, dict(narrow.getexif())) == ((320, 480), {})


def test_a_picture_too_long_for_a_format_does_without_that():
    made = draw(saved(Pillow.new("RGB", (400, 16_500), "teal"), "JPEG", quality=95))
    assert "webp" not in made
    assert set(made["jpeg"]) == {"320", "400"}


def test_crops_are_cut_around_the_focal_point():
    picture = photograph((1600, 1000))
    picture.paste("red", (1200, 0, 1600, 1000))
    made = draw(saved(picture, "JPEG", quality=95), focal=(100, 50))["crops"]
    crops = {shape: opened(file.content) for shape, file in made.items()}
    assert {shape: crop.size for shape, crop in crops.items()} == {
        "1x1": (1000, 1000),
        "4x3": (1200, 900),
        "16x9": (1200, 675),
    }
    red, green, blue = crops["1x1"].getpixel((950, 500))
    assert red > 200
    assert max(green, blue) < 60


def test_an_upload_has_its_renditions_when_it_is_certain(django_capture_on_commit_callbacks):
    image = sent(saved(photograph((900, 600)), "JPEG", quality=95), django_capture_on_commit_callbacks)
    assert set(image.renditions) == {"avif", "webp", "jpeg", "crops"}
    assert set(image.renditions["avif"]) == {"320", "640", "900"}
    token = image.renditions["avif"]["320"].split("/")[2]
    assert image.renditions["avif"]["320"] == f"renditions/{token[:2]}/{token}/320.avif"
    assert len(token) >= 16
    assert all(default_storage.exists(name) for name in names_in(image.renditions))


def test_a_removed_picture_takes_its_renditions_with_it(django_capture_on_commit_callbacks):
    image = sent(saved(photograph((900, 600)), "JPEG", quality=95), django_capture_on_commit_callbacks)
    names = [image.file.name, *names_in(image.renditions)]
    stale = Image(pk=image.pk, file=image.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove(stale)
    assert [name for name in names if default_storage.exists(name)] == []


def test_made_again_the_former_files_stay_as_long_as_pages_may_name_them(django_capture_on_commit_callbacks):
    image = sent(saved(photograph((900, 600)), "JPEG", quality=95), django_capture_on_commit_callbacks)
    before = image.renditions
    with time_machine.travel(MOMENT, tick=False) as clock:
        make(image)
        for minutes, there in ((59, True), (2, False)):
            clock.shift(timedelta(minutes=minutes))
            call_command("make_renditions")
            assert {default_storage.exists(name) for name in names_in(before)} == {there}
    image.refresh_from_db()
    assert image.renditions.keys() == before.keys()
    assert all(default_storage.exists(name) for name in names_in(image.renditions))


def test_a_removed_picture_takes_its_former_files_with_it(django_capture_on_commit_callbacks):
    image = sent(saved(photograph((900, 600)), "JPEG", quality=95), django_capture_on_commit_callbacks)
    former = names_in(image.renditions)
    make(image)
    with django_capture_on_commit_callbacks(execute=True):
        remove(image)
    assert [name for name in former if default_storage.exists(name)] == []


def test_crops_are_made_again_alone(django_capture_on_commit_callbacks):
    image = sent(saved(photograph((900, 600)), "JPEG", quality=95), django_capture_on_commit_callbacks)
    before, image.focal_x = image.renditions, 0
    with django_capture_on_commit_callbacks(execute=True):
        make_crops(image)
    assert {**image.renditions, "crops": None, "former": None} == {**before, "crops": None, "former": None}
    assert not set(image.renditions["crops"].values()) & set(before["crops"].values())
    assert sorted(image.renditions["former"].values()) == sorted(before["crops"].values())


def test_crops_that_failed_are_made_by_night(settings, monkeypatch, capsys, django_capture_on_commit_callbacks):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Failing"}}
    image = sent(saved(photograph((900, 600)), "JPEG", quality=95), django_capture_on_commit_callbacks)
    wrong, image.focal_x = set(image.renditions["crops"].values()), 0
    image.save()
    monkeypatch.setattr(Failing, "failures", 2)
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_renditions(image, crops_only=True)
    image.refresh_from_db()
    assert "crops" not in image.renditions  # Pages show it whole.
    for count in (1, 0):
        call_command("make_renditions")
        said = f"Made renditions of {count} picture{'s' * (not count)}, of {count} to be made.\n"
        assert capsys.readouterr().out == said
    image.refresh_from_db()
    assert image.renditions["crops"].keys() == {"1x1", "4x3", "16x9"}
    assert not wrong & set(image.renditions["crops"].values())


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8\xff\xe0 no picture", None])
def test_a_damaged_or_lost_file_has_no_renditions_and_breaks_nothing(damage):
    image = make_image()
    default_storage.delete(image.file.name)
    if damage is not None:
        image.file.name = default_storage.save("images/damaged.png", ContentFile(damage))
        image.save()
    make(image)
    image.refresh_from_db()
    assert image.renditions == {}


def test_renditions_of_a_picture_that_went_meanwhile_leave_no_file(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    image = accept(SimpleUploadedFile("still", saved(photograph((400, 300)), "JPEG", quality=95)))
    Image.objects.filter(pk=image.pk).delete()
    with django_capture_on_commit_callbacks(execute=True):
        make(image)
    assert image.renditions is None
    assert [path.name for path in tmp_path.rglob("*.*")] == [image.file.name.rpartition("/")[2]]


class Failing(InMemoryStorage):
    """A storage out of order: it takes no rendition as long as there are `failures`."""

    failures = 0

    def _save(self, name, content):
        if name.startswith("renditions/") and name.endswith(("640.webp", "4x3.jpg")) and Failing.failures:
            Failing.failures -= 1
            raise OSError("out of order")
        return super()._save(name, content)


@pytest.mark.parametrize(("failures", "made"), [(1, True), (2, False)])
def test_a_storage_that_fails_is_tried_once_more_and_nothing_is_half_made(
    settings, monkeypatch, failures, made, django_capture_on_commit_callbacks
):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Failing"}}
    monkeypatch.setattr(Failing, "failures", failures)
    image = sent(saved(photograph((900, 600)), "JPEG", quality=95), django_capture_on_commit_callbacks)
    assert (image.renditions is not None) is made
    assert Failing.failures == 0
    folders = default_storage.listdir("renditions")[0] if default_storage.exists("renditions") else []
    kept = [each for folder in folders for each in default_storage.listdir(f"renditions/{folder}")[0]]
    files = [name for each in kept for name in default_storage.listdir(f"renditions/{each[:2]}/{each}")[1]]
    assert len(files) == len(names_in(image.renditions))


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_waits_in_the_queue(settings, capsys):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    content = saved(photograph((400, 300)), "JPEG", quality=95)
    image = accept(SimpleUploadedFile("still", content))
    image.refresh_from_db()
    assert image.renditions is None
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    image.refresh_from_db()
    assert set(image.renditions["avif"]) == {"320", "400"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_tries_again_when_an_outage_may_be_over(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Failing"}}
    monkeypatch.setattr(Failing, "failures", 1)
    image = accept(SimpleUploadedFile("still", saved(photograph((900, 600)), "JPEG", quality=95)))
    begun = timezone.now()
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    image.refresh_from_db()
    assert (image.renditions, Failing.failures) == (None, 0)
    (waiting,) = DBTaskResult.objects.filter(status="READY")
    assert timedelta(minutes=10) <= waiting.run_after - begun < timedelta(minutes=15)


def test_the_task_of_a_picture_that_went_does_nothing():
    assert make_renditions.enqueue(404).status == "SUCCESSFUL"


def test_the_command_makes_what_is_missing_and_says_what_cannot_be(capsys):
    image, lost = make_image(), make_image()
    default_storage.delete(lost.file.name)
    default_storage.delete(image.file.name)
    default_storage.save(image.file.name, ContentFile(saved(photograph((640, 360)), "PNG")))
    call_command("make_renditions")
    said = capsys.readouterr()
    assert said.out == "Made renditions of 1 picture, of 2 to be made.\n"
    assert said.err == f"Picture {lost.pk} has none: {lost.file.name} is too small, damaged or gone.\n"
    call_command("make_renditions")
    assert capsys.readouterr().out == "Made renditions of 0 pictures, of 0 to be made.\n"
    image.refresh_from_db()
    before = image.renditions
    call_command("make_renditions", again=True)
    image.refresh_from_db()
    assert before != image.renditions
