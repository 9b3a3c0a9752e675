"""A report's pictures in words: what is at the ends, what is behind, where it goes, and never more than Slack takes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import Words, same
from flows.reports.frame.spoken import LONGEST, panel_words, planned
from flows.reports.report import (
    WITHHELD,
    Bar,
    Bars,
    Change,
    Changes,
    Forecast,
    Line,
    Lines,
    Panel,
    Shares,
)

MONDAY = date(2026, 6, 1)
WEEK = timedelta(days=7)
PLAN = Words("Should be by now", "目前应达到")


def bar(name: str, value: int, *, alarm: bool = False) -> Bar:
    return Bar(same(name), Decimal(value), same(f"{value}/100"), Decimal(60), alarm)


def test_few_bars_are_told_one_by_one() -> None:
    panel = Bars(
        Words("By department", "按部门"), (bar("Sales", 50, alarm=True), bar("R&D", 80)), Decimal(100), PLAN
    )
    assert panel_words(panel).en == (
        "By department. Sales: 50/100. R&D: 80/100. Behind: Sales. Should be by now: 60%."
    )
    assert panel_words(panel).zh == "按部门。Sales：50/100。R&D：80/100。落后：Sales。目前应达到：60%。"


def test_what_one_should_look_at_has_its_own_words() -> None:
    panel = Bars(same("Rates"), (bar("-1", 2, alarm=True), bar("0", 9)), alarm=Words("strict", "偏严"))
    assert panel_words(panel).en.endswith("Strict: -1.")
    assert panel_words(panel).zh.endswith("偏严：-1。")


def test_of_many_bars_the_ends_are_told_and_what_is_withheld_is_at_none() -> None:
    bars = (*(bar(f"T{n}", n, alarm=n < 10) for n in range(1, 101)), Bar(same("Few"), Decimal(0), WITHHELD))
    told = panel_words(Bars(same("Teams"), bars, Decimal(100)))
    assert told.en == (
        "Teams. 101 rows. Largest: T100: 100/100, T99: 99/100, T98: 98/100. "
        "Smallest: T3: 3/100, T2: 2/100, T1: 1/100. "
        "Behind: T1, T2, T3, T4, T5, T6, T7, T8 and 1 more."
    )
    assert "落后：T1、T2、T3、T4、T5、T6、T7、T8等，另有 1 项。" in told.zh


def test_shares_are_told_by_row_and_what_is_withheld_is_counted() -> None:
    parts = (same("A"), same("B"), same("C"))
    rows = ((same("Sales"), (3, 0, 9)), (same("New"), (0, 0, 0)), (same("Few"), None))
    assert panel_words(Shares(same("Ratings"), parts, rows)).en == (
        "Ratings. Sales: A 3, C 9. New: nobody. 1 row: too few to show."
    )


def test_lines_are_told_from_end_to_end_with_the_plan_and_the_forecast() -> None:
    line = Line(Words("On time", "按时"), tuple((MONDAY + nth * WEEK, Decimal(40 + nth)) for nth in range(5)))
    plan = Line(Words("Plan", "计划"), ((MONDAY, Decimal(0)), (MONDAY + 8 * WEEK, Decimal(100))))
    ahead = Forecast(
        ((MONDAY + 6 * WEEK, Decimal(41), Decimal("44.444"), Decimal(48)),), Words("By Holt.", "霍尔特法。")
    )
    told = panel_words(Lines(Words("Check-ins", "周报"), (line,), plan, ahead, Decimal(100)))
    assert told.en == (
        "Check-ins. On time: from 40% on 1 Jun to 44% on 29 Jun, between 40% and 44%. Plan: 50% on 29 Jun. "
        "Forecast for 13 Jul: 44.44%, between 41% and 48%. By Holt."
    )
    assert told.zh == (
        "周报。按时：从 6月1日 的 40% 到 6月29日 的 44%，介于 40% 与 44% 之间。计划：6月29日 为 50%。"
        "预测到 7月13日：44.44%，介于 41% 与 48% 之间。霍尔特法。"
    )


def test_changes_are_told_with_how_many_rose() -> None:
    rows = (
        Change(same("Sales"), Decimal(3), Decimal("3.4")),
        Change(same("R&D"), Decimal(4), Decimal(3)),
        Change(same("Few"), None, None),
    )
    assert panel_words(Changes(same("Mean"), same("H1"), same("H2"), rows)).en == (
        "Mean. H1 → H2. Sales: 3 → 3.4. R&D: 4 → 3. 1 higher, 1 lower, 0 the same. 1 row is not shown."
    )


@pytest.mark.parametrize(
    "panel",
    [
        Bars(same("X"), ()),
        Shares(same("X"), (), ()),
        Lines(same("X"), ()),
        Lines(same("X"), (Line(same("l"), ()),)),
        Changes(same("X"), same("a"), same("b"), ()),
    ],
)
def test_an_empty_panel_says_so(panel: Panel) -> None:
    assert panel_words(panel) == Words("X. There is nothing to show yet.", "X。目前没有可显示的内容。")


@pytest.mark.parametrize(
    ("weeks", "expected"), [(-1, 10), (0, 10), (1, 20), (2, 30), (3, 30), (4, 30), (9, 30)]
)
def test_a_plan_goes_straight_from_point_to_point(weeks: int, expected: int) -> None:
    plan = Line(
        same("p"), ((MONDAY, Decimal(10)), (MONDAY + 2 * WEEK, Decimal(30)), (MONDAY + 4 * WEEK, Decimal(30)))
    )
    assert planned(plan, MONDAY + weeks * WEEK) == expected


@given(st.text(max_size=2000), st.integers(0, 400), st.decimals(-(10**12), 10**12, places=4))
def test_it_is_never_longer_than_slack_takes(text: str, number: int, value: Decimal) -> None:
    label = same(text)
    for panel in (
        Bars(label, tuple(Bar(label, value, label, value, True) for _ in range(number)), None, label),
        Shares(label, (label,) * 20, ((label, (7,) * 20),) * number),
        Lines(label, (Line(label, ((MONDAY, value),)),) * number, Line(label, ((MONDAY, value),))),
        Changes(label, label, label, (Change(label, value, -value),) * number),
    ):
        told = panel_words(panel)
        assert 0 < len(told.en) <= LONGEST
        assert 0 < len(told.zh) <= LONGEST
