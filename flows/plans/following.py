"""Has development plans and trainings looked at anew when somebody gets another manager."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flows.cycle.records import CycleRecords, Sweep

PLANS_FOLLOW = "plans.follow"  # the sweep that brings the tasks about plans to whoever leads people now


def plan_following(records: CycleRecords, people: Iterable[int], now: datetime) -> None:
    """Have the tasks about what these people plan brought to whoever leads them now, with the next tick."""
    if ids := sorted(people):
        key = f"{PLANS_FOLLOW}/{now.isoformat()}/{ids[0]}-{ids[-1]}/{len(ids)}"
        records.sweeps.plan(Sweep(key, {"people": ids}, now))
