"""A cycle that runs in a small company, for tests of what happens in the middle of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flows.core.catalog import Catalog
from flows.core.owed import Task
from flows.core.page import Question, text
from flows.core.words import Words, same
from flows.cycle import planning, snapshot
from flows.cycle.hr import late
from flows.cycle.people import changes, joiners, standing_days
from flows.cycle.planning import plan_snapshot
from flows.cycle.records import Audience, Broadcast, Cycle
from flows.cycle.template import Phase, Review, Template
from flows.people.person import Person

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MODULES = (changes, joiners, late, planning, snapshot, standing_days)
SWEEPS = Catalog.of(value for module in MODULES for value in vars(module).values()).sweeps


def asked(name: str) -> tuple[Question, ...]:
    return (replace(text("How did it go?", "做得怎么样？", lines=4), name=name),)


TEMPLATE = Template(
    "quarter",
    Words("Quarter", "季度"),
    "quarter",
    (
        Phase("self", Words("Self review", "自评"), 0, 14, "review", "everyone", "self"),
        Phase("manager", Words("Manager review", "上级评估"), 1, 14, "review", "managers", "manager"),
    ),
    {
        "self": Review("self", Words("Self review", "自评"), asked("own")),
        "manager": Review("manager", Words("Manager review", "上级评估"), asked("theirs")),
    },
    kickoff=None,
)


def person(name: str, manager: Person | None = None, **other: Any) -> Person:
    kept = {
        "id": 0, "email": f"{name}@example.com", "name": name.title(), "manager": manager.id if manager else None,
        "department": "Sales", "level": "L3", "title": "", "roles": (), "zone": "UTC", "language": "en",
        "hired_on": None, "left_on": None, "account": f"U0{name.upper()}", "active": True, "away": (),
    }  # fmt: skip
    return Person(**{**kept, **other})


def launched(records: Any, owner: int, audience: Audience | None = None, now: datetime = NOW) -> Cycle:
    """A live cycle whose list of people is about to be taken down."""
    cycle: Cycle = records.cycles.save(
        Cycle(
            0,
            "live",
            "Q1",
            MONDAY,
            TEMPLATE,
            audience or Audience(),
            owner,
            now,
            launched_at=now,
            launched_by=owner,
        )
    )
    said = Broadcast(0, "done", owner, same("It begins."), Audience(), now, cycle.id)
    records.broadcasts.save(said)  # the kick-off has its own stories, and a digest would wait behind it
    plan_snapshot(records, cycle, now)
    return cycle


def swept(store: Any, now: datetime = NOW) -> None:
    """Do every piece of work in slices that is due, each slice in a transaction of its own."""
    for _ in range(1000):
        with store.work() as records:
            due = records.sweeps.due(now)
            if due is None:
                return
            kind = SWEEPS.get(due.key.partition("/")[0])  # the kick-off is nobody's business here
            records.sweeps.save(kind.step(records, due, now) if kind else replace(due, done=True))
    raise AssertionError("the work never ends")


def open_tasks(records: Any, cycle: int, phase: str | None = None) -> list[Task]:
    found: list[Task] = records.tasks.of_scope(["review"], cycle, phase, "open")
    return found


def later(days: float) -> datetime:
    return NOW + timedelta(days=days)
