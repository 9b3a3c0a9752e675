"""The weights of a person's goals: what is wrong with them, how they are evened out, what each counts for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.goals.kept import Goal, Terms
from flows.goals.measure.weights import effective, evened, weighed, weights_problem

D = Decimal
BSC = {"financial": D(40), "customer": D(20), "process": D(20), "learning": D(20)}


def sheet(*weights: object, **terms: Any) -> list[Goal]:
    """Goals with these weights, by id from 1 on."""
    return [
        Goal(number, 1, Terms(f"Goal {number}", weight=None if one is None else D(str(one)), **terms))
        for number, one in enumerate(weights, 1)
    ]


def of(*goals: list[Goal]) -> list[Goal]:
    """Several sheets as one, numbered through."""
    every = [goal for part in goals for goal in part]
    return [Goal(number, 1, goal.terms, state=goal.state) for number, goal in enumerate(every, 1)]


OBJECTIVE = [
    Goal(1, 1, Terms("Objective", shape="objective", weight=D(40))),
    Goal(2, 1, Terms("Result", parent=1, weight=D(70))),
    Goal(3, 1, Terms("Result", parent=1, weight=D(20))),
    Goal(4, 1, Terms("Other", weight=D(60))),
]

PROBLEMS: list[tuple[str, list[Goal], str]] = [
    ("none at all", [], ""),
    ("all equal", sheet(None, None, None), ""),
    ("a hundred", sheet(40, 60), ""),
    ("a hundred in fractions", sheet("33.3333", "33.3333", "33.3334"), ""),
    ("ninety", sheet(40, 50), "The weights come to 90%, 10% too little."),
    ("a hundred and ten", sheet(60, 50), "The weights come to 110%, 10% too much."),
    ("one without", sheet(60, None), "Without a weight: “Goal 2”."),
    ("zero", sheet(100, 0), "The weight of “Goal 2” must be above 0%"),
    ("negative", sheet(120, -20), "The weight of “Goal 1” must be above 0% and at most 100%"),
    ("a bonus outside", of(sheet(100), sheet(10, part="bonus")), ""),
    ("a bonus without", of(sheet(100), sheet(None, part="bonus")), "“Goal 1” lies outside the 100%"),
    ("key results inside", OBJECTIVE, ""),
    ("a perspective", sheet(100, method="bsc", perspective="process"), ""),
    ("no perspective", sheet(100, method="bsc"), "choose its perspective"),
]


@pytest.mark.parametrize(("what", "goals", "says"), PROBLEMS, ids=[row[0] for row in PROBLEMS])
def test_what_is_wrong_is_said(what: str, goals: list[Goal], says: str) -> None:
    found = weights_problem(goals, BSC)
    assert says in (found.en if found else ""), what
    assert bool(found) == bool(says)


def test_what_is_withdrawn_does_not_count() -> None:
    goals = [*sheet(100), Goal(2, 1, Terms("Gone", weight=D(50)), state="withdrawn")]
    assert weights_problem(goals, {}) is None
    assert [goal.id for goal in weighed(goals)] == [1]


def test_evening_out() -> None:
    assert evened(sheet(None, None, None), {}) == {1: 34, 2: 33, 3: 33}
    assert evened(sheet(40, 50), {}) == {1: 44, 2: 56}
    assert evened(sheet(40, 60), {}) == {1: 40, 2: 60}
    assert evened(sheet(50, None), {}) == {1: 50, 2: 50}
    assert evened(sheet("0.1", "999"), {}) == {1: 1, 2: 99}
    assert evened([], {}) == {}


def test_key_results_keep_their_own_weights() -> None:
    assert evened(OBJECTIVE, {}) == {1: 40, 4: 60}


def test_perspectives_keep_their_share() -> None:
    goals = of(
        sheet(10, 30, method="bsc", perspective="financial"), sheet(20, method="bsc", perspective="learning"),
        sheet(40),
    )  # fmt: skip
    shares = {goal: round(share * 100, 2) for goal, share in effective(goals, BSC).items()}
    assert shares == {1: 10, 2: 30, 3: 20, 4: 40}  # 60 in two perspectives, 40 : 20; the rest keeps its 40
    assert effective(goals, {})[1] == D("0.1")


WEIGHT = st.none() | st.decimals(0, 100, places=2)
GOALS = st.lists(st.tuples(WEIGHT, st.sampled_from([None, *BSC])), min_size=1, max_size=30)


@given(GOALS, st.sampled_from([{}, BSC]))
def test_shares_sum_to_one_and_evened_weights_to_a_hundred(
    rows: list[tuple[Decimal | None, Any]], perspectives: dict[str, Decimal]
) -> None:
    goals = [
        Goal(number, 1, Terms("Goal", weight=weight, perspective=perspective))
        for number, (weight, perspective) in enumerate(rows, 1)
    ]
    shares = effective(goals, perspectives)
    assert abs(sum(shares.values()) - 1) < D("1e-20")
    assert all(share > 0 for share in shares.values())
    weights = evened(goals, perspectives)
    assert sum(weights.values()) == 100
    assert all(weight >= 1 and weight == int(weight) for weight in weights.values())
    new = [Goal(goal.id, 1, Terms("Goal", weight=weights[goal.id])) for goal in goals]
    assert weights_problem(new, {}) is None
    assert evened(new, {}) == weights


def test_more_goals_than_percents() -> None:
    weights = evened(sheet(*[None] * 150), {})
    assert sum(weights.values()) == 100
    assert min(weights.values()) > 0
