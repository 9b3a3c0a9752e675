"""When managers and HR are told who has not finished a phase: once each, after its last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from flows.cycle.calendar import DAY
from flows.cycle.phase import Window
from flows.cycle.records import Cycle, CycleRecords, Sweep

STAGES = ("manager", "hr")


def late_key(cycle: int, phase: str, stage: str) -> str:
    return f"cycle.late/{cycle}/{phase}/{stage}"


def late_day(cycle: Cycle, window: Window, stage: str) -> date | None:
    """The local day on which the managers or HR are told; None tells nobody. At the latest the day after closing."""
    days = cycle.template.nudges.manager if stage == "manager" else cycle.template.nudges.hr
    return None if days is None else min(window.due + days * DAY, window.closes + DAY)


def plan_lateness(records: CycleRecords, cycle: Cycle, window: Window) -> None:
    """Have managers and HR told when the phase is late; planned again after its dates have moved."""
    for stage in STAGES:
        day = late_day(cycle, window, stage)
        if day is None:
            continue
        key = late_key(cycle.id, window.phase.name, stage)
        about = {"cycle": cycle.id, "phase": window.phase.name, "stage": stage}
        planned = Sweep(key, about, looked_at(day))
        if not records.sweeps.plan(planned):
            records.sweeps.save(
                planned
            )  # whoever was told already is not told again: a notice's key is unique


def looked_at(day: date) -> datetime:
    """Before the day begins anywhere; the notices themselves wait for the reader's own morning."""
    return datetime.combine(day - DAY, time(6), tzinfo=UTC)
