"""What it costs to move a phase's dates with 100,000 tasks pending, beside the bare UPDATE of the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import bindparam, update

from bot.bench.apart import apart
from bot.bench.databases import sqlite
from bot.bench.filled import BEGUN, DAY, DUE, UNTIL, live_cycle, owed
from bot.bench.report import Goal, show
from bot.bench.staff import NOON, hire, quarter
from bot.bench.steps import move
from bot.build import catalog
from bot.clock import SystemClock
from flows.core.catalog import Catalog
from flows.cycle.records import Cycle
from storage.engine import Store, open_store
from storage.tables.tasks import TASK

Json = dict[str, Any]
Times = list[tuple[float, float]]

LAST = BEGUN + 13 * DAY  # of the phase, before anything is moved
BARE = (
    update(TASK)
    .where(
        TASK.c.kind == bindparam("of_kind"),
        TASK.c.scope == bindparam("of_scope"),
        TASK.c.subject == bindparam("of_subject"),
        TASK.c.state == "open",
    )
    .values({name: bindparam(name) for name in ("opens_at", "due_at", "until", "next_at")})
)


async def run(*, sizes: Sequence[int] = (10_000, 100_000), rounds: int = 7) -> Json:
    """Measure and show."""
    rows, ratio = [], 0.0
    for size in sizes:
        with sqlite() as url:
            times = apart(measured, url, size, rounds).value
        ratio = median(moved / bare for moved, bare in times)
        rows.append(
            {
                "pending tasks": size,
                "moved, s": median(moved for moved, _ in times),
                "bare UPDATE, s": median(bare for _, bare in times),
                "× UPDATE": ratio,
            }
        )
    return show("move", rows, [Goal("against the bare UPDATE", ratio, 2)])


def measured(url: str, size: int, rounds: int) -> Times:
    """Seconds of a move and of the bare UPDATE, each time to other dates."""
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, size)
        cycle = live_cycle(store, quarter(), size)
        with store.engine.begin() as connection:
            owed(connection, cycle, [("goals", "goals")], size, DUE)
        known = catalog()[0]
        return [
            (moved(store, known, cycle, turn + 1), updated(store, cycle, turn + 1)) for turn in range(rounds)
        ]


def moved(store: Store, known: Catalog, cycle: Cycle, days: int) -> float:
    """As HR's step does it, with all that it keeps besides."""
    real = SystemClock()
    began = real.monotonic()
    move(store, known, cycle.id, "goals", LAST + days * DAY, NOON)
    return real.monotonic() - began


def updated(store: Store, cycle: Cycle, days: int) -> float:
    real = SystemClock()
    began = real.monotonic()
    later: dict[str, datetime] = {
        "opens_at": NOON, "due_at": DUE + days * DAY, "until": UNTIL + days * DAY, "next_at": NOON + days * DAY
    }  # fmt: skip
    which = {"of_kind": "goals", "of_scope": cycle.id, "of_subject": "goals"}
    with store.engine.begin() as connection:
        connection.execute(BARE, {**which, **later})
    return real.monotonic() - began
