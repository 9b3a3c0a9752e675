"""Which hints each side gets, and from which rating on a result is a hard one to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest

from flows.core.words import Words
from flows.cycle.template import Free, Step
from flows.interviews import hints
from flows.interviews.hints import is_hard, openings
from flows.interviews.talked import Side
from tests.stories.quarter import QUARTER

MAY = date(2026, 5, 4)


def scale(*values: int) -> tuple[Step, ...]:
    return tuple(Step(f"S{value}", Words("Step", "级"), Decimal(value)) for value in values)


@pytest.mark.parametrize(
    ("values", "rating", "hard"),
    [
        ((1, 2, 3, 4, 5), "S1", True), ((1, 2, 3, 4, 5), "S2", True), ((1, 2, 3, 4, 5), "S3", False),
        ((5, 4, 3, 2, 1), "S2", True), ((1, 2, 3, 4), "S2", True), ((1, 2, 3, 4), "S3", False),
        ((1, 2), "S1", True), ((1, 2), "S2", False), ((1,), "S1", False), ((0, 0), "S0", False),
        ((1, 2, 3), "", False), ((1, 2, 3), "gone", False),
    ],
)  # fmt: skip
def test_a_rating_in_the_lower_half_is_hard_to_say(values: tuple[int, ...], rating: str, hard: bool) -> None:
    assert is_hard(replace(QUARTER, scale=scale(*values)), rating) is hard


@pytest.mark.parametrize(
    ("rating", "hard"), [("1.0", True), ("2.9", True), ("3", False), ("5", False), ("", False)]
)
def test_so_is_one_of_a_scale_without_steps(rating: str, hard: bool) -> None:
    free = Free(Decimal(1), Decimal(5), 1)
    assert is_hard(replace(QUARTER, scale=(), free=free), rating) is hard


def said(side: Side, **known: object) -> str:
    usual = {"hard": False, "higher": 0, "until": None}
    return "\n".join(words.en for words in openings(side, "Kim", **{**usual, **known}))  # type: ignore[arg-type]


def test_the_manager_hears_how_to_say_it_and_the_employee_how_to_prepare() -> None:
    assert "Begin with a question" in said("manager")
    assert "Say it plainly" not in said("manager")
    assert "Say it plainly" in said("manager", hard=True)
    assert "Kim rates the period higher" in said("manager", higher=1)
    assert "Kim rates the period lower" in said("manager", higher=-1)
    assert "until the end of Monday 4 May" in said("manager", until=MAY)
    assert "You may have hoped for more" in said("person", hard=True)
    assert "You may have hoped for more" not in said("person")
    assert "Until the end of Monday 4 May you can appeal" in said("person", until=MAY)
    assert "appeal" not in said("person") + said("manager")
    assert "higher" not in said("person", higher=1), "what the manager is told of it is the manager's"


def test_every_hint_has_the_same_slots_in_both_languages() -> None:
    groups = [value for name, value in vars(hints).items() if name.isupper()]
    several = [one for group in groups for one in (group if isinstance(group, tuple) else (group,))]
    found = [one for one in several if isinstance(one, Words)]
    assert len(found) > 15
    for words in found:
        slots = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (words.en, words.zh)]
        assert slots[0] == slots[1], words
