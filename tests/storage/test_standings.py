"""How goals stand, from what is kept: metrics and reports, key results, and the sums of what stands below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.goals.kept import Goal, Reading, Terms
from flows.goals.measure.series import metric_series, series_of
from flows.goals.measure.standing import Standing, standings
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

D = Decimal
NUMBER = Terms("Orders", unit="orders", target=D(100))
MONDAY = date(2026, 11, 16)  # the first day of the cycle


class Office:
    """A live cycle with Ann, and what is kept about her goals."""

    def __init__(self, store: Store, hire: Hire, now: datetime) -> None:
        self.store, self.now, self.ann = store, now, hire("Ann")
        self.cycle = a_cycle(store, self.ann, now).id

    def goal(self, terms: Terms, **more: Any) -> Goal:
        with self.store.work() as records:
            return records.goals.save(Goal(0, self.ann.id, terms, self.cycle, **more))

    def say(self, series: str, *values: object, first: date = MONDAY) -> None:
        """One value a day from `first` on."""
        days = [first + timedelta(days=number) for number in range(len(values))]
        with self.store.work() as records:
            records.readings.keep(
                [
                    Reading(0, series, day.isoformat(), day, D(str(value)), "import", self.now)
                    for day, value in zip(days, values, strict=True)
                ]
            )

    def stands(self, *goals: Goal, days: int = 0) -> list[Standing]:
        with self.store.work() as records:
            found = standings(records, goals, self.now + timedelta(days=days))
        return [found[goal.id] for goal in goals]


@pytest.fixture
def office(store: Store, hire: Hire, now: datetime) -> Office:
    return Office(store, hire, now)


def test_the_latest_value_with_its_formula(office: Office) -> None:
    goal = office.goal(NUMBER)
    [nothing] = office.stands(goal)
    assert (nothing.value, nothing.attainment, nothing.forecast) == (None, None, None)
    office.say(series_of(goal), 10, 20, 25, 30)
    [found] = office.stands(goal)
    assert (found.value, found.attainment) == (30, 30)
    assert found.formula.en == "30 ÷ 100 = 30%"
    assert found.valued.en == "30 orders, the value of Thursday 19 November"
    assert found.valued.zh == "30 orders（11月19日（周四）的数值）"
    assert found.span == (MONDAY, date(2027, 2, 15))
    assert found.expected is not None
    assert 5 < found.expected < 9  # a week of thirteen, less one holiday
    assert found.forecast is not None
    assert found.forecast.low < 30 < found.forecast.high
    assert found.points == tuple(
        (MONDAY + timedelta(days=n), v) for n, v in enumerate((10.0, 20.0, 25.0, 30.0))
    )


def test_a_metric_is_summed_over_the_cycle(office: Office) -> None:
    terms = replace(NUMBER, metric="orders", gather="sum")
    goal = office.goal(terms)
    office.say(series_of(goal), 99)
    assert office.stands(goal)[0].value == 99  # reported by hand, until the metric has come
    office.say(
        metric_series("orders", "person", office.ann.id), 50, 60, 5, 6, 7, first=MONDAY - timedelta(days=2)
    )
    [found] = office.stands(goal)
    assert found.value == 18
    assert found.valued.en == "5 + 6 + 7 = 18 orders"
    assert [value for _, value in found.points] == [5, 11, 18]
    mean = office.goal(replace(terms, gather="mean"))
    assert office.stands(mean)[0].valued.en == "(5 + 6 + 7) ÷ 3 = 6 orders"


def test_key_results_make_their_objective(office: Office) -> None:
    objective = office.goal(Terms("Be loved", shape="objective", method="okr"))
    one = office.goal(replace(NUMBER, parent=objective.id, method="okr", weight=D(75)))
    two = office.goal(replace(NUMBER, parent=objective.id, method="okr", weight=D(25)))
    office.goal(replace(NUMBER, parent=objective.id, method="okr", weight=D(25)), state="withdrawn")
    office.say(series_of(one), 40)
    office.say(series_of(two), 80)
    found, first, _ = office.stands(objective, one, two)
    assert (found.attainment, found.score) == (50, D("0.5"))
    assert found.formula.en == "75% × 40% + 25% × 80% = 50% · score 0.5"
    assert found.below == (one.id, two.id)
    assert first.score == D("0.4")
    assert office.stands(two, objective)[1].attainment == 50  # in whatever order they are asked for


def test_what_has_no_readings_takes_the_sum_of_what_stands_below(office: Office) -> None:
    company = office.goal(replace(NUMBER, target=D(1000)), level="company")
    sales = office.goal(
        replace(NUMBER, target=D(600), parent=company.id, rule="sum"), level="department", department="Sales"
    )
    mine = office.goal(replace(NUMBER, target=D(300), parent=sales.id, rule="sum"))
    crates = office.goal(
        replace(NUMBER, unit="crates", target=D(30), parent=sales.id, rule="factor", factor=D(10))
    )
    office.goal(replace(NUMBER, target=D(5), parent=sales.id))  # only linked
    office.goal(replace(NUMBER, target=D(5), parent=company.id, rule="sum"))  # says nothing yet
    office.say(series_of(mine), 200)
    office.say(series_of(crates), 12)
    whole, department = office.stands(company, sales)
    assert department.value == 320
    assert department.valued.en == "200 + 120 = 320 orders"
    assert department.below == (mine.id, crates.id)
    assert (whole.value, whole.attainment) == (320, 32)
    assert whole.valued.en.endswith("1 of 2 contributing goals have a value, the others are left out")
    office.say(series_of(company), 400)
    assert office.stands(company)[0].value == 400  # its own word counts for more


def test_a_loop_ends(office: Office) -> None:
    one = office.goal(NUMBER)
    two = office.goal(replace(NUMBER, parent=one.id, rule="sum"))
    with office.store.work() as records:
        one = records.goals.save(replace(one, terms=replace(one.terms, parent=two.id, rule="sum")))
    assert [found.value for found in office.stands(one, two)] == [None, None]


def test_the_running_month_counts_and_the_next_does_not(office: Office, store: Store, now: datetime) -> None:
    goal = office.goal(replace(NUMBER, metric="orders", gather="sum"))
    series = metric_series("orders", "person", office.ann.id)
    with store.work() as records:
        records.readings.keep(
            [
                Reading(0, series, "2026-11", date(2026, 11, 30), D(40), "api", now),
                Reading(0, series, "2026-12", date(2026, 12, 31), D(50), "api", now),
            ]
        )
    assert office.stands(goal)[0].value == 40
    assert office.stands(goal, days=12)[0].value == 90
