"""What goals cost at 100,000 people and 500,000 goals: the tree's coverage, a manager's view, signals, an import.

Each beside the same arithmetic in plain SQL or NumPy, in the same run, over an SQLite file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from statistics import median
from typing import Any

from bot.bench.apart import apart
from bot.bench.databases import sqlite
from bot.bench.goal_company import GOALS_EACH, with_goals
from bot.bench.report import Goal, show
from bot.bench.staff import NOON
from bot.build import catalog
from bot.clock import SystemClock
from bot.front import Front
from flows.core.screen import Act
from storage.engine import Store, file_of, open_store

Json = dict[str, Any]

PLAIN_COVERAGE = (
    "SELECT parent, sum(gives), count(gives), count(*) FROM goal "
    "WHERE cycle = ? AND parent IS NOT NULL AND state IN ('proposed', 'returned', 'agreed') GROUP BY parent"
)
ROUNDS = 20


async def run(*, people: int = 100_000) -> Json:
    """Measure and show."""
    with sqlite() as url:
        cycle = apart(prepared, url, people).value
        covered = apart(coverage, url, cycle).value
        viewed = apart(views, url, cycle, people).value
    rows: list[Json] = [
        {"what": "coverage of the whole tree", "n": people * GOALS_EACH, **covered},
        *({"what": what, "n": n, "s": s, "plain s": None, "×": None} for what, n, s in viewed),
    ]
    goals = [
        Goal("coverage of the whole tree, s", covered["s"], 2),
        Goal("coverage against plain SQL", covered["×"], 3),
        *(Goal(f"{what}, s", s, 0.050) for what, _, s in viewed),
    ]
    return show("goals", rows, goals, people=people)


def prepared(url: str, people: int) -> int:
    """The company with its goals and readings; the cycle's id."""
    with closing(open_store(url, lambda: NOON)) as store:
        return with_goals(store, people, readings=True)


def coverage(url: str, cycle: int) -> Json:
    """Seconds for the whole tree through the records, and by the bare statement."""
    with closing(open_store(url, lambda: NOON)) as store:
        ours = best(lambda: whole_tree(store, cycle))
    with closing(sqlite3.connect(str(file_of(url)))) as connection:
        plain = best(lambda: dict((row[0], row[1:]) for row in connection.execute(PLAIN_COVERAGE, (cycle,))))
    return {"s": ours, "plain s": plain, "×": ours / plain}


def whole_tree(store: Store, cycle: int) -> None:
    with store.work() as records:
        records.goals.cycle_coverage(cycle)


def views(url: str, cycle: int, people: int) -> list[tuple[str, int, float]]:
    """(what, parts of the screen, seconds in the median) of what a manager of nine looks at, in the middle and at the end."""
    with closing(open_store(url, lambda: NOON)) as store:
        front = Front(*catalog())
        found = []
        for who, number in (("a manager of nine", people // 20), ("the head of the company", 1)):
            for name, about in (("team-goals", (str(cycle),)), ("goals", (str(cycle), str(number)))):
                parts, seconds = seen(store, front, number, Act("see", (name, *about)))
                found.append((f"{who}: {name}", parts, seconds))
        return found


def seen(store: Store, front: Front, number: int, act: Act) -> tuple[int, float]:
    real, times, parts = SystemClock(), [], 0
    for _ in range(ROUNDS):
        began = real.monotonic()
        with store.work() as records:
            actor = records.people.get(number)
            assert actor is not None  # noqa: S101 - the company has just been hired
            parts = len(front.see(records, actor, act, NOON).body)
        times.append(real.monotonic() - began)
    return parts, median(times)


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The least of some rounds, in seconds: what disturbs only ever adds."""
    real, times = SystemClock(), []
    for _ in range(rounds):
        began = real.monotonic()
        work()
        times.append(real.monotonic() - began)
    return min(times)
