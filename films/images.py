"""Taking pictures in: what an upload must be, and what is kept of it."""

import secrets
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from films.models import Image
from films.renditions import names_in
from films.tasks import ask_for_renditions

SAVING = {
    "JPEG": {"quality": 90, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 80, "speed": 8},
}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
UNREADABLE = "This is not a picture we can read: JPEG, PNG, WebP or AVIF."
DAMAGED = "This picture is damaged or cut off. Send it again, whole."
MOVING = "This picture moves. Send one still frame of it."
SRGB = ImageCms.createProfile("sRGB")


class ImageRejected(Exception):
    """An upload that is not kept; the message tells an editor why."""


class ImageTooLarge(ImageRejected):
    """An upload with more bytes or pixels than the settings allow."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be kept: its width and height in pixels, its file's content and extension."""

    width: int
    height: int
    content: bytes
    extension: str


def accept(upload, **fields):
    """Keep the uploaded file *upload* as a picture and return its Image; *fields* are further columns.

    Raises ImageRejected; then, and where the row cannot be saved, no file stays.
    """
    return keep(checked(upload), Image(**fields))


def checked(upload):
    """Return the uploaded file *upload* as a Picture that may be kept, and write nothing; raise ImageRejected.

    The picture is decoded, turned upright, brought to sRGB and written anew without its metadata, in the same format.
    """
    picture, kind = _read(upload)
    return Picture(picture.width, picture.height, _write(picture, kind), EXTENSIONS[kind])


def keep(picture, image):
    """Save *image* with *picture* as its file, under a random name; where it cannot be saved no file stays.

    Its renditions are asked for, and made when the transaction is through.
    """
    image.width, image.height = picture.width, picture.height
    image.file.save(_random_name(picture.extension), ContentFile(picture.content), save=False)
    try:
        with transaction.atomic():
            image.save()
            ask_for_renditions(image)
    except BaseException:
        image.file.delete(save=False)
        raise
    return image


@transaction.atomic
def remove(image):
    """Delete *image* and, once that is certain, its files: where rights are withdrawn nobody may have them."""
    storage = image.file.storage
    # Asked anew: a task may have made renditions since *image* was read.
    made = Image.objects.select_for_update().filter(pk=image.pk).values_list("renditions", flat=True).first()
    names = [image.file.name, *names_in(made)]
    image.delete()
    transaction.on_commit(lambda: [storage.delete(name) for name in names])


def _read(upload):
    """Return the still, upright sRGB picture in *upload* and its format."""
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ImageTooLarge(f"This file is too large: at most {settings.UPLOAD_MAX_BYTES / 1024**2:.3g} MB.")
    picture = _open(upload)
    # A phone's JPEG may carry further pictures (MPO); the first is the photograph.
    kind = "JPEG" if picture.format == "MPO" else picture.format
    if kind == picture.format and getattr(picture, "is_animated", False):
        raise ImageRejected(MOVING)
    return _decode(picture), kind


def _open(upload):
    """Read the header of *upload*, and no pixel of a picture that is too large."""
    try:
        picture = Pillow.open(upload, formats=list(SAVING))
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception:  # Pillow's readers raise nearly anything on a broken header.
        raise ImageRejected(UNREADABLE) from None
    if picture.width * picture.height > settings.UPLOAD_MAX_PIXELS:
        raise _too_many_pixels()
    return picture


def _too_many_pixels():
    return ImageTooLarge(f"This picture is too large: at most {settings.UPLOAD_MAX_PIXELS / 1e6:.3g} megapixels.")


def _decode(picture):
    try:
        picture.load()
        return _in_srgb(ImageOps.exif_transpose(picture))
    except Exception:  # As above; and a bad profile or EXIF block is damage too.
        raise ImageRejected(DAMAGED) from None


def _in_srgb(picture):
    """Return *picture* as RGB or RGBA in sRGB, looking as its own profile says, and with no metadata."""
    profile, opaque = picture.info.get("icc_profile"), not picture.has_transparency_data
    if picture.mode.startswith("I"):  # 16-bit grey, which convert() would clip to white.
        picture = picture.point(lambda value: value * (1 / 257)).convert("L")
    alpha = None if opaque else picture.convert("RGBA").getchannel("A")
    plain = _through_profile(picture, profile) or picture.convert("RGB")
    if alpha:
        plain.putalpha(alpha)
    plain.info = {}
    return plain


def _through_profile(picture, profile):
    """Return *picture* seen through its colour *profile*, None where there is none or it does not fit."""
    if not profile:
        return None
    solid = picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")
    try:
        return ImageCms.profileToProfile(solid, ImageCms.ImageCmsProfile(BytesIO(profile)), SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _write(picture, kind):
    file = BytesIO()
    picture.save(file, kind, **SAVING[kind])
    return file.getvalue()


def _random_name(extension):
    name = secrets.token_hex(12)
    return f"{name[:2]}/{name}.{extension}"
