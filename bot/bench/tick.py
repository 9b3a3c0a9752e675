"""What a tick costs with a million open tasks, of which none, 100 or 100,000 are due: each another person's.

Everybody has ten tasks; those that are due open now, in everybody's working hours, so that each makes a message.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import bindparam, func, select, update

from bot.bench.apart import apart
from bot.bench.databases import postgresql, sqlite
from bot.bench.filled import DUE, live_cycle, owed
from bot.bench.report import Goal, show
from bot.bench.staff import NOON, hire
from bot.bench.steps import tick
from bot.build import catalog
from bot.clock import SystemClock
from flows.core.catalog import Catalog
from flows.core.words import Words
from flows.cycle.template import Phase, Template
from storage.engine import Store, open_store
from storage.tables.messages import MESSAGE
from storage.tables.tasks import TASK

Json = dict[str, Any]

PHASES = 10
SOME = 100
MOST = (0.020, 0.100, 20.0)  # seconds
ZONES = ("Europe/Berlin",)  # where it is 13:00
JUST_NOW = NOON - timedelta(minutes=1)
WAKE = (
    update(TASK)
    .where(
        TASK.c.subject == bindparam("phase"),
        TASK.c.person > bindparam("above"),
        TASK.c.person <= bindparam("to"),
    )
    .values(next_at=bindparam("moment"), opens_at=bindparam("moment"))
)


async def run(
    *, people: int = 100_000, some: int = SOME, rounds: int = 9, with_postgresql: bool = False
) -> Json:
    """Measure and show. `some` are due in the second case, everybody in the third."""
    rows: list[Json] = []
    goals: list[Goal] = []
    with ExitStack() as stack:
        urls = {"SQLite": stack.enter_context(sqlite()), "PostgreSQL": None}
        urls["PostgreSQL"] = stack.enter_context(postgresql()) if with_postgresql else None
        for database, url in urls.items():
            if url is None:
                continue
            found = apart(measured, url, people, some, rounds).value
            for (due, seconds, written), limit in zip(found, MOST, strict=True):
                each = seconds * 1e6 / due if due else None
                rows.append(
                    {"database": database, "open": people * PHASES, "due": due, "written": written,
                     "ms": seconds * 1000, "µs for a person": each}
                )  # fmt: skip
                goals.append(Goal(f"{database}, {due:,} due: seconds", seconds, limit))
    return show("tick", rows, goals)


def measured(url: str, people: int, some: int, rounds: int) -> list[tuple[int, float, int]]:
    """(how many were due, seconds of the tick, messages written) for none, some and all."""
    known = catalog()[0]
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, people, ZONES)
        cycle = live_cycle(store, template(), people)
        with store.engine.begin() as connection:
            subjects = [("confirm", f"step-{number}") for number in range(PHASES)]
            owed(connection, cycle, subjects, people, DUE)
        nothing = [timed(store, known)[0] for _ in range(rounds + 1)][1:]
        few = []
        for turn in range(rounds):
            wake(store, "step-0", turn * some, (turn + 1) * some)
            few.append(timed(store, known))
        wake(store, "step-1", rounds * some, people)
        seconds, written = timed(store, known)
        return [
            (0, median(nothing), 0),
            (some, median(taken for taken, _ in few), few[-1][1]),
            (people - rounds * some, seconds, written),
        ]


def template() -> Template:
    """A cycle that asks everybody for ten things at once."""
    return Template(
        "bench-steps",
        Words("Steps", "步骤"),
        "quarter",
        tuple(Phase(f"step-{n}", Words(f"Step {n}", f"第 {n} 步"), 0, 12, "confirm") for n in range(PHASES)),
    )


def wake(store: Store, phase: str, above: int, to: int) -> None:
    """These people's task of the phase opens just now."""
    with store.engine.begin() as connection:
        connection.execute(WAKE, {"phase": phase, "above": above, "to": to, "moment": JUST_NOW})


def timed(store: Store, known: Catalog) -> tuple[float, int]:
    """Seconds of one tick, and how many messages it wrote."""
    real, before = SystemClock(), messages(store)
    began = real.monotonic()
    tick(store, known, NOON)
    return real.monotonic() - began, messages(store) - before


def messages(store: Store) -> int:
    with store.engine.begin() as connection:
        return connection.execute(select(func.count()).select_from(MESSAGE)).scalar_one()
