"""Hints for a manager: each rule by a table of what is said and what is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.reviews.scoring.hints import Around, Given, hints

LONG_TEXT = "Halved the crashes in two months and showed the team how to do it"
SPREAD = {"results": 0.75, "behaviour": 0.5, "ability": 0.25}
HALF = Given({"results": 0.5, "behaviour": 0.5})
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


def named(this: Given, around: Around) -> list[str]:
    return [hint.name for hint in hints(this, around)]


@pytest.mark.parametrize(
    ("this", "around", "expected"),
    [
        (Given(SPREAD, {"why": LONG_TEXT}), Around(), []),
        (Given({}, {}), Around(), []),
        (Given({"a": 0.5, "b": 0.5, "c": 0.5}), Around(), ["items-equal"]),
        (Given({"a": 0.5, "b": 0.5}), Around(), []),  # two equal items are chance
        (Given(HALF.ratings), Around(own=[HALF] * 3), ["people-equal"]),
        (Given(HALF.ratings), Around(own=[HALF] * 2), []),
        (Given({"a": 0.75, "b": 1.0}, {"w": LONG_TEXT}), Around(own=[HALF] * 3), ["far-from-own"]),
        (Given({"a": 0.75, "b": 0.75}), Around(own=[HALF] * 3), []),
        (
            Given({"a": 0.75, "b": 0.75}), Around(own=[Given({"a": 0.75, "b": 0.5})] * 3, others=(0.4, 20)),
            ["far-from-others"],
        ),
        (Given({"a": 0.75, "b": 0.75}), Around(own=[Given({"a": 0.75})] * 2 + [HALF], others=(0.4, 19)), []),
        (Given({"a": 1.0, "b": 0.5}), Around(), ["no-evidence"]),
        (Given({"a": 0.0, "b": 0.5}, {"w": "ok"}), Around(), ["no-evidence", "one-line"]),
        (Given({"a": 1.0, "b": 0.5}, {"w": LONG_TEXT}), Around(), []),
        (Given({"a": 1.0, "b": 0.5}), Around(evidence=[date(2026, 3, 2)]), []),
        (Given({}, {"w": "good"}), Around(), ["one-line"]),
        (Given({}, {"w": "崩溃率下降一半，并带动全组改进"}), Around(), []),
        (Given({}, {"w": "很好"}), Around(), ["one-line"]),
        (Given({}, {"w": "  "}), Around(), []),  # left empty is left empty
        (Given({}), Around(evidence=[date(2026, 6, 20)], first=FIRST, last=LAST), ["last-month"]),
        (Given({}), Around(evidence=[date(2026, 2, 1), date(2026, 6, 20)], first=FIRST, last=LAST), []),
        (Given({}), Around(evidence=[date(2026, 6, 20)], first=date(2026, 6, 1), last=LAST), []),
    ],
)  # fmt: skip
def test_what_is_worth_a_second_look(this: Given, around: Around, expected: list[str]) -> None:
    assert named(this, around) == expected


STEPS = some.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
REVIEWS = some.builds(
    Given,
    some.dictionaries(some.sampled_from("abcde"), STEPS, max_size=5),
    some.dictionaries(some.sampled_from("xy"), some.text(max_size=60), max_size=2),
)


@given(
    this=REVIEWS,
    own=some.lists(REVIEWS, max_size=6),
    others=some.none() | some.tuples(STEPS, some.integers(0, 99)),
)
def test_hints_are_said_once_with_their_rule_and_do_not_depend_on_the_order_of_people(
    this: Given, own: list[Given], others: tuple[float, int] | None
) -> None:
    found = hints(this, Around(own=own, others=others))
    assert len({hint.name for hint in found}) == len(found)
    assert all(hint.rule.en.startswith("Rule: ") and hint.rule.zh.startswith("规则：") for hint in found)
    assert named(this, Around(own=own[::-1], others=others)) == [hint.name for hint in found]
