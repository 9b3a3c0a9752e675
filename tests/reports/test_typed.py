"""What is typed behind /report: any order, both languages, and clear words where a name is not known."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.reports.frame.typed import Choice, not_found, understood

CHOICES = [
    Choice("report", "completion", "completion"),
    Choice("report", "完成情况", "completion"),
    Choice("report", "goals", "goals"),
    Choice("whose", "Sales", "d:Sales"),
    Choice("whose", "Sales East", "d:Sales East"),
    Choice("whose", "goals", "d:goals"),
    Choice("whose", "研发 一部", "d:研发 一部"),
    Choice("cycle", "2026 H2", "7"),
    Choice("cycle", "2026 H2 Sales", "8"),
    Choice("by", "by manager", "manager"),
]


@pytest.mark.parametrize("order", list(permutations(["completion", "Sales East", "2026 H2", "by manager"])))
def test_the_order_does_not_matter(order: tuple[str, ...]) -> None:
    said = understood(" ".join(order), CHOICES)
    assert said.unknown == ()
    assert said.found == {"report": "completion", "whose": "d:Sales East", "cycle": "7", "by": "manager"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("COMPLETION  sales", {"report": "completion", "whose": "d:Sales"}),
        ("完成情况 研发 一部", {"report": "completion", "whose": "d:研发 一部"}),
        ("ｃｏｍｐｌｅｔｉｏｎ　２０２６　Ｈ２", {"report": "completion", "cycle": "7"}),
        ("2026 h2 sales", {"cycle": "8"}),  # the longest name first
        ("goals goals", {"report": "goals", "whose": "d:goals"}),  # each part once
        ("", {}),
    ],
)
def test_letters_widths_and_spaces_do_not_matter(text: str, found: dict[str, str]) -> None:
    said = understood(text, CHOICES)
    assert (dict(said.found), said.unknown) == (found, ())


def test_what_is_in_between_is_unknown_in_one_piece() -> None:
    assert understood("completion Mei Chen 2026 H2 x", CHOICES).unknown == ("Mei Chen", "x")


def test_names_that_differ_in_letters_alone_are_told_apart_by_them() -> None:
    two = [Choice("whose", "Sales", "d:Sales"), Choice("whose", "SALES", "d:SALES")]
    assert understood("SALES", two).found == {"whose": "d:SALES"}
    with pytest.raises(Refusal, match="“Sales”, “SALES”"):
        understood("sales", two)


def test_a_name_that_is_near_is_proposed_and_else_what_there_is() -> None:
    assert "Did you mean “Sales East”?" in not_found("sales est", CHOICES).words.en
    words = not_found("zzz", CHOICES).words
    assert (
        "There is: completion, goals, Sales, Sales East, goals, 研发 一部, 2026 H2, 2026 H2 Sales, …."
        in words.en
    )
    assert "完成情况" not in words.zh  # a name once, as it is typed


@given(st.text(max_size=400))
def test_anything_can_be_typed(text: str) -> None:
    said = understood(text, CHOICES)
    for phrase in said.unknown:
        assert not_found(phrase, CHOICES).words.en
