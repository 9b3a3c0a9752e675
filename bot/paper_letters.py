"""Which letters a paper can draw: the machine's fonts, and a text as they can show it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.chart_fonts import CHINESE_FONTS, LATIN_FONT

BOX = "\u25a1"
MARKS = 2  # upon one letter: more would reach into other lines
EMPTY_LINES = re.compile(r"\n{3,}")
BREAK = "\u200b"  # where Chinese may be broken: it has no blanks
NOT_FIRST = "，。、；：？！）》”’…％·"  # what no line begins with


@dataclass(frozen=True, slots=True)
class Font:
    """A font's file, its place in a collection, and every sign that it has."""

    path: str
    number: int
    signs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fonts:
    """What a paper is drawn with; `chinese` is None where no such font is installed."""

    regular: Font
    bold: Font
    chinese: Font | None

    @property
    def signs(self) -> frozenset[int]:
        """Everything that can be drawn."""
        return self.regular.signs | (self.chinese.signs if self.chinese else frozenset())


@lru_cache(maxsize=1)
def installed() -> Fonts:
    """The fonts of this machine, found as those of the pictures are."""
    from matplotlib import font_manager
    from matplotlib.font_manager import FontProperties

    regular = font_manager.findfont(FontProperties(family=LATIN_FONT))
    bold = font_manager.findfont(FontProperties(family=LATIN_FONT, weight="bold"))
    there: dict[str, Any] = {}
    for font in font_manager.fontManager.ttflist:
        if font.name in CHINESE_FONTS and (font.name not in there or font.weight == 400):
            there[font.name] = font
    name = next((one for one in CHINESE_FONTS if one in there), None)
    chinese = _font(there[name].fname, name) if name else None
    return Fonts(_font(regular), _font(bold), chinese)


def _font(path: str, family: str = "") -> Font:
    """The font in a file; of a collection the one of that family."""
    from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

    if Path(path).suffix.lower() not in (".ttc", ".otc"):
        with TTFont(path, lazy=True) as font:
            return Font(path, 0, frozenset(font.getBestCmap()))
    with TTCollection(path, lazy=True) as fonts:
        number = next((n for n, one in enumerate(fonts) if one["name"].getBestFamilyName() == family), 0)
        return Font(path, number, frozenset(fonts[number].getBestCmap()))


def drawable(text: str, signs: frozenset[int]) -> str:
    """The text as it can be drawn, with places where Chinese may be broken."""
    found: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        kind = unicodedata.category(sign)
        if sign == "\n":
            found.append(sign)
        elif kind in ("Zs", "Zl", "Zp") or sign == "\t":
            found.append(" ")
        elif kind[0] != "C":
            marks = marks + 1 if kind[0] == "M" else 0
            if marks <= MARKS:
                breaks = is_wide(sign) and found and found[-1] != "\n" and sign not in NOT_FIRST
                found.append(BREAK if breaks else "")
                found.append(sign if ord(sign) in signs else BOX)
        elif kind == "Co" or kind == "Cn":
            found.append(BOX)
    return EMPTY_LINES.sub("\n\n", "".join(found))


def is_wide(sign: str) -> bool:
    """Whether it is written without blanks around it, as Chinese is."""
    return unicodedata.east_asian_width(sign) in "WF"
