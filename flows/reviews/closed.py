"""When an anonymous phase is over, every message that asked for it reads the same, whether or not somebody wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.cycle.closed import over_everywhere
from flows.cycle.hr.lateness import CLOSED
from flows.cycle.nudges.closing import refresh_all
from flows.cycle.records import CycleRecords, Sweep
from flows.reviews.owed import KIND

SLICE = 500  # people whose messages are looked through at once


@sweep(CLOSED)
def close_messages(records: CycleRecords, sweep: Sweep, now: datetime) -> Sweep:
    """Bring the messages of the next people to the state of things; later, when the phase has been moved away.

    Who was given more time can still change what they wrote; the seal looks after their messages.
    """
    cycle = records.cycles.get(sweep.about["cycle"])
    phase = cycle.template.phase(sweep.about["phase"]) if cycle else None
    if cycle is None or phase is None:
        return replace(sweep, done=True)
    over = over_everywhere(cycle, phase)
    if now < over:
        return replace(sweep, due_at=over)
    people = [person.id for person in records.people.slice(sweep.cursor, SLICE)]
    refresh_all(records, records.tasks.of_round(KIND, cycle.id, phase.name, people) if people else ())
    return replace(sweep, cursor=people[-1] if people else sweep.cursor, done=len(people) < SLICE)
