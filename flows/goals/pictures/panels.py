"""What the pictures of goals show, as plain values, and the same in words for whoever can't see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.core.words import Words, join, same
from flows.goals.amounts import percent, told
from flows.goals.measure.standing import Forecast

PRIVATE = Words("A private goal", "私密目标")
"""What stands for a private goal's title: a picture is a file in the chat, which the workspace's owners can export."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One goal against time, from its first day to its last; `points` are (day, value) in its unit.

    `start` and `target` are where the way begins and ends; `now` says in words where it stands.
    """

    title: Words
    now: Words
    first: date
    last: date
    points: tuple[tuple[date, float], ...]
    start: float | None
    target: float | None
    unit: str
    forecast: Forecast | None = None
    off: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One goal of somebody in the team's picture: its attainment in percent, None while nothing is known."""

    title: Words
    attainment: Decimal | None
    off: bool


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One person of the team with their goals."""

    name: str
    otherwise: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One goal of the tree, `depth` levels down; `covered` in percent by what stands below, None where nothing does.

    `brief` is what stands beside the bar, `words` the whole of it for whoever can't see the bar.
    """

    title: Words
    owner: str
    depth: int
    covered: Decimal | None
    brief: Words
    words: Words


def panel_words(panel: Panel) -> Words:
    """One goal's panel in a sentence."""
    words = panel.title + Words(": ", "：") + panel.now
    if panel.forecast is not None:
        low, high = (told(short_of(value), panel.unit) for value in (panel.forecast.low, panel.forecast.high))
        words += Words(
            "; by {day} most likely between {low} and {high}", "；到 {day} 很可能在 {low} 到 {high} 之间"
        ).fill(day=day_of(panel.last), low=low, high=high)
    return words + Words(".", "。")


def row_words(row: TeamRow) -> Words:
    """One person's goals in a sentence."""
    if not row.cells:
        return same(row.name) + Words(": no goals yet.", "：还没有目标。")
    parts = [
        cell.title + Words(" – ", "，") + attained(cell.attainment) + off_words(cell.off)
        for cell in row.cells
    ]
    return same(row.name) + Words(": ", "：") + join(parts, "; ", "；") + Words(".", "。")


def branch_words(branch: Branch) -> Words:
    """One goal of the tree in a line, set in by its depth."""
    return same("– " * branch.depth) + branch.title + Words(": ", "：") + branch.words


def attained(attainment: Decimal | None) -> Words:
    """An attainment in percent."""
    return Words("no data", "暂无数据") if attainment is None else same(percent(attainment))


def off_words(off: bool) -> Words:
    """The mark of a goal that is off its track, in words."""
    return Words(" (off track)", "（偏离）") if off else same("")


def short_of(value: float) -> Decimal:
    """A forecast's end as it is said: three figures that count, for more would pretend."""
    return Decimal(f"{value:.3g}")


def day_of(day: date) -> Words:
    """A day without its weekday."""
    return Words(f"{day.day} {day:%B}", f"{day.month}月{day.day}日")


def in_words(parts: Sequence[Words]) -> Words:
    """A whole picture in words."""
    return join(parts, "\n", "\n")
