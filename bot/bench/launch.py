"""What the launch of a cycle costs for 1,000 to 100,000 people, beside bare inserts of the very same rows.

Launched by HR's own step; then the metronome does what is due until all work in slices is done: everyone's place
in the cycle, the tasks of its first phase, and the kick-off's messages, which wait for their hour. Each step runs
in a process of its own, over an SQLite file.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select

from bot.bench.apart import apart
from bot.bench.databases import sqlite
from bot.bench.report import Goal, show
from bot.bench.staff import NOON, draft, hire, quarter
from bot.bench.steps import launch, settle
from bot.clock import SystemClock, VirtualClock
from storage.engine import file_of, open_store
from storage.records.rows import CHUNK
from storage.tables.cycles import BROADCAST, NOTICE, PARTICIPANT, READER
from storage.tables.messages import MESSAGE
from storage.tables.tasks import TASK

Json = dict[str, Any]

COUNTED = (PARTICIPANT, TASK, READER, MESSAGE)
WRITTEN = (PARTICIPANT, TASK, BROADCAST, READER, MESSAGE, NOTICE)
HORILLA = 62_000  # µs for one employee's objective with two key results, on a machine like this one
A_WHILE = timedelta(hours=7)  # an hour before the day begins in the first zone, the kick-off is written


async def run(*, sizes: Sequence[int] = (1_000, 10_000, 100_000)) -> Json:
    """Measure and show."""
    rows = [one(size) for size in sizes]
    last, before = rows[-1], rows[-2]
    goals = [
        Goal("s for the most people", last["s"], 15),
        Goal("MiB that the process grew by", last["MiB"] or 0.0, 300),
        Goal("against the same rows by Core", last["× Core"], 3),
        Goal(f"growth from {before['people']:,} to {last['people']:,} people", last["s"] / before["s"], 12),
        Goal("faster for an employee than Horilla", last["× Horilla"], 200, least=True),
    ]
    return show("launch", rows, goals)


def one(size: int) -> Json:
    """One size: launched, and the same rows inserted into an equal database."""
    with sqlite() as url, sqlite() as twin:
        apart(prepared, url, size)
        shutil.copy(str(file_of(url)), str(file_of(twin)))
        launched = apart(launch_and_settle, url)
        seconds, counts = launched.value
        floor = apart(inserted, url, twin).value
    each = seconds * 1e6 / size
    return {
        "people": size,
        **counts,
        "s": seconds,
        "MiB": launched.growth,
        "Core s": floor,
        "× Core": seconds / floor,
        "µs each": each,
        "× Horilla": HORILLA / each,
    }


def prepared(url: str, size: int) -> None:
    """The company, and a cycle that may be launched."""
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, size)
        with store.work() as records:
            draft(records, quarter())


def launch_and_settle(url: str) -> tuple[float, dict[str, int]]:
    """Seconds from HR's step until nothing is left to do, and the rows that there are then."""
    real, clock = SystemClock(), VirtualClock(NOON, speed=0)
    with closing(open_store(url, clock.now)) as store:
        began = real.monotonic()
        launch(store, 1, clock.now())
        settle(store, clock, NOON + A_WHILE)
        seconds = real.monotonic() - began
        with store.engine.begin() as connection:
            counts = {
                f"{table.name}s": connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in COUNTED
            }
    return seconds, counts


def inserted(url: str, twin: str) -> float:
    """Seconds in which plain inserts write the rows that the launch has written, in one transaction."""
    real, seconds = SystemClock(), 0.0
    with (
        closing(open_store(url, lambda: NOON, read_only=True)) as source,
        closing(open_store(twin, lambda: NOON)) as target,
        source.engine.connect() as reading,
        target.engine.connect() as writing,
    ):
        transaction = writing.begin()
        for table in WRITTEN:
            found = reading.execution_options(yield_per=CHUNK).execute(select(table))
            for part in found.partitions():
                rows = [row._asdict() for row in part]
                began = real.monotonic()
                writing.execute(insert(table), rows)
                seconds += real.monotonic() - began
        began = real.monotonic()
        transaction.commit()
        return seconds + real.monotonic() - began
