"""The period that reviews look back on, and its months that have nothing noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.core.words import Words
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Phase, Template
from flows.goals.kept import Gather, Goal, Reading, Terms
from flows.people.person import Person
from flows.reviews.evidence import (
    Entry,
    Looking,
    empty_months,
    gathered,
    looking,
    month_words,
    months_of,
    told,
)

KAVYA = Person(
    1, "kavya@example.com", "Kavya", None, "Sales", "L3", "", (), "Asia/Kolkata", "en", None, None, "U1", True
)  # fmt: skip
GOALS = Phase("goals", Words("Goals", "目标"), 0, 7, "goals")
SELF = Phase("self", Words("Self", "自评"), 90, 10, "review", review="self")
MANAGER = Phase("manager", Words("Manager", "上级"), 100, 10, "review", "managers", "manager")


def cycle(*phases: Phase, first: date = date(2026, 1, 5)) -> Cycle:
    template = Template("q", Words("Q", "Q"), "quarter", phases)
    return Cycle(1, "live", "Q", first, template, Audience(), 1, datetime(2026, 1, 1, tzinfo=UTC))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_a_cycle_that_begins_with_goals_is_looked_back_on_from_its_first_day() -> None:
    seen = looking(cycle(GOALS, SELF, MANAGER), KAVYA, at(date(2026, 4, 20)))
    assert (seen.first, seen.last) == (
        date(2026, 1, 5),
        date(2026, 4, 4),
    )  # the day before the first review opens
    assert months_of(seen) == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


def test_a_cycle_of_reviews_alone_looks_back_by_its_length() -> None:
    only = cycle(replace(SELF, starts=0), replace(MANAGER, starts=10), first=date(2026, 7, 7))
    seen = looking(only, KAVYA, at(date(2026, 7, 10)))
    assert (seen.first, seen.last) == (date(2026, 4, 7), date(2026, 7, 6))
    assert months_of(seen) == [date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)]


def test_what_has_not_come_yet_is_not_missed() -> None:
    seen = looking(cycle(GOALS, SELF), KAVYA, at(date(2026, 2, 20)))
    assert seen.last == date(2026, 2, 20)
    assert empty_months(seen, []) == [date(2026, 1, 1), date(2026, 2, 1)]


def test_what_comes_while_reviews_are_written_is_noted_too() -> None:
    seen = looking(cycle(GOALS, SELF), KAVYA, at(date(2026, 4, 20)))
    assert seen.holds(date(2026, 4, 19))
    assert seen.holds(date(2026, 1, 5))
    assert not seen.holds(date(2026, 1, 4))


@pytest.mark.parametrize(
    ("days", "en", "zh"),
    [
        ([], "Nothing is noted about this period.", "这一时期没有任何记录。"),
        (["2026-02-10"], "Nothing is noted for January and March.", "1月和3月没有任何记录。"),
        (["2026-02-10", "2026-03-31"], "Nothing is noted for January.", "1月没有任何记录。"),
        (["2026-01-31", "2026-02-10", "2026-03-01"], "Something is noted for every month.", "每个月都有记录。"),
        (["2026-04-02"], "Nothing is noted for January to March.", "1月至3月没有任何记录。"),
    ],
)  # fmt: skip
def test_the_months_without_anything_are_named(days: list[str], en: str, zh: str) -> None:
    seen = looking(cycle(GOALS, SELF), KAVYA, at(date(2026, 4, 20)))
    noted = [Entry(date.fromisoformat(day), Words("x", "x")) for day in days]
    assert told(seen, noted) == Words(en, zh)


def test_months_of_two_years_are_named_with_the_year() -> None:
    assert month_words([date(2025, 12, 1), date(2026, 1, 1)], year=True) == Words(
        "December 2025 and January 2026", "2025年12月和2026年1月"
    )


@pytest.mark.parametrize(
    ("months", "en", "zh"),
    [
        ((1, 2), "January and February", "1月和2月"),
        ((1, 2, 3, 5), "January to March and May", "1月至3月和5月"),
        ((1, 3, 5), "January, March and May", "1月、3月和5月"),
    ],
)
def test_three_months_in_a_row_are_a_span(months: tuple[int, ...], en: str, zh: str) -> None:
    assert month_words([date(2026, month, 1) for month in months]) == Words(en, zh)


@settings(deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.integers(0, 500),
    st.lists(st.integers(0, 500), max_size=6),
)
def test_a_month_is_either_noted_or_named_and_never_lies_outside(
    first: date, length: int, days: list[int]
) -> None:
    last = first + timedelta(days=length)
    seen = Looking(KAVYA, cycle(GOALS), first, last, last)
    noted = [Entry(first + timedelta(days=day), Words("x", "x")) for day in days]
    empty = set(empty_months(seen, noted))
    assert empty <= set(months_of(seen))
    assert empty.isdisjoint(entry.day.replace(day=1) for entry in noted)
    assert set(months_of(seen)) - empty <= {entry.day.replace(day=1) for entry in noted}
    assert all(first.replace(day=1) <= month <= last for month in months_of(seen))


@pytest.mark.parametrize(
    ("gather", "series", "value"),
    [
        ("latest", "metric/calls/person/1", Decimal(9)),
        ("sum", "metric/calls/person/1", Decimal(21)),
        ("mean", "metric/calls/person/1", Decimal(7)),
        ("sum", "goal/5", Decimal(9)),  # what is reported for the goal itself is always the latest
    ],
)
def test_many_values_of_a_month_are_one(gather: Gather, series: str, value: Decimal) -> None:
    goal = Goal(5, 1, Terms("More calls", metric="calls", gather=gather), 1)
    month = [
        Reading(0, series, f"2026-02-{day:02}", date(2026, 2, day), Decimal(number), "import", at(date(2026, 2, day)))
        for day, number in ((2, 5), (10, 7), (20, 9))
    ]  # fmt: skip
    assert gathered(goal, month) == value
