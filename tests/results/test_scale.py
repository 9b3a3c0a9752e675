"""Scales of steps and of numbers: what a score proposes, and what somebody means who types a rating."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies

from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.template import Free, Step, Template
from flows.results.scale import coefficient, proposed, rating_of, scale_words


def template(*steps: Step, free: Free | None = None) -> Template:
    return Template("t", same("t"), "year", (), scale=steps, free=free)


def step(key: str, value: str, least: str | None = None, pay: str | None = None) -> Step:
    label = {"5": Words("Outstanding", "卓越"), "A": Words("Beyond", "优秀")}.get(key, same(f"Step {key}"))
    return Step(key, label, Decimal(value), Decimal(least) if least else None, Decimal(pay) if pay else None)


FIVE = template(*(step(str(number), str(number)) for number in range(1, 6)))
LETTERS = template(
    step("S", "5", "110", "2"), step("A", "4", "95", "1.5"), step("B", "3", "80", "1"), step("C", "2", "60", "0.5"),
    step("D", "1", None, "0"),
)  # fmt: skip
QUARTERS = template(*(step(key, key) for key in ("5", "4", "3.75", "3.5", "3.25", "3")))
FREE = template(free=Free(Decimal(0), Decimal("4"), 2))


@pytest.mark.parametrize(
    ("of", "score", "rating"),
    [
        # 1 + 4 x score ÷ 100: the middles are 12.5, 37.5, 62.5 and 87.5, and go up
        (FIVE, "0", "1"), (FIVE, "12.49", "1"), (FIVE, "12.5", "2"), (FIVE, "37.5", "3"), (FIVE, "62.49", "3"),
        (FIVE, "62.5", "4"), (FIVE, "87.49", "4"), (FIVE, "87.5", "5"), (FIVE, "100", "5"), (FIVE, "120", "5"),
        # from which score on a step is proposed; below all the lowest
        (LETTERS, "110", "S"), (LETTERS, "109.99", "A"), (LETTERS, "95", "A"), (LETTERS, "94.99", "B"),
        (LETTERS, "60", "C"), (LETTERS, "59.99", "D"), (LETTERS, "0", "D"),
        # 3 + 2 x score ÷ 100, to steps that are not even: 3.25 | 3.375 | 3.5 is at 18.75, 3.875 at 43.75, 4.5 at 75
        (QUARTERS, "0", "3"), (QUARTERS, "6.25", "3.25"), (QUARTERS, "18.74", "3.25"), (QUARTERS, "18.75", "3.5"),
        (QUARTERS, "43.75", "4"), (QUARTERS, "74.99", "4"), (QUARTERS, "75", "5"),
        (FREE, "0", "0.00"), (FREE, "87.86", "3.51"), (FREE, "0.125", "0.01"), (FREE, "0.12", "0.00"),
        (FREE, "100", "4.00"), (FREE, "120", "4.00"),
        (template(), "80", ""),
    ],
)  # fmt: skip
def test_a_score_proposes(of: Template, score: str, rating: str) -> None:
    assert proposed(of, Decimal(score)) == rating


def test_without_a_score_nothing_is_proposed() -> None:
    assert [proposed(of, None) for of in (FIVE, LETTERS, FREE)] == ["", "", ""]


SCORES = strategies.decimals(0, 120, places=2)


@given(SCORES, SCORES)
def test_a_better_score_never_proposes_less(one: Decimal, other: Decimal) -> None:
    low, high = sorted([one, other])
    for of in (FIVE, LETTERS, QUARTERS):
        values = {step.key: step.value for step in of.scale}
        assert values[proposed(of, low)] <= values[proposed(of, high)]
    assert Decimal(proposed(FREE, low)) <= Decimal(proposed(FREE, high))


@given(SCORES)
def test_the_order_of_the_steps_in_the_file_does_not_matter(score: Decimal) -> None:
    for of in (FIVE, LETTERS, QUARTERS):
        assert proposed(of, score) == proposed(template(*of.scale[::-1]), score)


def test_pay_is_a_matter_of_its_own() -> None:
    assert coefficient(LETTERS, "A") == Decimal("1.5")
    assert coefficient(LETTERS, "") is None
    assert coefficient(FIVE, "5") is None
    assert coefficient(FREE, "3.50") is None


@pytest.mark.parametrize(
    ("of", "typed", "rating"),
    [
        (FIVE, "4", "4"), (FIVE, " 4 ", "4"), (FIVE, "４", "4"), (FIVE, "4.0", "4"), (FIVE, "outstanding", "5"),
        (FIVE, "卓越", "5"), (FIVE, "四", "4"),
        (LETTERS, "a", "A"), (LETTERS, "Ｓ", "S"), (LETTERS, "优秀", "A"), (LETTERS, "3", "B"),
        (QUARTERS, "3.75", "3.75"), (QUARTERS, "3,75", "3.75"), (QUARTERS, "3.750", "3.75"),
        (FREE, "3.75", "3.75"), (FREE, "3.7", "3.70"), (FREE, "4", "4.00"), (FREE, "0", "0.00"),
    ],
)  # fmt: skip
def test_a_typed_rating_is_understood(of: Template, typed: str, rating: str) -> None:
    assert rating_of(of, typed) == rating


@pytest.mark.parametrize(
    ("of", "typed"),
    [
        (FIVE, "6"), (FIVE, "0"), (FIVE, "-1"), (FIVE, "3.5"), (FIVE, ""), (FIVE, "very good"), (LETTERS, "E"),
        (LETTERS, "S+"), (QUARTERS, "4.5"), (FREE, "4.01"), (FREE, "-0.5"), (FREE, "3.755"), (FREE, "A"),
        (FIVE, "4" * 5000),
    ],
)  # fmt: skip
def test_what_is_not_on_the_scale_is_refused_with_the_scale(of: Template, typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        rating_of(of, typed)
    words = refused.value.words
    assert scale_words(of).en in words.en
    assert scale_words(of).zh in words.zh
    assert len(words.en) < 300


def test_the_scale_in_one_line() -> None:
    assert scale_words(FIVE).en == "5 · Outstanding, 4 · Step 4, 3 · Step 3, 2 · Step 2, 1 · Step 1"
    assert scale_words(FREE).en == "0 to 4, with up to 2 decimals"
    assert scale_words(FREE).zh == "0 至 4，最多 2 位小数"
