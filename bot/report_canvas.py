"""What a report's picture is drawn on: measured in inches from its upper left corner, with texts that fit their room."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.chart_fonts import Fonts
from bot.chart_parts import INK, QUIET, WIDE, canvas, png
from bot.letter_picture import measure, wrapped
from flows.core.words import Words

MARGIN = 0.28  # inches, as every length here
POINTS = 72  # in an inch
HEADING, TITLE, PLAIN, SMALL = 13.0, 18.0, 14.0, 12.5  # sizes of letters, in points
LEADING = 1.45  # height of a line by that of its letters
# Height of an entry below the picture and of its further lines; width of its sign.
KEY, LINE, SIGN = 0.33, 0.26, 0.5
TRACK, EDGE, STRIPES = "#eef3f6", "#9aa7ae", "#c3ced4"
LONGEST = 600  # signs; what is longer is cut before it is measured
Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Letters:
    """The language and the fonts to draw with, and how wide texts are in them, in inches."""

    language: str
    fonts: Fonts
    _measures: dict[float, Callable[[str], float]] = field(default_factory=dict)

    def clean(self, words: Words) -> str:
        """The words on one line without what the fonts lack, never as boxes; three dots where nothing is left."""
        text = " ".join(unicodedata.normalize("NFC", words.say(self.language)[:LONGEST]).split())
        found = "".join(
            sign
            for sign in text
            if unicodedata.category(sign)[0] not in "CM" and ord(sign) in self.fonts.signs
        )
        return found.strip() or ("…" if text else "")

    def wide(self, text: str, size: float) -> float:
        """How wide a clean text is."""
        if size not in self._measures:
            self._measures[size] = measure(size, self.fonts)
        return self._measures[size](text) / POINTS

    def fit(self, words: Words, size: float, room: float) -> str:
        """The clean words, cut where they are wider than `room`."""
        text = self.clean(words)
        if self.wide(text, size) <= room:
            return text
        while text and self.wide(text + "…", size) > room:
            text = text[:-1]
        return text.rstrip() + "…"

    def lines(self, words: Words, size: float, room: float) -> list[str]:
        """The clean words in lines no wider than `room`."""
        return list(wrapped(self.clean(words), lambda some: self.wide(some, size) * POINTS, room * POINTS))


class Canvas:
    """A picture with its heading, its title, and room for `high` inches from `body` on."""

    def __init__(self, heading: Words, title: Words, high: float, letters: Letters) -> None:
        self.letters = letters
        lines = letters.lines(title, TITLE, WIDE - 2 * MARGIN)[:2]
        self.body = 0.66 + len(lines) * TITLE * LEADING / POINTS
        self.figure, self.axes = canvas(self.body + high, letters.fonts)
        self.figure.set_layout_engine("none")
        self.axes.set_position((0, 0, 1, 1))
        self.axes.set_xlim(0, WIDE)
        self.axes.set_ylim(self.body + high, 0)
        self.axes.axis("off")
        self.write(MARGIN, 0.4, heading, HEADING, WIDE - 2 * MARGIN, colour=QUIET)
        for nth, line in enumerate(lines):
            self.put(MARGIN, 0.8 + nth * TITLE * LEADING / POINTS, line, TITLE, INK)

    def write(
        self, x: float, y: float, words: Words, size: float, room: float, *, colour: str = INK,
        side: Side = "left", bold: bool = False,
    ) -> None:  # fmt: skip
        """One line whose middle is at y, cut to its room."""
        self.put(x, y, self.letters.fit(words, size, room), size, colour, side, bold=bold)

    def put(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        side: Side = "left",
        *,
        bold: bool = False,
    ) -> None:
        """A clean text whose middle is at y."""
        weight = "bold" if bold else "normal"
        self.axes.text(x, y, text, size=size, color=colour, ha=side, va="center", fontweight=weight)

    def box(self, x: float, y: float, wide: float, high: float, colour: str, **style: Any) -> None:
        """A filled box whose left edge is at x and whose middle is at y."""
        from matplotlib.patches import Rectangle

        self.axes.add_patch(
            Rectangle((x, y - high / 2), wide, high, facecolor=colour, **{"linewidth": 0, **style})
        )

    def hatched(self, x: float, y: float, wide: float, high: float, words: Words) -> None:
        """Where nothing may be shown: stripes, and the words that say so."""
        self.box(x, y, wide, high, "white", hatch="////", edgecolor=STRIPES, linewidth=0.8)
        text = self.letters.fit(words, SMALL, wide - 0.3)
        across = self.letters.wide(text, SMALL) + 0.16
        self.box(x + (wide - across) / 2, y, across, high - 0.04, "white")
        self.put(x + wide / 2, y, text, SMALL, QUIET, "center")

    def keys(self, y: float, keys: Sequence[Key]) -> None:
        """The entries below a picture, from y on."""
        for key, x, below, lines in _placed(keys, self.letters):
            for nth, line in enumerate(lines):
                self.put(x + (SIGN if key.sign else 0.0), y + below + nth * LINE, line, SMALL, QUIET)
            if key.sign:
                key.sign(self, x, y + below)

    def done(self) -> bytes:
        """The PNG."""
        return png(self.figure)


@dataclass(frozen=True, slots=True)
class Key:
    """One entry below a picture: its words, and what draws its sign with the left end at (x, y)."""

    words: Words
    sign: Callable[[Canvas, float, float], None] | None = None


def height_of(keys: Sequence[Key], letters: Letters) -> float:
    """How much room the entries take."""
    return max(
        (below + KEY + LINE * (len(lines) - 1) for _, _, below, lines in _placed(keys, letters)), default=0.0
    )


def _placed(keys: Sequence[Key], letters: Letters) -> Iterator[tuple[Key, float, float, list[str]]]:
    """Each entry with its left end, how far down it is, and its lines: beside each other where there is room."""
    x, y = MARGIN, 0.0
    for key in keys:
        sign = SIGN if key.sign else 0.0
        lines = letters.lines(key.words, SMALL, WIDE - 2 * MARGIN - sign)[:4]
        across = sign + max((letters.wide(line, SMALL) for line in lines), default=0.0)
        if x > MARGIN and x + across > WIDE - MARGIN:
            x, y = MARGIN, y + KEY
        yield key, x, y, lines
        x += across + 0.35
        if len(lines) > 1:
            x, y = MARGIN, y + KEY + LINE * (len(lines) - 1)
