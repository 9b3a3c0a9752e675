"""Where a cycle is and how far people are: its line of phases, and counts of what is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.core.records import Task, TaskState
from flows.core.words import Words, join
from flows.cycle.owing import WORKS
from flows.cycle.phase import Window, window_of
from flows.cycle.records import Cycle

Counted = Iterable[tuple[str, str, TaskState, int]]
"""(phase, department, state, how many)."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many are done; what is waived is not counted."""

    done: int = 0
    total: int = 0

    def with_(self, state: TaskState, number: int) -> Share:
        """The share with so many more tasks in that state."""
        if state == "waived":
            return self
        return Share(self.done + (number if state == "done" else 0), self.total + number)

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def figures(self) -> str:
        return f"{self.done:,}/{self.total:,}"

    @property
    def words(self) -> Words:
        return Words("{n} of {m} done", "已完成 {n}/{m}").fill(n=f"{self.done:,}", m=f"{self.total:,}")


def share_of(tasks: Iterable[Task]) -> Share:
    """How many of these tasks are done."""
    share = Share()
    for task in tasks:
        share = share.with_(task.state, 1)
    return share


def by_phase(counted: Counted, departments: Collection[str] | None = None) -> dict[str, dict[str, Share]]:
    """Phase → department → share, of the departments that are named, or of all."""
    found: defaultdict[str, defaultdict[str, Share]] = defaultdict(lambda: defaultdict(Share))
    for phase, department, state, number in counted:
        if departments is None or department in departments:
            found[phase][department] = found[phase][department].with_(state, number)
    return {phase: dict(shares) for phase, shares in found.items()}


def in_all(shares: Iterable[Share]) -> Share:
    """Several shares as one."""
    known = list(shares)
    return Share(sum(share.done for share in known), sum(share.total for share in known))


def line_of_phases(cycle: Cycle, today: date, extended: Mapping[str, date] | None = None) -> Words:
    """ "✓ Goals · ● Self review (until 12 Jun) · ○ Manager review": over, on, and ahead, on a local day."""
    return join((told(window, today) for window in own_windows(cycle, extended)), " · ", " · ")


def told(window: Window, today: date) -> Words:
    """One phase of the line."""
    match window.stage(today):
        case "over":
            words = Words("✓ {phase}", "✓ {phase}")
        case "ahead":
            words = Words("○ {phase}", "○ {phase}")
        case "late":
            words = Words("● {phase} (was due {day})", "● {phase}（{day} 已截止）")
        case _:
            words = Words("● {phase} (until {day})", "● {phase}（截至 {day}）")
    return words.fill(phase=window.phase.title, day=short_day(window.due))


def own_windows(cycle: Cycle, extended: Mapping[str, date] | None = None) -> list[Window]:
    """Every phase in the template's order, with one person's own last days."""
    return [window_of(cycle, phase, extended) for phase in cycle.template.phases]


def on_now(cycle: Cycle, today: date) -> list[Window]:
    """The phases in which something is asked on that day, or still taken late."""
    asking = (window for window in own_windows(cycle) if window.phase.work in WORKS)
    return [window for window in asking if window.stage(today) in ("open", "late")]


def short_day(day: date) -> Words:
    """A day without its weekday: "12 Jun", "6月12日"."""
    return Words(f"{day.day} {day:%b}", f"{day.month}月{day.day}日")
