"""How far it goes: what a company of 10,000 and 100,000 takes, measured, and of 1,000,000, by the formula beside it.

Everything is measured on PostgreSQL, which a company of this size needs; how fast Slack lets messages leave is reckoned
from the rates that the bot keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, func, select, text

from bot.bench.apart import apart
from bot.bench.databases import NoServer, postgresql
from bot.bench.filled import programme
from bot.bench.launch import A_WHILE, launch_and_settle, prepared
from bot.bench.report import Goal, show
from bot.bench.reviewed import reviewed
from bot.bench.staff import NOON
from bot.bench.steps import tick
from bot.bench.yearly import PACES, YEAR, Weight, a_year, rate_of
from bot.build import catalog
from bot.clock import SystemClock
from storage.engine import Store, open_store
from storage.tables.every import METADATA
from storage.tables.messages import MESSAGE

Json = dict[str, Any]

TARGET = 1_000_000
IN_HAND = 4  # messages that a turn of the sender may claim
ROUNDS = 9
SIZE = text("SELECT pg_total_relation_size(:name), pg_indexes_size(:name)")
DAY = 24.0  # hours
LAUNCHED = ("message", "reader")  # weighed where a cycle was launched


async def run(*, sizes: Sequence[int] = (10_000, 100_000), weighed: int = 10_000) -> Json:
    """Measure and show. The rows' sizes are measured with `weighed` people: they don't depend on how many there are."""
    with postgresql() as url:
        if url is None:
            raise NoServer
        weights = apart(weigh, url, weighed).value
    times: dict[int, dict[str, float]] = {}
    for size in sizes:
        with postgresql() as url:
            times[size], launched = apart(one, url or "", size).value
        weights |= {name: launched[name] for name in LAUNCHED}
    rows = [*grown(weights, sizes), *timed(times, sizes), *paced(sizes)]
    goals = [
        Goal(
            "an idle tick with the most people measured, ms", times[sizes[-1]]["a tick without work, ms"], 100
        ),
        Goal("a claim with the most people measured, ms", times[sizes[-1]]["a claim, ms"], 100),
    ]
    return show("capacity", rows, goals, weighed={name: vars_of(one) for name, one in weights.items()})


def weigh(url: str, people: int) -> dict[str, Weight]:
    """What the rows of each table take in a company that has worked for a while."""
    with TemporaryDirectory() as folder:
        reviewed(url, people, locked=True)
        with closing(open_store(url, lambda: NOON, keys=Path(folder))) as store:
            programme(store, people)
            return weights_of(store)


def one(url: str, size: int) -> tuple[dict[str, float], dict[str, Weight]]:
    """What a company of that size takes, and what its rows take once its cycle was launched and waits for its hour."""
    prepared(url, size)
    seconds, _ = launch_and_settle(url)
    with closing(open_store(url, lambda: NOON)) as store:
        return {"launch, s": seconds, **looked(store)}, weights_of(store)


def weights_of(store: Store) -> dict[str, Weight]:
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        return dict(_weights(connection))


def _weights(connection: Connection) -> Iterator[tuple[str, Weight]]:
    for table in METADATA.sorted_tables:
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if table.name in YEAR and rows:
            whole, indexes = connection.execute(SIZE, {"name": table.name}).one()
            yield table.name, Weight(rows, whole / rows, indexes / rows)


def looked(store: Store) -> dict[str, float]:
    """Milliseconds of a tick that finds nothing to do, and of a claim beside everybody's waiting kick-off."""
    known, clock = catalog()[0], SystemClock()
    later = NOON + A_WHILE
    tick(store, known, later)
    with store.engine.begin() as connection:
        waits = select(func.count()).select_from(MESSAGE).where(MESSAGE.c.state == "waiting")
        waiting = connection.execute(waits).scalar_one()
        last = connection.execute(select(func.max(MESSAGE.c.due_at))).scalar_one()
    ticks = [seconds(clock, lambda: tick(store, known, later)) for _ in range(ROUNDS)]

    def claim() -> None:
        with store.work() as records:
            records.outbox.claim(last, IN_HAND, sending=True)
            records.outbox.next_moment()

    claims = [seconds(clock, claim) for _ in range(ROUNDS)]
    return {
        "messages that wait": waiting,
        "a tick without work, ms": median(ticks) * 1000,
        "a claim, ms": median(claims) * 1000,
    }


def seconds(clock: SystemClock, work: Any) -> float:
    began = clock.monotonic()
    work()
    return clock.monotonic() - began


def grown(weights: dict[str, Weight], sizes: Sequence[int]) -> Iterator[Json]:
    """GB that each table grows by in a year, and all together."""
    whole = dict.fromkeys((*sizes, TARGET), 0.0)
    for name in sorted(weights, key=lambda one: -a_year(one, weights[one], TARGET)):
        weight, (times, reason) = weights[name], YEAR[name]
        found = {size: a_year(name, weight, size) for size in whole}
        whole = {size: gb + found[size] for size, gb in whole.items()}
        how = (
            f"people × {times} rows ({reason}) × {weight.each:,.0f} B, of which indexes {weight.indexes:,.0f}"
        )
        yield {"what": f"{name}, GB a year", **shown(found), "how": how}
    yield {"what": "all of these, GB a year", **shown(whole), "how": "the sum"}


def timed(times: dict[int, dict[str, float]], sizes: Sequence[int]) -> Iterator[Json]:
    """What was measured, and the power law through both figures for the largest company."""
    fewer, more = sizes[-2], sizes[-1]
    for name in times[more]:
        low, high = times[fewer][name], times[more][name]
        power = log(high / low) / log(more / fewer) if high > low > 0 else 0.0
        reckoned = high * (TARGET / more) ** power
        how = f"measured; × (people / {more:,}) ^ {power:.2f}"
        yield {
            "what": name,
            **shown({**{size: times[size][name] for size in sizes}, TARGET: reckoned}),
            "how": how,
        }


def paced(sizes: Sequence[int]) -> Iterator[Json]:
    """What goes at Slack's pace, on any machine."""
    every = (*sizes, TARGET)
    for pace in PACES:
        how = f"people × {pace.calls:g} {pace.reason} / {rate_of(pace.method):g} a minute ({pace.method})"
        yield {"what": f"{pace.what}, hours", **shown({size: pace.hours(size) for size in every}), "how": how}
    share = {size: min(1.0, DAY / PACES[0].hours(size)) * 100 for size in every}
    yield {"what": "people who can get a message on one day, %", **shown(share), "how": "24 h of posts"}


def shown(figures: dict[int, float]) -> Json:
    return {f"{size:,}": figure for size, figure in figures.items()}


def vars_of(weight: Weight) -> Json:
    return {"rows": weight.rows, "bytes": weight.each, "of indexes": weight.indexes}
