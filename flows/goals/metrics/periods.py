"""Periods as other systems name them: an ISO day, week, month, quarter or year, with their first and last days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

Span = tuple[date, date]
"""First and last day, both included."""

DAY = timedelta(days=1)


def _day(year: int, month: str, day: str) -> Span:
    that = date(year, int(month), int(day))
    return that, that


def _week(year: int, week: str) -> Span:
    monday = date.fromisocalendar(year, int(week), 1)
    return monday, monday + 6 * DAY


def _months(year: int, first: int, number: int) -> Span:
    begun = date(year, first, 1)
    after = first + number
    return begun, date(year + after // 13, (after - 1) % 12 + 1, 1) - DAY


SHAPES: tuple[tuple[re.Pattern[str], Callable[..., Span]], ...] = (
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), _day),
    (re.compile(r"([0-9]{4})-W([0-9]{2})"), _week),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), lambda year, month: _months(year, int(month), 1)),
    (re.compile(r"([0-9]{4})-Q([1-4])"), lambda year, quarter: _months(year, 3 * int(quarter) - 2, 3)),
    (re.compile(r"([0-9]{4})"), lambda year: _months(year, 1, 12)),
)


@lru_cache(maxsize=8192)
def span_of(period: str) -> Span | None:
    """First and last day of "2026-03-31", "2026-W09" (ISO 8601), "2026-03", "2026-Q1" or "2026"; None for others."""
    for shape, span in SHAPES:
        if found := shape.fullmatch(period):
            year, *rest = found.groups()
            try:
                return span(int(year), *rest)
            except (
                ValueError,
                OverflowError,
            ):  # a thirteenth month, a 53rd week where there is none, the year 9999
                return None
    return None
