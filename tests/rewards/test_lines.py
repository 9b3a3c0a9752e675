"""Amounts that HR pastes: understood line by line, or refused with the line that is wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.results.rewards.kinds import cost, money
from flows.results.rewards.lines import read_lines

DEPARTMENTS = ("Sales", "Sales Europe", "研发部", "R&D: Tools")
PEOPLE = {"chenwei@example.com": 6, "<@U1>": 7}


def read(text: str, departments: tuple[str, ...] = DEPARTMENTS) -> list[tuple[str, int | None, Decimal]]:
    found = read_lines(text, departments, PEOPLE.get, "CNY")
    return [(one.department, one.person, one.amount) for one in found]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Sales 200,000", ("Sales", None, 200000)),
        ("sales europe: 8.5万", ("Sales Europe", None, 85000)),
        ("Sales Europe\t1200.50", ("Sales Europe", None, Decimal("1200.5"))),
        ("研发部，20万元", ("研发部", None, 200000)),
        ("R&D: Tools = 5k", ("R&D: Tools", None, 5000)),
        ("chenwei@example.com CNY 1,000", ("", 6, 1000)),
        ("<@U1> 0", ("", 7, 0)),
    ],
)
def test_a_line_is_understood(line: str, meant: tuple[str, int | None, Decimal]) -> None:
    assert read(f"\n{line}\n\n") == [meant]


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("Legal 5", "whom “Legal 5” is for"),
        ("Sales", "whom “Sales” is for"),
        ("Sales lots", "the amount in “Sales lots”"),
        ("Sales EUR 5", "in CNY, not in EUR"),
        ("Sales -5", "too large or negative"),
        ("Sales 1.2345", "at most two decimals"),
        ("Sales 9999999999999", "too large or negative"),
        ("Sales 5\nsales 6", "stands there twice"),
        ("nobody@example.com 5", "whom “nobody@example.com 5” is for"),
    ],
)
def test_a_line_that_is_not_is_named(text: str, no: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert no in refused.value.words.en
    assert refused.value.words.zh


@given(st.text(max_size=200))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        found = read(text)
    except Refusal:
        return
    assert all(amount >= 0 for *_, amount in found)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_is_said_to_the_cent(amount: Decimal) -> None:
    said = money(amount, "CNY").en
    assert Decimal(said.removesuffix(" CNY").replace(",", "")) == amount
    assert cost("raise", amount, "CNY").zh == f"{said}/年"
