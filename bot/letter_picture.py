"""Draws a letter of praise as a picture: plain text on a framed sheet, wrapped, in whatever letters the machine has."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.chart_fonts import Fonts, installed, language_of
from bot.chart_parts import INK, QUIET, png
from bot.drawn_apart import drawn_apart
from bot.file_orders import Draw
from bot.files import File
from flows.core.file_orders import FileOrder
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.results.rewards.letters import ordered
from storage.work import Work

WIDE, DOTS = 8.0, 150  # inches, and dots per inch: 1,200 dots, twice a phone's width
MARGIN, LEADING = 1.05, 1.62  # inches from the edge to the text; height of a line by that of its letters
SHEET, ACCENT = "#fdfaf3", "#8a6a1f"
NOT_FIRST = "，。、；：？！）》”’…％·,.;:!?)"  # what no line begins with
BOX = "\u25a1"
MISSING = (
    "Some letters have no font where perfloop runs. Please ask your operator to install one, for instance the package "
    "fonts-noto-cjk, and ask for this picture again."
)
PRAISE = Words("Letter of praise", "表扬信")
TO, FOR = Words("To {name}", "致 {name}"), Words("A letter of praise for {name}", "{name} 的表扬信")


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on it, and the language of what perfloop itself says there."""

    company: str
    title: str
    to: str
    text: str
    by: str
    day: date
    language: str


def letter_picture(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The letter that the reader ordered, for themselves or for the channel that its person chose."""
    reward = ordered(records, order, reader, now)
    person = records.people.get(reward.person) if reward else None
    rules = records.rewards.rules(reward.cycle) if reward else None
    if reward is None or person is None or rules is None:
        return None
    by = records.people.get(reward.proposed_by)
    day = local_day(reward.approved_at or now, person.zone)
    letter = Letter(
        rules.company, reward.title, person.name, reward.letter, by.name if by else "", day, person.language
    )
    return drawn_apart(files_of, letter)


def files_of(letter: Letter) -> list[File]:
    """The picture with the same in words for screen readers."""
    said = FOR.fill(name=letter.to).say(letter.language)
    return [File("letter.png", said, drawn(letter), f"{letter.title}\n{letter.text}")]


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of one size, with the space above them (inches)."""

    lines: tuple[str, ...]
    size: float  # points
    colour: str
    above: float
    centred: bool = False

    @property
    def high(self) -> float:
        return self.above + len(self.lines) * self.size * LEADING / 72


def drawn(letter: Letter, fonts: Fonts | None = None) -> bytes:
    """The PNG, as high as its text is long."""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    fonts = fonts or installed()
    mpl.rcParams["font.family"] = list(fonts.families)
    mpl.rcParams["text.parse_math"] = False  # two dollar signs are two dollar signs
    parts = parts_of(letter, fonts)
    high = 2 * MARGIN + sum(part.high for part in parts)
    figure = Figure(figsize=(WIDE, high), dpi=DOTS, facecolor=SHEET)
    for inset, thick in ((0.28, 2.2), (0.40, 0.7)):
        corner, size = (inset / WIDE, inset / high), (1 - 2 * inset / WIDE, 1 - 2 * inset / high)
        figure.add_artist(Rectangle(corner, *size, fill=False, edgecolor=ACCENT, linewidth=thick))
    y = high - MARGIN
    for part in parts:
        y -= part.above
        for line in part.lines:
            x, side = (0.5, "center") if part.centred else (MARGIN / WIDE, "left")
            y -= part.size * LEADING / 72
            figure.text(x, y / high, line, size=part.size, color=part.colour, ha=side, va="baseline")
    return png(figure)


def parts_of(letter: Letter, fonts: Fonts) -> list[Part]:
    """From the company's name to who wrote it, each wrapped to the width of the sheet."""
    language = language_of(letter.language, fonts)

    def part(text: str, size: float, colour: str, above: float, *, centred: bool = False) -> Part:
        lines = wrapped(drawable(text, fonts), measure(size, fonts), (WIDE - 2 * MARGIN) * 72)
        return Part(tuple(lines), size, colour, above, centred)

    found = [part(letter.company, 13, QUIET, 0.0, centred=True)] if letter.company else []
    found.append(part(PRAISE.say(language), 27, ACCENT, 0.12, centred=True))
    found.append(part(letter.title, 17, INK, 0.12, centred=True))
    found.append(part(TO.fill(name=letter.to).say(language), 15, INK, 0.42))
    found.append(part(letter.text, 14, INK, 0.16))
    found.append(part(f"{letter.by}\n{letter.day.isoformat()}", 13, QUIET, 0.42))
    if any(BOX in line for one in found for line in one.lines):
        found.append(part(MISSING, 10, QUIET, 0.3))
    return found


def drawable(text: str, fonts: Fonts) -> str:
    """The text without what turns its direction or stacks upon letters; a letter that no font has becomes a box.

    Other signs that no font has, mostly little pictures, are left out.
    """
    found: list[str] = []
    for sign in unicodedata.normalize("NFC", text.expandtabs(2)):
        kind = unicodedata.category(sign)
        if sign == "\n" or (kind[0] not in "CM" and ord(sign) in fonts.signs):
            found.append(sign)
        elif kind[0] in "LN":
            found.append(BOX)
    return "".join(found)


def measure(size: float, fonts: Fonts) -> Callable[[str], float]:
    """How wide a text is, in points, letter by letter."""
    from matplotlib import font_manager, ft2font

    faces = [ft2font.FT2Font(font_manager.findfont(family)) for family in fonts.families]
    maps = [(face, face.get_charmap()) for face in faces]
    known: dict[str, float] = {}

    def width(sign: str) -> float:
        for face, signs in maps:
            if ord(sign) in signs:
                face.set_size(size, 72)
                return float(face.load_char(ord(sign)).linearHoriAdvance) / 65536
        return size

    def measured(text: str) -> float:
        for sign in set(text) - known.keys():
            known[sign] = width(sign)
        return sum(known[sign] for sign in text)

    return measured


def wrapped(text: str, measured: Callable[[str], float], room: float) -> Iterator[str]:
    """The lines of the text, none wider than `room` points; a word that alone is wider is cut."""
    for paragraph in text.split("\n"):
        line = ""
        for piece in pieces(paragraph):
            for some in (piece,) if measured(piece) <= room else piece:
                if line and measured(line + some) > room and some not in NOT_FIRST:
                    yield line.rstrip()
                    line = some.lstrip()
                else:
                    line += some
        yield line.rstrip()


def pieces(text: str) -> Iterator[str]:
    """Words with the blanks after them; of Chinese each sign."""
    word = ""
    for sign in text:
        if unicodedata.east_asian_width(sign) in "WF":
            yield from (word,) if word else ()
            yield sign
            word = ""
        else:
            word += sign
            if sign == " ":
                yield word
                word = ""
    yield from (word,) if word else ()
