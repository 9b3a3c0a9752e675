"""How a number is divided: what a child's target gives, and an even split, against plain arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.goals.kept import LARGEST, PLACES, Terms
from flows.goals.tree.dividing import contribution, evenly, in_places

COMPANY = Terms("Revenue", unit="CNY", target=Decimal(10_000_000))
AMOUNTS = st.decimals(0, 10**9, places=PLACES)


def child(
    target: object = 4, unit: str = "CNY", rule: str = "sum", factor: object = None, **more: object
) -> Terms:
    number = None if target is None else Decimal(str(target))
    times = None if factor is None else Decimal(str(factor))
    return Terms("Mine", unit=unit, target=number, rule=rule, factor=times, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("terms", "parent", "gives"),
    [
        (child(4_000_000), COMPANY, "4000000"),
        (child("0.0001"), COMPANY, "0.0001"),
        (child(0), COMPANY, "0"),
        (child(None), COMPANY, None),
        (child(4, "USD"), COMPANY, None),  # another currency has no rate of its own
        (child(4, "contracts"), COMPANY, None),
        (child(4, rule="none"), COMPANY, None),
        (child(4, lower=True), COMPANY, None),  # a limit of costs is no part of a revenue
        (child(4, part="bonus"), COMPANY, None),
        (child(80, "contracts", "factor", 50_000), COMPANY, "4000000"),
        (child(4, "USD", "factor", "7.1234567"), COMPANY, "28.4938"),
        (child(4, "contracts", "factor"), COMPANY, None),  # a rule that is not stated
        (child(10, "%"), Terms("Margin", unit="%", target=Decimal(20)), None),  # percentages don't add up
        (child(10, "%", "factor", "0.5"), Terms("Margin", unit="%", target=Decimal(20)), "5"),
        (child(4), Terms("To be liked", unit="CNY"), None),
        (child(4), Terms("No loss", unit="CNY", target=Decimal(0)), "4"),
        (child(10**14, "t", "factor", 10), COMPANY, None),  # more than is kept
    ],
)  # fmt: skip
def test_what_a_target_gives(terms: Terms, parent: Terms, gives: str | None) -> None:
    assert contribution(terms, parent) == (None if gives is None else Decimal(gives))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e308", "sNaN"])
def test_what_is_no_amount_is_none(value: str) -> None:
    assert in_places(Decimal(value)) is None


def test_half_a_place_goes_to_the_even_digit() -> None:
    assert [in_places(Decimal(text)) for text in ("0.00005", "0.00015", "-0.00004")] == [
        Decimal(0), Decimal("0.0002"), Decimal(0)
    ]  # fmt: skip
    assert in_places(LARGEST) == LARGEST


@given(AMOUNTS, st.integers(1, 200))
def test_even_parts_sum_to_the_whole_and_differ_by_one_step(total: Decimal, parts: int) -> None:
    split = evenly(total, parts)
    step = 1 if total == int(total) else Decimal(1).scaleb(-PLACES)
    assert (len(split), sum(split)) == (parts, total)
    assert max(split) - min(split) in (0, step)
    assert all(in_places(part) == part for part in split)


def test_ten_million_over_three() -> None:
    assert evenly(Decimal(10_000_000), 3) == [Decimal(3_333_334), Decimal(3_333_333), Decimal(3_333_333)]
