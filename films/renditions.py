"""Renditions: a picture in the widths, formats and crops that pages ask for, made once and kept beside it.

`Image.renditions` says which there are, so that no page asks the storage: `{"avif": {"320": name, ...}, "webp": ...,
"jpeg" or "png": ..., "crops": {"1x1": name, ...}}`; None before they were made, `{}` where none can be, without `crops`
while these wait to be made. `former` are files that were replaced, for pages that somebody still keeps.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from PIL import Image as Pillow

from films.cropping import cropped, fitting
from films.models import Image

logger = logging.getLogger(__name__)

WIDTHS = (320, 640, 960, 1440, 2048)
CROPS = {"1x1": (1, 1), "4x3": (4, 3), "16x9": (16, 9)}
CROP_WIDTH = 1200  # What search engines ask of a picture that they show large.
SAVING = {
    "avif": {"quality": 60, "speed": 8},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "progressive": True, "optimize": True},
    "png": {},
}
EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}
COMMON = ("jpeg", "png")  # For browsers that know nothing newer.
LONGEST_SIDE = {"webp": 16_383}  # Of the format itself.
FORMER = "former"
KEPT = timedelta(hours=1)  # For longer than anybody keeps a page; see rushcms/caching.py.


@dataclass(frozen=True, slots=True)
class Rendition:
    """A file that was drawn and is not kept yet."""

    extension: str
    content: bytes


def make(image):
    """Make all renditions of *image* anew and note them on its row; those it had before stay for a while.

    A file that is gone or damaged has none, and the log says so. A storage that fails raises what it raises, and
    nothing changes.
    """
    focal = image.focal_x, image.focal_y
    _keep(image, _drawn(image, partial(draw, focal=focal)), kinds={*SAVING, "crops"})


def make_crops(image):
    """Make the crops of *image* anew, after its focal point moved; pages that are cached keep their renditions."""
    focal = image.focal_x, image.focal_y
    _keep(image, _drawn(image, partial(draw_crops, focal=focal)), kinds={"crops"})


def forget_crops(image):
    """Have *image* shown whole from now on, until its crops are made around another point."""
    _noted(image, {}, {"crops"})


def lacking():
    """Return the pictures that wait for renditions or crops: new ones, and those whose task failed or was lost."""
    without_crops = ~Q(renditions={}) & ~Q(renditions__has_key="crops")
    return Image.objects.filter(Q(renditions__isnull=True) | without_crops)


def clear_former():
    """Delete the files that were replaced an hour ago or earlier."""
    for image in Image.objects.filter(renditions__has_key=FORMER).only("pk"):
        _clear_former(image.pk, (timezone.now() - KEPT).isoformat(timespec="seconds"))


def names_in(renditions):
    """Return the names of all files in *renditions*."""
    return [name for files in (renditions or {}).values() for name in files.values()]


def draw(content, *, focal=(50, 50)):
    """Return `{kind: {width or crop: Rendition}}` of the picture in *content*; nothing is larger than it.

    A modern format stands only if its widest file is smaller than *content*, else browsers would choose a worse
    picture; of the common one, the original itself may be the widest file.
    """
    picture, own = _opened(content)
    made = _crops(picture, content, focal)
    widest, *_ = wanted = sorted(widths(own[0]), reverse=True)
    for width in wanted:
        picture = _narrowed(picture, fitting(own, width))
        for kind in _kinds(picture):
            if width == widest or kind in made or kind in COMMON:
                _add(made, kind, str(width), _encoded(picture, kind), content)
    return made


def draw_crops(content, *, focal):
    """Return the crops alone, as `draw` does."""
    return _crops(_opened(content)[0], content, focal)


def widths(own):
    """Return which widths a picture is made in that is *own* pixels wide; none is wider than it."""
    return [*(width for width in WIDTHS if width < own), *([own] if own <= WIDTHS[-1] else [])]


def _add(made, kind, label, file, content):
    """Put *file* into *made* where there is one and it is smaller than the original's *content*."""
    if file and len(file) < len(content):
        made.setdefault(kind, {})[label] = Rendition(EXTENSIONS[kind], file)


def _opened(content):
    """Return the picture in *content*, no wider than the widest rendition, and the size of the original."""
    picture = Pillow.open(BytesIO(content))
    own = picture.size
    # Of a JPEG only as many pixels are decoded as are needed: a half, a quarter or an eighth each way.
    picture.draft("RGB", fitting(own, WIDTHS[-1]))
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    plain = picture if picture.mode == mode else picture.convert(mode)  # A copy of a large picture is dear.
    return _narrowed(plain, fitting(own, WIDTHS[-1])), own


def _narrowed(picture, size):
    if size[0] >= picture.width:
        return picture
    return picture.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=2)


def _kinds(picture):
    """Return the formats for *picture*, the common one last."""
    return ["avif", "webp", "png" if picture.mode == "RGBA" else "jpeg"]


def _crops(picture, content, focal):
    kind, made = _kinds(picture)[-1], {}
    for label, ratio in CROPS.items():
        crop = cropped(picture, ratio, focal)
        crop = _narrowed(crop, fitting(ratio, CROP_WIDTH))
        _add(made, kind, label, _encoded(crop, kind), content)
    return {"crops": made.get(kind, {})}


def _encoded(picture, kind):
    """Return the bytes of *picture* as a *kind*, None where the format has no room for it."""
    if max(picture.size) > LONGEST_SIDE.get(kind, max(picture.size)):
        return None
    file = BytesIO()
    picture.save(file, kind.upper(), **SAVING[kind])
    return file.getvalue()


def _drawn(image, work):
    """Return what *work* draws of the file of *image*; nothing where that is gone or cannot be read."""
    try:
        with image.file.storage.open(image.file.name) as file:
            content = file.read()
    except FileNotFoundError:
        logger.warning("The file of picture %s is gone: %s", image.pk, image.file.name)
        return {}
    try:
        return work(content)
    except Exception:  # Pillow's readers raise nearly anything on a damaged file.
        logger.warning("The file of picture %s cannot be read: %s", image.pk, image.file.name, exc_info=True)
        return {}


def _keep(image, drawn, *, kinds):
    """Write what was *drawn* into the storage and note it, in place of what the row had of *kinds*."""
    storage = image.file.storage
    names = _written(storage, drawn)
    try:
        noted = _noted(image, names, kinds)
    except BaseException:
        _delete(storage, names_in(names))
        raise
    if not noted:
        _delete(storage, names_in(names))


def _written(storage, drawn):
    """Write what was *drawn* under names nobody can guess and return them; where one fails, none stays."""
    token, names = secrets.token_hex(12), {}
    try:
        for kind, files in drawn.items():
            names[kind] = {}
            for label, file in files.items():
                wanted = f"renditions/{token[:2]}/{token}/{label}.{file.extension}"
                names[kind][label] = storage.save(wanted, ContentFile(file.content))
    except BaseException:
        _delete(storage, names_in(names))
        raise
    return names


@transaction.atomic
def _noted(image, names, kinds):
    """Note *names* on the row in place of what it had of *kinds*, and tell whether it still stands."""
    row = Image.objects.select_for_update().filter(pk=image.pk).first()
    if row is None:
        return False
    image.renditions = {**_without(kinds, row.renditions or {}), **names}
    Image.objects.filter(pk=image.pk).update(renditions=image.renditions)
    return True


def _without(kinds, made):
    """Return what was *made* without *kinds*, whose files are now former ones: the pages that are kept name them."""
    now = timezone.now().isoformat(timespec="seconds")
    unused = names_in({kind: files for kind, files in made.items() if kind in kinds})
    former = {**made.get(FORMER, {}), **{f"{now} {name}": name for name in unused}}
    others = {kind: files for kind, files in made.items() if kind not in {*kinds, FORMER}}
    return {**others, FORMER: former} if former else others


@transaction.atomic
def _clear_former(number, before):
    """Delete those of one picture; their names go last, so that none is forgotten where the storage fails."""
    row = Image.objects.select_for_update().filter(pk=number).first()
    if row is None:
        return
    former = row.renditions.pop(FORMER, {})
    young = {label: name for label, name in former.items() if label > before}
    _delete(row.file.storage, [former[label] for label in former.keys() - young.keys()])
    Image.objects.filter(pk=number).update(renditions={**row.renditions, **({FORMER: young} if young else {})})


def _delete(storage, names):
    for name in names:
        storage.delete(name)
