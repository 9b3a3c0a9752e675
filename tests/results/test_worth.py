"""What a step of a rating counts for on the common scale, and an average between two steps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.core.kinds import Rating
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import Words
from flows.results.explained import counted_words
from flows.results.gathering import of_question
from flows.results.inputs import Of, on_scale, worth

POINTS = {"1": "40", "2": "70", "3": "100", "5": "120"}


@pytest.mark.parametrize(
    ("given_step", "of", "counts"),
    [
        ("3", "5", "60"), ("5", "5", "100"), ("3.5", "4", "87.5"), ("1", POINTS, "40"), ("3", POINTS, "100"),
        ("2.5", POINTS, "85"), ("4", POINTS, "110"), ("5", POINTS, "120"), ("0.5", POINTS, "40"), ("6", POINTS, "120"),
    ],
)  # fmt: skip
def test_what_it_counts(given_step: str, of: Of, counts: str) -> None:
    assert worth(Decimal(given_step), of) == Decimal(counts)


@given(low=some.integers(2, 10), high=some.integers(2, 10))
def test_a_better_average_never_counts_less(low: int, high: int) -> None:
    ends = sorted((Decimal(low) / 2, Decimal(high) / 2))
    assert worth(ends[0], POINTS) <= worth(ends[1], POINTS)


def test_several_questions_count_their_mean() -> None:
    assert on_scale({"a": "3", "b": "2"}, {"a": POINTS, "b": "4"}) == Decimal(75)
    assert on_scale({}, {}) is None


def test_a_question_says_what_its_steps_count() -> None:
    def rating(*values: str | None) -> Question:
        options = tuple(Option(str(n), Words("x", "x"), None, value) for n, value in enumerate(values, 1))
        return Question("q", Words("Q", "Q"), Rating(options))

    assert of_question(rating("40", "100")) == {"1": "40", "2": "100"}
    assert of_question(rating(None, None, None)) == "3"


def test_it_is_told_with_its_source() -> None:
    assert counted_words("3", "5").en == "3 of 5: 3 ÷ 5 × 100"
    assert counted_words("3.5", POINTS).en == "3.5 of 5, which counts 105"
    assert counted_words("3.5", POINTS).zh == "3.5（最高 5），计 105 分"
