"""What somebody owes stands in the message that they are about to get anyway, instead of in one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flows.core.records import Records, Written
from flows.cycle.duty import Duty
from flows.cycle.nudges.digest import CARRIED
from flows.cycle.nudges.nudge import next_look
from flows.cycle.nudges.pace import taken_of
from flows.cycle.nudges.saying import Policies, policies_of

SOON = timedelta(minutes=2)  # longer than a tick: what leaves within it can still be added to
AT_ONCE = 500  # messages looked at in one query


def ride_along(records: Records, duties: Mapping[str, Duty], now: datetime) -> None:
    """Put what people owe into the messages that are about to leave, and take it out of the ones before."""
    policies = policies_of(records, duties)
    for kind in CARRIED:
        after = ""
        while written := records.messages.waiting_of(kind, now + SOON, after, AT_ONCE):
            after = written[-1].message.key
            for one in written:
                _ride(records, one, policies, now)


def _ride(records: Records, written: Written, policies: Policies, now: datetime) -> None:
    person = records.people.get(written.message.person or 0)
    if person is None or not person.active:
        return
    taken = taken_of(records, person, now)
    told, stale = [], []
    for task in records.tasks.open_of(person.id):
        policy = policies(task)
        opened = task.opens_at <= now < task.until and not task.snoozed
        if policy is None or not opened or task.live == written.id:
            continue
        looks = next_look(task, now, person, policy, taken, now)
        stale += [task.live] if task.live else []
        told.append(
            replace(
                task, said=task.said + 1, said_at=now, told_due=task.due_at, live=written.id, next_at=looks
            )
        )
    records.tasks.told(told)
    records.messages.refresh(stale)
