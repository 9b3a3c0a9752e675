"""Appeals in figures: how long each stage took, and that of few of them nothing but the number is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from flows.core.words import Words, same
from flows.cycle.template import NudgePolicy
from flows.reports.appeals.kept import Filed, Stretch, stretches
from flows.reports.appeals.making import counted, departments, ground_row, panels, said, stage_table
from flows.reports.appeals.times import staged
from flows.reports.report import WITHHELD, Bars, Shares
from flows.results.appealing.figures import OTHERS, Counted, by_department
from flows.results.appealing.records import StepKind
from tests.people.test_policy import person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
BERLIN = replace(person(1), zone="Europe/Berlin")


def on(*steps: tuple[StepKind, int]) -> list[tuple[StepKind, datetime]]:
    return [(kind, MONDAY + days * DAY) for kind, days in steps]


def spans(found: list[Stretch]) -> list[tuple[str, int, int | None, bool]]:
    return [
        (one.stage, (one.start - MONDAY).days, (one.end - MONDAY).days if one.end else None, one.late)
        for one in found
    ]


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ((), []),
        ((("filed", 0),), [("check", 0, None, False)]),
        ((("filed", 0), ("note", 1), ("inadmissible", 2)), [("check", 0, 2, False)]),
        (
            (("filed", 0), ("admitted", 1), ("named", 1), ("late", 8), ("decided", 9), ("accepted", 10)),
            [("check", 0, 1, False), ("level1", 1, 9, True)],
        ),
        (
            (("filed", 0), ("returned", 1), ("completed", 3), ("admitted", 4), ("decided", 5), ("went_on", 6),
             ("proposed", 8), ("agreed", 9), ("decided", 9)),
            [("check", 0, 1, False), ("check", 3, 4, False), ("level1", 4, 5, False), ("level2", 6, 9, False)],
        ),
        (
            (("filed", 0), ("returned", 1), ("note", 2), ("silent", 3), ("admitted", 4)),
            [("check", 0, 1, False), ("check", 3, 4, False), ("level1", 4, None, False)],
        ),
        ((("filed", 0), ("admitted", 1), ("decided", 2), ("silent", 9)), [("check", 0, 1, False), ("level1", 1, 2, False)]),
        ((("filed", 0), ("withdrawn", 1)), []),
        ((("filed", 0), ("late", 3), ("admitted", 4), ("lapsed", 5)), [("check", 0, 4, True)]),
    ],
)  # fmt: skip
def test_the_stages_follow_from_the_steps(
    steps: tuple[tuple[StepKind, int], ...], found: list[tuple[str, int, int | None, bool]]
) -> None:
    assert spans(stretches(on(*steps))) == found


def filed(number: int, department: str = "Sales", **other: object) -> Filed:
    one = Filed(number, 1, department, "filed", ("rating",), "", False, MONDAY, None)
    return replace(one, **other)  # type: ignore[arg-type]


def test_a_stage_is_told_once_four_are_over_and_against_its_clock() -> None:
    rows = [filed(number) for number in range(5)]
    ways = [on(("filed", 0), ("admitted", days)) for days in (1, 1, 2, 7)]
    times = {number: stretches(steps) for number, steps in enumerate([*ways, on(("filed", 0), ("late", 3))])}
    stages = staged(rows, {1: BERLIN}, times, NudgePolicy())
    table = stage_table(stages)
    assert table.rows[0][1:] == (1, 4, 2, Decimal("1.5"), 3, 1)
    assert table.rows[1][1:] == (4, 0, 5, WITHHELD, WITHHELD, 0)
    (drawn,) = panels([], {}, stages)
    assert isinstance(drawn, Bars)
    assert [(bar.value, bar.mark, bar.alarm) for bar in drawn.bars] == [(Decimal("1.5"), Decimal(2), False)]
    assert "1 stage took longer than its clock" in said([], stages).en


def test_three_appeals_are_a_number_and_four_have_an_outcome() -> None:
    three = [Counted("Sales", "decided", "upheld", 4)] * 3
    table = departments(three, by_department(three))
    assert table.rows == ((Words("Together", "合计"), 3, *[WITHHELD] * 6),)
    assert "raised" not in said(three, []).en
    four = [*three, Counted("Lab", "withdrawn", "", 2)]
    table = departments(four, by_department(four))
    assert table.rows == (
        (Words("Other departments together", "其他部门合计"), 4, 3, 0, 0, 1, 0, Decimal("4.0")),
    )
    assert "3 raised a result and 0 kept it" in said(four, []).en
    assert list(by_department(four)) == [OTHERS]
    large = [
        *four,
        *[Counted("Sales", "level1", "", None)] * 4,
        *[Counted("Lab", "decided", "rejected", 3)] * 4,
    ]
    parts = by_department(large)
    (drawn,) = panels(large, parts, [])
    assert isinstance(drawn, Shares)
    assert [words.en for words, _ in drawn.rows] == ["Lab", "Sales", "Together"]
    assert all(
        row is not None and sum(row) == parts[name].number
        for name, (_, row) in zip(parts, drawn.rows, strict=False)
    )


@pytest.mark.parametrize(
    ("number", "cells"), [(3, (3, WITHHELD, WITHHELD)), (4, (4, 2, 1))]
)  # fmt: skip
def test_a_grounds_outcomes_are_told_from_four_on(number: int, cells: tuple[object, ...]) -> None:
    ways = [
        {"outcome": "upheld", "ended_at": MONDAY}, {"outcome": "partly", "ended_at": MONDAY},
        {"outcome": "rejected", "ended_at": MONDAY}, {"outcome": "rejected"},
    ]  # fmt: skip
    several = [filed(place, **way) for place, way in enumerate(ways[:number])]
    assert ground_row(same("The rating"), several)[1:] == cells


def test_the_days_of_an_appeal_are_working_days_of_its_person() -> None:
    assert counted(filed(1, ended_at=MONDAY + 7 * DAY, outcome="rejected"), BERLIN, NudgePolicy()) == Counted(
        "Sales", "filed", "rejected", 5
    )
    assert counted(filed(1, outcome="rejected"), BERLIN, NudgePolicy()).outcome == ""
