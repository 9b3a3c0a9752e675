"""A company's goals by bare inserts: a tree from the company to everybody, five goals a person, weekly readings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from bot.bench.filled import BEGUN, live_cycle
from bot.bench.staff import DEPARTMENTS, NOON, department, fill, hire, leader, quarter
from flows.goals.measure.series import series_of
from storage.engine import Store
from storage.tables.goals import GOAL, READING

GOALS_EACH, READINGS_EACH = 5, 8
WEEK = timedelta(days=7)
NIGHT = datetime(2027, 1, 5, 12, tzinfo=UTC)  # a Tuesday, a day after the last readings, more than half way
WEEKS = tuple(BEGUN + nth * WEEK for nth in range(READINGS_EACH))
UNITS = ("CNY", "customers", "CNY", "tickets", "%")


def with_goals(store: Store, people: int, readings: bool) -> int:
    """Hire so many and give each five agreed goals, whose parents are their manager's; the id of the live cycle.

    Goal ids follow from the person: person n has 5n + 1 to 5n + 5; 1 is the company's, the departments' are behind
    the people's.
    """
    hire(store.engine, people)
    cycle = live_cycle(store, quarter(), people).id
    with store.engine.begin() as connection:
        fill(connection, GOAL, _goals(cycle, people))
        if readings:
            fill(connection, READING, _readings(people))
    return cycle


def goal_id(person: int, nth: int) -> int:
    return GOALS_EACH * person + nth + 1


def _goals(cycle: int, people: int) -> Iterator[dict[str, Any]]:
    yield goal_row(1, 1, cycle, 0, level="company", title="Revenue", target=Decimal(10_000_000))
    for nth in range(DEPARTMENTS):
        number = goal_id(people + 1, 0) + nth
        yield goal_row(
            number, nth + 1, cycle, 0, level="department", department=department(nth), parent=1, rule="sum",
            gives=Decimal(250_000), target=Decimal(250_000),
        )  # fmt: skip
    for person in range(1, people + 1):
        above = leader(person)
        for nth in range(GOALS_EACH):
            parent = goal_id(above, nth) if above else 1
            target = Decimal(100 + person % 50)
            gives = target if UNITS[nth] != "%" else None
            rule = "none" if gives is None else "sum"
            yield goal_row(
                goal_id(person, nth), person, cycle, nth, parent=parent, rule=rule, gives=gives, target=target
            )


def goal_row(number: int, person: int, cycle: int, nth: int, **other: Any) -> dict[str, Any]:
    """One agreed goal's row."""
    return {
        "id": number, "person": person, "title": f"Goal {nth} of person {person}", "created_at": NOON, "cycle": cycle,
        "measure": "", "level": "person", "department": "", "state": "agreed", "version": 1, "asked_by": None,
        "pending": None, "leaving": False, "changed_at": NOON, "shape": "number", "method": "kpi", "unit": UNITS[nth],
        "lower": False, "baseline": Decimal(0), "target": Decimal(100), "stretch": None, "weight": Decimal(20),
        "part": "ordinary", "perspective": None, "steps": [], "milestones": [], "due": None,
        "metric": "", "gather": "latest", "parent": None, "rule": "none", "factor": None, "visibility": "team",
        "gives": None, **other,
    }  # fmt: skip


def _readings(people: int) -> Iterator[dict[str, Any]]:
    """Most goals rise with noise, some stand still or fall."""
    random = Random(4)  # noqa: S311 - made-up data
    for person in range(1, people + 1):
        for nth in range(GOALS_EACH):
            pace, value = random.choice((9.0, 12.0, 14.0, 2.0)), 0.0
            series = series_of(goal_id(person, nth))
            for day in WEEKS:
                value = max(0.0, value + pace + random.gauss(0, 3))
                yield {
                    "series": series, "period": day.isoformat(), "day": day, "value": Decimal(f"{value:.1f}"),
                    "source": "checkin", "at": NOON, "by": person, "token": None, "confidence": None, "note": "",
                    "current": True,
                }  # fmt: skip
