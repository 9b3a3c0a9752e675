"""The days that a goal runs over, and how much of its owner's working time has passed by a day."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from flows.cycle.calendar import DAY, is_working_day
from flows.cycle.records import Cycle
from flows.goals.kept import Goal

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "probation": 3}
Span = tuple[date, date]


def days_of(cycle: Cycle) -> Span:
    """The first and the last day of the cycle's own period: phases that come after it look back on it."""
    return cycle.first, cycle.first + relativedelta(months=MONTHS[cycle.template.period]) - DAY


def span_of(goal: Goal, cycle: Cycle | None) -> Span | None:
    """From the cycle's first day to the day the goal is due, else the cycle's last; None where nothing says when."""
    if cycle is None:
        return None
    first, last = days_of(cycle)
    return first, max(goal.terms.due or last, first)


def elapsed(span: Span, day: date, country: str | None) -> float:
    """The share (0 to 1) of the span's working days that are over with the end of `day`, in the country's calendar."""
    working = working_days(*span, country)
    if not working or day >= span[1]:
        return 1.0 if day >= span[1] else 0.0
    return bisect_left(working, day.toordinal() + 1) / len(working)


@lru_cache(maxsize=4096)
def working_days(first: date, last: date, country: str | None) -> tuple[int, ...]:
    """The working days from `first` to `last`, both included, as proleptic ordinals (`date.toordinal`)."""
    days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    return tuple(day.toordinal() for day in days if is_working_day(day, country))
