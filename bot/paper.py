"""A plain PDF: headings, lines, pairs, quotes and lines to sign, in whatever letters the machine has.

Everything that comes from people is drawn as text, never as markup. What no font has a sign for becomes a box. What
turns the direction of writing, has no width, or piles marks upon marks is left out: no text hides or reorders another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.chart_fonts import CHINESE_FONTS, LATIN_FONT
from flows.core.screen import Divider, Element, Facts, Heading, Line, Note, Quote
from flows.core.words import Words

LATIN, CHINESE = "latin", "chinese"
BOX = "\u25a1"
MARKS = 2  # upon one letter: more would reach into other lines
INK, GREY, RULE, ACCENT = (30, 34, 40), (110, 116, 124), (190, 196, 204), (31, 95, 91)
MARGIN, LABEL, ROOM = 20.0, 48.0, 28.0  # millimetres: of the page, of a pair's name, below a heading at least
SMALL, NORMAL, LARGE, TITLE = 8.5, 10.0, 12.0, 17.0  # points
HEIGHT = 5.2  # millimetres of a line
EMPTY_LINES = re.compile(r"\n{3,}")
BREAK = "\u200b"  # where Chinese may be broken: it has no blanks
NOT_FIRST = "，。、；：？！）》”’…％·"  # what no line begins with
NO_CHINESE = (
    "No Chinese font is installed where perfloop runs, so Chinese text shows as boxes. Please ask your operator to "
    "install one, for instance the package fonts-noto-cjk, and ask for this paper again."
)
DATE = Words("Date", "日期")


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


def paper(
    title: Words,
    body: Sequence[Element],
    language: str,
    *,
    at: datetime,
    foot: Words,
    signing: Sequence[tuple[str, Words]] = (),
    fonts: Fonts | None = None,
) -> bytes:
    """The PDF file, dated `at`. Where no Chinese font is installed it is in English, and says so."""
    fonts = fonts or installed()
    sheet = Sheet(language if fonts.chinese else "en", fonts, at, foot)
    sheet.big(title)
    if fonts.chinese is None:
        sheet.text(NO_CHINESE, size=SMALL, color=GREY)
    for element in body:
        sheet.draw(element)
    sheet.sign(signing)
    return sheet.content()


class Sheet:
    """The pages as they are drawn, from the top."""

    def __init__(self, language: str, fonts: Fonts, at: datetime, foot: Words) -> None:
        from fpdf import FPDF

        self.language = language
        self.signs = fonts.signs
        below = self.clean(foot.say(language)).replace(BREAK, "")

        class Pages(FPDF):
            def footer(self) -> None:
                self.set_y(-14)
                self.set_font(LATIN, size=SMALL)
                self.set_text_color(*GREY)
                self.cell(0, 5, f"{below}  ·  {self.page_no()} / {{nb}}", align="C")

        self.pages = Pages(format="A4")
        self.pages.set_creation_date(at)
        self.pages.set_margin(MARGIN)
        self.pages.set_auto_page_break(True, MARGIN)
        self.pages.add_font(LATIN, "", fonts.regular.path)
        self.pages.add_font(LATIN, "B", fonts.bold.path)
        if fonts.chinese:
            number = fonts.chinese.number
            self.pages.add_font(CHINESE, "", fonts.chinese.path, collection_font_number=number)
            self.pages.set_fallback_fonts([CHINESE], exact_match=False)
        self.pages.add_page()

    def content(self) -> bytes:
        """The file; the fonts that were opened for it are closed."""
        from fpdf.fonts import TTFFont

        made = bytes(self.pages.output())
        for font in self.pages.fonts.values():
            if isinstance(font, TTFFont):
                font.close()
        return made

    def say(self, words: Words) -> str:
        return self.clean(words.say(self.language))

    def clean(self, text: str) -> str:
        return drawable(text, self.signs)

    def draw(self, element: Element) -> None:
        """One element; what can be pressed on a screen is left out."""
        match element:
            case Heading(words):
                self.heading(words)
            case Line(words):
                self.text(self.say(words))
            case Note(words):
                self.text(self.say(words), size=SMALL, color=GREY)
            case Quote(text):
                self.quote(self.clean(text))
            case Facts(rows):
                for name, value in rows:
                    self.pair(self.say(name), self.say(value))
            case Divider():
                self.pages.ln(2)

    def big(self, words: Words) -> None:
        self.text(self.say(words), size=TITLE, style="B", color=ACCENT, height=8)
        self.pages.ln(2)

    def heading(self, words: Words) -> None:
        """Never the last thing on a page."""
        if self.pages.get_y() > self.pages.h - MARGIN - ROOM:
            self.pages.add_page()
        self.pages.ln(2.5)
        self.text(self.say(words), size=LARGE, style="B", color=ACCENT, height=6)

    def text(
        self,
        text: str,
        *,
        size: float = NORMAL,
        style: str = "",
        color: tuple[int, int, int] = INK,
        height: float = HEIGHT,
    ) -> None:
        self.pages.set_font(LATIN, style=style, size=size)
        self.pages.set_text_color(*color)
        self.pages.multi_cell(0, height, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def quote(self, text: str) -> None:
        """What a person wrote, with a line beside it."""
        self.pages.set_font(LATIN, size=NORMAL)
        self.pages.set_text_color(*INK)
        self.pages.set_draw_color(*RULE)
        self.pages.set_x(MARGIN + 3)
        self.pages.multi_cell(0, HEIGHT, text or " ", border="L", align="L", new_x="LMARGIN", new_y="NEXT")
        self.pages.ln(1)

    def pair(self, name: str, value: str) -> None:
        """A name and what it is, side by side, on one page."""
        pages = self.pages
        pages.set_font(LATIN, size=NORMAL)
        wide = pages.epw - LABEL
        high: list[Any] = [
            pages.multi_cell(width, HEIGHT, text, align="L", dry_run=True, output="HEIGHT")
            for width, text in ((LABEL, name), (wide, value))
        ]
        if pages.get_y() + max(high) > pages.h - MARGIN:
            pages.add_page()
        top = pages.get_y()
        pages.set_text_color(*GREY)
        pages.multi_cell(LABEL, HEIGHT, name, align="L", new_x="RIGHT", new_y="TOP")
        pages.set_text_color(*INK)
        pages.multi_cell(wide, HEIGHT, value, align="L", new_x="LMARGIN", new_y="NEXT")
        pages.set_y(max(pages.get_y(), top + high[0]))

    def sign(self, signing: Sequence[tuple[str, Words]]) -> None:
        """A line for each who signs by hand, all on one page."""
        pages = self.pages
        if signing and pages.get_y() + 20 * len(signing) > pages.h - MARGIN:
            pages.add_page()
        for name, role in signing:
            pages.ln(14)
            y = pages.get_y()
            pages.set_draw_color(*GREY)
            pages.line(MARGIN, y, MARGIN + 95, y)
            pages.line(MARGIN + 110, y, MARGIN + pages.epw, y)
            pages.set_font(LATIN, size=SMALL)
            pages.set_text_color(*GREY)
            who = self.say(role) + (f" · {self.clean(name)}" if name else "")
            pages.cell(110, HEIGHT, who.replace(BREAK, ""))
            pages.cell(0, HEIGHT, self.say(DATE).replace(BREAK, ""), new_x="LMARGIN", new_y="NEXT")


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
