"""Faces to draw with: the house's own, then Noto for what those lack; a letter that no face has is never drawn."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import ImageFont

HOUSE = settings.BASE_DIR / "static" / "fonts"
NOTO = Path(__file__).parent / "faces"
# What Debian's fonts-noto-core and fonts-noto-cjk bring, for the scripts that we do not.
SYSTEM = Path("/usr/share/fonts")
SYSTEM_FACES = ("NotoSansCJK-Bold.ttc", "NotoSans*-Bold.ttf")
BOLD = 700


@dataclass(frozen=True, slots=True)
class Face:
    """A font file; `weight` is for one that has several."""

    path: Path
    weight: int = BOLD

    def has(self, letter: str) -> bool:
        """Tell whether the face draws *letter*."""
        return ord(letter) in _letters(self.path)

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the face at that *size*, in pixels."""
        return _sized(self.path, self.weight, size)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    face: Face


class Stack:
    """The faces of one part of the card, the best first."""

    def __init__(self, *house: str):
        self.house = house

    def runs(self, text: str) -> list[Run]:
        """Return *text* in stretches of one face each.

        Signs that no face has, such as emoji, are left out; where a letter or a digit is lacking, so is all.
        """
        chosen: list[tuple[str, Face]] = []
        for letter in unicodedata.normalize("NFC", text):
            face = self._face(letter, chosen[-1][1] if chosen else None)
            if letter == " " and chosen and chosen[-1][0] == " ":
                continue  # Where a sign between two spaces was left out.
            if face:
                chosen.append((letter, face))
            elif letter.isalnum():
                return []
        return [Run("".join(one for one, _ in group), face) for face, group in groupby(chosen, key=lambda one: one[1])]

    def _face(self, letter: str, before: Face | None) -> Face | None:
        """Return the face for *letter*; spaces, marks and punctuation stay in that of the letter *before*."""
        if before and not letter.isalnum() and before.has(letter):
            return before
        return next((face for face in (*_stack(self.house), *_system()) if face.has(letter)), None)


LABEL = Stack("label")
TEXT = Stack("text", "text-accents", "text-extended")
ITALIC = Stack("text-italic")


@cache
def _stack(house: tuple[str, ...]) -> tuple[Face, ...]:
    parts = [f"{name}{part}.woff2" for name in house for part in ("", "-accents", "-extended")]
    own = [HOUSE / name for name in dict.fromkeys(parts) if (HOUSE / name).exists()]
    return tuple(Face(path) for path in [*own, *sorted(NOTO.glob("*.woff2"), key=_breadth)])


def _breadth(path: Path) -> int:
    """Sort the faces of few letters first: they are quickly looked through, and made for them."""
    return path.stat().st_size


@cache
def _system() -> tuple[Face, ...]:
    return tuple(Face(path) for name in SYSTEM_FACES for path in sorted(SYSTEM.rglob(name)))


@cache
def _letters(path: Path) -> frozenset[int]:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _sized(path: Path, weight: int, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    if _is_variable(path):
        font.set_variation_by_axes([weight])
    return font


@cache
def _is_variable(path: Path) -> bool:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return "fvar" in font
