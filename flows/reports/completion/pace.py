"""The plan of a phase at a moment, and where it will end at the pace of the last working days, with an 80 % band."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, sqrt

from flows.cycle.calendar import DAY, is_working_day

Z = 1.2816  # of a band that four in five outcomes fall into
PAST = 5  # working days whose pace counts: a week, with its own rhythm
FEWEST = 2  # below that nothing is known of a pace
BEHIND = 10  # percent points below the plan that are worth a word
ONE_WEEK = 50  # chances: ten people for a week, below which a group's own pace says little


@dataclass(frozen=True, slots=True)
class Reach:
    """How many will be done at the end: the middle, and between which two numbers in four of five cases."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a phase went on the last working days.

    `chance` is one's chance to finish on a working day if one has not yet; `low` and `high` are its 80 % band.
    `spread` is by how much the days differ more than by chance, 1 where they don't.
    """

    chance: float
    low: float
    high: float
    spread: float


def plan_at(opens: date, due: date, today: date, country: str | None) -> Decimal:
    """Percent that should be done by now: the same share on each working day, and today counts once it is over."""
    total = sum(is_working_day(day, country) for day in days_from(opens, due))
    gone = sum(is_working_day(day, country) for day in days_from(opens, min(due, today - DAY)))
    if today > due or not total:
        return Decimal(100 if today > due else 0)
    return Decimal(100 * gone) / total


def working_days_before(opens: date, today: date, country: str | None) -> list[date]:
    """The last working days of a phase before today whose pace counts, in order."""
    return [day for day in days_from(opens, today - DAY) if is_working_day(day, country)][-PAST:]


def daily(done: Iterable[tuple[date, int]], days: Sequence[date], today: date) -> list[int]:
    """How many were done on each of these working days; what is done on a day of rest counts to the one before."""
    found = [0] * len(days)
    for day, number in done:
        if days and days[0] <= day < today:
            found[bisect_right(days, day) - 1] += number
    return found


def pace_of(left: int, counts: Sequence[int]) -> Pace | None:
    """The pace of the last working days, with how many are left now; None where there are too few days.

    chance = done / chances, where everybody who is left had one chance on each day, and who has finished half of them.
    Its band is Wilson's, with the chances divided by the spread of the days (the index of dispersion, at least 1).
    """
    if len(counts) < FEWEST:
        return None
    recent, days = sum(counts), len(counts)
    chances = days * (left + recent / 2)
    if not chances:
        return Pace(0, 0, 0, 1)
    mean = recent / days
    spread = max(1.0, sum((one - mean) ** 2 for one in counts) / (days - 1) / mean) if mean else 1.0
    chance, many = min(1.0, recent / chances), chances / spread
    middle = (chance + Z**2 / (2 * many)) / (1 + Z**2 / many)
    half = Z / (1 + Z**2 / many) * sqrt(chance * (1 - chance) / many + Z**2 / (4 * many**2))
    return Pace(chance, max(0.0, min(chance, middle - half)), min(1.0, max(chance, middle + half)), spread)


def reach(done: int, total: int, pace: Pace, days: int) -> Reach:
    """How many of `total` will be done in so many working days, at this pace.

    Each who is left finishes with 1 − (1 − chance)^days. The band takes the ends of the chance's band, and adds what
    falls to luck (z √(n p (1 − p) · spread)); it is never below what is done and never above all.
    """
    left = max(0, total - done)

    def at(chance: float, luck: int) -> float:
        share = 1 - (1 - chance) ** max(0, days)
        return left * share + luck * Z * sqrt(left * share * (1 - share) * pace.spread)

    middle = done + int(at(pace.chance, 0) + 0.5)
    low = max(done, floor(done + at(pace.low, -1) + 1e-9))
    high = min(total, ceil(done + at(pace.high, 1) - 1e-9))
    return Reach(min(low, middle), middle, max(high, middle))


def missing_of(left: int, recent: int, days: int, ahead: int, all_of_them: Pace) -> int:
    """How many of a group will not be done after `ahead` more working days.

    A group is seen through all: its own pace counts as much as its chances, everybody's as much as `ONE_WEEK` of them.
    """
    chances = days * (left + recent / 2)
    chance = min(1.0, (recent + ONE_WEEK * all_of_them.chance) / (chances + ONE_WEEK))
    return int(left * (1 - chance) ** max(0, ahead) + 0.5)


def days_from(first: date, last: date) -> Iterable[date]:
    """Every day from the first to the last, both included; none where the last comes first."""
    return (first + number * DAY for number in range((last - first).days + 1))
