"""What is shown of a group: from how many answers on, question by question, and how comments are cleaned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.kinds import Choice, Number, Rating, Text
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import same
from flows.cycle.template import Anonymity, Review
from flows.reviews.anonymity import as_shown, comments_of, group_of, reachable, threshold_of
from flows.reviews.records import Pen
from tests.anonymity.company import STEPS, TEMPLATE

FORM = Review(
    "peer",
    same("Peer"),
    (
        Question("helps", same("Helps?"), Rating(STEPS, unknown=True)),
        Question("clear", same("Clear?"), Rating(STEPS), optional=True),
        Question("keep", same("Keep?"), Text(4), optional=True),
        Question("days", same("Days together?"), Number()),
        Question("team", same("Team?"), Choice((Option("a", same("A")), Option("b", same("B"))))),
    ),
    anonymous=True,
)


def pens(*answers: dict[str, Any]) -> list[Pen]:
    return [Pen(f"pen {number}", one) for number, one in enumerate(answers)]


def rated(*steps: object) -> list[Pen]:
    return pens(*({"helps": None if step is None else str(step)} for step in steps))


def averages(given: list[Pen], least: int = 3, own: int = 0) -> dict[str, Any]:
    group = group_of(FORM, "peers", 7, given, least, own)
    return dict(group.averages) if group.shown else {"nothing": True}


@pytest.mark.parametrize(
    ("given", "least", "own", "shown"),
    [
        (rated(3, 3, 3), 3, 0, {"helps": "3.0"}),
        (rated(3, 3), 3, 0, {"nothing": True}),
        (rated(3, 3, 3), 4, 0, {"nothing": True}),
        (rated(3, 3, 3), 3, 1, {"nothing": True}),
        (rated(3, 3, 3, 3), 3, 1, {"helps": "3.0"}),
        (rated(3, 3, 3, None), 3, 1, {"nothing": True}),
        (rated(3, 3, 3, "unknown"), 3, 0, {"helps": "3.0"}),
        (rated(3, 3, "unknown"), 3, 0, {"nothing": True}),
        ([], 3, 0, {"nothing": True}),
    ],
)
def test_it_takes_enough_answers_beside_a_readers_own(
    given: list[Pen], least: int, own: int, shown: dict[str, Any]
) -> None:
    assert averages(given, least, own) == shown


def test_each_question_counts_those_who_answered_it() -> None:
    given = pens(
        {"helps": "4", "clear": "2", "keep": "one"}, {"helps": "4", "clear": "2", "keep": " "},
        {"helps": "4", "clear": "2", "keep": "two"}, {"helps": "unknown", "clear": None, "keep": "three"},
    )  # fmt: skip
    assert averages(given) == {"helps": "4.0", "clear": "2.0"}
    assert averages(given, least=4) == {}, "the group is large enough, and no question of it is"
    assert comments_of(FORM, given, 3) == {"keep": [("pen 0", "one"), ("pen 2", "two"), ("pen 3", "three")]}
    assert comments_of(FORM, given, 4) == {}
    assert comments_of(FORM, given, 3, own=1) == {}


def test_numbers_and_choices_are_shown_to_nobody() -> None:
    given = pens(*({"days": str(n), "team": "a"} for n in range(9)))
    assert averages(given) == {"nothing": True}
    assert comments_of(FORM, given, 3) == {}


def test_a_withheld_comment_counts_no_more() -> None:
    given = pens(*({"keep": str(n)} for n in range(4)))
    assert len(comments_of(FORM, given, 3, without=[("pen 1", "keep")])["keep"]) == 3
    assert comments_of(FORM, given, 3, without=[("pen 1", "keep"), ("pen 2", "keep")]) == {}
    assert len(comments_of(FORM, given, 3, without=[("pen 1", "other")])["keep"]) == 4


answers = st.fixed_dictionaries(
    {
        "helps": st.sampled_from(["1", "2", "3", "4", "5", "unknown"]),
        "clear": st.sampled_from([None, "1", "5"]),
        "keep": st.sampled_from([None, "", " ", "a", "b"]),
    }
)


@given(st.lists(answers, max_size=9), st.integers(3, 5), st.integers(0, 1), st.randoms())
def test_nothing_depends_on_the_order_and_nothing_small_is_shown(
    given: list[dict[str, Any]], least: int, own: int, rng: Any
) -> None:
    every = pens(*given)
    mixed = [*every]
    rng.shuffle(mixed)
    assert group_of(FORM, "p", 1, every, least, own) == group_of(FORM, "p", 1, mixed, least, own)
    group, comments = group_of(FORM, "p", 1, every, least, own), comments_of(FORM, every, least, own)
    assert all(len(texts) - own >= least for texts in comments.values())
    if len(given) - own < least:
        assert not group.shown
        assert not comments


@pytest.mark.parametrize(
    ("kind", "reviewers", "own", "can"),
    [
        ("peer", 3, 0, True),
        ("peer", 2, 0, False),
        ("peer", 3, 1, False),
        ("upward", 3, 0, False),
        ("upward", 4, 0, True),
    ],
)
def test_it_is_known_beforehand_whether_a_group_can_be_large_enough(
    kind: Any, reviewers: int, own: int, can: bool
) -> None:
    template = replace(TEMPLATE, anonymity=Anonymity(peers=3, upward=4))
    assert reachable(template, kind, reviewers, own) is can
    assert threshold_of(template, kind) == {"peer": 3, "upward": 4}[kind]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("fine ", "fine"),
        ("fine  as  it is", "fine as it is"),
        ("two\n\nparts  \nhere\t", "two\n\nparts\nhere"),
        ("ze\u200bro\u2060wi\ufeffdth\u00ad", "zerowidth"),
        ("\u202etxet\u202c", "txet"),
        ("第一段\u3000\u3000第二段\u3000", "第一段\u3000第二段"),
        (
            "一家 👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f\u200d🔥",
            "一家 👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f\u200d🔥",
        ),
        ("hid\u200dden j\u200doiner \u200d", "hidden joiner"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("marked\ufe01 word\U000e0100", "marked word"),
        ("Kept. As IS - “quotes”, …", "Kept. As IS - “quotes”, …"),
        (" \u200b\n", ""),
    ],
)
def test_what_nobody_sees_is_taken_out_and_nothing_else(written: str, shown: str) -> None:
    assert as_shown(written) == shown


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = as_shown(text)
    assert as_shown(once) == once
    assert len(once) <= len(text)
