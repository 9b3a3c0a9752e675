"""Pictures of goals: mine against time with the forecast's band, my team's at a glance, and the tree with coverage.

They are read on a phone, in a chat: large letters, few words, and nothing that is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.chart_fonts import Fonts, drawable, installed, language_of
from bot.chart_parts import BLUE, INK, ORANGE, QUIET, canvas, cut, day_words, number, panels, png
from flows.core.words import Words
from flows.goals.amounts import figure as digits
from flows.goals.amounts import percent
from flows.goals.pictures.panels import Branch, Panel, TeamRow

MOST_PANELS, MOST_ROWS, MOST_CELLS, MOST_BRANCHES = 7, 30, 7, 40
SIGNS = 46  # of a title above a panel: what fits the width at its size, counted in Latin letters

NOTHING = Words("No goals with numbers yet", "还没有可量化的目标")
TARGET, WAY, BAND = (
    Words("target", "目标"),
    Words("even pace", "匀速进度"),
    Words("80% forecast", "80% 预测区间"),
)
NO_DATA, OFF = Words("no data yet", "暂无数据"), Words("off track", "偏离")
TEAM, TREE = Words("Goals of the team", "团队目标"), Words("Goals and what covers them", "目标与承接情况")
NO_GOALS = Words("no goals yet", "还没有目标")
NOT_SPLIT = Words("not split", "未分解")
LIGHT, GREY = "#cfe3f1", "#c8d2d8"


def my_goals(goals: Sequence[Panel], language: str, fonts: Fonts | None = None) -> bytes:
    """A PNG: a panel for each goal, its values against time, the way to the target and the forecast's band."""
    fonts = fonts or installed()
    language = language_of(language, fonts)
    shown = goals[:MOST_PANELS]
    figure, rows = panels(max(1, len(shown)), 2.35, fonts)
    if not shown:
        _nothing(rows[0], NOTHING.say(language))
    for axes, panel in zip(rows, shown, strict=False):
        _panel(axes, panel, language, fonts)
    return png(figure)


def _panel(axes: Any, panel: Panel, language: str, fonts: Fonts) -> None:
    title = drawable(panel.title.say(language), "…", fonts)
    axes.set_title(cut(title, SIGNS), loc="left", fontsize=15, color=INK, pad=24)
    now = panel.now.say(language) + (f" · {OFF.say(language)}" if panel.off else "")
    axes.text(
        0, 1.04, drawable(now, "…", fonts), transform=axes.transAxes, fontsize=13,
        color=ORANGE if panel.off else QUIET, va="bottom",
    )  # fmt: skip
    first, last = number(panel.first), number(panel.last)
    axes.set_xlim(first, last + max(1.0, (last - first) * 0.015))
    if panel.target is not None:
        axes.axhline(panel.target, color=INK, linewidth=1.4, linestyle=(0, (5, 3)), zorder=2)
        if panel.start is not None:
            axes.plot([first, last], [panel.start, panel.target], color=GREY, linewidth=2, zorder=1)
    if panel.points:
        days, values = [number(day) for day, _ in panel.points], [value for _, value in panel.points]
        axes.plot(days, values, color=BLUE, linewidth=2.6, marker="o", markersize=5, zorder=4)
        if panel.forecast is not None and days[-1] < last:
            low, middle, high = panel.forecast.low, panel.forecast.middle, panel.forecast.high
            ahead = [days[-1], last]
            axes.fill_between(
                ahead, [values[-1], low], [values[-1], high], color=LIGHT, zorder=0, linewidth=0
            )
            axes.plot(ahead, [values[-1], middle], color=BLUE, linewidth=1.6, linestyle=(0, (2, 2)), zorder=3)
    axes.margins(y=0.16)
    _label_ends(axes, panel, language)
    _days(axes, panel.first, panel.last, language)
    axes.yaxis.get_major_locator().set_params(nbins=4)
    axes.yaxis.set_major_formatter(lambda value, _: amount_on_axis(value, language))
    axes.grid(axis="y", color="#e3e9ec", linewidth=0.8, zorder=0)


def _label_ends(axes: Any, panel: Panel, language: str) -> None:
    """What the dashed line and the band are, in words beside them."""
    if panel.target is not None:
        words = f"{TARGET.say(language)} {amount_on_axis(panel.target, language)}"
        low, high = axes.get_ylim()
        below = high > low and (panel.target - low) / (high - low) > 0.85
        axes.annotate(
            words, (0.005, panel.target), (0, -4 if below else 4), xycoords=axes.get_yaxis_transform(),
            textcoords="offset points", fontsize=11, color=INK, va="top" if below else "bottom",
        )  # fmt: skip
    if panel.forecast is not None and panel.points:
        axes.annotate(
            BAND.say(language), (0.995, panel.forecast.low), (0, -3), xycoords=axes.get_yaxis_transform(),
            textcoords="offset points", fontsize=11, color=QUIET, ha="right", va="top",
        )  # fmt: skip


def team_goals(rows: Sequence[TeamRow], language: str, fonts: Fonts | None = None) -> bytes:
    """A PNG: a row for each person, a box for each goal with its attainment; what is off track says so by a mark."""
    fonts = fonts or installed()
    language = language_of(language, fonts)
    shown = rows[:MOST_ROWS]
    figure, axes = canvas(1.3 + 0.62 * max(1, len(shown)), fonts)
    axes.set_title(TEAM.say(language), loc="left", fontsize=17, color=INK, pad=12)
    wide = max([len(row.cells) for row in shown] + [3])
    wide = min(wide, MOST_CELLS)
    axes.set_xlim(-0.02, wide)
    axes.set_ylim(max(1, len(shown)) - 0.5, -0.5)
    for place, row in enumerate(shown):
        if not row.cells:
            axes.text(0.02, place, NO_GOALS.say(language), va="center", fontsize=13, color=QUIET)
        for nth, cell in enumerate(row.cells[:MOST_CELLS]):
            done = min(Decimal(100), max(Decimal(0), cell.attainment or Decimal(0)))
            axes.add_patch(_box(nth, place, 1.0, "#eef3f6"))
            if done:
                colour = "#f6c9a0" if cell.off else "#9ecae1"
                axes.add_patch(_box(nth, place, float(done) / 100, colour))
            known = "–" if cell.attainment is None else percent(cell.attainment.quantize(Decimal(1)))
            mark = f"! {known}" if cell.off else known
            weight = "bold" if cell.off else "normal"
            middle = nth + 0.47
            axes.text(
                middle, place, mark, ha="center", va="center", fontsize=14, color=INK, fontweight=weight
            )
    names = [cut(drawable(row.name, row.otherwise, fonts), 16) for row in shown]
    axes.set_yticks(range(len(shown)), labels=names, fontsize=14, color=INK)
    axes.tick_params(axis="both", length=0)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    if not shown:
        _nothing(axes, NO_GOALS.say(language))
    legend = f"!  {OFF.say(language)}        –  {NO_DATA.say(language)}"
    axes.set_xlabel(legend, fontsize=12, color=QUIET, loc="left", labelpad=10)
    return png(figure)


def _box(nth: int, place: int, share: float, colour: str) -> Any:
    from matplotlib.patches import FancyBboxPatch

    style = "round,pad=0,rounding_size=0.05"
    return FancyBboxPatch(
        (nth, place - 0.36), 0.94 * share, 0.72, boxstyle=style, facecolor=colour, linewidth=0
    )


def tree(branches: Sequence[Branch], language: str, fonts: Fonts | None = None) -> bytes:
    """A PNG: each goal set in by its level, with a bar for how far the goals below cover its number."""
    fonts = fonts or installed()
    language = language_of(language, fonts)
    shown = branches[:MOST_BRANCHES]
    figure, axes = canvas(1.2 + 0.78 * max(1, len(shown)), fonts)
    axes.set_title(TREE.say(language), loc="left", fontsize=17, color=INK, pad=12)
    axes.set_xlim(0, 1)
    axes.set_ylim(max(1, len(shown)) - 0.4, -0.6)
    for place, branch in enumerate(shown):
        left = 0.035 * min(branch.depth, 5)
        title = drawable(branch.title.say(language), "…", fonts)
        owner = drawable(branch.owner, "", fonts)
        axes.text(left, place - 0.2, cut(title, 44 - branch.depth * 2), fontsize=14, color=INK, va="center")
        axes.text(1, place - 0.2, cut(owner, 18), fontsize=12, color=QUIET, va="center", ha="right")
        _coverage(axes, branch, left, place, language)
    axes.axis("off")
    if not shown:
        _nothing(axes, NOTHING.say(language))
    return png(figure)


def _coverage(axes: Any, branch: Branch, left: float, place: int, language: str) -> None:
    """The bar: full at 100 %, what is too much beyond a mark; the same in words at its end."""
    wide = 0.46 - left
    axes.barh(place + 0.18, wide, 0.16, left, color="#eef3f6")
    if branch.covered is not None:
        share = min(float(branch.covered) / 100, 1.0)
        over = branch.covered > 100
        axes.barh(place + 0.18, wide * max(0.0, share), 0.16, left, color=ORANGE if over else BLUE)
    words = branch.brief if branch.covered is not None else NOT_SPLIT
    axes.text(0.48, place + 0.18, cut(words.say(language), 50), fontsize=12, color=QUIET, va="center")


def _days(axes: Any, first: date, last: date, language: str) -> None:
    """The first day, the middle and the last."""
    middle = first + (last - first) / 2
    days = [first, middle, last] if (last - first).days > 1 else [first]
    axes.set_xticks(
        [number(day) for day in days], labels=[day_words(day, language) for day in days], fontsize=12
    )
    labels = axes.get_xticklabels()
    labels[0].set_horizontalalignment("left")
    if len(labels) > 1:
        labels[-1].set_horizontalalignment("right")


def amount_on_axis(value: float, language: str) -> str:
    """An axis' number in few signs: 8M, 1.2k; 800万, 1.2亿."""
    units = ((1e8, "亿"), (1e4, "万")) if language == "zh" else ((1e9, "bn"), (1e6, "M"), (1e4, ""))
    for unit, name in units:
        if abs(value) >= unit and name:
            return f"{digits(Decimal(f'{value / unit:.4g}'))}{name}"
    return digits(Decimal(f"{value:.6g}"))


def _nothing(axes: Any, words: str) -> None:
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", fontsize=15, color=QUIET)
    axes.set_xticks([])
    axes.set_yticks([])
