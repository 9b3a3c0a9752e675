"""What follows from a change of goals: both sides' tasks, and who is told with the next digest."""

from __future__ import annotations

from datetime import datetime

from flows.goals.records import GoalsRecords


def follow(records: GoalsRecords, cycle: int | None, person: int, now: datetime) -> None:
    """Bring the tasks and notices about a person's goals in a cycle to the state of these goals; done twice, it acts once."""
