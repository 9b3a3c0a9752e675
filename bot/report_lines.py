"""Draws what a report says over time: lines, the plan to compare with, and the band of a forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.chart_parts import BLUE, INK, ORANGE, QUIET, WIDE, date_axis, number, span
from bot.goal_charts import amount_on_axis
from bot.report_bars import MORE, NOTHING
from bot.report_canvas import MARGIN, PLAIN, Canvas, Key, Letters, height_of
from flows.core.words import Words, same
from flows.reports.frame.spoken import said_of
from flows.reports.report import Forecast, Line, Lines

HIGH, AXIS, DAYS = 4.2, 0.85, 0.45  # inches: of the field, left of it for the values, below it for the days
MOST_POINTS = 45  # with a mark each
BAND = "#cfe3f1"
# Colours differ in lightness, and dashes and marks tell them apart without colour.
STYLES: tuple[tuple[str, Any, str], ...] = (
    (BLUE, "-", "o"), (ORANGE, (0, (5, 2)), "s"), ("#009e73", (0, (3, 1, 1, 1)), "^"), ("#6b4c9a", (0, (1, 1)), "D"),
    ("#7a5230", (0, (7, 2, 1, 2)), "v"), ("#8a8f94", "-", "x"),
)  # fmt: skip
PLAN: tuple[str, Any, str] = (INK, (0, (4, 2)), "")


def lines(panel: Lines, heading: Words, letters: Letters) -> bytes:
    """All lines in one field; below it which is which, where each ends, and what the band is."""
    drawn = [line for line in panel.lines if line.points]
    shown = list(zip(drawn, STYLES, strict=False))
    keys = [Key(ends_at(line, panel.whole), _stroke(*style)) for line, style in shown]
    if panel.plan is not None and panel.plan.points:
        shown.append((panel.plan, PLAN))
        keys.append(Key(panel.plan.name, _stroke(*PLAN)))
    banded = panel.forecast is not None and _goes_on(drawn, panel.forecast)
    if banded and panel.forecast is not None:
        keys.append(Key(panel.forecast.said, _patch))
    if len(drawn) > len(STYLES):
        keys.append(Key(MORE.fill(n=len(drawn) - len(STYLES))))
    canvas = Canvas(heading, panel.title, HIGH + DAYS + height_of(keys, letters) + 0.36, letters)
    if shown:
        axes = _field(canvas)
        for line, style in shown:
            _line(axes, line, *style)
        if banded:
            _ahead(axes, panel)
        _axes(axes, panel, letters.language)
    else:
        canvas.write(WIDE / 2, canvas.body + HIGH / 2, NOTHING, PLAIN, WIDE, side="center", colour=QUIET)
    canvas.keys(canvas.body + HIGH + DAYS + 0.3, keys)
    return canvas.done()


def ends_at(line: Line, whole: Decimal | None) -> Words:
    """A line's name with its last value."""
    return line.name + same(f" · {said_of(line.points[-1][1], whole)}")


def _goes_on(drawn: Sequence[Line], forecast: Forecast) -> bool:
    """Whether there is a band to draw: on its last day a phase has none ahead of it."""
    return bool(drawn and forecast.points and forecast.points[-1][0] > drawn[0].points[-1][0])


def _field(canvas: Canvas) -> Any:
    """Axes in the body of the canvas."""
    high = canvas.figure.get_figheight()
    place = (
        AXIS / WIDE,
        1 - (canvas.body + HIGH) / high,
        1 - (AXIS + MARGIN + 0.1) / WIDE,
        (HIGH - 0.05) / high,
    )
    axes = canvas.figure.add_axes(place)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=13, colors=QUIET)
    axes.grid(axis="y", color="#e3e9ec", linewidth=0.8, zorder=0)
    return axes


def _line(axes: Any, line: Line, colour: str, dashes: Any, mark: str) -> None:
    days, values = [number(day) for day, _ in line.points], [float(value) for _, value in line.points]
    few = len(days) <= MOST_POINTS
    axes.plot(
        days, values, color=colour, linestyle=dashes, linewidth=2.6 if mark else 2.0, marker=mark if few else "",
        markersize=6, zorder=3 if mark else 2, clip_on=False,
    )  # fmt: skip


def _ahead(axes: Any, panel: Lines) -> None:
    """The band from the end of the first line on, and its middle, dotted."""
    if panel.forecast is None:
        return
    day, value = next(line for line in panel.lines if line.points).points[-1]
    points = [(day, value, value, value), *(point for point in panel.forecast.points if point[0] > day)]
    days = [number(point[0]) for point in points]
    ends = zip(*(point[1:] for point in points), strict=True)
    low, middle, high = ([float(end) for end in each] for each in ends)
    axes.fill_between(days, low, high, color=BAND, linewidth=0, zorder=1)
    axes.plot(days, middle, color=BLUE, linewidth=1.8, linestyle=(0, (2, 2)), zorder=2)


def _axes(axes: Any, panel: Lines, language: str) -> None:
    """Days below, values at the left; a whole is the axis' end unless something lies beyond it."""
    days: list[date] = [
        day for line in (*panel.lines, *([panel.plan] if panel.plan else ())) for day, _ in line.points
    ]
    days += [point[0] for point in panel.forecast.points] if panel.forecast else []
    date_axis(axes, span(days), language)
    if panel.whole:
        low, high = axes.get_ylim()
        axes.set_ylim(min(low, 0) if low < 0 else 0, max(high, float(panel.whole)))
    else:
        axes.margins(y=0.12)
    axes.yaxis.get_major_locator().set_params(nbins=5)
    percent = "%" if panel.whole == 100 else ""
    axes.yaxis.set_major_formatter(lambda value, _: amount_on_axis(value, language) + percent)


def _stroke(colour: str, dashes: Any, mark: str) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.axes.plot([x, x + 0.4], [y, y], color=colour, linestyle=dashes, linewidth=2.4)
        if mark:
            canvas.axes.plot([x + 0.2], [y], mark, color=colour, markersize=6)

    return draw


def _patch(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x, y, 0.4, 0.2, BAND)
