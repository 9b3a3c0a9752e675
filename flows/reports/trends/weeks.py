"""A figure week by week, and where it goes on to: a forecast of four weeks with its band, by stated rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.words import Words
from flows.cycle.calendar import DAY
from flows.goals.measure.forecast import band
from flows.reports.report import Forecast

WEEKS, AHEAD = 26, 4
FEWEST = 6  # weeks with a value: from fewer nothing is said about what comes
SHARE_PLACES, COUNT_PLACES = Decimal("0.1"), Decimal(1)
HUNDRED = Decimal(100)
METHOD = Words(
    "Forecast for {n} weeks with an 80 % band: a straight line, two lines that level out, a level that follows the "
    "values and one that wanders by chance, averaged by how well each explains the last weeks. In four of five cases "
    "the value should fall into the band.",
    "预测未来 {n} 周及 80% 区间：将直线、两条趋于平稳的曲线、跟随数值的水平线和随机游走，按各自对近几周的解释程度加权平均。"
    "五次中约有四次会落在区间内。",
).fill(n=AHEAD)

Points = Sequence[tuple[date, Decimal]]
"""A value for each week, by its Monday, rising; a week without a value is left out."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The full weeks that a trend shows: the first Monday, and the Monday after the last."""

    first: date
    end: date

    @property
    def mondays(self) -> list[date]:
        return [self.first + 7 * number * DAY for number in range((self.end - self.first).days // 7)]


def weeks_before(today: date) -> Weeks:
    """The last full weeks before the one that `today` is in."""
    end = monday(today)
    return Weeks(end - 7 * WEEKS * DAY, end)


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - day.weekday() * DAY


def counts(weeks: Weeks, days: Iterable[tuple[date, int]]) -> Points:
    """How many in each week, 0 where there were none; from the first week on in which there was any at all."""
    sums: dict[date, int] = defaultdict(int)
    for day, number in days:
        sums[monday(day)] += number
    begun = [one for one in weeks.mondays if sums[one]]
    return [(one, Decimal(sums[one])) for one in weeks.mondays if begun and one >= begun[0]]


def shares(weeks: Weeks, days: Iterable[tuple[date, int, int]]) -> Points:
    """Of (day, of how many, how many) the share in percent in each week that has any, with one decimal."""
    of: dict[date, int] = defaultdict(int)
    some: dict[date, int] = defaultdict(int)
    for day, many, part in days:
        of[monday(day)] += many
        some[monday(day)] += part
    return [(one, share(some[one], of[one])) for one in weeks.mondays if of[one]]


def share(part: int, whole: int) -> Decimal:
    """In percent with one decimal; `whole` is not 0."""
    return half_up(Decimal(100 * part) / whole, SHARE_PLACES)


def ahead(points: Points, least: Decimal = Decimal(0), most: Decimal | None = None) -> Forecast | None:
    """What is to be expected of the coming weeks, kept between `least` and `most`; None with fewer than six values.

    Each week's low, middle and high are those of `flows.goals.measure.forecast.band`, whose docstring has the method
    and how often its band held in a back-test.
    """
    if len(points) < FEWEST:
        return None
    days = [day.toordinal() for day, _ in points]
    values = [float(value) for _, value in points]
    found = []
    for number in range(1, AHEAD + 1):
        day = points[-1][0] + 7 * number * DAY
        reach = band(days, values, day.toordinal())
        if reach is None:
            return None
        low, middle, high = (kept(value, least, most) for value in (reach.low, reach.middle, reach.high))
        found.append((day, low, middle, high))
    return Forecast(tuple(found), METHOD)


def kept(value: float, least: Decimal, most: Decimal | None) -> Decimal:
    """A value with one decimal, moved to the nearer end where it lies outside."""
    found = half_up(Decimal(str(value)), SHARE_PLACES)
    found = max(found, least)
    return found if most is None else min(found, most)
