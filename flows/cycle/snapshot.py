"""The snapshot at a cycle's launch: who takes part and how they stand, slice by slice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.cycle.broadcasts.kickoff import plan_kickoff
from flows.cycle.people.leading import ask_for_managers
from flows.cycle.planning import SLICE, by_id, place_of, plan_phases
from flows.cycle.records import CycleRecords, Sweep


@sweep("cycle.snapshot")
def take_snapshot(records: CycleRecords, sweep: Sweep, now: datetime) -> Sweep:
    """Take down the next people whom the cycle's audience means; after the last, the phases are planned."""
    cycle = records.cycles.get(sweep.about["cycle"])
    if cycle is None or cycle.state != "live":
        return replace(sweep, done=True)
    people = records.people.slice(sweep.cursor, SLICE)
    meant = [person for person in people if cycle.audience.has(person)]
    managers = by_id(records, {person.manager for person in meant if person.manager})
    records.participants.add([place_of(cycle.id, person, managers, now) for person in meant])
    if len(people) == SLICE:
        return replace(sweep, cursor=people[-1].id)
    plan_phases(records, cycle, now)
    plan_kickoff(records, cycle, now)
    if records.participants.without_manager(cycle.id):
        ask_for_managers(records, cycle, now)
    return replace(sweep, done=True)
