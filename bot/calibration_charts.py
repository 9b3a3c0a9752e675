"""Pictures of a calibration session: everybody against the guide with the groups below, and before and after.

They are read on a phone, in a chat: large letters, few words, and every colour stands with its rating and number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.chart_fonts import Fonts, drawable, installed, language_of
from bot.chart_parts import BLUE, INK, ORANGE, QUIET, canvas, cut, png
from flows.core.words import Words
from flows.results.calibrating.picturing import Bar, Picture
from flows.results.calibrating.told import off_words
from flows.results.distribution import Band, share

GUIDE = Words("Everybody against the guide", "全体与分布指引")
EVERYBODY = Words("Everybody", "全体")
BEFORE = Words("Before and after", "校准前后")
FIT = Words("fits", "符合")
PART = Words(
    "{people} ({share}%)  ·  guide {percent}%: {range}",
    "{people} 人 ({share}%)  ·  指引 {percent}%：{range} 人",
)
RANGE = Words("grey: how many fit", "灰色：符合指引的人数")
WIDEST = 20  # signs of a name beside its bar
ROOM = 0.022  # of a bar, for a number of one figure
# From the darkest to the lightest, and told apart in every kind of colour blindness: lightness alone orders them.
DARKEST, LIGHTEST = (8, 48, 107), (222, 235, 247)
FITTING = "#dfe5e8"


def spread(picture: Picture, language: str, fonts: Fonts | None = None) -> bytes:
    """A PNG: how many are in each part of the guide and how many fit, then a bar for each group."""
    fonts = fonts or installed()
    language = language_of(language, fonts)
    rows = [1.35 * len(picture.bands) or 1, *(len(bars) for _, bars in picture.groups)]
    figure, all_axes = panels(rows, fonts)
    heading(figure, picture, fonts)
    if picture.bands:
        against(all_axes[0], picture, language)
    else:
        stacked(all_axes[0], EVERYBODY, (picture.everybody,), language, fonts)
    for axes, (title, bars) in zip(all_axes[1:], picture.groups, strict=True):
        stacked(axes, title, bars, language, fonts)
    if picture.groups or not picture.bands:
        legend(figure, picture.keys, fonts)
    return png(figure)


def before_and_after(picture: Picture, language: str, fonts: Fonts | None = None) -> bytes:
    """A PNG: what was computed, what the managers rated, and what it is now."""
    fonts = fonts or installed()
    language = language_of(language, fonts)
    figure, (axes,) = panels([max(1, len(picture.stages))], fonts)
    heading(figure, picture, fonts)
    stacked(axes, BEFORE, picture.stages, language, fonts)
    axes.set_xlabel(picture.moved.say(language), fontsize=14, color=QUIET, loc="left", labelpad=8)
    legend(figure, picture.keys, fonts)
    return png(figure)


def panels(rows: Sequence[float], fonts: Fonts) -> tuple[Any, list[Any]]:
    """A figure with a panel for each number of rows, as high as its rows need."""
    heights = [0.6 * number + 0.85 for number in rows]
    figure, axes = canvas(sum(heights) + 1.3, fonts)
    axes.remove()
    figure.get_layout_engine().set(h_pad=0.12, w_pad=0.1)
    found = figure.subplots(len(rows), 1, height_ratios=heights, squeeze=False)
    for (one,) in found:
        for side in one.spines.values():
            side.set_visible(False)
        one.tick_params(length=0)
        one.set_xticks([])
    return figure, [one for (one,) in found]


def heading(figure: Any, picture: Picture, fonts: Fonts) -> None:
    words = cut(drawable(picture.title, "…", fonts), 44)
    figure.suptitle(words, x=0.02, ha="left", fontsize=18, color=INK)


def against(axes: Any, picture: Picture, language: str) -> None:
    """A bar for each part of the guide over the range that fits; above it how many there are, and what is off."""
    title(axes, GUIDE, language)
    widest = max([1, *(max(band.people, band.most) for band in picture.bands)])
    axes.set_xlim(0, widest + 0.5)
    axes.set_ylim(len(picture.bands) - 0.4, -0.6)
    for place, band in enumerate(picture.bands):
        low, high = max(band.least - 0.5, 0), band.most + 0.5
        axes.barh(place + 0.16, high - low, 0.46, low, color=FITTING, zorder=1)
        axes.barh(place + 0.16, band.people, 0.24, color=ORANGE if band.off else BLUE, zorder=2)
        axes.text(
            0, place - 0.25, against_words(picture, band, language), va="center", fontsize=14, color=INK,
            fontweight="bold" if band.off else "normal",
        ).set_in_layout(False)  # fmt: skip
    names = [cut(", ".join(band.keys), WIDEST) for band in picture.bands]
    axes.set_yticks([place + 0.16 for place in range(len(names))], labels=names, fontsize=15, color=INK)
    axes.set_xlabel(RANGE.say(language), fontsize=12, color=QUIET, loc="left", labelpad=4)


def against_words(picture: Picture, band: Band, language: str) -> str:
    """ "14 (30%) · guide 20%: 4–14 · fits"."""
    words = PART.fill(
        people=band.people, share=share(band.people, picture.everybody.total),
        percent=f"{band.percent.normalize():f}", range=span(band.least, band.most),
    )  # fmt: skip
    return f"{words.say(language)}  ·  " + (
        f"! {off_words(band).say(language)}" if band.off else FIT.say(language)
    )


def span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def stacked(axes: Any, words: Words, bars: Sequence[Bar], language: str, fonts: Fonts) -> None:
    """A bar of full width for each group, cut by ratings; each part has its number."""
    title(axes, words, language)
    axes.set_xlim(0, 1.004)
    axes.set_ylim(max(1, len(bars)) - 0.5, -0.5)
    for place, one in enumerate(bars):
        left = 0.0
        for nth, number in enumerate(one.counts):
            wide = number / one.total if one.total else 0.0
            piece(axes, place, left, wide, number, shade(nth, len(one.counts)), ink_on(nth, len(one.counts)))
            left += wide
    names = [f"{cut(drawable(one.name.say(language), '…', fonts), WIDEST)}  ({one.total})" for one in bars]
    axes.set_yticks(range(len(bars)), labels=names, fontsize=14, color=INK)


def piece(axes: Any, place: int, left: float, wide: float, number: int, colour: str, ink: str) -> None:
    """One rating's part of a bar, with its number where there is room for it."""
    if wide:
        axes.barh(place, wide, 0.68, left, color=colour, edgecolor="white", linewidth=1.5)
    if wide >= ROOM:
        middle = left + wide / 2
        axes.text(middle, place, str(number), ha="center", va="center", fontsize=13, color=ink)


def title(axes: Any, words: Words, language: str) -> None:
    axes.set_title(words.say(language), loc="left", fontsize=15, color=INK, pad=8)


def legend(figure: Any, keys: Sequence[str], fonts: Fonts) -> None:
    """Which shade is which rating."""
    from matplotlib.patches import Patch

    patches = [
        Patch(
            facecolor=shade(nth, len(keys)),
            edgecolor="#9aa7ae",
            linewidth=0.6,
            label=drawable(key, "…", fonts),
        )
        for nth, key in enumerate(keys)
    ]
    figure.legend(
        handles=patches, loc="outside lower left", ncols=min(6, max(1, len(keys))), frameon=False, fontsize=13,
        handlelength=1.2,
    )  # fmt: skip


def shade(nth: int, number: int) -> str:
    """The colour of the nth of so many ratings."""
    part = nth / (number - 1) if number > 1 else 0.0
    red, green, blue = (
        round(dark + (light - dark) * part) for dark, light in zip(DARKEST, LIGHTEST, strict=True)
    )
    return f"#{red:02x}{green:02x}{blue:02x}"


def ink_on(nth: int, number: int) -> str:
    return "white" if (number > 1 and nth / (number - 1) < 0.5) or number == 1 else INK
