"""What every report costs among 100,000 people, beside the same arithmetic in plain SQL in the same run.

Each is made from the records in a process of its own, by HR for the whole company, by everything that it can be sorted
by, and once for everybody below the head of the company. Drawing it is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import asdict
from typing import Any

from bot.bench.apart import apart
from bot.bench.databases import postgresql, sqlite
from bot.bench.report import Goal, show
from bot.bench.reports_company import Made, company
from bot.bench.reports_floor import FLOORS, look
from bot.bench.staff import NOON
from bot.bench.steps import known
from bot.build import keep_loaded
from bot.clock import SystemClock
from flows.reports.frame.filters import Filters
from flows.reports.frame.meant import made
from flows.reports.kinds import REPORTS
from flows.reports.report import ReportKind
from storage.engine import open_store

Json = dict[str, Any]
HEAD, HR = 1, 2  # person 1 leads everybody; 2 is HR for the company
SECONDS, MEMORY, TIMES = 3.0, 300.0, 3.0
ROUNDS = 3
OF_RESULTS = ("ratings", "strictness", "strengths", "changes", "appeals", "plans")  # of a cycle that is over


async def run(
    *, people: int = 100_000, with_postgresql: bool = False, kinds: Sequence[ReportKind] = REPORTS
) -> Json:
    """Measure and show."""
    rows = list(measured(people, kinds, "SQLite", sqlite))
    if with_postgresql:
        rows += measured(people, kinds, "PostgreSQL", postgresql)
    goals = [
        Goal("slowest report, s", max(row["s"] for row in rows), SECONDS),
        Goal("largest report, MiB that the process grew by", max(row["MiB"] or 0.0 for row in rows), MEMORY),
        Goal("furthest from plain SQL, times", max(row["× plain"] or 0.0 for row in rows), TIMES),
    ]
    return show("reports", rows, goals, people=people)


def measured(
    people: int,
    kinds: Sequence[ReportKind],
    name: str,
    database: Callable[[], AbstractContextManager[str | None]],
) -> Iterator[Json]:
    """A row for each report on that database."""
    with database() as url:
        if url is None:
            return
        cycles = apart(company, url, people).value
        floors = apart(plain, url, cycles, [what for what, _, _ in asked(kinds, cycles)]).value
        for what, reader, filters in asked(kinds, cycles):
            ours, least = apart(seconds, url, reader, filters), floors.get(what)
            took, used, number = ours.value
            yield {
                "report": what, "database": name, "rows": number, "s": took, "CPU s": used, "MiB": ours.growth, "plain s": least,
                "× plain": took / least if least else None,
            }  # fmt: skip


def asked(kinds: Sequence[ReportKind], cycles: Made) -> Iterator[tuple[str, int, Filters]]:
    """Every report as (what it is called, who asks, what they chose)."""
    for kind in kinds:
        cycle = cycles.before if kind.name in OF_RESULTS else cycles.now if kind.needs_cycle else 0
        for by in kind.bys or ("",):
            yield f"{kind.name} {by}".strip(), HR, Filters(kind.name, "all", cycle, by)
        if kind.readers == "leads":
            yield f"{kind.name} below the head", HEAD, Filters(kind.name, f"b:{HEAD}", cycle)


def seconds(url: str, reader: int, filters: Filters) -> tuple[float, float, int]:
    """How long it takes, and of the process's CPU, at best: what disturbs only ever adds. How many rows its tables have."""
    real, times, cpu, rows = SystemClock(), [], [], 0
    keep_loaded()
    with closing(open_store(url, lambda: NOON)) as store:
        for _ in range(ROUNDS):
            began, used = real.monotonic(), time.process_time()
            with store.work() as records:
                report = made(records, known(records, reader), filters, NOON)
            times.append(real.monotonic() - began)
            cpu.append(time.process_time() - used)
            rows = sum(len(table.rows) for table in report.tables)
    return min(times), min(cpu), rows


def plain(url: str, cycles: Made, reports: Sequence[str]) -> dict[str, float]:
    """The seconds of the plain statements of each of these that has any."""
    real, found = SystemClock(), {}
    with (
        closing(open_store(url, lambda: NOON, read_only=True)) as store,
        store.engine.connect() as connection,
    ):
        for what in FLOORS.keys() & set(reports):
            times = []
            for _ in range(ROUNDS):
                began = real.monotonic()
                look(connection, FLOORS[what], asdict(cycles))
                times.append(real.monotonic() - began)
            found[what] = min(times)
    return found
