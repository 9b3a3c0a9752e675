"""The plan of a phase and where it will end: by hand, and that no forecast leaves what is possible."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reports.completion.kept import Group
from flows.reports.completion.pace import (
    Pace,
    daily,
    missing_of,
    pace_of,
    plan_at,
    reach,
    working_days_before,
)
from flows.reports.completion.state import percent_of

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
FRIDAY_AFTER = MONDAY + 11 * DAY  # ten working days


@pytest.mark.parametrize(
    ("today", "percent"),
    [
        (MONDAY - DAY, 0),
        (MONDAY, 0),  # today counts once it is over
        (MONDAY + DAY, 10),
        (MONDAY + 4 * DAY, 40),
        (MONDAY + 5 * DAY, 50),  # Saturday
        (MONDAY + 7 * DAY, 50),  # the second Monday
        (FRIDAY_AFTER, 90),
        (FRIDAY_AFTER + DAY, 100),
        (FRIDAY_AFTER + 90 * DAY, 100),
    ],
)
def test_the_plan_is_the_same_share_on_each_working_day(today: date, percent: int) -> None:
    assert plan_at(MONDAY, FRIDAY_AFTER, today, "DE") == percent


def test_the_plan_rests_on_holidays_and_works_on_make_up_days() -> None:
    national_day = date(2025, 9, 29)  # 2025: 1 to 8 October off, and Sunday 28 September worked
    assert plan_at(national_day - DAY, date(2025, 10, 10), date(2025, 10, 9), "CN") == 60  # 3 of 5
    assert (
        plan_at(date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 8), "DE") == 0
    )  # a weekend has no working day


def test_what_is_done_on_a_day_of_rest_counts_to_the_one_before() -> None:
    days = working_days_before(MONDAY, MONDAY + 8 * DAY, "DE")
    assert days == [MONDAY + n * DAY for n in (1, 2, 3, 4, 7)]
    done = [
        (MONDAY, 9),
        (MONDAY + DAY, 1),
        (MONDAY + 4 * DAY, 2),
        (MONDAY + 6 * DAY, 3),
        (MONDAY + 8 * DAY, 7),
    ]
    assert daily(done, days, MONDAY + 8 * DAY) == [1, 0, 0, 5, 0]
    assert daily(done, [], MONDAY) == []


@pytest.mark.parametrize(
    ("left", "counts", "chance", "spread"),
    [
        (100, [10, 10, 10, 10, 10], 50 / 625, 1),  # 5 days × (100 + 25) chances
        (0, [2, 2], 1, 1),  # 4 of 2 × 2 chances: everybody
        (10, [0, 0, 0], 0, 1),
        (0, [0, 0], 0, 1),
        (100, [0, 0, 0, 0, 50], 50 / 625, 50),  # all on one day: 5 × the spread of chance, and more
    ],
)
def test_the_pace_is_what_was_done_by_the_chances_that_there_were(
    left: int, counts: list[int], chance: float, spread: float
) -> None:
    pace = pace_of(left, counts)
    assert pace is not None
    assert pace.chance == pytest.approx(chance)
    assert pace.spread == pytest.approx(spread)
    assert 0 <= pace.low <= pace.chance <= pace.high <= 1


@pytest.mark.parametrize("counts", [[], [5]])
def test_of_fewer_than_two_working_days_nothing_is_said(counts: list[int]) -> None:
    assert pace_of(100, counts) is None


@pytest.mark.parametrize(
    ("done", "total", "days", "middle"),
    [
        (0, 100, 1, 10),
        (50, 100, 1, 55),
        (50, 100, 3, 64),  # 50 + 50 × 0.271 = 63.55
        (50, 100, 0, 50),
        (100, 100, 9, 100),
        (0, 0, 9, 0),
    ],
)
def test_where_it_ends(done: int, total: int, days: int, middle: int) -> None:
    found = reach(done, total, Pace(0.1, 0.08, 0.12, 1), days)
    assert found.middle == middle
    assert done <= found.low <= middle <= found.high <= total


def test_a_band_that_is_worked_out_by_hand() -> None:
    """100 left, ten a day for five days: c = 0.08, Wilson's 80 % band 0.0672 to 0.0950 (z = 1.2816, n = 625)."""
    pace = pace_of(100, [10] * 5)
    assert pace is not None
    assert (round(pace.low, 4), round(pace.high, 4)) == (0.0672, 0.0950)
    found = reach(50, 150, pace, 5)
    assert (found.low, found.middle, found.high) == (73, 84, 96)


COUNTS = st.lists(st.integers(0, 3000), min_size=2, max_size=5)


@given(COUNTS, st.integers(0, 100_000), st.integers(0, 100_000), st.integers(0, 40))
def test_no_forecast_leaves_what_is_possible(counts: list[int], left: int, before: int, days: int) -> None:
    pace = pace_of(left, counts)
    assert pace is not None
    done = before + sum(counts)
    found = reach(done, done + left, pace, days)
    assert done <= found.low <= found.middle <= found.high <= done + left


@given(COUNTS, st.integers(0, 5000))
def test_more_days_never_mean_less(counts: list[int], left: int) -> None:
    pace = pace_of(left, counts)
    assert pace is not None
    ends = [reach(7, 7 + left, pace, days) for days in range(30)]
    for one, later in pairwise(ends):
        assert one.low <= later.low
        assert one.middle <= later.middle
        assert one.high <= later.high


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 5), st.integers(0, 30), st.floats(0, 1))
def test_a_group_misses_no_more_than_it_has_left(
    left: int, recent: int, days: int, ahead: int, chance: float
) -> None:
    everybody = Pace(chance, chance, chance, 1)
    missing = missing_of(left, recent, days, ahead, everybody)
    assert 0 <= missing <= left
    assert missing_of(left, recent, days, ahead + 1, everybody) <= missing
    assert missing_of(left, recent, days, 0, everybody) == left


def test_a_small_group_is_seen_through_the_pace_of_all() -> None:
    everybody = Pace(0.2, 0.2, 0.2, 1)
    assert missing_of(3, 0, 5, 5, everybody) == 1  # 3 × (1 − 10/65)^5 = 1.3, and not 3
    assert missing_of(300, 0, 5, 5, everybody) == 290  # a large one that has stopped is known to have


def test_four_of_five_outcomes_fall_into_the_band() -> None:
    """Played 400 times from a fixed seed: everybody left finishes on each day with the same chance, which nobody is told."""
    chance, total, gone, ahead, inside = 0.07, 400, 6, 5, 0
    random = Random(7)
    for _ in range(400):
        left, counts = total, []
        for _ in range(gone):
            today = sum(random.random() < chance for _ in range(left))
            left -= today
            counts.append(today)
        pace = pace_of(left, counts[-5:])
        assert pace is not None
        found = reach(total - left, total, pace, ahead)
        end = left
        for _ in range(ahead):
            end -= sum(random.random() < chance for _ in range(end))
        inside += found.low <= total - end <= found.high
    assert 0.8 <= inside / 400 <= 0.99


def test_percent_of_nothing_is_nothing() -> None:
    assert percent_of(0, 0) == 0
    assert percent_of(1, 3) == Decimal("33.3")
    assert Group("Sales", "self", 1, 0, 2).left == 2
