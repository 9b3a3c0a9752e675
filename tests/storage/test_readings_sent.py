"""Readings that are sent in their thousands: found by their keys, corrected, and written by two at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flows.goals.kept import Reading
from storage.engine import Store
from storage.staging import Staging

BEGUN = date(2026, 1, 1)


def reading(now: Any, who: int, nth: int, value: int) -> Reading:
    day = BEGUN + timedelta(days=nth)
    return Reading(0, f"metric/orders/person/{who}", day.isoformat(), day, Decimal(value), "api", now)


def kept(store: Store, readings: Sequence[Reading]) -> tuple[int, int, int]:
    with store.work() as records:
        return records.readings.keep(readings)


def test_keys_are_found_however_people_and_days_are_mixed(store: Store, now: Any) -> None:
    crossed = [reading(now, nth % 7, nth, nth) for nth in range(300)]
    assert kept(store, crossed) == (300, 0, 0)
    assert kept(store, crossed[::-1]) == (0, 0, 300)
    # The same people and days, but other pairs of them.
    others = [reading(now, (nth + 1) % 7, nth, nth) for nth in range(300)]
    changed = [reading(now, nth % 7, nth, nth + 1) for nth in range(100)]
    assert kept(store, [*others, *changed, *crossed[100:]]) == (300, 100, 200)
    with store.work() as records:
        assert [one.value for one in records.readings.history("metric/orders/person/0", "2026-01-01")] == [
            0,
            1,
        ]


def test_two_that_send_the_same_at_once_keep_it_once(store: Store, now: Any) -> None:
    for turn in range(5):
        batch = [reading(now, turn, nth, nth) for nth in range(50)]
        with ThreadPoolExecutor(2) as pool:
            counts = list(pool.map(lambda rows: kept(store, rows), [batch, batch[::-1]]))
        assert sorted(counts) == [(0, 0, 50), (50, 0, 0)]


def test_people_are_found_by_their_addresses(store: Store, hire: Any) -> None:
    ann, bo = hire("Ann"), hire("Bo", active=False)
    with store.work() as records:
        assert records.people.by_emails(
            ["BO@example.com ", "ann@example.com", "nobody@x", "ann@example.com"]
        ) == [ann, bo]
        assert records.people.by_emails([]) == []


def test_what_is_staged_comes_out_once_in_order(now: Any) -> None:
    staging = Staging()
    rows = [(f"s{nth % 10}", f"{nth:04}", BEGUN, Decimal(f"{nth}.2500"), "注") for nth in range(1000)]
    staging.put(rows[500:])
    staging.put([(*row[:3], Decimal(-1), "") for row in rows[:600]])
    staging.put(rows[:500])
    parts = list(staging.parts(300))
    assert [len(part) for part in parts] == [300, 300, 300, 100]
    found = [row for part in parts for row in part]
    assert found == sorted(found, key=lambda row: row[:2])
    assert sorted(found) == sorted(
        [*rows[:500], *((*row[:3], Decimal(-1), "") for row in rows[500:600]), *rows[600:]]
    )
    staging.close()
