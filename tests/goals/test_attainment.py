"""How far each kind of goal is reached, by its stated rule and with the formula in its own numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.goals.kept import LARGEST, Goal, Terms
from flows.goals.measure.attainment import attained, expects, objective
from flows.goals.measure.standing import Standing
from flows.goals.measure.whole import sheet_attainment

D = Decimal
NUMBERS = ("baseline", "target", "stretch")


def terms(**given: Any) -> Terms:
    """Terms with their numbers as they are typed."""
    named = {
        name: D(str(value)) if name in NUMBERS and value is not None else value
        for name, value in given.items()
    }
    return Terms("Goal", **named)


SCALE = ((D(10), D(60)), (D(15), D(80)), (D(20), D(100)), (D(30), D(130)))
FAST = ((D(10), D(60)), (D(5), D(100)))  # days: at most 10, at most 5
WAY = {"baseline": 12, "target": 20}
LESS = {"lower": True, "baseline": 10, "target": 4}

TABLE: list[tuple[str, dict[str, Any], str, str, str]] = [
    # what, terms, value, percent, the formula in English
    ("higher, with a baseline", WAY, "18", "75", "(18 − 12) ÷ (20 − 12) = 75%"),
    ("higher, at the baseline", WAY, "12", "0", "(12 − 12) ÷ (20 − 12) = 0%"),
    ("higher, below the baseline", WAY, "10", "0", "(10 − 12) ÷ (20 − 12) = -25%, counted as 0%"),
    ("higher, above the cap", WAY, "30", "120", "(30 − 12) ÷ (20 − 12) = 225%, counted as 120%"),
    ("higher, without a baseline", {"target": 20}, "15", "75", "15 ÷ 20 = 75%"),
    ("a zero baseline", {"baseline": 0, "target": 20}, "5", "25", "5 ÷ 20 = 25%"),
    ("a percentage", {"target": 95, "unit": "%"}, "92.5", "97.3684", "92.5 ÷ 95 = 97.4%"),
    ("a baseline that is there already", {"baseline": 25, "target": 20}, "15", "75", "15 ÷ 20 = 75%"),
    ("target and baseline the same", {"baseline": 20, "target": 20}, "20", "100", "20 ÷ 20 = 100%"),
    ("a zero target, reached", {"target": 0}, "3", "100", "3 ≥ 0: 100%"),
    ("a zero target, missed", {"target": 0}, "-3", "0", "(-3) < 0: 0%"),
    ("a zero target on a way", {"baseline": -10, "target": 0}, "-4", "60", "((-4) − (-10)) ÷ (0 − (-10)) = 60%"),
    ("a negative target", {"target": -5}, "-6", "80", "1 + ((-6) − (-5)) ÷ 5 = 80%"),
    ("a negative target, better", {"target": -5}, "-4.5", "110", "1 + ((-4.5) − (-5)) ÷ 5 = 110%"),
    ("a negative value", {"target": 5}, "-1", "0", "(-1) ÷ 5 = -20%, counted as 0%"),
    ("lower, with a baseline", LESS, "7", "50", "(7 − 10) ÷ (4 − 10) = 50%"),
    ("lower, better than the target", LESS, "3.4", "110", "(3.4 − 10) ÷ (4 − 10) = 110%"),
    ("lower, worse than the baseline", LESS, "13", "0", "(13 − 10) ÷ (4 − 10) = -50%, counted as 0%"),
    ("lower, without a baseline", {"lower": True, "target": 2}, "3", "50", "2 − 3 ÷ 2 = 50%"),
    ("lower, none at all", {"lower": True, "target": 2}, "0", "120", "2 − 0 ÷ 2 = 200%, counted as 120%"),
    ("lower, twice as much", {"lower": True, "target": 2}, "4", "0", "2 − 4 ÷ 2 = 0%"),
    ("lower, to zero, reached", {"lower": True, "target": 0}, "0", "100", "0 ≤ 0: 100%"),
    ("lower, to zero, missed", {"lower": True, "target": 0}, "1", "0", "1 > 0: 0%"),
    ("lower, to zero, on a way", {"lower": True, "baseline": 8, "target": 0}, "2", "75", "(2 − 8) ÷ (0 − 8) = 75%"),
    ("lower, negative target", {"lower": True, "target": -5}, "-4", "80", "1 − ((-4) − (-5)) ÷ 5 = 80%"),
    ("lower, a baseline that is there already", {"lower": True, "baseline": 5, "target": 8}, "5", "120",
     "2 − 5 ÷ 8 = 137.5%, counted as 120%"),
    ("a stretch, half of it", {"target": 20, "stretch": 30}, "25", "110", "100% + (25 − 20) ÷ (30 − 20) × 20% = 110%"),
    ("a stretch, reached", {"target": 20, "stretch": 30}, "30", "120", "100% + (30 − 20) ÷ (30 − 20) × 20% = 120%"),
    ("a stretch, below the target", {"target": 20, "stretch": 30}, "15", "75", "15 ÷ 20 = 75%"),
    ("a stretch, lower", {**LESS, "stretch": 2}, "3", "110", "100% + (3 − 4) ÷ (2 − 4) × 20% = 110%"),
    ("a step scale", {"steps": SCALE}, "17", "80", "From 15 on: 80%"),
    ("a step scale, on a step", {"steps": SCALE}, "20", "100", "From 20 on: 100%"),
    ("a step scale, below", {"steps": SCALE}, "9", "0", "No step is reached: 0%"),
    ("a step scale, above the cap", {"steps": SCALE}, "31", "120", "From 30 on: 130%, counted as 120%"),
    ("a step scale, lower", {"steps": FAST, "lower": True}, "7", "60", "From 10 down: 60%"),
    ("a step scale, lower, the best", {"steps": FAST, "lower": True}, "4", "100", "From 5 down: 100%"),
    ("milestones", {"shape": "milestones", "milestones": ("a", "b", "c", "d")}, "3", "75", "3 ÷ 4 = 75%"),
    ("more milestones than there are", {"shape": "milestones", "milestones": ("a", "b")}, "3", "100",
     "3 ÷ 2 = 150%, counted as 100%"),
    ("done", {"shape": "yes_no"}, "1", "100", "Done: 100%"),
    ("not done", {"shape": "yes_no"}, "0", "0", "Not done yet: 0%"),
    ("a key result", {**WAY, "method": "okr"}, "18", "75", "(18 − 12) ÷ (20 − 12) = 75% · score 0.75"),
    ("a key result beyond its target", {**WAY, "method": "okr"}, "22", "100",
     "(22 − 12) ÷ (20 − 12) = 125%, counted as 100% · score 1"),
    ("an ambitious key result at its target", {**WAY, "stretch": 30, "method": "okr"}, "20", "100",
     "(20 − 12) ÷ (20 − 12) = 100% · score 0.7"),
    ("an ambitious key result half way", {**WAY, "stretch": 30, "method": "okr"}, "16", "50",
     "(16 − 12) ÷ (20 − 12) = 50% · score 0.35"),
    ("an ambitious key result beyond", {**WAY, "stretch": 30, "method": "okr"}, "25", "110",
     "100% + (25 − 20) ÷ (30 − 20) × 20% = 110% · score 0.85"),
    ("a bonus ends at 100", {"target": 10, "part": "bonus"}, "15", "100", "15 ÷ 10 = 150%, counted as 100%"),
    ("amounts as large as can be", {"target": "0.0001"}, "100000000000000", "120",
     "100,000,000,000,000 ÷ 0.0001 = 100,000,000,000,000,000,000%, counted as 120%"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "given", "value", "percent", "formula"), TABLE, ids=[row[0] for row in TABLE]
)
def test_each_kind_has_its_rule(
    what: str, given: dict[str, Any], value: str, percent: str, formula: str
) -> None:
    found = attained(terms(**given), D(value))
    assert (found.percent, found.formula.en) == (D(percent), formula), what
    assert found.formula.zh
    assert not found.formula.zh.isascii() or found.formula.zh == found.formula.en


def test_the_template_says_where_it_ends() -> None:
    assert attained(terms(target=10), D(30), D(200)).percent == 200
    assert attained(terms(target=10, stretch=20), D(20), D(150)).percent == 150
    assert attained(terms(target=10), D(30), D(100)).percent == 100


@pytest.mark.parametrize(
    "given",
    [{"target": 10}, {"steps": SCALE}, {"shape": "yes_no"}, {"shape": "milestones", "milestones": ("a",)}],
)
def test_what_is_not_known_is_no_zero(given: dict[str, Any]) -> None:
    found = attained(terms(**given), None)
    assert found.percent is None
    assert "does not count as 0" in found.formula.en


def test_without_a_target_nothing_is_compared() -> None:
    assert attained(terms(), D(3)).percent is None
    assert attained(terms(shape="milestones"), D(3)).percent is None


def test_an_objective_is_the_mean_of_its_key_results() -> None:
    found = objective([(D(2), D(100), D("0.7")), (D(1), D(40), D("0.4")), (D(1), None, None)])
    assert (found.percent, found.score) == (D(80), D("0.60"))
    assert found.formula.en == (
        "66.7% × 100% + 33.3% × 40% = 80% · score 0.6; 2 of 3 key results have a value, the others are left out"
    )
    assert objective([(None, D(100), D(1)), (None, D(50), D("0.5"))]).percent == 75
    assert objective([(D(1), None, None)]).percent is None
    assert objective([]).percent is None


def test_a_figure_in_the_middle_is_rounded_up() -> None:
    found = objective([(None, D("50.0001"), D("0.12")), (None, D("50"), D("0.13"))])
    assert (found.percent, found.score) == (D("50.0001"), D("0.13")), "of 50.00005 and 0.125"


EXPECTED = [
    ("a way", WAY, 0.4, 40),
    ("from nothing", {"target": 20}, 0.4, 40),
    ("milestones", {"shape": "milestones", "milestones": ("a", "b")}, 0.5, 50),
    ("a limit to hold", {"lower": True, "target": 2}, 0.4, 100),
    ("a mean to hold", {"target": 90, "metric": "csat", "gather": "mean"}, 0.4, 100),
    ("a level that is there", {"baseline": 20, "target": 20}, 0.4, 100),
    ("yes or no, before its end", {"shape": "yes_no"}, 0.9, 0),
    ("yes or no, at its end", {"shape": "yes_no"}, 1.0, 100),
    ("a step scale", {"steps": SCALE}, 0.5, None),
]


@pytest.mark.parametrize(("what", "given", "elapsed", "percent"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_what_is_to_be_expected_by_now(
    what: str, given: dict[str, Any], elapsed: float, percent: float | None
) -> None:
    assert expects(terms(**given), elapsed) == percent, what


# Rules that hold for all numbers

AMOUNTS = st.decimals(-LARGEST, LARGEST, places=4)
NEAR = st.decimals(-1000, 1000, places=2)
NUMBER = st.one_of(NEAR, AMOUNTS)
CAPS = st.integers(100, 300).map(D)


@given(
    NUMBER, NUMBER, NUMBER, st.none() | NUMBER, st.none() | NUMBER, st.booleans(), st.sampled_from(["kpi", "okr"]), CAPS
)  # fmt: skip
def test_a_better_value_is_never_worth_less_and_all_lies_between_zero_and_the_cap(
    value: Decimal, other: Decimal, target: Decimal, baseline: Decimal | None, stretch: Decimal | None,
    lower: bool, method: Any, cap: Decimal,
) -> None:  # fmt: skip
    goal = terms(target=target, baseline=baseline, stretch=stretch, lower=lower, method=method)
    worse, better = sorted((value, other), reverse=lower)
    first, second = attained(goal, worse, cap).percent, attained(goal, better, cap).percent
    assert first is not None
    assert second is not None
    assert 0 <= first <= second <= cap


@given(NUMBER, st.none() | NUMBER, st.booleans())
def test_reaching_the_target_is_a_hundred(target: Decimal, baseline: Decimal | None, lower: bool) -> None:
    assert attained(terms(target=target, baseline=baseline, lower=lower), target).percent == 100


# A person's whole


def stands(goal: int, attainment: str | None, **given: Any) -> Standing:
    """A goal of one's own that is agreed, as far as it is reached."""
    named = {name: D(str(value)) if name == "weight" else value for name, value in given.items()}
    return Standing(
        Goal(goal, 1, Terms(f"Goal {goal}", **named)), (), attainment=D(attainment) if attainment else None
    )


BSC = {"financial": D(40), "customer": D(20), "process": D(20), "learning": D(20)}


def test_the_whole_is_weight_times_attainment() -> None:
    sheet = sheet_attainment([stands(1, "75", weight=40), stands(2, "100", weight=60)], {})
    assert sheet.whole == 90
    assert sheet.formula.en == "40% × 75% + 60% × 100% = 90%"
    assert [(line.goal, line.share, line.points) for line in sheet.lines] == [(1, 40, 30), (2, 60, 60)]
    assert sheet.left_out is None


def test_what_has_no_value_is_left_out_and_the_others_count_for_more() -> None:
    sheet = sheet_attainment(
        [stands(1, "75", weight=40), stands(2, None, weight=20), stands(3, "50", weight=40)], {}
    )
    assert sheet.formula.en == "50% × 75% + 50% × 50% = 62.5%"
    assert sheet.left_out is not None
    assert "“Goal 2”" in sheet.left_out.en
    assert "按比例折算" in sheet.left_out.zh


def test_without_weights_all_count_the_same() -> None:
    assert sheet_attainment([stands(1, "60"), stands(2, "90")], {}).whole == 75


def test_without_any_value_there_is_no_whole() -> None:
    sheet = sheet_attainment([stands(1, None), stands(2, "100", part="bonus", weight=5)], {})
    assert sheet.whole is None


def test_bonuses_and_penalties_lie_outside_the_hundred() -> None:
    sheet = sheet_attainment(
        [
            stands(1, "90", weight=100),
            stands(2, "100", part="bonus", weight=10),
            stands(3, "50", part="penalty", weight=8),
            stands(4, None, part="penalty", weight=8),
        ],
        {},
    )
    assert sheet.formula.en == "100% × 90% + 10% × 100% − 8% × 50% = 96%"
    assert [line.points for line in sheet.lines] == [90, 10, -4]


def test_the_whole_ends_at_the_cap_and_at_zero() -> None:
    rich = sheet_attainment([stands(1, "118", weight=100), stands(2, "100", part="bonus", weight=10)], {})
    assert rich.whole == 120
    assert rich.formula.en.endswith("= 128%, counted as 120%")
    assert sheet_attainment([stands(1, "5"), stands(2, "100", part="penalty", weight=10)], {}).whole == 0


def test_perspectives_divide_what_sits_in_them() -> None:
    sheet = sheet_attainment(
        [
            stands(1, "100", weight=10, perspective="financial"),
            stands(2, "50", weight=30, perspective="financial"),
            stands(3, "80", weight=60, perspective="customer"),
        ],
        BSC,
    )
    shares = {line.goal: round(line.share, 2) for line in sheet.lines}
    assert shares == {1: D("16.67"), 2: D("50.00"), 3: D("33.33")}  # 40 : 20, then 1 : 3 within the first


def test_key_results_count_inside_their_objective_only() -> None:
    sheet = sheet_attainment(
        [
            stands(1, "80", shape="objective", weight=50),
            stands(2, "60", parent=1, weight=30),
            stands(3, "100", parent=1, weight=70),
            stands(4, "100", weight=50),
        ],
        {},
    )
    assert [line.goal for line in sheet.lines] == [1, 4]
    assert sheet.whole == 90


def test_only_what_is_agreed_counts() -> None:
    draft = Standing(Goal(2, 1, Terms("Draft"), state="proposed"), (), attainment=D(100))
    assert sheet_attainment([stands(1, "50"), draft], {}).whole == 50
