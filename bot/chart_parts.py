"""What every picture is made of: a canvas for a phone, an axis of days, colours that differ in lightness."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.chart_fonts import Fonts

# matplotlib costs 0.6 s and 60 MB: it is imported by whoever draws, which is never the bot's own process.

INK, QUIET, BLUE, BANDS = "#1c2b33", "#5b6b73", "#0072b2", ("#eef3f6", "#dfe8ed")
ORANGE = "#d55e00"  # with the blue told apart in every kind of colour blindness
DAY = timedelta(days=1)
DOTS = 150  # per inch; with the width below 1,200 dots wide, twice a phone's width
WIDE = 8.0
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def canvas(high: float, fonts: Fonts) -> tuple[Any, Any]:
    """A figure of its own, without pyplot, which keeps every figure it has made."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["font.family"] = list(fonts.families)
    mpl.rcParams["axes.unicode_minus"] = False
    mpl.rcParams["text.parse_math"] = False  # a name with two dollar signs is a name
    figure = Figure(figsize=(WIDE, high), dpi=DOTS, layout="constrained", facecolor="white")
    axes = figure.add_subplot()
    _quiet(axes)
    return figure, axes


def _quiet(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=13, colors=QUIET)


def panels(number: int, high: float, fonts: Fonts) -> tuple[Any, list[Any]]:
    """A figure with `number` panels one below the other, each `high` inches."""
    figure, axes = canvas(high * number + 0.3, fonts)
    if number == 1:
        return figure, [axes]
    axes.remove()
    rows = list(figure.subplots(number, 1))
    for each in rows:
        _quiet(each)
    return figure, rows


def png(figure: Any) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def span(days: Sequence[date]) -> list[date]:
    """Every day from the first to the last."""
    if not days:
        return []
    first, last = min(days), max(days)
    return [first + nth * DAY for nth in range((last - first).days + 1)]


def date_axis(axes: Any, days: Sequence[date], language: str) -> None:
    """A mark at the beginnings of weeks, or of months where that would be too many."""
    if not days:
        axes.set_xticks([])
        return
    axes.set_xlim(number(days[0]) - 0.5, number(days[-1]) + 0.5)
    marks = [day for day in days if day.weekday() == 0]
    if len(days) <= 10:
        marks = list(days)
    elif len(marks) > 9:
        every = -(-len(marks) // 8)
        marks = marks[::every]
    axes.set_xticks(marks, labels=[day_words(day, language) for day in marks], fontsize=12)


def day_words(day: date, language: str = "") -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.day} {MONTHS[day.month - 1]}"


def number(day: date) -> float:
    """The middle of a day on matplotlib's axis."""
    from matplotlib.dates import date2num

    return float(date2num(day))  # type: ignore[no-untyped-call]


def short(text: str, most: int = 26) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def cut(text: str, most: int) -> str:
    """Cut by width: a Chinese sign is as wide as two letters."""
    wide = 0
    for place, sign in enumerate(text):
        wide += 2 if ord(sign) > 0x2E7F else 1
        if wide > most:
            return short(text, place)
    return text
