"""When interviews are proposed, and when it is looked whether one still fits: sweeps that others have planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flows.cycle.records import Cycle, CycleRecords, Sweep
from flows.cycle.template import Phase, Template

PROPOSE = "interview.propose"  # the sweep that proposes times to everybody whose result opens
FITS = "interview.fits"  # the sweep that looks whether interviews of some people still fit
HELD = "interview.held"  # the sweep that notes that one took place, when its time is over
AGAIN = "interview.again"  # the sweep that proposes times to somebody who asked for later


def interview_phase(template: Template) -> Phase | None:
    """The phase in which people talk about their results; None where the template has none."""
    return next((phase for phase in template.phases if phase.work == "interview"), None)


def plan_proposals(
    records: CycleRecords, cycle: Cycle, at: datetime, people: Sequence[int] | None = None
) -> None:
    """Have times proposed at that moment: to these people, or to everybody in the cycle."""
    if interview_phase(cycle.template) is None:
        return
    key = f"{PROPOSE}/{cycle.id}"
    about: dict[str, Any] = {"cycle": cycle.id}
    if people is not None:
        key += f"/{at.isoformat()}/{'-'.join(map(str, sorted(people)[:3]))}"
        about |= {"people": sorted(people)}
    records.sweeps.plan(Sweep(key, about, at))


def plan_fitting(records: CycleRecords, people: Sequence[int], now: datetime) -> None:
    """Have the interviews of these people looked at: their leave, manager, place or zone has changed."""
    ids = sorted(set(people))
    running = [one for one in records.cycles.in_state("live") if interview_phase(one.template)]
    if ids and running:
        key = f"{FITS}/{now.isoformat()}/{ids[0]}-{ids[-1]}/{len(ids)}"
        planned = Sweep(key, {"people": ids}, now)
        if not records.sweeps.plan(planned):
            records.sweeps.save(planned)  # of the same moment, and perhaps done already


def plan_new_dates(records: CycleRecords, cycle: Cycle, phase: Phase, now: datetime) -> None:
    """Have every open interview of the cycle looked at, where it was the days for talks that HR has moved."""
    if phase.work == "interview":
        records.sweeps.plan(Sweep(f"{FITS}/{now.isoformat()}/cycle/{cycle.id}", {"cycle": cycle.id}, now))


def plan_again(records: CycleRecords, interview: int, changed: datetime, at: datetime) -> None:
    """Have times proposed anew to somebody who has put it off until then, unless it is changed before."""
    about = {"interview": interview, "changed": changed.isoformat()}
    records.sweeps.plan(Sweep(f"{AGAIN}/{interview}/{changed.isoformat()}", about, at))
