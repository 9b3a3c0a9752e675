"""Draws the panels of any report as pictures that can be read on a phone: large letters, and nothing by colour alone."""

from __future__ import annotations

from bot.chart_fonts import Fonts, installed, language_of
from bot.chart_parts import INK, WIDE
from bot.report_bars import bars, changes, shares
from bot.report_canvas import LEADING, MARGIN, POINTS, Canvas, Letters
from bot.report_lines import lines
from flows.core.words import Words
from flows.reports.report import Bars, Changes, Lines, Panel, Shares

SENTENCES = 15.0  # size of the letters of a report without panels


def picture(panel: Panel, heading: Words, language: str, fonts: Fonts | None = None) -> bytes:
    """A PNG of one panel; `heading` says whose figures and of when."""
    letters = letters_of(language, fonts)
    match panel:
        case Bars():
            return bars(panel, heading, letters)
        case Shares():
            return shares(panel, heading, letters)
        case Lines():
            return lines(panel, heading, letters)
        case Changes():
            return changes(panel, heading, letters)


def sentences(title: Words, said: Words, heading: Words, language: str, fonts: Fonts | None = None) -> bytes:
    """A PNG of a report that has nothing to draw: what it says in words."""
    letters = letters_of(language, fonts)
    told = letters.lines(said, SENTENCES, WIDE - 2 * MARGIN)
    step = SENTENCES * LEADING / POINTS
    canvas = Canvas(heading, title, len(told) * step + 0.4, letters)
    for nth, line in enumerate(told):
        canvas.put(MARGIN, canvas.body + 0.25 + nth * step, line, SENTENCES, INK)
    return canvas.done()


def letters_of(language: str, fonts: Fonts | None) -> Letters:
    """The language that can be drawn, in the machine's fonts."""
    fonts = fonts or installed()
    return Letters(language_of(language, fonts), fonts)
