"""Figures week by week: which weeks count, what a share is, and that a forecast keeps to what can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cycle.records import Audience, Cycle
from flows.reports.goals.kept import Sums
from flows.reports.report import Forecast
from flows.reports.trends.figures import CHECKINS, TALKS
from flows.reports.trends.making import (
    Trend,
    attainment,
    before_of,
    named_phases,
    on_track,
    sentence,
    tables,
    week_by_week,
)
from flows.reports.trends.weeks import AHEAD, FEWEST, WEEKS, ahead, counts, monday, shares, weeks_before
from tests.reports.released_house import TEMPLATE

TODAY = date(2026, 3, 31)  # a Tuesday
HERE = weeks_before(TODAY)
WEEK = timedelta(weeks=1)
LAST = HERE.end - WEEK


def test_only_full_weeks_count() -> None:
    assert HERE.end == date(2026, 3, 30)
    assert len(HERE.mondays) == WEEKS
    assert (HERE.mondays[0], HERE.mondays[-1]) == (HERE.first, LAST)


@pytest.mark.parametrize(
    ("days", "points"),
    [
        ([], []),
        ([(LAST, 2), (LAST + timedelta(days=6), 3)], [(LAST, 5)]),
        ([(LAST - 2 * WEEK, 4), (LAST, 1)], [(LAST - 2 * WEEK, 4), (LAST - WEEK, 0), (LAST, 1)]),
        ([(LAST - WEEK, 7)], [(LAST - WEEK, 7), (LAST, 0)]),
        ([(TODAY, 9)], []),  # this week is not over
        ([(HERE.first - timedelta(days=1), 9)], []),
    ],
)
def test_what_was_counted_is_summed_by_week_and_a_week_with_nothing_is_nought(
    days: list[tuple[date, int]], points: list[tuple[date, int]]
) -> None:
    assert counts(HERE, days) == [(day, Decimal(number)) for day, number in points]


def test_a_share_is_of_all_that_fell_into_the_week_and_an_empty_week_has_none() -> None:
    days = [(LAST - 3 * WEEK, 3, 1), (LAST, 2, 2), (LAST + timedelta(days=4), 4, 2)]
    assert shares(HERE, days) == [(LAST - 3 * WEEK, Decimal("33.3")), (LAST, Decimal("66.7"))]


def test_goals_are_a_weighted_mean_and_those_that_are_not_behind() -> None:
    sums = [
        (LAST, Sums(goals=5, valued=4, behind=1, shares=Decimal(400), points=Decimal(251))),
        (LAST + WEEK, Sums(3)),
    ]
    assert attainment(sums) == [(LAST, Decimal(63))]
    assert on_track(sums) == [(LAST, Decimal("75.0"))]


def weekly(values: list[float]) -> list[tuple[date, Decimal]]:
    return [(LAST - (len(values) - 1 - n) * WEEK, Decimal(str(value))) for n, value in enumerate(values)]


@pytest.mark.parametrize("number", range(FEWEST))
def test_of_fewer_than_six_weeks_nothing_is_forecast(number: int) -> None:
    assert ahead(weekly([50.0] * number)) is None


def test_a_straight_line_goes_on_and_ends_at_a_hundred() -> None:
    found = ahead(weekly([40 + 2 * n for n in range(10)]), most=Decimal(100))
    assert found is not None
    assert [day for day, *_ in found.points] == [LAST + n * WEEK for n in range(1, AHEAD + 1)]
    assert abs(found.points[-1][2] - 66) <= 2
    steep = ahead(weekly([10 * n for n in range(10)]), most=Decimal(100))
    assert steep is not None
    assert steep.points[-1][3] == 100


@given(st.lists(st.floats(0, 100), min_size=FEWEST, max_size=WEEKS))
def test_the_middle_lies_within_the_band_and_the_band_within_what_a_share_can_be(values: list[float]) -> None:
    found = ahead(weekly(values), most=Decimal(100))
    assert found is not None
    assert len(found.points) == AHEAD
    for _, low, middle, high in found.points:
        assert 0 <= low <= middle <= high <= 100


@given(st.lists(st.integers(0, 10**6), min_size=FEWEST, max_size=WEEKS))
def test_a_count_never_falls_below_nought(values: list[int]) -> None:
    found = ahead(weekly([float(value) for value in values]))
    assert found is not None
    assert all(0 <= low <= middle <= high for _, low, middle, high in found.points)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_week_begins_on_its_monday(day: date) -> None:
    assert monday(day).weekday() == 0
    assert day - WEEK < monday(day) <= day


def made(figure=CHECKINS, values=(70.0, 71.5, 69.0, 72.0, 73.0, 74.0, 75.0)) -> Trend:
    points = weekly(list(values))
    return Trend(figure, points, ahead(points, most=Decimal(100)), Decimal(100))


def test_the_latest_stands_beside_four_weeks_before_and_four_weeks_ahead() -> None:
    one = made()
    assert before_of(one.points) == Decimal("69.0")
    (table,) = tables([one], [made(TALKS, ())])
    row = table.rows[0]
    assert row[:5] == (CHECKINS.title, LAST, Decimal("75.0"), Decimal("69.0"), Decimal("6.0"))
    assert row[6] <= row[5] <= row[7]
    assert table.note is not None
    assert table.note.en.endswith("No data: 1:1s held.")
    words = sentence(one).en
    assert words.startswith(
        "Check-ins on time: 75% in the week of 23 Mar, 69% four weeks before; expected in four weeks"
    )


def test_a_short_trend_says_that_it_is_too_short() -> None:
    one = made(TALKS, (3.0, 4.0))
    (table,) = tables([one], [])
    assert table.rows == ((TALKS.title, LAST, 4, None, None, None, None, None),)
    assert table.note is not None
    assert "Fewer than 6 weeks, so not forecast: 1:1s held." in table.note.en
    assert "不足 6 周，不作预测：一对一次数。" in table.note.zh


def test_the_newest_week_comes_first_and_a_gap_is_no_value() -> None:
    table = week_by_week([made(CHECKINS, (70.0, 71.0)), made(TALKS, (5.0,))])
    assert table.rows == ((LAST, Decimal("71.0"), 5), (LAST - WEEK, Decimal("70.0"), None))
    assert [one.name for one in table.columns] == ["week", "checkins", "talks"]
    assert isinstance(made().forecast, Forecast)


@pytest.mark.parametrize("anonymous", [True, False])
def test_what_one_thinks_of_a_colleague_stands_in_no_trend(now: datetime, *, anonymous: bool) -> None:
    """A small team's week would tell its manager who has written, with a name or without."""
    peer = replace(TEMPLATE.reviews["peer"], anonymous=anonymous)
    template = replace(TEMPLATE, reviews={**TEMPLATE.reviews, "peer": peer})
    cycle = Cycle(7, "live", "H2", now.date(), template, Audience(), 1, now, launched_at=now)
    assert named_phases([cycle]) == {7: [("review", "manager"), ("review", "self")]}
