"""Questions survive JSON, whatever their kind."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.checkins.questions import STANDARD
from flows.core.kinds import (
    Choice,
    Choices,
    Day,
    Link,
    Moment,
    Money,
    Number,
    People,
    Percent,
    Rating,
    Someone,
    Text,
    YesNo,
)
from flows.core.page import Question
from flows.core.questions_json import KINDS, dump, load
from flows.core.said import Option
from flows.core.words import Words

words = st.builds(Words, st.text(max_size=8), st.text(max_size=8))
values = st.none() | st.text(max_size=4) | st.integers() | st.booleans()
options = st.lists(st.builds(Option, st.text(max_size=4), words, st.none() | words, values), max_size=3).map(
    tuple
)
bound = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
count = st.integers(0, 9)
most = st.none() | count
kinds = st.one_of(
    st.builds(Text, count, count),
    st.builds(Number, st.none() | words, bound, bound),
    st.builds(Percent, bound, bound),
    st.builds(Money, st.sampled_from(["CNY", "EUR"]), bound, bound),
    st.builds(Choice, options),
    st.builds(Choices, options, count, most),
    st.builds(Rating, options, st.booleans()),
    st.builds(People, count, most),
    st.builds(Day, st.none() | st.dates(), st.none() | st.dates()),
    *(st.just(kind()) for kind in (YesNo, Someone, Moment, Link)),
)
questions = st.builds(
    Question,
    st.text(max_size=6),
    words,
    kinds,
    st.booleans(),
    st.none() | words,
    st.none() | st.text(max_size=4),
)


@given(st.lists(questions, max_size=4))
def test_questions_come_back_as_they_were(asked: list[Question]) -> None:
    assert load(json.loads(json.dumps(dump(asked)))) == tuple(asked)


def test_the_standard_questions_come_back_as_they_were() -> None:
    assert load(json.loads(json.dumps(dump(STANDARD)))) == STANDARD


def test_every_kind_has_a_name() -> None:
    assert set(KINDS.values()) == {
        Text, Number, Percent, Money, YesNo, Choice, Choices, Rating, Someone, People, Day, Moment, Link,
    }  # fmt: skip


def test_a_rating_that_was_kept_before_one_could_say_that_one_cant_judge_is_read() -> None:
    (kept,) = dump([Question("q", Words("Q", "问"), Rating((Option("1", Words("A", "甲")),)))])
    del kept["unknown"]
    (question,) = load([kept])
    assert question.kind == Rating((Option("1", Words("A", "甲")),))


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ({"name": "a", "words": ["A", "甲"], "kind": "telepathy"}, "unknown kind 'telepathy'"),
        ({"name": "a", "words": ["A", "甲"]}, "no 'kind'"),
        ({"words": ["A", "甲"], "kind": "text"}, "no 'name'"),
        ({"name": "a", "words": ["A", "甲"], "kind": "text", "colour": "red"}, "'a' of kind 'text'"),
        ({"name": "a", "words": ["A", "甲"], "kind": "number", "least": "many"}, "'a' of kind 'number'"),
    ],
)
def test_what_can_not_be_understood_is_named(kept: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        load([kept])


def test_an_option_that_is_no_json_is_refused() -> None:
    option = Option("a", Words("A", "甲"), value=Decimal(1))
    with pytest.raises(ValueError, match="'a' means"):
        dump([Question("q", Words("Q", "问"), Choice((option,)))])
