"""A plain PDF: headings, lines, pairs, quotes and lines to sign, in whatever letters the machine has.

Everything that comes from people is drawn as text, never as markup. What no font has a sign for becomes a box. What
turns the direction of writing, has no width, or piles marks upon marks is left out: no text hides or reorders another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.paper_letters import BREAK, Fonts, drawable, installed
from flows.core.screen import Divider, Element, Facts, Heading, Line, Note, Quote
from flows.core.words import Words

LATIN, CHINESE = "latin", "chinese"
INK, GREY, RULE, ACCENT = (30, 34, 40), (110, 116, 124), (190, 196, 204), (31, 95, 91)
MARGIN, LABEL, ROOM = 20.0, 48.0, 28.0  # millimetres: of the page, of a pair's name, below a heading at least
SMALL, NORMAL, LARGE, TITLE = 8.5, 10.0, 12.0, 17.0  # points
HEIGHT = 5.2  # millimetres of a line
NO_CHINESE = (
    "No Chinese font is installed where perfloop runs, so Chinese text shows as boxes. Please ask your operator to "
    "install one, for instance the package fonts-noto-cjk, and ask for this paper again."
)
DATE = Words("Date", "日期")


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
