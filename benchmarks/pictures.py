"""How long a picture's renditions take, and how much memory: `python -m benchmarks.pictures`."""

import multiprocessing
import re
from io import BytesIO
from pathlib import Path
from time import process_time

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from benchmarks.measuring import show
from films.models import Image as Row
from films.renditions import draw
from rushcms.cards.drawing import drawn
from rushcms.cards.saying import Card

LARGEST = (6000, 9000)  # Pixels; what the settings take is a little more.
CASES = {
    "JPEG, 2,560 × 1,440": ((2560, 1440), "RGB", "JPEG"),
    "JPEG, 6,000 × 4,000": ((6000, 4000), "RGB", "JPEG"),
    "JPEG, 6,000 × 9,000": (LARGEST, "RGB", "JPEG"),
    "PNG, 2,560 × 1,440": ((2560, 1440), "RGB", "PNG"),
    "PNG, 6,000 × 9,000, transparent": (LARGEST, "RGBA", "PNG"),
}
ON_CARDS = ("JPEG, 6,000 × 4,000", "PNG, 6,000 × 9,000, transparent")


def main():
    """Draw each picture in a process of its own, since Pillow's memory is none that Python sees."""
    # A process that is started anew, not forked: else its peak would be ours, who made the pictures.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        rows = [(name, *pool.apply(measured, [photograph(*case)])) for name, case in CASES.items()]
        rows += [(f"a social card on {name}", *pool.apply(card, [*CASES[name]])) for name in ON_CARDS]
    show(["", "seconds of processor", "files", "kB of the original", "kB of all files", "peak MB"], rows)


def photograph(size, mode, kind):
    """Return a picture about as hard to compress as a photograph."""
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 60).resize(size)
    slope = Image.linear_gradient("L").resize(size)
    picture = Image.merge("RGB", [noise, slope, Image.blend(noise, slope, 0.5)]).convert(mode)
    if mode == "RGBA":
        picture.putalpha(slope)
    file = BytesIO()
    picture.save(file, kind, **({"quality": 90} if kind == "JPEG" else {"compress_level": 1}))
    return file.getvalue()


def measured(content):
    """Return what the renditions of *content* take."""
    before, start = memory("VmRSS"), process_time()
    made = draw(content)
    taken, most = process_time() - start, memory("VmHWM") - before
    sizes = [len(file.content) for files in made.values() for file in files.values()]
    return taken, len(sizes), len(content) / 1000, sum(sizes) / 1000, most


def card(size, mode, kind):
    """Return what a card takes on a picture that has its renditions, the faces not read yet."""
    content = photograph(size, mode, kind)
    image = Row(width=size[0], height=size[1], renditions={})
    image.file.save("still", ContentFile(content), save=False)
    for name, files in draw(content).items():
        image.renditions[name] = {label: kept(file) for label, file in files.items()}
    before, start = memory("VmRSS"), process_time()
    made = drawn(Card("articles", "rush", ("Explainer",), "東京物語: Rush", line="Two go under.", picture=image))
    return process_time() - start, 1, len(content) / 1000, len(made) / 1000, memory("VmHWM") - before


def kept(file):
    """Keep a rendition, and return its name."""
    return default_storage.save(f"rendition.{file.extension}", ContentFile(file.content))


def memory(which):
    """Return what the kernel says of this process, in megabytes; asked for "VmRSS", it begins a new "VmHWM" there."""
    if which == "VmRSS":
        Path("/proc/self/clear_refs").write_text("5")
    return int(re.search(rf"{which}:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1000


if __name__ == "__main__":
    main()
