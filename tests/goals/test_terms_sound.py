"""What a goal's terms may not say, the lists that are typed, and what a sentence proposes for the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.goals.kept import LARGEST, Terms
from flows.goals.setting.form_lists import milestones_of, steps_of
from flows.goals.setting.form_read import changed
from flows.goals.setting.lines import aim, bar, weight_words
from flows.goals.setting.soundness import refuse_unsound
from flows.goals.smart.reading import Understood

FIRST, LAST = date(2026, 3, 2), date(2026, 6, 1)
SOUND = Terms(
    "More customers", unit="customers", baseline=Decimal(12), target=Decimal(20), due=date(2026, 3, 31)
)


def refused(**changes: Any) -> str:
    """What is said about the sound terms with these changes; "" where nothing is."""
    try:
        refuse_unsound(replace(SOUND, **changes), FIRST, LAST)
    except Refusal as no:
        return no.words.en
    return ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"baseline": None}, ""),
        ({"baseline": None, "target": None}, ""),
        ({"target": Decimal(-3)}, "below zero"),
        ({"target": Decimal(-3), "baseline": None}, "below zero"),
        ({"target": Decimal(-3), "baseline": Decimal(-9)}, ""),
        ({"target": Decimal(0), "baseline": Decimal(-9)}, ""),
        ({"target": Decimal(0), "lower": True}, ""),
        ({"target": Decimal(12)}, "stands at 12 customers already"),
        ({"target": Decimal(5)}, "goes down"),
        ({"lower": True}, "goes up"),
        ({"stretch": Decimal(25)}, ""),
        ({"stretch": Decimal(20)}, "beyond the target"),
        ({"stretch": Decimal(15)}, "beyond the target"),
        ({"stretch": Decimal(15), "target": None}, "give a target besides"),
        ({"target": Decimal("20.00001")}, "more than 4 digits"),
        ({"target": Decimal("NaN")}, "too large"),
        ({"target": Decimal("1e308")}, "too large"),
        ({"baseline": Decimal("-Infinity")}, "too large"),
        ({"target": LARGEST}, ""),
        ({"target": LARGEST + 1}, "too large"),
        ({"steps": ((Decimal("0.12345"), Decimal(50)),)}, "more than 4 digits"),
        ({"weight": Decimal(101)}, "between 0% and 100%"),
        ({"weight": Decimal(-1)}, "between 0% and 100%"),
        ({"due": date(2026, 3, 1)}, "outside the cycle"),
        ({"due": date(2026, 6, 2)}, "outside the cycle"),
        ({"due": FIRST}, ""),
        ({"due": LAST}, ""),
        ({"unit": "x" * 41}, "at most 40 characters"),
        ({"shape": "milestones"}, "at least one milestone"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], said: str) -> None:
    assert said in refused(**changes)
    assert bool(said) == bool(refused(**changes))


def test_milestones_are_one_per_line_without_their_numbers() -> None:
    assert milestones_of("1. Plan\n\n - Build\n3、上线\n") == ("Plan", "Build", "上线")
    with pytest.raises(Refusal, match="the same"):
        milestones_of("Plan\nplan")
    with pytest.raises(Refusal, match="21 milestones"):
        milestones_of("\n".join(f"step {n}" for n in range(21)))
    with pytest.raises(Refusal, match="at most 150"):
        milestones_of("x" * 151)


def test_steps_are_values_with_their_scores() -> None:
    expected = ((Decimal(10), Decimal(60)), (Decimal(20), Decimal(100)))
    for text in ("20: 100\n10: 60", "10：60%\n20：100", "10 = 60\n20 -> 100"):
        assert steps_of(text) == expected, text
    for wrong in ("twenty", "10: 201", "10: -5", "a: 10", "10:", "1e5: 10"):
        with pytest.raises(Refusal, match="is not a step"):
            steps_of(wrong)
    with pytest.raises(Refusal, match="two steps"):
        steps_of("10: 60\n10: 70")


@pytest.mark.parametrize(
    ("said", "baseline", "target"),
    [
        (Understood(change=Decimal(5), unit="customers"), "12", "17"),
        (Understood(change=Decimal(-3), change_unit="hours", unit="hours"), "12", "9"),
        (Understood(change=Decimal(20), change_unit="%"), "50", "60"),
        (Understood(change=Decimal(-30), change_unit="%", baseline=Decimal(10)), "50", "7"),
        (Understood(change=Decimal(5), change_unit="%", unit="%"), "80", "85"),
        (Understood(change=Decimal(5)), None, None),
        (Understood(), "12", None),
    ],
)
def test_a_change_becomes_a_target_where_the_start_is_known(
    said: Understood, baseline: str | None, target: str | None
) -> None:
    found = changed(said, Decimal(baseline) if baseline else None)
    assert found == (Decimal(target) if target else None)


@given(st.decimals(0, 300, places=1) | st.none())
def test_the_bar_has_ten_cells_and_is_full_from_100_percent_on(attainment: Decimal | None) -> None:
    drawn = bar(attainment)
    assert len(drawn) == 10
    assert (drawn == "▰" * 10) == (attainment is not None and attainment >= 100)


def test_aims_and_weights_in_words() -> None:
    assert aim(SOUND).en == "from 12 to 20 customers"
    assert aim(replace(SOUND, baseline=None)).zh == "目标值 20 customers"
    assert aim(replace(SOUND, baseline=None, lower=True)).en == "at most 20 customers"
    assert aim(Terms("Ship it", "milestones", milestones=("a", "b"))).en == "2 milestones"
    assert weight_words(replace(SOUND, weight=Decimal("30.00"))).en == "weight 30%"
    assert weight_words(replace(SOUND, weight=Decimal(5), part="bonus")).zh == "加分项，最多 5%"
