"""Setting type: lines that fit a width and a height, in either direction."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ImageDraw

from rushcms.cards.faces import Run, Stack

# Where a line may end: after a space or a hyphen, and between East Asian letters but before none of their stops.
WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
STOPS = "、。，．・：；？！」』）】〉》ー々ゝヽぁぃぅぇぉっゃゅょァィゥェォッャュョ"
PIECE = re.compile(rf"[^\s{WIDE}]+[-–—]?\s*|[{WIDE}][{STOPS}]*\s*|\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is drawn: its runs, and how wide they are in pixels."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size under each other, `leading` pixels from one to the next; `rtl` is how they run."""

    lines: tuple[Line, ...] = ()
    size: int = 0
    leading: int = 0
    rtl: bool = False

    @property
    def height(self) -> int:
        """How much room the block takes."""
        return self.leading * len(self.lines)


def is_rtl(text: str) -> bool:
    """Tell whether *text* runs from right to left: its first letter decides."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)


def fitted(text: str, stack: Stack, sizes: range, *, width: int, height: int, leading: float) -> Block:
    """Return *text* at the largest of *sizes* that fits; at the smallest, what does not fit ends in "…".

    A text that no face can draw makes an empty block.
    """
    if not stack.runs(text):
        return Block()
    for size in sizes:
        block = _set(text, stack, size, width, leading)
        if block.height <= height and all(line.width <= width for line in block.lines):
            return block
    return _cut(text, stack, sizes[-1], width=width, height=height, leading=leading)


def _set(text: str, stack: Stack, size: int, width: int, leading: float) -> Block:
    lines = tuple(line(words, stack, size) for words in _wrapped(text, stack, size, width))
    return Block(lines, size, round(size * leading), is_rtl(text))


def _cut(text: str, stack: Stack, size: int, *, width: int, height: int, leading: float) -> Block:
    """Return as many words of *text* as fit, with an ellipsis."""
    pieces = PIECE.findall(text)
    most = max(1, height // round(size * leading))
    for end in range(len(pieces) - 1, 0, -1):
        block = _set("".join(pieces[:end]).rstrip(" ,;:–—-") + "…", stack, size, width, leading)
        if len(block.lines) <= most and all(each.width <= width for each in block.lines):
            return block
    return Block()


def _wrapped(text: str, stack: Stack, size: int, width: int) -> Iterator[str]:
    """Yield the lines of *text*, each as long as it can be."""
    begun = ""
    for piece in PIECE.findall(text):
        if begun and line((begun + piece).rstrip(), stack, size).width > width:
            yield begun.rstrip()
            begun = ""
        begun += piece
    yield begun.rstrip()


def line(words: str, stack: Stack, size: int) -> Line:
    """Return *words* as one line."""
    runs = tuple(stack.runs(words))
    return Line(runs, sum(run.face.at(size).getlength(run.text) for run in runs))


def write(draw: ImageDraw.ImageDraw, block: Block, *, left: int, right: int, top: int, colour: str, flush: str) -> None:
    """Write *block* between *left* and *right*, *flush* with one of them."""
    for number, each in enumerate(block.lines):
        baseline = top + number * block.leading + round(block.leading / 2 + block.size * 0.33)
        runs = reversed(each.runs) if block.rtl else each.runs
        across = right - each.width if flush == "right" else left
        for run in runs:
            font = run.face.at(block.size)
            draw.text((across, baseline), run.text, font=font, fill=colour, anchor="ls")
            across += font.getlength(run.text)
