"""Another template over the same kept components: each score by hand, and what is said of the difference."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.core.words import Words
from flows.cycle.template import Free, Step, Template
from flows.results.simulating import differences, has_same_scale, moves, tried, way_of
from tests.stories.test_scoring import RATED

PARTS: dict[str, Any] = {
    "goals": {"name": "goals", "value": "90", "goals": []},
    "behaviour": {"name": "behaviour", "value": "100", "rated": "3", "of": "3"},
    "ability": {"name": "ability", "value": "66.6667", "rated": "2", "of": "3"},
}
SAME = RATED
WEIGHED = replace(RATED, weights={"goals": Decimal(100)})
STRICT = replace(RATED, scale=(replace(RATED.scale[0], least=Decimal(95)), *RATED.scale[1:]))
FORMULA = replace(RATED, formula="min(goals, 50) + 0 * weighted()")
UNKNOWN = replace(RATED, weights={"behaviour": Decimal(50), "ability": Decimal(50)})
FREE = replace(RATED, scale=(), free=Free(Decimal(1), Decimal(5)))


@pytest.mark.parametrize(
    ("other", "after", "becomes", "moved"),
    [
        (SAME, "88.33", "A", False),
        (WEIGHED, "90.00", "A", False),
        (STRICT, "88.33", "B", True),
        (FORMULA, "50.00", "C", True),
        (UNKNOWN, "83.33", "B", True),
        (FREE, "88.33", "4.53", False),  # ratings can't be compared, and the score is the same
    ],
)
def test_one_person_under_another_template(other: Template, after: str, becomes: str, moved: bool) -> None:
    trial = tried(way_of(RATED), way_of(other), 1, PARTS)
    assert (str(trial.before), trial.was) == ("88.33", "A")
    assert (str(trial.after), trial.becomes) == (after, becomes)
    assert moves(trial, comparable=has_same_scale(RATED, other)) is moved


def test_what_is_missing_is_left_out_on_both_sides() -> None:
    trial = tried(way_of(RATED), way_of(WEIGHED), 1, {"behaviour": PARTS["behaviour"]})
    assert str(trial.before) == "100.00"
    assert trial.after is None
    assert trial.why.en
    assert trial.change == -100


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (SAME, []),
        (STRICT, ["A from 85 → 95 points on"]),
        (FORMULA, ["another formula"]),
        (FREE, ["another rating scale"]),
        (replace(RATED, goal_cap=Decimal(100)), ["goals end at 120% → 100%"]),
        (replace(RATED, scale=(*RATED.scale, Step("D", Words("Far below", "远低"), Decimal(0)))), ["another rating scale"]),
    ],
)  # fmt: skip
def test_what_differs_is_said_with_both_sides(other: Template, said: list[str]) -> None:
    assert [words.en for words in differences(way_of(RATED), way_of(other))] == said


def test_other_weights_are_named() -> None:
    found = [words.en for words in differences(way_of(RATED), way_of(WEIGHED))]
    assert len(found) == 3
    assert any("50% → 100%" in words for words in found)
