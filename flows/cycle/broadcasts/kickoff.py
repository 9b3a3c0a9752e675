"""A cycle's kick-off: the broadcast to everybody who takes part, which opens the first phase at the same time."""

from __future__ import annotations

from datetime import datetime

from flows.cycle.broadcasts.card import show
from flows.cycle.broadcasts.sending import begin
from flows.cycle.broadcasts.tasks import first_day, kickoff_text
from flows.cycle.records import Audience, Broadcast, Cycle, CycleRecords

__all__ = ["kickoff_text", "plan_kickoff"]


def plan_kickoff(records: CycleRecords, cycle: Cycle, now: datetime) -> Broadcast:
    """Plan the cycle's one kick-off, at the policy's hour of each reader's first day; a second call changes nothing.

    To be called when the snapshot of who takes part is complete.
    """
    known = records.broadcasts.of_cycle(cycle.id)
    if known is not None:
        return known
    broadcast = records.broadcasts.save(
        Broadcast(
            0, "waiting", cycle.launched_by or cycle.owner, kickoff_text(cycle), Audience(), now, cycle.id,
            send_on=first_day(cycle), send_at=cycle.template.nudges.hour,
        )
    )  # fmt: skip
    begin(records, broadcast, now)
    show(records, broadcast, now)
    about = {"cycle": cycle.id}
    records.audit.note(now, broadcast.author, "broadcast.kickoff", f"broadcast/{broadcast.id}", about)
    return broadcast
