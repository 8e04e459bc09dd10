"""How pages show a picture: which renditions, how wide each place is, which crop."""

from dataclasses import dataclass

from films.cropping import fitting
from films.renditions import COMMON, CROPS, WIDTHS

MIDDLE = 5  # In tenths.
TYPES = {"avif": "image/avif", "webp": "image/webp"}
PLAIN = 960  # What a browser gets that knows no srcset.
LIGHT = 6_000_000  # Pixels that a request may decode; of an upload there may be ten times as many.

# How wide a picture stands in each place; the browser chooses a file by it. The first fitting condition counts.
SIZES = {
    "hero": "(min-width: 81rem) 35rem, (min-width: 60rem) 43vw, 92vw",
    "lead": "(min-width: 81rem) 47rem, (min-width: 56rem) 58vw, 92vw",
    "card": "(min-width: 81rem) 25rem, (min-width: 42rem) 46vw, 92vw",
    "prose": "(min-width: 42rem) 38rem, 92vw",
    "poster": "14rem",
    "portrait": "14rem",
    "thumbnail": "6rem",
    "desk": "(min-width: 60rem) 40rem, 92vw",
}


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one modern format, for browsers that know it."""

    type: str
    srcset: str


def shown(image, place, *, alt=None, css="", eager=False):
    """Return what `_picture.html` needs to show *image* in a *place* of SIZES; asks neither database nor storage.

    An *eager* picture is the first of its page: it is fetched before all others. Others wait until they come near.
    """
    made = image.renditions or {}
    common = _common(image, made)
    return {
        "image": image,
        "alt": image.alt if alt is None else alt,
        "css": " ".join(filter(None, [css, *focal_classes(image)])),
        "sizes": SIZES[place],
        "sources": [Source(kind, srcset(image, made[name])) for name, kind in TYPES.items() if name in made],
        "srcset": srcset(image, common) if len(common) > 1 else "",
        "src": _url(image, _plain(common)),
        "eager": eager,
    }


def srcset(image, files):
    """Return *files*, names by width, as the value of a `srcset`."""
    widths = sorted(files, key=int)
    return ", ".join(f"{_url(image, files[width])} {width}w" for width in widths)


def focal_classes(image):
    """Return the classes that keep the focal point in sight where CSS crops; in tenths, none for the middle."""
    places = {"x": (image.focal_x + 5) // 10, "y": (image.focal_y + 5) // 10}
    return [f"focal-{axis}-{tenth}" for axis, tenth in places.items() if tenth != MIDDLE]


def crops(image):
    """Return the addresses of *image* cut to `1x1`, `4x3` and `16x9`; the whole picture where a crop is missing."""
    made = (image.renditions or {}).get("crops", {})
    return {shape: _url(image, made.get(shape, image.file.name)) for shape in CROPS}


def light_file(image, width):
    """Return the name of the file to draw *image* from, *width* pixels wide; None where none may be read meanwhile.

    It is a rendition where there are any, the original only where it has few pixels; then the narrowest that is wide
    enough, else the widest.
    """
    files = {image.width: image.file.name, **_by_width(image.renditions or {})}
    light = {
        each: name for each, name in files.items() if each * fitting((image.width, image.height), each)[1] <= LIGHT
    }
    chosen = min([each for each in light if each >= width], default=max(light, default=None))
    return light.get(chosen)


def _by_width(made):
    return {int(width): name for kind in COMMON for width, name in made.get(kind, {}).items()}


def _common(image, made):
    """Return the files for all browsers by width; the original is one of them unless it is too wide for a page."""
    files = next((made[kind] for kind in COMMON if kind in made), {})
    return files if files and image.width > WIDTHS[-1] else {str(image.width): image.file.name, **files}


def _plain(files):
    """Return the file for browsers without `srcset`: the widest that is not too wide, else the narrowest."""
    widths = sorted(map(int, files))
    return files[str(max([width for width in widths if width <= PLAIN], default=widths[0]))]


def _url(image, name):
    return image.file.storage.url(name)
