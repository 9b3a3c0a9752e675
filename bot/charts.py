"""Pictures of a rehearsal: messages per day as bars, and the busiest people against the days as a heat map.

They are read on a phone, in a chat: large letters, few words, and colours that also differ in lightness.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.chart_fonts import Fonts, drawable, installed, language_of
from bot.chart_parts import BANDS, BLUE, INK, QUIET, canvas, date_axis, day_words, number, png, short, span
from flows.core.words import Words

# From light to dark, blue to yellow-free: told apart in every kind of colour blindness, and in grey.
STEPS = ("#f2f5f7", "#9ecae1", "#2171b5", "#08306b")

PER_DAY = Words("Messages per day", "每天的消息数")
MOST = Words("{n} on {day}", "{day}：{n} 条")
NOBODY = Words("No messages", "没有消息")
BUSIEST = Words("The busiest: things in the day's messages", "事项最多的人：每天消息里的事项数")
NONE, OR_MORE = Words("none", "无"), Words("{n} or more", "{n} 项以上")
STEP = Words("{n}", "{n} 项")


def bars(
    days: Mapping[date, int],
    phases: Sequence[tuple[Words, date, date]],
    language: str,
    fonts: Fonts | None = None,
) -> bytes:
    """A PNG: one bar a day, the phases (title, first and last day) as bands behind them."""
    fonts = fonts or installed()
    language = language_of(language, fonts)
    figure, axes = canvas(4.8, fonts)
    axes.set_title(PER_DAY.say(language), loc="left", fontsize=17, color=INK, pad=12)
    known = span([*days, *(day for _, first, last in phases for day in (first, last))])
    tallest = max(days.values(), default=0)
    axes.set_ylim(0, max(1.0, tallest * 1.34))
    for nth, (title, first, last) in enumerate(phases):
        axes.axvspan(number(first) - 0.5, number(last) + 0.5, color=BANDS[nth % 2], zorder=0, linewidth=0)
        _band_title(axes, title.say(language), first, last, known, nth, fonts)
    axes.bar(list(days), list(days.values()), width=0.86, color=BLUE, zorder=2)
    if tallest:
        peak = min(day for day, number in days.items() if number == tallest)
        words = MOST.fill(n=f"{tallest:,}", day=day_words(peak, language)).say(language)
        side = "left" if known and peak - known[0] < (known[-1] - known[0]) / 2 else "right"
        axes.annotate(
            words, (peak, tallest), (0, 5), textcoords="offset points", ha=side, fontsize=13, color=INK
        )
    else:
        axes.text(
            0.5, 0.5, NOBODY.say(language), transform=axes.transAxes, ha="center", fontsize=15, color=INK
        )
    date_axis(axes, known, language)
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.grid(axis="y", color="#c8d2d8", linewidth=0.8, zorder=1)
    return png(figure)


def heat_map(
    rows: Sequence[tuple[str, str, Mapping[date, int]]],
    days: Sequence[date],
    language: str,
    fonts: Fonts | None = None,
) -> bytes:
    """A PNG: a row for each person (name, what stands for it, how much by day), a column for each day.

    Darker is more. What stands for a name is written where the fonts lack its letters.
    """
    from matplotlib.colors import BoundaryNorm, ListedColormap
    from matplotlib.patches import Patch

    fonts = fonts or installed()
    language = language_of(language, fonts)
    figure, axes = canvas(1.9 + 0.26 * max(len(rows), 3), fonts)
    axes.set_title(BUSIEST.say(language), loc="left", fontsize=17, color=INK, pad=12)
    known = span(days)
    if rows and known:
        cells = [[counts.get(day, 0) for day in known] for _, _, counts in rows]
        norm = BoundaryNorm([-0.5, 0.5, 1.5, 2.5, 1e9], len(STEPS))
        extent = (number(known[0]) - 0.5, number(known[-1]) + 0.5, len(rows) - 0.5, -0.5)
        axes.imshow(
            cells,
            aspect="auto",
            cmap=ListedColormap(STEPS),
            norm=norm,
            extent=extent,
            interpolation="nearest",
        )
        axes.xaxis_date()
        for place in range(1, len(rows)):
            axes.axhline(place - 0.5, color="white", linewidth=1.2)
    names = [short(drawable(name, otherwise, fonts)) for name, otherwise, _ in rows]
    axes.set_yticks(range(len(rows)), labels=names, fontsize=12, color=INK)
    axes.tick_params(axis="y", length=0)
    date_axis(axes, known, language)
    for side in axes.spines.values():
        side.set_visible(False)
    legend = (NONE, STEP.fill(n=1), STEP.fill(n=2), OR_MORE.fill(n=3))
    labels = [words.say(language) for words in legend]
    patches = [
        Patch(facecolor=colour, edgecolor="#9aa7ae", linewidth=0.6, label=label)
        for colour, label in zip(STEPS, labels, strict=True)
    ]
    figure.legend(
        handles=patches, loc="outside lower left", ncols=4, frameon=False, fontsize=12, handlelength=1.2
    )
    return png(figure)


def _band_title(
    axes: Any, title: str, first: date, last: date, days: Sequence[date], nth: int, fonts: Fonts
) -> None:
    """A phase's name over its band, in three heights so that neighbours do not run into each other."""
    wide = (last - first).days + 1
    room = (
        80 * wide / max(1, len(days))
    )  # signs that fit at this size, with half of it lent by the neighbours
    text = short(title, max(16, int(room * 1.6)))
    at_end = days and (days[-1] - first).days < len(days) / 6  # it would run out of the picture
    axes.text(
        number(last) + 0.5 if at_end else number(first) - 0.5,
        0.99 - 0.058 * (nth % 3),
        f" {drawable(text, str(nth + 1), fonts)} ",
        transform=axes.get_xaxis_transform(),
        fontsize=11,
        color=QUIET,
        va="top",
        ha="right" if at_end else "left",
    )
