"""The score as arithmetic: worked examples, and what holds for whatever the numbers are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies
from hypothesis.strategies import SearchStrategy

from flows.results.expression import Formula
from flows.results.formula import NO_WEIGHTS, NOTHING, Score, score_of

Values = dict[str, Decimal | None]
CAP = Decimal(120)


def amounts(**given: Any) -> Values:
    return {name: None if value is None else Decimal(str(value)) for name, value in given.items()}


def weights(**given: Any) -> dict[str, Decimal]:
    return {name: Decimal(str(value)) for name, value in given.items()}


@pytest.mark.parametrize(
    ("values", "of", "score", "left_out"),
    [
        # 0.6 x 93.1 + 0.4 x 80
        (amounts(goals="93.1", behaviour=80), weights(goals=60, behaviour=40), "87.86", ()),
        # (55 x 108.4 + 15 x 80 + 10 x 60) ÷ 80: peers and external have 20 of the 100
        (
            amounts(goals="108.4", behaviour=80, ability=60, peers=None, external=None),
            weights(goals=55, behaviour=15, ability=10, peers=10, external=10),
            "97.03", ("peers", "external"),
        ),
        (amounts(goals="82.345"), weights(goals=100), "82.35", ()),  # half up, not to the even one
        (amounts(goals="82.355"), weights(goals=100), "82.36", ()),
        (amounts(goals=0, behaviour=0), weights(goals=60, behaviour=40), "0.00", ()),  # a zero is a value
        (amounts(goals=120, behaviour=100), weights(goals=60, behaviour=40), "112.00", ()),
        (amounts(goals=90), weights(goals=60, behaviour=40), "90.00", ("behaviour",)),
        (amounts(goals=90, mood=10), weights(goals=60), "90.00", ()),  # what has no weight counts nowhere
        (amounts(goals=90, behaviour=10), weights(goals=100, behaviour=0), "90.00", ()),
        (amounts(a=1, b=0, c=0), weights(a=1, b=1, c=1), "0.33", ()),
    ],
)  # fmt: skip
def test_worked_examples(values: Values, of: Any, score: str, left_out: tuple[str, ...]) -> None:
    found = score_of(values, of)
    assert str(found.score) == score
    assert found.left_out == left_out
    assert found.why is None


def test_each_term_says_what_it_counts_for() -> None:
    found = score_of(amounts(goals=90, behaviour=80, peers=None), weights(goals=60, behaviour=20, peers=20))
    assert [(term.name, term.share, term.points) for term in found.terms] == [
        ("goals", Decimal("75.00"), Decimal("67.50")),
        ("behaviour", Decimal("25.00"), Decimal("20.00")),
        ("peers", None, None),
    ]


def test_what_can_not_be_computed_says_why_and_is_no_zero() -> None:
    assert score_of(amounts(goals=None), weights(goals=100)) == Score(
        None, score_of(amounts(goals=None), weights(goals=100)).terms, NOTHING
    )
    assert score_of(amounts(goals=80), {}).why == NO_WEIGHTS
    assert score_of(amounts(goals=80), {}).score is None


def test_a_formula_makes_the_score_and_ends_at_zero_and_at_the_cap() -> None:
    def of(text: str, **given: Any) -> Score:
        values = amounts(**given)
        return score_of(values, weights(goals=60), Formula(text, values), CAP)

    assert of("goals * behaviour / 100", goals=90, behaviour=80).score == 72
    assert of("goals + behaviour", goals=90, behaviour=80).score == CAP
    assert of("goals - behaviour", goals=10, behaviour=80).score == 0
    assert str(of("goals / 3", goals=200).score) == "66.67"
    missing = of("goals * behaviour / 100", goals=90, behaviour=None)
    assert missing.score is None
    assert missing.why
    assert "`behaviour`" in missing.why.en
    assert missing.left_out == ("behaviour",)
    assert [term.name for term in missing.terms] == ["goals", "behaviour"]


NAMES = ("goals", "behaviour", "ability", "peers", "external")
AMOUNT = strategies.decimals(0, 120, places=4)
WEIGHT = strategies.decimals("0.1", 100, places=1)


@strategies.composite
def sheets(draw: strategies.DrawFn, missing: bool = True) -> tuple[Values, dict[str, Decimal]]:
    """Components with weights; at least the first has a value."""
    names = draw(strategies.lists(strategies.sampled_from(NAMES), min_size=1, unique=True))
    one: SearchStrategy[Decimal | None] = AMOUNT | strategies.none() if missing else AMOUNT
    values: Values = {name: draw(one) for name in names}
    values[names[0]] = draw(AMOUNT)
    return values, {name: draw(WEIGHT) for name in names}


def score(values: Values, of: dict[str, Decimal]) -> Decimal:
    found = score_of(values, of).score
    assert found is not None
    return found


@given(sheets())
def test_it_lies_between_the_lowest_and_the_highest_component(sheet: Any) -> None:
    values, of = sheet
    known = [value for value in values.values() if value is not None]
    half = Decimal("0.005")
    assert min(known) - half <= score(values, of) <= max(known) + half


@given(sheets(), AMOUNT)
def test_a_better_component_never_makes_it_worse(sheet: Any, better: Decimal) -> None:
    values, of = sheet
    for name, value in values.items():
        if value is not None:
            assert score({**values, name: max(value, better)}, of) >= score(values, of)


@given(sheets(), strategies.sampled_from(["0.5", "2", "100", "0.001"]))
def test_only_the_proportion_of_weights_counts(sheet: Any, factor: str) -> None:
    values, of = sheet
    assert score(values, {name: weight * Decimal(factor) for name, weight in of.items()}) == score(values, of)


@given(sheets())
def test_a_missing_component_is_one_that_the_template_does_not_have(sheet: Any) -> None:
    values, of = sheet
    known = {name: value for name, value in values.items() if value is not None}
    assert score(values, of) == score(known, {name: of[name] for name in known})


@given(sheets(), strategies.randoms(use_true_random=False))
def test_the_order_does_not_matter(sheet: Any, chance: Any) -> None:
    values, of = sheet
    names = list(values)
    chance.shuffle(names)
    assert score({name: values[name] for name in names}, {name: of[name] for name in names}) == score(
        values, of
    )


@given(sheets())
def test_shares_and_points_come_to_the_whole(sheet: Any) -> None:
    values, of = sheet
    found = score_of(values, of)
    known = [term for term in found.terms if term.value is not None]
    slack = Decimal("0.005") * (len(known) + 1)
    assert abs(sum(term.share or 0 for term in known) - 100) <= slack
    assert found.score is not None
    assert abs(sum(term.points or 0 for term in known) - found.score) <= slack
