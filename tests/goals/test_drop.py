"""A sudden drop is seen within days; noise, a Sunday, a holiday and a single outlier are none."""

from __future__ import annotations

import random
from datetime import date

import pytest

from flows.goals.signals.drop import has_dropped

MONDAY = date(2026, 9, 7).toordinal()
WEEK = (120.0, 110.0, 100.0, 105.0, 130.0, 60.0, 40.0)
CHANCE = random.Random


def orders(chance: random.Random, days: int, noise: float = 0.1) -> list[float]:
    """Daily orders with a weekly season and noise, as a share of a usual day's 95."""
    return [WEEK[day % 7] + chance.gauss(0, noise * 95) for day in range(days)]


def seen(
    values: list[float], *, country: str | None = "CN", first: int = MONDAY, lower: bool = False
) -> bool:
    days = [first + number for number in range(len(values))]
    return has_dropped(days, values, lower, country, days[-1])


def looks(values: list[float], begin: int) -> list[bool]:
    """What each night's look says from the day `begin` on."""
    return [seen(values[:known], country=None) for known in range(begin, len(values) + 1)]


def test_orders_that_fall_by_half_are_seen_within_a_week() -> None:
    for seed in range(20):
        values = orders(CHANCE(seed), 63)
        values[56:] = [value / 2 for value in values[56:]]
        assert any(looks(values, 57)), seed


def test_what_is_better_lower_drops_by_rising() -> None:
    values = orders(CHANCE(1), 60)
    values[56:] = [value * 2 for value in values[56:]]
    assert seen(values, lower=True)
    assert not seen(values)


def test_noise_is_seldom_an_alarm() -> None:
    nights = [
        found
        for seed in range(100)
        for found in looks(orders(CHANCE(seed), 110, CHANCE(seed).uniform(0.05, 0.3)), 51)
    ]
    assert sum(nights) / len(nights) < 0.001


def test_a_week_has_its_own_rhythm() -> None:
    values = orders(CHANCE(3), 63, noise=0.02)
    assert not any(looks(values, 50))


def test_one_outlier_is_no_drop() -> None:
    for at in (-1, -2):
        values = orders(CHANCE(4), 63)
        values[at] = 0.0
        assert not seen(values, country=None)


def test_a_holiday_is_no_drop() -> None:
    first = date(2026, 8, 7).toordinal()
    values = orders(CHANCE(5), 60)
    for number in range(60):
        if date(2026, 10, 1).toordinal() <= first + number <= date(2026, 10, 7).toordinal():
            values[number] = 5.0
    assert not seen(values, first=first)
    assert seen(values, first=first, country="US")


def weekly(values: list[float], today: int = 0) -> bool:
    days = [MONDAY + 7 * number for number in range(len(values))]
    return has_dropped(days, values, False, "CN", days[-1] + today)


@pytest.mark.parametrize(
    ("what", "values", "drops"),
    [
        ("a growing line that falls", [10, 20, 31, 40, 52, 60, 71, 40], True),
        ("a growing line", [10, 20, 31, 40, 52, 60, 71, 80], False),
        ("a line that stands still for once", [10, 20, 31, 40, 52, 60, 71, 71], False),
        ("a level that falls", [100, 101, 99, 100, 102, 98, 100, 60], True),
        ("a level that falls a little", [100, 101, 99, 100, 102, 98, 100, 93], False),
        ("a level that always jumps", [100, 60, 105, 55, 98, 61, 102, 58], False),
        ("it fell two readings ago", [100, 101, 99, 100, 102, 98, 100, 60, 62], True),
        ("it fell, and more than half is made good", [100, 101, 99, 100, 102, 98, 100, 60, 85], False),
        ("too few readings", [100, 100, 100, 100, 100, 20], False),
        ("it never moved", [5, 5, 5, 5, 5, 5, 5, 5], False),
    ],
)
def test_readings_week_by_week(what: str, values: list[float], drops: bool) -> None:
    assert weekly([float(value) for value in values]) is drops, what


def test_a_drop_of_long_ago_is_none() -> None:
    assert not weekly([100.0, 101.0, 99.0, 100.0, 102.0, 98.0, 100.0, 60.0], today=22)


def test_noise_week_by_week_is_seldom_an_alarm() -> None:
    found = []
    for seed in range(1500):
        chance = CHANCE(seed)
        slope, noise = chance.uniform(0, 5), chance.uniform(2, 15)
        found.append(weekly([80 + slope * week + chance.gauss(0, noise) for week in range(8)]))
    assert sum(found) / len(found) < 0.02
