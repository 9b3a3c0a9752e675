"""How long the home tab takes among 100,000 people with a live cycle and a running programme.

Made from the state of things inside a transaction of its own, as when somebody opens it; not yet drawn for Slack.
"""

from __future__ import annotations

from contextlib import closing
from statistics import median, quantiles
from typing import Any

from bot.bench.apart import apart
from bot.bench.databases import sqlite
from bot.bench.filled import DUE, live_cycle, owed, programme
from bot.bench.report import Goal, show
from bot.bench.staff import NOON, hire, quarter
from bot.build import catalog
from bot.clock import SystemClock
from bot.front import HOME, Front
from flows.core.desk import NotThere
from storage.engine import Store, open_store

Json = dict[str, Any]
LIMIT = 0.200  # seconds


async def run(*, people: int = 100_000, rounds: int = 40) -> Json:
    """Measure and show. The first person is HR, the second leads nine, the last leads nobody."""
    with sqlite() as url:
        found = apart(measured, url, people, rounds).value
    rows = [
        {"home tab of": who, "parts": parts, "p50 ms": median(times) * 1000, "p95 ms": p95(times) * 1000}
        for who, (parts, times) in found.items()
    ]
    goals = [Goal(f"{who}: median, s", median(times), LIMIT) for who, (_, times) in found.items()]
    return show("home", rows, goals, people=people)


def measured(url: str, people: int, rounds: int) -> dict[str, tuple[int, list[float]]]:
    """For each kind of person the parts that the screen has, and the seconds that it took each time."""
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, people)
        cycle = live_cycle(store, quarter(), people)
        with store.engine.begin() as connection:
            owed(connection, cycle, [("goals", "goals"), ("confirm", "halfway")], people, DUE)
        programme(store, people)
        front = Front(*catalog())
        return {
            "HR": seen(store, front, 1, rounds),
            "a manager of nine": seen(store, front, people // 20, rounds),
            "an employee": seen(store, front, people, rounds),
        }


def seen(store: Store, front: Front, number: int, rounds: int) -> tuple[int, list[float]]:
    real, times, parts = SystemClock(), [], 0
    for _ in range(rounds):
        began = real.monotonic()
        with store.work() as records:
            actor = records.people.get(number)
            if actor is None:
                raise NotThere
            parts = len(front.see(records, actor, HOME, NOON).body)
        times.append(real.monotonic() - began)
    return parts, times


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18] if len(times) > 1 else times[0]
