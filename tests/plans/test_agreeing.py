"""The negotiation of a development plan: whoever presses what in whatever order, only what both saw stands as agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.plans.agreeing import agree, ask_changes, asked_content, awaits, propose, take_back, turn_of
from flows.plans.developing_kept import Content, DevelopmentPlan, Planned, from_json, to_json

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANN, BOSS, DEPUTY = 1, 2, 3
NEW = DevelopmentPlan(0, ANN, None, "proposed", Content("API design"), NOW)


def kept(plan: DevelopmentPlan) -> DevelopmentPlan:
    return replace(plan, id=7)


def proposed() -> DevelopmentPlan:
    return kept(propose(NEW, NEW.content, ANN, NOW)[0])


def test_it_goes_to_the_other_side_and_back_and_is_agreed() -> None:
    plan = proposed()
    assert (plan.state, turn_of(plan, BOSS)) == ("proposed", BOSS)
    plan, step = ask_changes(plan, BOSS, "More", NOW)
    assert (plan.state, turn_of(plan, BOSS), step.comment) == ("returned", ANN, "More")
    plan, _ = propose(plan, Content("API design, and tests"), ANN, NOW)
    assert (plan.state, plan.version, turn_of(plan, BOSS)) == ("proposed", 2, BOSS)
    plan, _ = agree(plan, DEPUTY, NOW)
    assert (plan.state, turn_of(plan, BOSS)) == ("agreed", None)


def test_what_is_agreed_stays_until_the_change_is_agreed_as_well() -> None:
    plan, _ = agree(proposed(), BOSS, NOW)
    plan, _ = propose(plan, Content("Something else"), BOSS, NOW)
    assert (plan.content.skills, asked_content(plan).skills) == ("API design", "Something else")
    assert turn_of(plan, BOSS) == ANN
    assert ask_changes(plan, ANN, "", NOW)[0].content.skills == "API design"
    assert take_back(plan, BOSS, NOW)[0].pending is None
    assert agree(plan, ANN, NOW)[0].content.skills == "Something else"


def test_nobody_answers_for_the_other_side() -> None:
    plan = proposed()
    with pytest.raises(Refusal, match="does not wait for your answer"):
        agree(plan, ANN, NOW)
    with pytest.raises(Refusal, match="does not wait for your answer"):
        ask_changes(plan, ANN, "", NOW)
    with pytest.raises(Refusal, match="no change of yours"):
        take_back(plan, ANN, NOW)


def test_without_another_side_it_stands_at_once() -> None:
    plan, step = propose(NEW, NEW.content, ANN, NOW, alone=True)
    assert (plan.state, plan.asked_by, step.act) == ("agreed", None, "agreed")


ACTS = st.lists(
    st.tuples(st.sampled_from(["propose", "agree", "ask", "back"]), st.sampled_from([ANN, BOSS, DEPUTY]), st.integers(0, 3)),
    max_size=25,
)  # fmt: skip


@given(ACTS)
def test_whatever_is_pressed_what_stands_was_said_by_one_side_and_agreed_by_the_other(
    acts: list[tuple[str, int, int]],
) -> None:
    plan, asker = proposed(), ANN
    in_force: Content | None = None
    for act, by, which in acts:
        before = plan
        own, askers = by == ANN, asker == ANN
        try:
            match act:
                case "propose":
                    plan, _ = propose(plan, Content(f"Plan {which}"), by, NOW)
                    asker = by
                case "agree":
                    plan, _ = agree(plan, by, NOW)
                    assert own != askers
                    in_force = asked_content(before)
                case "ask":
                    plan, _ = ask_changes(plan, by, "Why?", NOW)
                    assert own != askers
                case _:
                    plan, _ = take_back(plan, by, NOW)
                    assert own == askers
        except Refusal:
            assert plan == before
        assert (plan.state == "agreed") == (in_force is not None)
        if in_force is not None:
            assert plan.content == in_force
        assert awaits(plan) or plan.state == "returned" or plan.asked_by is None
        assert (turn_of(plan, BOSS) is None) == (plan.asked_by is None)


@given(
    st.builds(
        Content,
        *[st.text(max_size=20)] * 4,
        st.lists(st.builds(Planned, st.text(max_size=20), st.none() | st.dates()), max_size=3).map(tuple),
    )
)
def test_a_plans_content_survives_being_kept(content: Content) -> None:
    assert from_json(to_json(content)) == content
