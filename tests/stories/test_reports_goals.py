"""Whoever decides sees how far goals are, which will be missed, what is covered, and what resources brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.core.words import Words
from flows.cycle.template import Phase
from flows.goals.kept import ActionStep, Goal, Reading, Terms
from flows.goals.measure.series import series_of
from flows.goals.progress.granting import decide
from tests.stories.quarter import QUARTER, launch

CALM = replace(QUARTER, phases=(Phase("goals", Words("Goals", "目标"), 0, 91),))
"""A quarter in which nobody is asked for anything."""
BEGUN = date(2026, 3, 2)
WEEK = timedelta(weeks=1)
BAD, GOOD = (5, 8, 13, 15, 21, 23), (10, 19, 30, 38, 49, 58)
D = Decimal


def goal_of(town: Any, name: str, title: str, *values: int, **more: Any) -> Goal:
    """An agreed goal of 100 with a value every Monday, which nothing was said of until the last is known."""

    def work(records: Any) -> Goal:
        place = {key: more.pop(key) for key in ("level", "department") if key in more}
        terms = replace(Terms(title, unit="calls", target=D(100), visibility="public"), **more)
        cycle = records.cycles.in_state("live")[0].id
        person = records.people.by_email(f"{name}@example.com").id
        goal: Goal = records.goals.save(Goal(0, person, terms, cycle, changed_at=town.now(), **place))
        days = [BEGUN + nth * WEEK for nth in range(len(values))]
        records.readings.keep(
            [
                Reading(0, series_of(goal), day.isoformat(), day, D(value), "goal", town.now())
                for day, value in zip(days, values, strict=True)
            ]
        )
        return goal

    made: Goal = town.records(work)
    return made


def at(town: Any, day: date) -> None:
    """The company lives until the noon of that day."""
    town.to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    town.settle()


def half_way(town: Any) -> Any:
    """Six weeks into the quarter: calls go badly in Sales, and well elsewhere."""
    launch(town, template=CALM)
    revenue = goal_of(town, "grace", "Revenue", level="company", unit="CNY", target=D(10_000_000))
    parts = {"level": "department", "unit": "CNY", "rule": "sum", "parent": revenue.id}
    goal_of(town, "rafael", "New customers", department="Sales", **{**parts, "target": D(6_000_000)})
    goal_of(town, "anna", "New features", department="Engineering", **{**parts, "target": D(2_000_000)})
    goal_of(town, "kavya", "Reviews of code", *GOOD, weight=D(60))
    goal_of(town, "kavya", "Talks to users", weight=D(40))
    goal_of(town, "ana", "Calls to new customers", *BAD)
    goal_of(town, "daniel", "Calls to old customers", *BAD, visibility="team")
    goal_of(town, "emily", "Run a marathon", *BAD, visibility="private")
    at(town, date(2026, 4, 9))
    at(town, date(2026, 4, 10))
    return town


@pytest.fixture
def bare(bare_quiet_town: Any) -> Any:
    return half_way(bare_quiet_town)


def test_hr_sees_how_far_goals_are_against_time(quiet_town: Any) -> None:
    town = half_way(quiet_town)
    marta = town.player("marta")
    marta.command("/report goals")
    window = marta.window()
    assert "Goals against time · the company · Q2" in window
    assert "On the mean 34.7% is reached; the even pace would be" in window  # (58 + 23 + 23) ÷ 3
    assert "2 of 3 goals with a value are behind, 1 has no value. Furthest behind: Sales" in window
    assert "Reached 23%" in window
    assert "Private goals are in none of these figures." in window
    marta.touch("By manager")
    assert "Emily Carter" in marta.window()
    marta.touch("What is this?")
    assert "Σ share × attainment ÷ Σ share" in marta.window()


def test_goals_at_risk_are_named_to_whom_may_open_them(quiet_town: Any) -> None:
    town = half_way(quiet_town)
    marta, emily = town.player("marta"), town.player("emily")
    marta.command("/report risks")
    window = marta.window()
    assert "2 of 3 people's goals with a value will probably be missed." in window
    assert "Calls to new customers" in window
    assert "Owner Ana Ribeiro" in window
    assert "forecast to miss" in window
    assert "Calls to old customers" not in window
    assert "1 goal is counted, and not named: you may not open it." in window
    assert "marathon" not in window
    emily.command("/report risks")
    assert "Calls to old customers" in emily.window()
    assert "marathon" not in emily.window()  # her own stands in nobody's line but those above
    emily.touch("Open", beside="Calls to old customers")
    assert "Daniel Brooks" in emily.window()


def test_who_reads_chinese_reads_the_same(bare: Any) -> None:
    liufang = bare.player("liufang")
    liufang.command("/report risks")
    assert "3 个有数据的个人目标中有 2 个很可能无法达成。" in liufang.window()
    liufang.command("/report coverage")
    assert "缺口 2,000,000 CNY" in liufang.window()


def test_what_is_not_covered_and_who_has_no_goal(quiet_town: Any) -> None:
    town = half_way(quiet_town)
    marta = town.player("marta")
    marta.command("/report coverage")
    window = marta.window()
    assert "Revenue" in window
    assert "missing 2,000,000 CNY" in window
    assert "Covered 80%" in window
    assert "not split" in window
    assert "20 of 24 people have no agreed goal." in window
    marta.touch("Open", beside="Revenue")
    assert "8,000,000 CNY of 10,000,000 CNY: 80% covered" in marta.window()


def test_one_goal_that_not_everybody_sees_is_not_told_by_a_sum(bare: Any) -> None:
    marta = bare.player("marta")

    def hide(records: Any) -> None:
        [above] = [one for one in records.goals.above(1) if one.title == "New customers"]
        records.goals.save(replace(above, terms=replace(above.terms, visibility="team")))

    bare.records(hide)
    marta.command("/report coverage")
    assert "Covered 20%" in marta.window()
    assert "Where exactly one goal below is not public, it is not counted." in marta.window()
    assert "New customers" not in marta.window()


def granted(town: Any, name: str, goal: Goal, manager: str) -> None:
    """They need somebody's help for it, and get it."""

    def work(records: Any) -> None:
        step = records.steps.save(ActionStep(0, goal.id, "Ask around", needs="a budget"))
        decide(
            records,
            records.people.by_email(f"{manager}@example.com"),
            (str(step.id),),
            "granted",
            "",
            town.now(),
        )

    town.records(work)


def test_what_resources_brought_is_ranked(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, template=CALM)
    at(town, BEGUN)
    features = goal_of(town, "anna", "New features", level="department", department="Engineering")
    marta = town.player("marta")
    marta.command("/report returns")
    assert "No agreed goal of Q2 has been looked at yet" in marta.window()
    at(town, BEGUN + timedelta(days=1))
    marta.command("/report returns")
    assert "Nobody of the company asked for a resource in Q2." in marta.window()
    names = ("kavya", "arjun", "jonas", "lena", "felix")
    goals = {name: goal_of(town, name, f"Work of {name}", 0, parent=features.id) for name in names}
    for name, goal in goals.items():
        granted(town, name, goal, "chenwei")
    sale = goal_of(town, "ana", "Calls", 0)
    granted(town, "ana", sale, "emily")

    def later(records: Any) -> None:
        day = BEGUN + 4 * WEEK
        values = dict(zip([*goals.values(), sale], (60, 62, 64, 66, 68, 10), strict=True))
        records.readings.keep(
            [
                Reading(0, series_of(goal), day.isoformat(), day, D(value), "goal", town.now())
                for goal, value in values.items()
            ]
        )

    town.records(later)
    at(town, date(2026, 3, 31))
    at(town, date(2026, 4, 1))
    marta.command("/report returns")
    window = marta.window()
    assert "6 resources were asked for in steps, 6 granted." in window
    assert "Rank 1 · Return 3" in window  # 64 less a third of the quarter
    assert "too few to rank" in window  # one goal of Sales
    assert "New features" in window
    assert "no goal above" in window
    assert "Return = Σ lift ÷ resources granted" in window


def test_a_cycle_without_goals_says_what_to_choose(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, template=CALM)
    marta = town.player("marta")
    marta.command("/report goals")
    assert (
        "No agreed goal of Q2 has been looked at yet: that is done each night while a cycle runs."
        in marta.window()
    )
    at(town, BEGUN + timedelta(days=1))
    marta.command("/report risks")
    assert "No agreed goal of Q2 has been looked at yet" in marta.window()
    marta.command("/report coverage")
    assert "24 of 24 people have no agreed goal." in marta.window()

    def close(records: Any) -> None:
        [cycle] = records.cycles.in_state("live")
        records.cycles.save(replace(cycle, state="closed", closed_at=town.now()))

    town.records(close)
    marta.command("/report risks")
    assert "No agreed goal of Q2 was looked at while it ran. Choose another cycle." in marta.window()


def test_what_a_report_of_goals_orders_as_files(bare: Any) -> None:
    marta = bare.player("marta")
    for name in ("goals", "risks", "coverage"):
        marta.command(f"/report {name}")
        marta.touch("As a sheet")
    assert sum(name.endswith(".xlsx") for name, _ in marta.files()) == 3
