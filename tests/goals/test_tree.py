"""How a number is said to be covered, in both languages, and what is refused as a parent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.goals.kept import Coverage, Goal, Terms
from flows.goals.tree.tree import counted_words, coverage_words, share_words

MILLION = 10**6


def parent(target: object = 10 * MILLION, unit: str = "CNY", *, lower: bool = False) -> Goal:
    number = None if target is None else Decimal(str(target))
    return Goal(1, 1, Terms("Revenue", unit=unit, target=number, lower=lower))


def covered(given: object, children: int = 2, others: int = 0) -> Coverage:
    return Coverage(Decimal(str(given)), children, others)


@pytest.mark.parametrize(
    ("goal", "coverage", "en", "zh"),
    [
        (parent(), covered(8 * MILLION),
         "8,000,000 CNY of 10,000,000 CNY: 80% covered, 2,000,000 CNY is not covered.",
         "目标 10,000,000 CNY，已分解 8,000,000 CNY，覆盖 80%，缺口 2,000,000 CNY。"),
        (parent(), covered(10 * MILLION), "10,000,000 CNY of 10,000,000 CNY: 100% covered.",
         "目标 10,000,000 CNY，已分解 10,000,000 CNY，覆盖 100%。"),
        (parent(), covered(12 * MILLION),
         "12,000,000 CNY for 10,000,000 CNY: 20% too much, 2,000,000 CNY more than needed.",
         "目标 10,000,000 CNY，已分解 12,000,000 CNY，超额分解 2,000,000 CNY（多出 20%）。"),
        (parent(), covered("9999999.9999"),
         "9,999,999.9999 CNY of 10,000,000 CNY: 99.9% covered, 0.0001 CNY is not covered.",
         "目标 10,000,000 CNY，已分解 9,999,999.9999 CNY，覆盖 99.9%，缺口 0.0001 CNY。"),
        (parent(lower=True), covered(7 * MILLION),
         "7,000,000 CNY of 10,000,000 CNY is given out (70%): 3,000,000 CNY of room is left.",
         "上限 10,000,000 CNY，已分配 7,000,000 CNY（70%），还有 3,000,000 CNY 余量。"),
        (parent(lower=True), covered(10 * MILLION), "All of 10,000,000 CNY is given out, no room is left.",
         "上限 10,000,000 CNY 已全部分配，没有余量。"),
        (parent(lower=True), covered(11 * MILLION),
         "11,000,000 CNY is given out, 1,000,000 CNY over the limit of 10,000,000 CNY (10% too much).",
         "已分配 11,000,000 CNY，超出上限 10,000,000 CNY 共 1,000,000 CNY（多出 10%）。"),
        (parent(), None, "10,000,000 CNY: nothing is divided yet.", "10,000,000 CNY：尚未拆分。"),
        (parent(), covered(0, 0, 3), "10,000,000 CNY: nothing is divided yet.", "10,000,000 CNY：尚未拆分。"),
        (parent(), covered(0, 1), "0 CNY of 10,000,000 CNY: 0% covered, 10,000,000 CNY is not covered.",
         "目标 10,000,000 CNY，已分解 0 CNY，覆盖 0%，缺口 10,000,000 CNY。"),
        (parent(20, "%"), covered(0, 0, 3),
         "20%. Percentages do not add up, so goals are linked to it without adding.",
         "20%。百分比不能相加，下级目标只关联、不累加。"),
        (parent(0), covered(3), "The goals below add up to 3 CNY; the goal is 0 CNY.",
         "下级目标合计 3 CNY，本目标为 0 CNY。"),
        (parent(None), covered(0, 0, 2), "It has no number of its own to be divided.", "该目标没有可拆分的数值。"),
        (parent(3, ""), covered(1), "1 of 3: 33.3% covered, 2 is not covered.", "目标 3，已分解 1，覆盖 33.3%，缺口 2。"),
    ],
)  # fmt: skip
def test_how_far_a_number_is_covered(goal: Goal, coverage: Coverage | None, en: str, zh: str) -> None:
    words = coverage_words(goal, coverage)
    assert (words.en, words.zh) == (en, zh)


def test_what_would_come_on_top_is_said_with_it() -> None:
    assert "90% covered" in coverage_words(parent(), covered(8 * MILLION), Decimal(MILLION)).en
    assert "10% covered" in coverage_words(parent(), None, Decimal(MILLION)).en


@given(st.decimals(0, 10**9, places=4), st.decimals("0.0001", 10**9, places=4))
def test_a_hundred_percent_is_said_only_of_the_whole(part: Decimal, whole: Decimal) -> None:
    said = share_words(part, whole).en
    assert (said == "100%") == (part == whole)
    assert (said == "0%") == (part == 0)
    assert abs(Decimal(said.rstrip("%").replace(",", "")) - part * 100 / whole) <= Decimal("0.1")


@pytest.mark.parametrize(
    ("coverage", "en", "zh"),
    [
        (None, "No goal is linked to it.", "没有关联的下级目标。"),
        (covered(1, 1, 0), "1 goal adds to it.", "1 个目标计入。"),
        (
            covered(1, 2, 1),
            "2 goals add to it; 1 is linked without adding.",
            "2 个目标计入；1 个仅关联，不计入。",
        ),
        (
            covered(0, 0, 3),
            "0 goals add to it; 3 are linked without adding.",
            "0 个目标计入；3 个仅关联，不计入。",
        ),
    ],
)
def test_who_adds_and_who_is_only_linked(coverage: Coverage | None, en: str, zh: str) -> None:
    assert (counted_words(coverage).en, counted_words(coverage).zh) == (en, zh)
