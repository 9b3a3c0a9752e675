"""The figures of the goals' reports, by hand and against the plain loop over everybody."""

from __future__ import annotations

from decimal import Decimal
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.core.rounding import half_up
from flows.reports.goals.coverage import have
from flows.reports.goals.kept import Given, Lifts, Risk, Sums
from flows.reports.goals.measures import (
    ahead,
    at_stake,
    counted,
    covered,
    even_pace,
    gap,
    is_well_behind,
    no_value,
    on_track,
    reached,
    returned,
)
from tests.storage.conftest import NOW

D = Decimal
RISK = Risk(
    1, "Calls", 2, 3, "Sales", "person", "public", "calls", D(100), ("forecast",), NOW, D(40), D(30), D(55), D(50),
    D(60), D(70), D(60),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sums", "is_", "should", "behind"),
    [
        (Sums(), None, None, False),
        (Sums(2, 0, 0), None, None, False),
        (Sums(2, 2, 0, D(200), D(90), D(200), D(100)), D(45), D(50), False),
        (Sums(2, 2, 1, D(200), D(74), D(200), D(100)), D(37), D(50), True),
        (Sums(3, 2, 0, D(100), D("33.3333"), D(50), D("30.5")), D("33.3"), D(61), True),
        (Sums(1, 1, 0, D(100), D(120), D(0), D(0)), D(120), None, False),
    ],
)
def test_how_far_a_group_is(sums: Sums, is_: Decimal | None, should: Decimal | None, behind: bool) -> None:
    assert reached(sums) == is_
    assert even_pace(sums) == should
    assert ahead(sums) == (None if is_ is None or should is None else is_ - should)
    assert is_well_behind(sums) is behind


def test_what_has_a_value_is_on_track_or_behind() -> None:
    sums = Sums(10, 7, 2)
    assert (on_track(sums), sums.behind, no_value(sums)) == (5, 2, 3)


SHARES = some.lists(some.tuples(some.integers(1, 100), some.integers(0, 120)), min_size=1, max_size=5)


@given(some.lists(SHARES, min_size=1, max_size=8))
def test_each_person_counts_once_whatever_they_have_goals(people: list[list[tuple[int, int]]]) -> None:
    """Σ share x attainment ÷ Σ share is the mean of everybody's own weighted mean."""
    whole, plain = Sums(), []
    for goals in people:
        total = sum(weight for weight, _ in goals)
        own = sum(D(weight * value) / total for weight, value in goals)
        plain.append(own)
        whole += Sums(len(goals), len(goals), 0, D(100), own)
    assert reached(whole) == half_up(sum(plain) / len(plain), D("0.1"))


@pytest.mark.parametrize(
    ("change", "points", "stake"),
    [
        ({}, D(40), D(16)),
        ({"ending": D(110)}, D(0), D(0)),
        ({"ending": None}, D(25), D(10)),
        ({"ending": None, "attainment": D(80)}, D(0), D(0)),
        ({"ending": None, "paced": None}, D(0), D(0)),
        ({"weight": D(100)}, D(40), D(40)),
    ],
)
def test_by_how_much_a_goal_will_miss(
    change: dict[str, Decimal | None], points: Decimal, stake: Decimal
) -> None:
    risk = Risk(**{**{name: getattr(RISK, name) for name in Risk.__slots__}, **change})  # type: ignore[arg-type]
    assert (gap(risk), at_stake(risk)) == (points, stake)


@pytest.mark.parametrize(
    ("given_", "target", "share"),
    [
        (D(80), D(100), D(80)),
        (D(100), D(100), D(100)),
        (D("99.99"), D(100), D("99.9")),
        (D("100.01"), D(100), D("100.1")),
        (D(250), D(100), D(250)),
        (D(-5), D(100), D(0)),
        (D(0), D(100), D(0)),
        (D(5), D(0), None),
        (D(5), D(-10), None),
        (D(5), None, None),
    ],
)
def test_how_much_of_a_target_is_covered(
    given_: Decimal, target: Decimal | None, share: Decimal | None
) -> None:
    assert covered(given_, target) == share


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (Given(D(10), 3, D(10), 3, 0), (D(10), 3, False)),
        (Given(D(10), 3, D(7), 2, 0), (D(7), 2, True)),  # the third would be 10 − 7
        (Given(D(10), 3, D(4), 1, 0), (D(10), 3, False)),
        (Given(D(10), 1, D(0), 0, 5), (D(0), 0, True)),
    ],
)
def test_a_sum_does_not_tell_one_goal_that_is_not_public(one: Given, told: tuple[Decimal, int, bool]) -> None:
    assert counted(one) == told


@pytest.mark.parametrize(
    ("without", "every", "share"),
    [(0, 10, D(100)), (10, 10, D(0)), (1, 100_000, D("99.9")), (0, 0, None), (1, 3, D("66.7"))],
)
def test_how_many_have_a_goal(without: int, every: int, share: Decimal | None) -> None:
    assert have(without, every) == share


def lifted(goals: list[tuple[int, int]]) -> Lifts:
    """The sums over goals of (lift, resources granted)."""
    return Lifts(
        len(goals), sum(m for _, m in goals), len(goals), sum(m for _, m in goals), D(sum(x for x, _ in goals)),
        D(sum(x * x for x, _ in goals)), D(sum(x * m for x, m in goals)), sum(m * m for _, m in goals),
    )  # fmt: skip


def test_the_return_of_one_resource_each_is_the_mean_lift_with_its_band() -> None:
    values = [10, 14, 6, 12, 8]
    got = returned(lifted([(value, 1) for value in values]))
    assert got is not None
    assert got.points == mean(values)
    half = 1.533 * stdev(values) / 5**0.5  # Student's t with four degrees, 80 %
    assert float(got.high - got.points) == pytest.approx(half, abs=0.051)
    assert got.points - got.low == got.high - got.points


def test_too_few_goals_say_nothing() -> None:
    assert returned(lifted([(10, 1)] * 4)) is None
    assert returned(Lifts()) is None


GOALS = some.lists(some.tuples(some.integers(-100, 100), some.integers(1, 4)), min_size=5, max_size=40)


@given(GOALS)
def test_a_return_lies_in_its_band_and_among_the_goals(goals: list[tuple[int, int]]) -> None:
    got = returned(lifted(goals))
    assert got is not None
    assert got.low <= got.points <= got.high
    ratios = [D(x) / m for x, m in goals]
    assert min(ratios) - 1 <= got.points <= max(ratios) + 1


@given(GOALS, some.integers(-50, 50))
def test_everybody_gaining_more_moves_the_return_by_as_much(goals: list[tuple[int, int]], more: int) -> None:
    plain = [(x, 1) for x, _ in goals]
    before, after = returned(lifted(plain)), returned(lifted([(x + more, m) for x, m in plain]))
    assert before is not None
    assert after is not None
    assert abs(after.points - before.points - more) <= D("0.1")
