"""When managers and HR are told that a phase is late, and when what was said of it reads the same for all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from flows.cycle.calendar import DAY
from flows.cycle.closed import is_unnamed, over_everywhere
from flows.cycle.phase import Window
from flows.cycle.records import Cycle, CycleRecords, Sweep

STAGES = ("manager", "hr")
CLOSED = "review.closed"  # the sweep after an anonymous phase


def late_key(cycle: int, phase: str, stage: str) -> str:
    return f"cycle.late/{cycle}/{phase}/{stage}"


def late_day(cycle: Cycle, window: Window, stage: str) -> date | None:
    """The local day on which the managers or HR are told; None tells nobody. At the latest the day after closing."""
    days = cycle.template.nudges.manager if stage == "manager" else cycle.template.nudges.hr
    return None if days is None else min(window.due + days * DAY, window.closes + DAY)


def plan_lateness(records: CycleRecords, cycle: Cycle, window: Window) -> None:
    """Have managers and HR told when the phase is late; planned again after its dates have moved.

    Nor does it stay in the chat who has written without a name: that is looked after when the phase is over.
    """
    if is_unnamed(cycle, window.phase):
        about = {"cycle": cycle.id, "phase": window.phase.name}
        over = over_everywhere(cycle, window.phase)
        plan_anew(records, Sweep(f"{CLOSED}/{cycle.id}/{window.phase.name}", about, over))
    for stage in STAGES:
        day = late_day(cycle, window, stage)
        if day is None:
            continue
        about = {"cycle": cycle.id, "phase": window.phase.name, "stage": stage}
        plan_anew(records, Sweep(late_key(cycle.id, window.phase.name, stage), about, looked_at(day)))


def plan_anew(records: CycleRecords, planned: Sweep) -> None:
    """Plan it, or plan it once more; whoever was told already is not told again: a notice's key is unique."""
    if not records.sweeps.plan(planned):
        records.sweeps.save(planned)


def looked_at(day: date) -> datetime:
    """Before the day begins anywhere; the notices themselves wait for the reader's own morning."""
    return datetime.combine(day - DAY, time(6), tzinfo=UTC)
