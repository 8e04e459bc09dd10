"""Drawing a card: the picture on a wide screen between dark bars, the words on it, the house's lamp below."""

import logging
from io import BytesIO

from django.conf import settings
from PIL import Image as Pillow
from PIL import ImageDraw

from films.cropping import cropped
from films.models import Image
from rushcms.cards.faces import ITALIC, LABEL, TEXT
from rushcms.cards.saying import HEIGHT, WIDTH, Card, Kind, source
from rushcms.cards.setting import Block, fitted, is_rtl, write

logger = logging.getLogger(__name__)

TOP, BOTTOM = 44, 542  # Of the screen, which is as wide for its height as a film's.
SIZE = WIDTH, BOTTOM - TOP
MARGIN, PADDING = 64, 36
BESIDE_A_PICTURE = 800
BAR, SCREEN, INK, SOFT, LAMP = "#050607", "#14171a", "#f3f1ea", "#d3d3cd", "#f0b429"
GAP = 14


def drawn(card: Card) -> bytes:
    """Return *card* as the bytes of a JPEG of 1200 by 630 pixels."""
    rtl = is_rtl(card.title)  # Then all is turned round, as on the page.
    canvas = Pillow.new("RGB", (WIDTH, HEIGHT), BAR)
    picture = _picture(card.picture)
    canvas.paste(_lit(picture, rtl) if picture else _bare(rtl), (0, TOP))
    draw = ImageDraw.Draw(canvas)
    _words(draw, card, BESIDE_A_PICTURE if picture else WIDTH - 2 * MARGIN, rtl)
    _foot(draw, card, rtl)
    file = BytesIO()
    canvas.save(file, "JPEG", quality=88, subsampling=0, optimize=True)
    return file.getvalue()


def _picture(image: Image | None) -> Pillow.Image | None:
    """Return what the screen shows of *image*; a file that is gone, damaged or not made yet leaves the screen bare."""
    name = source(image)
    if image is None or name is None:
        return None
    try:
        with image.file.storage.open(name) as file:
            return _on_screen(Pillow.open(file), (image.focal_x, image.focal_y))
    except Exception:  # Storages and Pillow's readers raise nearly anything.
        logger.warning("Picture %s cannot be drawn on a card", image.pk, exc_info=True)
        return None


def _on_screen(picture: Pillow.Image, focal: tuple[int, int]) -> Pillow.Image:
    """Return the part of *picture* around its *focal* point that fills the screen, on its ground where transparent."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    part = cropped(picture, SIZE, focal).convert(mode).resize(SIZE, Pillow.Resampling.LANCZOS, reducing_gap=2)
    if mode == "RGB":
        return part
    return Pillow.alpha_composite(Pillow.new("RGBA", SIZE, SCREEN), part).convert("RGB")


def _lit(picture: Pillow.Image, rtl: bool) -> Pillow.Image:
    """Darken *picture* towards the side of the words, so that they can be read on any."""
    shade = Pillow.linear_gradient("L").rotate(90 if rtl else -90).resize(picture.size)
    shade = shade.point([min(244, 96 + round(level * 0.78)) for level in range(256)])
    return Pillow.composite(Pillow.new("RGB", picture.size, "#0b0c0e"), picture, shade)


def _bare(rtl: bool) -> Pillow.Image:
    """Return the screen without a picture: a street lamp at the far corner."""
    screen = Pillow.new("RGB", SIZE, SCREEN)
    side = 900
    glow = Pillow.radial_gradient("L").resize((side, side)).point([max(0, 128 - level) for level in range(256)])
    lamp, high = (110 if rtl else WIDTH - 110), 70
    screen.paste(Pillow.new("RGB", glow.size, LAMP), (lamp - side // 2, high - side // 2), glow)
    ImageDraw.Draw(screen).circle((lamp, high), 13, fill=LAMP)
    return screen


def _words(draw: ImageDraw.ImageDraw, card: Card, width: int, rtl: bool) -> None:
    """Write kicker, title and line upwards from the foot of the screen."""
    room = BOTTOM - TOP - 2 * PADDING
    kicker = fitted(" / ".join(card.kicker), LABEL, range(30, 19, -2), width=width, height=44, leading=1.4)
    line = fitted(card.line, ITALIC, range(33, 26, -2), width=width, height=136, leading=1.32)
    left = room - kicker.height - line.height - 2 * GAP
    title = _title(card, width, max(left, room // 2))
    if title.height > left:
        line = Block()
    top = BOTTOM - PADDING - line.height - (GAP if line.lines else 0) - title.height - kicker.height - GAP
    for block, colour in ((kicker, LAMP), (title, INK), (line, SOFT)):
        write(draw, block, left=MARGIN, right=WIDTH - MARGIN, top=top, colour=colour, flush=_start(rtl))
        top += block.height + (GAP if block.lines else 0)


def _title(card: Card, width: int, height: int) -> Block:
    """Return the title: an article's in the face of texts, a film's and a person's in that of title cards."""
    if card.kind == Kind.ARTICLES:
        return fitted(card.title, TEXT, range(84, 35, -4), width=width, height=height, leading=1.14)
    return fitted(card.title, LABEL, range(132, 39, -4), width=width, height=height, leading=1.12)


def _foot(draw: ImageDraw.ImageDraw, card: Card, rtl: bool) -> None:
    """Write the site's name after its lamp, and the byline across from it."""
    middle, radius = (BOTTOM + HEIGHT) // 2, 9
    across = WIDTH - MARGIN - radius if rtl else MARGIN + radius
    draw.ellipse((across - radius, middle - radius, across + radius, middle + radius), fill=LAMP)
    name = fitted(settings.SITE_NAME, LABEL, range(40, 23, -2), width=480, height=60, leading=1.3)
    inset = MARGIN + 3 * radius + 4
    top = middle - name.height // 2
    write(draw, name, left=inset, right=WIDTH - inset, top=top, colour=INK, flush=_start(rtl))
    signature = fitted(card.signature, LABEL, range(28, 19, -2), width=540, height=40, leading=1.3)
    top = middle - signature.height // 2
    write(draw, signature, left=MARGIN, right=WIDTH - MARGIN, top=top, colour=SOFT, flush=_start(not rtl))


def _start(rtl: bool) -> str:
    return "right" if rtl else "left"
