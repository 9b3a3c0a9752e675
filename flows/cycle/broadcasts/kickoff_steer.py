"""The kick-off of a cycle that is paused, goes on, or is closed: what has not left follows the cycle."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.cycle.broadcasts import steer as broadcast_steer
from flows.cycle.broadcasts.sending import writing
from flows.cycle.records import Cycle, CycleRecords
from flows.people.person import Person


def hold(records: CycleRecords, actor: Person, cycle: Cycle, now: datetime) -> None:
    """Hold the messages that are written; the others are not written while the cycle is paused."""
    broadcast = records.broadcasts.of_cycle(cycle.id)
    if broadcast is not None and broadcast.state == "sending":
        broadcast_steer.pause.act(records, actor, (str(broadcast.id),), now)


def goes_on(records: CycleRecords, actor: Person, cycle: Cycle, now: datetime) -> None:
    """Go on at once with what was held."""
    broadcast = records.broadcasts.of_cycle(cycle.id)
    if broadcast is None:
        return
    if broadcast.state == "paused":
        broadcast_steer.resume.act(records, actor, (str(broadcast.id),), now)
    sweep = records.sweeps.get(writing(broadcast))
    if sweep is not None and not sweep.done and sweep.due_at > now:
        records.sweeps.save(replace(sweep, due_at=now))


def end(records: CycleRecords, actor: Person, cycle: Cycle, now: datetime) -> None:
    """Nobody gets the kick-off of a cycle that is over."""
    broadcast = records.broadcasts.of_cycle(cycle.id)
    if broadcast is not None and broadcast.state in ("waiting", "sending", "paused"):
        broadcast_steer.cancel.act(records, actor, (str(broadcast.id),), now)
