"""Replicas share Slack's rates, the database's connections, and work in slices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import structlog
from sqlalchemy.exc import DBAPIError

import flows
from bot.buckets import Buckets, Limit
from bot.clock import VirtualClock
from bot.findings import Finding
from bot.replicas import BESIDE, examine_connections, judged
from bot.rounds import LATER, Tick
from bot.settings import Settings
from flows.core.catalog import Catalog, SweepKind
from flows.cycle.kept import Sweep
from storage.connections import Room
from storage.engine import open_store
from storage.work import Work

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
POST = "post"


def leaving(replicas: list[Buckets], clock: VirtualClock, seconds: int) -> int:
    """How many posts all of them let go within so many seconds."""
    gone = 0
    for _ in range(seconds * 20):
        gone += sum(one.grab(POST) for one in replicas for _ in range(5))
        clock.advance(0.05)
    return gone


@pytest.mark.parametrize("among", [1, 2, 3, 5])
def test_together_they_keep_to_the_rate_of_one(among: int) -> None:
    clock = VirtualClock(NOW, speed=0)
    replicas = [Buckets(clock, {POST: Limit(240, 4)}) for _ in range(among)]
    for one in replicas:
        one.share(among)
    assert 240 * 10 - among <= leaving(replicas, clock, 600) <= 240 * 10 + max(4, among)


def test_who_joins_takes_a_part_and_who_leaves_gives_it_back() -> None:
    clock = VirtualClock(NOW, speed=0)
    one = Buckets(clock, {POST: Limit(60, 1)}, Limit(60, 3))
    assert leaving([one], clock, 60) == 60
    one.share(3)
    assert leaving([one], clock, 60) == 20
    one.share(0)
    assert leaving([one], clock, 60) == 60, "nobody is counted while the connection is lost: it is alone"
    assert one.grab("free")
    assert [one.grab("free", "C1") for _ in range(4)] == [True, True, True, False], (
        "a channel's limit is whole"
    )


@pytest.mark.parametrize(
    ("room", "pool", "expected"),
    [
        (Room(97, 0, 3), 8, Finding("ok", "connections: 3 replicas and one more at a restart take up to 40 of 97")),
        (Room(20, 0, 0), 8, Finding("ok", "connections: 1 replica and one more at a restart take up to 20 of 20")),
        (
            Room(20, 1, 1), 8,
            Finding(
                "warn", "connections: 1 replica and one more at a restart take up to 20 of 19",
                "Raise max_connections of the PostgreSQL, or set PERFLOOP_DATABASE_CONNECTIONS to 7 or less.",
            ),
        ),
        (
            Room(20, 0, 9), 8,
            Finding(
                "warn", "connections: 9 replicas and one more at a restart take up to 100 of 20",
                "Raise max_connections of the PostgreSQL.",
            ),
        ),
    ],
)  # fmt: skip
def test_whether_there_are_connections_enough(room: Room, pool: int, expected: Finding) -> None:
    assert judged(room, pool) == expected


def test_the_doctor_asks_the_database_itself(postgresql_url: str, sqlite_url: str) -> None:
    def examined(url: str) -> list[Finding]:
        settings = Settings.read({"PERFLOOP_DATABASE_URL": url, "PERFLOOP_DATABASE_CONNECTIONS": "4"})
        return list(examine_connections(settings, lambda: NOW))

    (found,) = examined(postgresql_url)
    assert (found.state, f"take up to {2 * (4 + BESIDE)} of" in found.what) == ("ok", True)
    assert examined(sqlite_url) == []


def test_a_process_never_has_more_connections_than_it_was_allowed(postgresql_url: str) -> None:
    with closing(open_store(postgresql_url, lambda: NOW, connections=3)) as store:
        assert store.threads == 3
        pool = store.engine.pool
        held: list[Callable[[], None]] = [store.engine.connect().close for _ in range(3)]
        assert pool.checkedout() == 3  # type: ignore[attr-defined]
        assert pool.overflow() == 0  # type: ignore[attr-defined]
        for close in held:
            close()


@pytest.mark.parametrize("other_went_on", [False, True])
def test_a_slice_that_fails_is_put_off_and_one_that_another_did_meanwhile_stays_as_it_left_it(
    postgresql_url: str, other_went_on: bool
) -> None:
    work = Sweep("bench.broken/1", {}, NOW)
    with (
        closing(open_store(postgresql_url, lambda: NOW)) as ours,
        closing(open_store(postgresql_url, lambda: NOW)) as theirs,
    ):
        with ours.work() as records:
            records.sweeps.plan(work)

        def breaks(_records: Work, _due: Sweep, _now: datetime) -> Sweep:
            raise RuntimeError("the step is broken")

        def slept(records: Work, due: Sweep, _now: datetime) -> Sweep:
            """The server ends our transaction; the other does the slice; then we wake."""
            mine = records._connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with theirs.engine.begin() as ending:
                ending.exec_driver_sql(f"SELECT pg_terminate_backend({mine})")
            with theirs.work() as others:
                others.sweeps.save(replace(due, cursor=500))
            return replace(due, cursor=200)

        step = SweepKind("bench.broken", slept if other_went_on else breaks)
        undone = pytest.raises(DBAPIError) if other_went_on else nullcontext()
        with structlog.testing.capture_logs(), undone:
            assert Tick(ours, replace(Catalog.find(flows), sweeps={"bench.broken": step}), NOW).sweep()
        with ours.work() as records:
            kept = records.sweeps.get(work.key)
        assert kept == (replace(work, cursor=500) if other_went_on else replace(work, due_at=NOW + LATER))
