"""The home tab of somebody with more to do than fits: drawn in parts that keep Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.build import catalog
from bot.front import HOME, Front
from bot.slack.draw import draw_home
from flows.core.records import Task
from flows.cycle.records import Audience, Cycle, Participant
from flows.people.person import Person
from storage.engine import open_store
from tests.stories.quarter import QUARTER

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
CYCLES = 45


def test_what_does_not_fit_stands_behind_show_more(sqlite_url: str) -> None:
    front = Front(*catalog())
    store = open_store(sqlite_url, lambda: NOW)
    with store.work() as records:
        ann = records.people.save(person("Ann"))
        for number in range(CYCLES):
            cycle = records.cycles.save(
                Cycle(0, "live", f"Cycle {number}", date(2026, 3, 9), QUARTER, Audience(), ann.id, NOW)
            )
            records.participants.add([place(cycle.id, ann)])
            records.tasks.add([goals(cycle.id, ann.id)])
        screen = front.see(records, ann, HOME, NOW)
        parts = [draw_home(screen, "zh")["blocks"]]
        while "显示更多" in str(parts[-1]):
            parts.append(draw_home(replace(screen, part=len(parts)), "zh")["blocks"])
    store.close()
    assert len(parts) > 2
    assert all(len(blocks) <= 100 for blocks in parts)
    drawn = str(parts)
    assert all(f"目标 · Cycle {number} · " in drawn for number in range(CYCLES))


def person(name: str) -> Person:
    return Person(
        id=0, email=f"{name}@example.com".lower(), name=name, manager=None, department="Sales", level="P5",
        title="", roles=(), zone="Asia/Shanghai", language="zh", hired_on=None, left_on=None, account=None,
        active=True,
    )  # fmt: skip


def place(cycle: int, who: Person) -> Participant:
    return Participant(cycle, who.id, "in", None, who.department, who.level, who.zone, who.language, NOW)


def goals(cycle: int, who: int, **other: Any) -> Task:
    due = NOW + timedelta(days=6)
    return replace(Task(0, "goals", cycle, who, "goals", "open", NOW, due, due + timedelta(days=7)), **other)
