"""A live cycle and a running programme, filled by bare inserts: participants, tasks and check-ins of everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.bench.staff import NOON, department, draft, fill, leader
from flows.checkins.rounds import KIND
from flows.checkins.setup import usual
from flows.cycle.records import Cycle
from flows.cycle.template import Template
from storage.engine import Store
from storage.tables.checkins import CHECKIN
from storage.tables.cycles import PARTICIPANT
from storage.tables.tasks import TASK

DAY = timedelta(days=1)
BEGUN = date(2026, 11, 16)  # a Monday
OPENED, DUE, UNTIL = NOON - DAY, NOON + 10 * DAY, NOON + 17 * DAY
ALREADY = 3  # every third is done


def live_cycle(store: Store, template: Template, count: int, first: date = BEGUN) -> Cycle:
    """A cycle that began on Monday or on `first`, with everyone in it; it has no tasks yet."""
    with store.work() as records:
        ready = draft(records, template, first)
        cycle = records.cycles.save(
            replace(ready, state="live", launched_by=1, approved_by=2, launched_at=OPENED)
        )
    with store.engine.begin() as connection:
        fill(connection, PARTICIPANT, (_participant(cycle.id, number) for number in range(1, count + 1)))
    return cycle


def owed(
    connection: Connection, cycle: Cycle, subjects: Sequence[tuple[str, str]], count: int, next_at: datetime
) -> None:
    """Everyone's open tasks of these kinds and phases, about which something is to be said at `next_at`."""
    people = range(1, count + 1)
    fill(
        connection,
        TASK,
        (
            task(kind, cycle.id, phase, number, next_at=next_at)
            for kind, phase in subjects
            for number in people
        ),
    )


def programme(store: Store, count: int) -> None:
    """A weekly programme in its first week, in which every third has reported."""
    with store.work() as records:
        scope = records.programmes.save(usual(BEGUN, None, OPENED)).id
    key = BEGUN.isoformat()
    done = {"state": "done", "done_at": NOON, "next_at": None}
    people = range(1, count + 1)
    with store.engine.begin() as connection:
        fill(
            connection,
            TASK,
            (task(KIND, scope, key, n, **({} if n % ALREADY else done)) for n in people),
        )
        fill(connection, CHECKIN, (_checkin(scope, key, n) for n in people if n % ALREADY == 0))


def task(kind: str, scope: int, subject: str, person: int, **other: Any) -> dict[str, Any]:
    """One open task's row, which opened yesterday."""
    return {
        "kind": kind, "scope": scope, "person": person, "subject": subject, "state": "open", "opens_at": OPENED,
        "due_at": DUE, "until": UNTIL, "next_at": DUE, "said": 0, "snoozed": False, "live": None, "why": "",
        "done_at": None, "owner": person, "about": person, "department": department(person), "said_at": None,
        "told_due": None, **other,
    }  # fmt: skip


def _participant(cycle: int, person: int) -> dict[str, Any]:
    return {
        "cycle": cycle, "person": person, "place": "in", "manager": leader(person),
        "department": department(person), "level": "P5", "zone": "Europe/Berlin", "language": "en",
        "since": OPENED, "extended": {}, "why": "",
    }  # fmt: skip


def _checkin(programme: int, key: str, person: int) -> dict[str, Any]:
    return {
        "programme": programme, "round": key, "person": person, "form": {"done": "Signed Northwind"},
        "goals": {}, "rescue": {}, "titles": {}, "late": False, "sent_at": NOON, "edited_at": None,
    }  # fmt: skip
