"""The forecast's 80 % band against series whose end is known: it holds the end in four of five cases, over all."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.goals.kept import Gather
from flows.goals.measure.forecast import band, expected_end

Series = list[tuple[int, float]]
Family = Callable[[random.Random], Series]
WEEKS, DAYS, TRIES = 13, 91, 400


def straight(chance: random.Random) -> Series:
    """A trend with noise of up to three weeks' progress."""
    slope = chance.uniform(0.5, 10)
    noise, start = chance.uniform(0.2, 3) * slope, chance.uniform(0, 100)
    return [(7 * week, start + slope * week + chance.gauss(0, noise)) for week in range(WEEKS)]


def walking(chance: random.Random) -> Series:
    """A random walk with drift."""
    drift = chance.uniform(0.5, 10)
    noise, value, drawn = chance.uniform(0.1, 2) * drift, chance.uniform(0, 100), []
    for week in range(WEEKS):
        drawn.append((7 * week, value))
        value += drift + chance.gauss(0, noise)
    return drawn


def aimless(chance: random.Random) -> Series:
    """A random walk that goes nowhere: the hardest, for every stretch of it looks like a course."""
    noise, value, drawn = chance.uniform(1, 5), chance.uniform(50, 100), []
    for week in range(WEEKS):
        drawn.append((7 * week, value))
        value += chance.gauss(0, noise)
    return drawn


def levelling_out(chance: random.Random) -> Series:
    """Quick at first, then slower and slower."""
    most, pace = chance.uniform(20, 200), chance.uniform(3, 12)
    noise = chance.uniform(0.005, 0.06) * most
    return [(7 * week, most * (1 - math.exp(-week / pace)) + chance.gauss(0, noise)) for week in range(WEEKS)]


def by_weekday(chance: random.Random) -> Series:
    """Daily values with a weekly season, a slight trend and noise."""
    level, slope = chance.uniform(50, 200), chance.uniform(-0.3, 0.6)
    season, noise = weekdays(chance, level), chance.uniform(0.03, 0.15) * level
    return [(day, level + slope * day + season[day % 7] + chance.gauss(0, noise)) for day in range(DAYS)]


def with_gaps(chance: random.Random) -> Series:
    """9 to 20 readings on any days: half of them a trend with noise, half a random walk with drift."""
    slope, value, daily = chance.uniform(0.1, 1.5), 0.0, []
    jumps = chance.random() < 0.5
    noise = (chance.uniform(0.3, 4) if jumps else chance.uniform(1, 15)) * slope
    for day in range(DAYS):
        surprise = chance.gauss(0, noise)
        daily.append((day, value if jumps else slope * day + surprise))
        value += slope + surprise
    return [daily[day] for day in sorted(chance.sample(range(DAYS - 1), chance.randint(9, 20)))] + daily[-1:]


def daily_orders(chance: random.Random) -> Series:
    """Daily orders, to be summed."""
    level, slope = chance.uniform(50, 200), chance.uniform(-0.003, 0.003)
    season, noise = weekdays(chance, level), chance.uniform(0.05, 0.3) * level
    return [
        (day, level * (1 + slope * day) + season[day % 7] + chance.gauss(0, noise)) for day in range(DAYS)
    ]


def wandering_orders(chance: random.Random) -> Series:
    """Daily orders whose level wanders, to be summed: the sum of what wanders is wider than it looks."""
    level, moved = chance.uniform(50, 200), 0.0
    season, noise, drawn = weekdays(chance, level), chance.uniform(0.05, 0.3) * level, []
    for day in range(DAYS):
        moved += chance.gauss(0, 0.02 * level)
        drawn.append((day, level + moved + season[day % 7] + chance.gauss(0, noise)))
    return drawn


def weekly_orders(chance: random.Random) -> Series:
    """Weekly orders, to be summed."""
    level = chance.uniform(50, 200)
    noise, slope = chance.uniform(0.05, 0.4) * level, chance.uniform(-0.03, 0.06) * level
    return [(7 * week, level + slope * week + chance.gauss(0, noise)) for week in range(WEEKS)]


def weekdays(chance: random.Random, level: float) -> list[float]:
    return [chance.uniform(-0.4, 0.4) * level for _ in range(7)]


FAMILIES: list[tuple[Family, Gather, float, float]] = [
    # the family, how its value is made, and between which shares its band must hold the end
    (straight, "latest", 0.85, 0.95),
    (walking, "latest", 0.7, 0.82),
    (aimless, "latest", 0.6, 0.72),
    (levelling_out, "latest", 0.88, 0.97),
    (by_weekday, "latest", 0.78, 0.9),
    (with_gaps, "latest", 0.75, 0.88),
    (daily_orders, "sum", 0.75, 0.9),
    (wandering_orders, "sum", 0.62, 0.75),
    (weekly_orders, "sum", 0.85, 0.95),
]


def held(family: Family, gather: Gather) -> float:
    """In which share of the tries the band held the end, forecast from a third of the way to shortly before it."""
    chance, hits = random.Random(family.__name__), 0
    for _ in range(TRIES):
        series = family(chance)
        known = min(max(5, int(len(series) * chance.uniform(0.35, 0.92))), len(series) - 1)
        end = series[-1][1] if gather == "latest" else sum(value for _, value in series)
        found = band(
            [day for day, _ in series[:known]], [value for _, value in series[:known]], series[-1][0], gather
        )
        assert found is not None
        assert found.low <= found.middle <= found.high
        hits += found.low <= end <= found.high
    return hits / TRIES


@pytest.mark.parametrize(
    ("family", "gather", "least", "most"), FAMILIES, ids=[row[0].__name__ for row in FAMILIES]
)
def test_each_family_is_held_as_often_as_the_docstring_says(
    family: Family, gather: Gather, least: float, most: float
) -> None:
    assert least <= held(family, gather) <= most


def test_over_all_the_band_holds_four_of_five() -> None:
    shares = [held(family, gather) for family, gather, _, _ in FAMILIES]
    assert 0.75 <= sum(shares) / len(shares) <= 0.85


def test_a_straight_line_goes_on() -> None:
    found = band(range(0, 70, 7), [3.0 * week for week in range(10)], 84)
    assert found is not None
    assert found.middle == pytest.approx(36, abs=0.5)
    assert found.high - found.low < 3


def test_what_never_changes_does_not() -> None:
    found = band(range(0, 70, 7), [5.0] * 10, 84)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(5, abs=0.01), pytest.approx(5, abs=0.01))


def test_a_sum_adds_what_is_still_to_come() -> None:
    found = band(range(0, 70, 7), [10.0] * 10, 63 + 21, "sum")
    assert found is not None
    assert found.middle == pytest.approx(130, abs=0.1)
    mean = band(range(0, 70, 7), [10.0] * 10, 63 + 21, "mean")
    assert mean is not None
    assert mean.middle == pytest.approx(10, abs=0.01)


def test_too_little_is_known_for_a_forecast() -> None:
    start = date(2026, 1, 5)
    points = [(start + timedelta(weeks=week), float(week)) for week in range(3)]
    assert expected_end(points, date(2026, 3, 31)) is None
    assert expected_end([], date(2026, 3, 31)) is None
    assert expected_end([*points, (start + timedelta(weeks=3), 3.0)], start) is None
    assert band([1, 1, 1, 1], [1.0, 2.0, 3.0, 4.0], 9) is None


@given(
    st.lists(st.tuples(st.integers(0, 400), st.floats(-1e14, 1e14)), min_size=4, max_size=60),
    st.integers(1, 400),
    st.sampled_from(["latest", "sum", "mean"]),
)
def test_any_readings_have_a_finite_band_or_none(readings: Series, ahead: int, gather: Gather) -> None:
    readings = sorted(readings)
    days = [day for day, _ in readings]
    found = band(days, [value for _, value in readings], days[-1] + ahead, gather)
    if found is not None:
        assert all(math.isfinite(value) for value in (found.low, found.middle, found.high))
        assert found.low <= found.middle <= found.high
