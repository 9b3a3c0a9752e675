"""Readings: one current value for a period, whatever was said before it, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.goals.kept import Reading
from flows.goals.measure.series import metric_series, series_of
from storage.engine import Store

MINE = series_of(7)
ORDERS = metric_series("orders 😀", "person", 7)


@pytest.fixture
def reading(now: Any) -> Any:
    def made(week: int, value: object, series: str = MINE, **other: Any) -> Reading:
        day = date(2026, 11, 1) + timedelta(weeks=week)
        reading = Reading(0, series, f"2026-W{week:02}", day, Decimal(str(value)), "api", now)
        return replace(reading, **other)

    return made


def values(found: dict[str, list[Reading]], series: str = MINE) -> list[str]:
    return [str(reading.value) for reading in found.get(series, [])]


def test_a_reading_is_kept_whole(store: Store, hire: Any, reading: Any) -> None:
    ann = hire("Ann")
    with store.work() as records:
        token, _ = records.tokens.make("CRM", [], [], ann.id, reading(1, 1).at)
        whole = reading(
            1, "-12.3456", ORDERS, source="checkin", by=ann.id, token=token.id, confidence=7, note="少两单"
        )
        assert records.readings.keep([whole]) == (1, 0, 0)
        (kept,) = records.readings.of([ORDERS, MINE])[ORDERS]
        assert kept == replace(whole, id=kept.id)
        assert records.readings.get(kept.id) == kept
        assert records.readings.get(999) is None


def test_a_correction_stays_beside_what_it_replaced(store: Store, reading: Any, now: Any) -> None:
    with store.work() as records:
        keep = records.readings.keep
        assert keep([reading(2, 20), reading(1, 10)]) == (2, 0, 0)
        assert keep([reading(1, 10)]) == (0, 0, 1)
        later = now + timedelta(hours=1)
        assert keep([reading(1, 11, at=later), reading(3, 30), reading(2, 20)]) == (1, 1, 1)
        assert values(records.readings.of([MINE])) == ["11", "20", "30"]
        assert records.readings.plain([MINE, ORDERS]) == {
            MINE: [(date(2026, 11, 8), 11.0), (date(2026, 11, 15), 20.0), (date(2026, 11, 22), 30.0)]
        }
        both = records.readings.history(MINE, "2026-W01")
        assert [(str(r.value), r.current, r.at) for r in both] == [("10", False, now), ("11", True, later)]
        assert records.readings.history(MINE, "2026-W09") == []


def test_of_two_for_one_period_the_later_wins(store: Store, reading: Any) -> None:
    with store.work() as records:
        assert records.readings.keep([reading(1, 10), reading(1, 12)])[:2] == (1, 0)
        assert values(records.readings.of([MINE])) == ["12"]


def test_one_series_leaves_another_alone(store: Store, reading: Any) -> None:
    with store.work() as records:
        records.readings.keep([reading(1, 10), reading(1, 99, ORDERS)])
        records.readings.keep([reading(1, 11)])
        found = records.readings.of([MINE, ORDERS])
        assert (values(found), values(found, ORDERS)) == (["11"], ["99"])


def test_what_a_checkin_says_again_is_kept_for_its_note_and_confidence(store: Store, reading: Any) -> None:
    with store.work() as records:
        records.readings.keep([reading(1, 10)])
        said = reading(1, 10, source="checkin", confidence=5, note="Still open")
        assert records.readings.keep([said]) == (0, 1, 0)
        assert [r.note for r in records.readings.history(MINE, "2026-W01")] == ["", "Still open"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 4), st.integers(-3, 3), st.sampled_from([MINE, ORDERS])), max_size=5
        ),
        max_size=5,
    )
)
def test_whatever_comes_the_last_word_stands_and_nothing_is_lost(
    store: Store, reading: Any, batches: list[list[tuple[int, int, str]]]
) -> None:
    with store.work() as records:
        before = {name: records.readings.of([name]).get(name, []) for name in (MINE, ORDERS)}
        expected = {(name, r.period): r.value for name, found in before.items() for r in found}
        kept = sum(len(records.readings.history(*key)) for key in expected)
        for batch in batches:
            made = [reading(week, value, series) for week, value, series in batch]
            last = {(r.series, r.period): r.value for r in made}
            new = sum(key not in expected for key in last)
            corrected = sum(expected.get(key, value) != value for key, value in last.items())
            assert records.readings.keep(made) == (new, corrected, len(made) - new - corrected)
            expected |= last
            kept += new + corrected
        found = records.readings.of([MINE, ORDERS])
        assert {(r.series, r.period): r.value for many in found.values() for r in many} == expected
        histories = [records.readings.history(*key) for key in expected]
        assert sum(map(len, histories)) == kept
        assert all(sum(r.current for r in history) == 1 for history in histories)


def test_the_same_import_again_does_not_undo_what_a_hand_corrected(
    store: Store, hire: Any, reading: Any
) -> None:
    ann = hire("Ann")
    with store.work() as records:
        keep = records.readings.keep
        keep([reading(1, 100), reading(2, 50)])
        by_hand = reading(1, 90, source="goal", by=ann.id, note="Ten were sent back")
        assert keep([by_hand]) == (0, 1, 0)
        assert keep([reading(1, 100), reading(2, 50)]) == (0, 0, 2)
        assert values(records.readings.of([MINE])) == ["90", "50"]
        assert keep([reading(1, 95, source="import")]) == (0, 1, 0)  # it says something new
        assert keep([by_hand]) == (0, 1, 0)
        assert keep([reading(1, 100)]) == (0, 1, 0)  # not what it said last
        assert [str(r.value) for r in records.readings.history(MINE, "2026-W01")] == [
            "100", "90", "95", "90", "100"
        ]  # fmt: skip
