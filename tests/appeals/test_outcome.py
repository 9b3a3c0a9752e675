"""No decision makes a result worse, whatever is chosen; and what it makes of it can be computed again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.core.words import same
from flows.cycle.template import Free, Phase, Step, Template
from flows.results.appealing.outcome import Decision, Result, after, value_of, worse
from flows.results.inputs import recompute
from flows.results.scale import coefficient

PHASE = (Phase("p", same("P"), 0, 5),)
STEPS = tuple(
    Step(key, same(key), Decimal(value), coefficient=Decimal(factor))
    for key, value, factor in (("S", 4, "1.5"), ("A", 3, "1.2"), ("B", 2, "1"), ("C", 1, "0.8"))
)
SCALE = Template("t", same("T"), "quarter", PHASE, scale=STEPS)
ODD = Template(
    "t", same("T"), "quarter", PHASE,
    scale=(*STEPS[1:], Step("H", same("Honour"), Decimal(5), coefficient=Decimal("0.9"))),
)  # fmt: skip
FREE = Template("t", same("T"), "quarter", PHASE, free=Free(Decimal(1), Decimal(5), 1))


def inputs(results: str, ability: str, peers: str = "2") -> dict[str, Any]:
    """What a score is made of: two ratings by the manager and what colleagues gave."""
    return {
        "rule": 1, "cap": "120", "weights": {"results": "50", "ability": "20", "peers": "30"},
        "components": [
            {"name": "results", "value": str(Decimal(results) * 20), "rated": results, "of": "5", "review": 1},
            {"name": "ability", "value": str(Decimal(ability) * 25), "rated": ability, "of": {"1": "10", "4": "100"}},
            {"name": "peers", "value": "50", "averages": {"q": peers}, "of": {"q": "4"}, "phase": "p"},
        ],
    }  # fmt: skip


def standing(rating: str, made: Mapping[str, Any] | None = None) -> Result:
    made = made or inputs("3", "2")
    return Result(rating, recompute(made), made)


step = st.sampled_from(["1", "2", "3", "4"])
rating = st.sampled_from(["S", "A", "B", "C"])


@given(rating, rating, step, step, st.dictionaries(st.sampled_from(["results", "ability", "peers"]), step, max_size=3),
       st.sampled_from(["upheld", "partly", "rejected"]))  # fmt: skip
def test_whatever_is_decided_nothing_is_less_than_it_was(
    was: str, new: str, results: str, ability: str, steps: dict[str, str], outcome: Any
) -> None:
    before = standing(was, inputs(results, ability))
    try:
        now = after(SCALE, before, Decision(outcome, "why", new, steps))
    except Refusal:
        return
    values = value_of(SCALE, now.rating), value_of(SCALE, before.rating)
    assert values[0] is not None
    assert values[1] is not None
    assert values[0] >= values[1]
    assert now.score is not None
    assert before.score is not None
    assert now.score >= before.score
    assert (coefficient(SCALE, now.rating) or 0) >= (coefficient(SCALE, before.rating) or 0)
    assert recompute(now.inputs) == now.score
    assert now.inputs["components"][2] == before.inputs["components"][2], (
        "what colleagues gave is nobody's to change"
    )
    if outcome == "rejected":
        assert now == before


def test_a_corrected_step_moves_the_score_and_says_what_it_was() -> None:
    before = standing("B")
    now = after(SCALE, before, Decision("upheld", "why", "A", {"results": "4"}))
    assert now.score == before.score + Decimal(10)  # type: ignore[operator]
    part = now.inputs["components"][0]
    assert (part["rated"], part["was"], part["value"]) == ("4", "3", "80")
    again = after(SCALE, now, Decision("partly", "why", "", {"results": "5"}))
    assert again.inputs["components"][0]["was"] == "3", "what the manager gave, however often it is corrected"
    assert again.rating == "A"


@pytest.mark.parametrize(
    ("template", "was", "decision", "no"),
    [
        (SCALE, "B", Decision("upheld", "w", "C"), "C · C is below B · B"),
        (SCALE, "B", Decision("partly", "w", "B", {"results": "1"}), "the score"),
        (SCALE, "B", Decision("upheld", "w", "B"), "would stay as it is"),
        (SCALE, "B", Decision("upheld", "w"), "would stay as it is"),
        (ODD, "B", Decision("upheld", "w", "H"), "the factor for pay 0.9 is below 1"),
        (FREE, "3.5", Decision("upheld", "w", "3.4"), "3.4 is below 3.5"),
    ],
)
def test_what_would_be_worse_is_refused_in_words(
    template: Template, was: str, decision: Decision, no: str
) -> None:
    with pytest.raises(Refusal, match=no.replace("(", r"\(")):
        after(template, standing(was), decision)


def test_who_had_no_rating_may_get_any() -> None:
    assert worse(SCALE, standing(""), standing("C")) is None
    assert after(FREE, standing("3.5"), Decision("upheld", "w", "4.0")).rating == "4.0"
