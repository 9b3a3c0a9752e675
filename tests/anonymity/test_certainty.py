"""How sure somebody can be of one rater's answer who knows the shown average and nothing else: every case is counted."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from flows.core.kinds import Rating
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import same
from flows.reviews.anonymity import average, average_words, ends_of, is_averaged

GOAL = Fraction(70, 100)


def asked(*steps: int) -> Question:
    return Question("q", same("?"), Rating(tuple(Option(str(step), same(step)) for step in steps)))


def sums(raters: int, steps: tuple[int, ...]) -> Counter[int]:
    """How many ways there are to each sum of so many answers."""
    found = Counter({0: 1})
    for _ in range(raters):
        longer: Counter[int] = Counter()
        for total, ways in found.items():
            for step in steps:
                longer[total + step] += ways
        found = longer
    return found


def surest(raters: int, steps: tuple[int, ...]) -> Fraction:
    """The highest probability of one rater's value after the average is shown, all answers being as likely before.

    The others' answers matter by their sum alone, so each sum stands for all the ways to it.
    """
    question = asked(*steps)
    all_of: Counter[Decimal] = Counter()
    with_value: Counter[tuple[Decimal, int]] = Counter()
    for others, ways in sums(raters - 1, steps).items():
        for value in steps:
            shown = average(question, made_of(others + value, raters, steps))
            all_of[shown] += ways
            with_value[shown, value] += ways
    return max(Fraction(ways, all_of[shown]) for (shown, _), ways in with_value.items())


def made_of(total: int, raters: int, steps: tuple[int, ...]) -> list[int]:
    """Some answers with that sum; the average looks at nothing else."""
    return [total, *([0] * (raters - 1))]


@pytest.mark.parametrize("raters", range(3, 11))
@pytest.mark.parametrize(
    "steps", [tuple(range(1, last + 1)) for last in range(3, 11)] + [(1, 3, 5), (0, 5, 10)], ids=str
)
def test_nobody_is_surer_than_seven_in_ten(raters: int, steps: tuple[int, ...]) -> None:
    assert surest(raters, steps) <= GOAL


def test_what_is_known_about_five_steps() -> None:
    found = {raters: round(float(surest(raters, (1, 2, 3, 4, 5))), 3) for raters in range(3, 8)}
    assert found == {3: 0.6, 4: 0.667, 5: 0.625, 6: 0.6, 7: 0.581}


def test_with_two_decimals_everything_would_be_known() -> None:
    steps, raters = (1, 2, 3, 4, 5), 3
    exact: Counter[int] = Counter()
    for others, ways in sums(raters - 1, steps).items():
        for value in steps:
            exact[others + value] += ways
    assert min(exact.values()) == 1, "the mean of three fives is 5.00, and then everybody gave a five"


@pytest.mark.parametrize("steps", [(1, 2), (1, 2, 5), (0, 1, 10), (1,), ()], ids=str)
def test_scales_that_hide_too_little_are_not_averaged(steps: tuple[int, ...]) -> None:
    assert not is_averaged(asked(*steps))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([5, 5, 5], "≥ 4.5"), ([1, 1, 1], "≤ 1.5"), ([1, 2, 2], "≤ 1.5"), ([5, 5, 4], "≥ 4.5"), ([5, 4, 4], "≥ 4.5"),
        ([4, 4, 4], "4.0"), ([3, 4, 4], "3.5"), ([3, 3, 4, 5], "4.0"), ([2, 2, 3], "2.5"), ([1, 2, 2, 2], "2.0"),
        ([1, 5, 3], "3.0"),
    ],
)  # fmt: skip
def test_averages_are_halves_and_end_before_the_ends(given: list[int], shown: str) -> None:
    question = asked(1, 2, 3, 4, 5)
    words = average_words(question, str(average(question, given)))
    assert (words.en, words.zh) == (shown, shown)


def test_the_order_in_which_a_scale_is_written_does_not_matter() -> None:
    assert ends_of(asked(5, 4, 3, 2, 1)) == ends_of(asked(1, 2, 3, 4, 5)) == (Decimal("1.5"), Decimal("4.5"))
    assert average(asked(10, 5, 0), [10, 10, 0, 0]) == 5
