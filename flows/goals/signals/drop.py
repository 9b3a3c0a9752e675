"""A sudden drop in a series, robust to noise and to the week's own rhythm.

Daily series (at least 28 readings, with gaps of 1.5 days at most on average): each value is compared with the median of
the same weekday in the six weeks before. It has dropped when the last four are on average 2.75 robust deviations
(1.4826 x the median of all deviations' sizes) below it, each of them more than one. So a single outlier is none, and
neither is a Sunday. Holidays, the weekends beside them and those worked are left out, for they follow no weekday.

Other series (at least 7 readings): each change from one reading to the next is compared with the changes before. It
has dropped when the last change is below their median by 5 robust deviations, and by more than any of them ever was. It
stays dropped for three weeks, or until half of it is made good.

Either way it must be a sixth of the usual size to be worth a word. On pure noise (`tests/goals/test_drop.py`) 0.05 % of
the looks at daily series are false alarms, which is 2 of 100 series in sixty days, and at most 1 % of the looks at others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from flows.cycle.calendar import DAY, SATURDAY, is_working_day

DAILY_FEWEST, DAILY_GAP = 28, 1.5
WINDOW = 42  # readings that the last ones are compared with: six weeks
LAST = 4
TOGETHER, EACH, STILL = 2.75, 1.0, 1.0  # robust deviations; `STILL` below keeps a drop that stands
FEWEST = 7
CHANGE = 5.0
RECENT = 21  # days
WORTH = 1 / 6
ROBUST = 1.4826  # a normal deviation ÷ the median of the deviations' sizes


def has_dropped(
    days: Sequence[int],
    values: Sequence[float],
    lower: bool,
    country: str | None,
    today: int,
    before: bool = False,
) -> bool:
    """Whether the series has dropped, or risen where lower is better; `before`: it had at the last look.

    `days` are ordinals, ascending.
    """
    count = len(days)
    if count < FEWEST or days[-1] < today - RECENT:
        return False
    if count >= DAILY_FEWEST and days[-1] - days[-DAILY_FEWEST] <= DAILY_GAP * DAILY_FEWEST:
        return _below_weekdays(days, values, -1 if lower else 1, country, before=before)
    return _changed(days, values, -1 if lower else 1, today)


def _below_weekdays(
    days: Sequence[int], values: Sequence[float], side: int, country: str | None, *, before: bool
) -> bool:
    usual = [
        (day % 7, side * value)
        for day, value in zip(days[-WINDOW - 10 :], values[-WINDOW - 10 :], strict=True)
        if is_usual(day, country)
    ][-WINDOW - LAST :]
    known, last = usual[:-LAST], usual[-LAST:]
    by_day: dict[int, list[float]] = {}
    for weekday, value in known:
        by_day.setdefault(weekday, []).append(value)
    middles = {weekday: median(found) for weekday, found in by_day.items()}
    whole = median([value for _, value in known])
    size = ROBUST * median([abs(value - middles[weekday]) for weekday, value in known])
    off = [value - middles.get(weekday, whole) for weekday, value in last]
    mean = sum(off) / LAST
    if before:
        return mean < -STILL * size and mean < 0
    enough = max(TOGETHER * size, WORTH * abs(whole))
    return mean < -enough and max(off) < -EACH * size


def is_usual(day: int, country: str | None) -> bool:
    """Whether the day is worked, or not, as its weekday says; a weekend also between usual working days."""
    found = date.fromordinal(day)
    weekday = found.weekday()
    if is_working_day(found, country) != (weekday < SATURDAY):
        return False
    friday, monday = SATURDAY - 1 - weekday, SATURDAY + 2 - weekday
    return weekday < SATURDAY or all(is_working_day(found + days * DAY, country) for days in (friday, monday))


def _changed(days: Sequence[int], values: Sequence[float], side: int, today: int) -> bool:
    """Whether one of the last three weeks' changes was a drop that is not half made good."""
    now = side * values[-1]
    for place in range(len(days) - 1, max(FEWEST - 2, len(days) - 1 - LAST), -1):
        if days[place] < today - RECENT:
            return False
        start, end = side * values[place - 1], side * values[place]
        if end < start and now <= (start + end) / 2 and _is_drop(values[: place + 1], side):
            return True
    return False


def _is_drop(values: Sequence[float], side: int) -> bool:
    """Whether the last change is out of line with those before."""
    worth = WORTH * median([abs(value) for value in values[:-1]])
    change = side * (values[-1] - values[-2])
    if change > -worth:
        return False
    changes = [side * (after - value) for value, after in pairwise(values[:-1])]
    usual = median(changes)
    size = ROBUST * median([abs(one - usual) for one in changes])
    farthest = max(abs(one - usual) for one in changes)
    return usual - change > max(CHANGE * size, farthest, worth)
