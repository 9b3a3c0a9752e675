"""A cycle's phases in local dates and moments: derived from its first day and what HR has moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from flows.cycle.calendar import DAY, at_local
from flows.cycle.records import Cycle
from flows.cycle.template import Phase

LAST_ZONE = "Etc/GMT+12"  # no day ends later anywhere
MINUTES_OF_GRACE = timedelta(minutes=10)  # a hard deadline still takes what was on its way
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A phase's local days, both included: it opens on `opens`, is due on `due`, is taken until `closes`."""

    phase: Phase
    opens: date
    due: date
    closes: date

    def stage(self, today: date) -> Literal["ahead", "open", "late", "over"]:
        """Where the phase is on a local day."""
        if today < self.opens:
            return "ahead"
        if today <= self.due:
            return "open"
        return "late" if today <= self.closes else "over"


def window_of(cycle: Cycle, phase: Phase, extended: Mapping[str, date] | None = None) -> Window:
    """The phase's days in this cycle; `extended` are last days that HR has set for one person."""
    opens = cycle.first + phase.starts * DAY
    due = opens + (phase.days - 1) * DAY
    if phase.name in cycle.moved:
        opens, due = cycle.moved[phase.name]
    due = max(due, (extended or {}).get(phase.name, due))
    return Window(phase, opens, due, due if phase.hard else due + phase.grace * DAY)


def windows(cycle: Cycle) -> list[Window]:
    """Every phase in the template's order."""
    return [window_of(cycle, phase) for phase in cycle.template.phases]


def moments_in(window: Window, hour: time, zone: str) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) in UTC for somebody in that zone: from `hour` on the first day to the end of the last.

    The end of a day is its last second. A hard deadline takes ten minutes more.
    """
    opens = at_local(window.opens, hour, zone)
    due = at_local(window.due + DAY, time(0), zone) - SECOND
    if window.phase.hard:
        return opens, due, due + MINUTES_OF_GRACE
    return opens, due, at_local(window.closes + DAY, time(0), zone)


def last_day(cycle: Cycle) -> date:
    """The last day on which anything of the cycle is taken."""
    return max(window.closes for window in windows(cycle))
