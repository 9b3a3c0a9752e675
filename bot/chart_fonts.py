"""Which letters the machine's fonts can draw, so that no picture shows boxes."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache

# Sans-serif fonts with simplified Chinese, as Linux, macOS and Windows name them.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti", "Microsoft YaHei", "SimHei",
    "Noto Sans CJK JP", "Droid Sans Fallback", "Arial Unicode MS",
)  # fmt: skip
LATIN_FONT = "DejaVu Sans"  # comes with matplotlib


@dataclass(frozen=True, slots=True)
class Fonts:
    """The font families to draw with, and every sign that they have."""

    families: tuple[str, ...]
    signs: frozenset[int]
    chinese: bool

    def draws(self, text: str) -> bool:
        """Whether no sign of the text would come out as a box."""
        return all(ord(sign) in self.signs for sign in text)


@lru_cache(maxsize=1)
def installed() -> Fonts:
    """The fonts of this machine."""
    from matplotlib import font_manager

    paths = {font.name: font.fname for font in reversed(font_manager.fontManager.ttflist)}
    chinese = next((name for name in CHINESE_FONTS if name in paths), None)
    return fonts_of(chinese)


def fonts_of(chinese: str | None) -> Fonts:
    """Latin letters from the font that is always there, everything else from `chinese` where it is given."""
    from matplotlib import font_manager, ft2font

    families = (LATIN_FONT, chinese) if chinese else (LATIN_FONT,)
    signs: set[int] = set()
    for family in families:
        # A stray warning of the font search would be the only line of a rehearsal that nobody can read.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            path = font_manager.findfont(family)
        signs |= set(ft2font.FT2Font(path).get_charmap())
    return Fonts(families, frozenset(signs), chinese is not None)


def language_of(wanted: str, fonts: Fonts) -> str:
    """The language that can be drawn: Chinese needs a Chinese font."""
    return wanted if fonts.chinese else "en"


def drawable(name: str, otherwise: str, fonts: Fonts) -> str:
    """A name, or something else that stands for it where the fonts lack its letters; never boxes."""
    return name if fonts.draws(name) else otherwise
