"""The negotiation of one goal: neither side alone makes, changes or ends what is agreed, and all of it is in the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from flows.core.refusal import Refusal
from flows.goals.agreeing import negotiation as agreeing
from flows.goals.agreeing.negotiation import Moved
from flows.goals.kept import Goal, Terms, Version

OWNER, MANAGER, NEXT_MANAGER, DEPUTY = 1, 2, 3, 4
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TERMS = Terms("Fewer crashes", target=Decimal(5), unit="crashes")
OTHER = replace(TERMS, target=Decimal(8))

anybody = st.sampled_from([OWNER, MANAGER, NEXT_MANAGER, DEPUTY])
terms = st.builds(lambda number: replace(TERMS, target=Decimal(number)), st.integers(1, 3))


def proposed(by: int = OWNER) -> Goal:
    goal, _ = agreeing.propose(Goal(7, OWNER, TERMS, 1, state="draft"), TERMS, by, NOW)
    return goal


def agreed() -> Goal:
    goal, _ = agreeing.agree(proposed(), MANAGER, NOW)
    return goal


class TwoSides(RuleBasedStateMachine):
    """Everybody does anything at any time; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.goal = Goal(7, OWNER, TERMS, 1, state="draft")
        self.history: list[Version] = []
        self.now = NOW
        self.asked: tuple[bool, Terms | None] | None = (
            None  # (whether by the owner, terms; None: to withdraw it)
        )
        self.in_force: Terms | None = None

    def move(self, work: Callable[[], Moved]) -> bool:
        self.now += timedelta(minutes=1)
        try:
            self.goal, line = work()
        except Refusal:
            return False
        self.history.append(line)
        return True

    @rule(by=anybody, wanted=terms)
    def propose(self, by: int, wanted: Terms) -> None:
        if self.move(lambda: agreeing.propose(self.goal, wanted, by, self.now)):
            self.asked = (by == OWNER, wanted)

    @rule(by=anybody)
    def agree(self, by: int) -> None:
        asked = self.asked
        if self.move(lambda: agreeing.agree(self.goal, by, self.now)):
            assert asked is not None
            assert asked[0] != (by == OWNER), "one side alone has agreed"
            self.asked, self.in_force = None, asked[1]

    @rule(by=anybody)
    def ask_changes(self, by: int) -> None:
        asked = self.asked
        if self.move(lambda: agreeing.ask_changes(self.goal, by, "smaller, please", self.now)):
            assert asked is not None
            assert asked[0] != (by == OWNER)
            self.asked = None

    @rule(by=anybody)
    def withdraw(self, by: int) -> None:
        if self.move(lambda: agreeing.withdraw(self.goal, by, "no time", self.now)):
            self.asked = (by == OWNER, None) if self.in_force else None

    @rule(by=anybody)
    def take_back(self, by: int) -> None:
        asked = self.asked
        if self.move(lambda: agreeing.take_back(self.goal, by, self.now)):
            assert asked is not None
            assert asked[0] == (by == OWNER)
            self.asked = None

    @invariant()
    def what_is_in_force_is_what_both_agreed_to(self) -> None:
        stands = self.goal.terms if self.goal.state == "agreed" else None
        assert stands == self.in_force

    @invariant()
    def somebodys_answer_is_awaited_exactly_while_something_is_asked(self) -> None:
        assert agreeing.awaits(self.goal) == (self.asked is not None)
        if self.asked is not None:
            by_owner, wanted = self.asked
            assert agreeing.is_turn_of(self.goal, OWNER) != by_owner
            assert agreeing.is_turn_of(self.goal, DEPUTY) == by_owner
            assert self.goal.leaving if wanted is None else agreeing.asked_terms(self.goal) == wanted

    @invariant()
    def the_history_tells_how_it_came_to_stand(self) -> None:
        assert [line.at for line in self.history] == sorted(line.at for line in self.history)
        versions = [line.version for line in self.history]
        assert versions == sorted(versions)
        settled = [line for line in self.history if line.act == "agreed"]
        if self.goal.state == "agreed":
            assert settled[-1].terms == self.goal.terms

    @precondition(lambda self: self.goal.state == "withdrawn")
    @rule(by=anybody, wanted=terms)
    def what_is_withdrawn_stays_so(self, by: int, wanted: Terms) -> None:
        assert not self.move(lambda: agreeing.propose(self.goal, wanted, by, self.now))


TestTwoSides = TwoSides.TestCase
TestTwoSides.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)


def test_what_the_other_side_asked_to_change_is_rewritten_and_agreed() -> None:
    goal, asked = agreeing.ask_changes(proposed(), MANAGER, "too few", NOW)
    assert (goal.state, asked.comment) == ("returned", "too few")
    assert agreeing.is_turn_of(goal, OWNER)
    assert not agreeing.is_turn_of(goal, MANAGER)
    goal, line = agreeing.propose(goal, OTHER, OWNER, NOW)
    assert (goal.state, goal.version, line.act) == ("proposed", 2, "proposed")
    goal, line = agreeing.agree(goal, MANAGER, NOW)
    assert (goal.state, goal.terms, line.terms) == ("agreed", OTHER, OTHER)


def test_after_agreement_the_old_terms_stand_until_both_agree_to_new_ones() -> None:
    goal, line = agreeing.propose(agreed(), OTHER, OWNER, NOW)
    assert (goal.state, goal.terms, goal.pending, line.act) == ("agreed", TERMS, OTHER, "changed")
    declined, _ = agreeing.ask_changes(goal, MANAGER, "no", NOW)
    assert (declined.terms, declined.pending) == (TERMS, None)
    changed, _ = agreeing.agree(goal, MANAGER, NOW)
    assert (changed.terms, changed.pending, changed.version) == (OTHER, None, 2)


@pytest.mark.parametrize("answerer", [NEXT_MANAGER, DEPUTY])
def test_the_one_who_takes_over_is_the_same_side_as_the_one_who_asked(answerer: int) -> None:
    with pytest.raises(Refusal, match="does not wait for your answer"):
        agreeing.agree(proposed(by=MANAGER), answerer, NOW)
    goal, _ = agreeing.agree(proposed(by=MANAGER), OWNER, NOW)
    assert goal.state == "agreed"
    goal, _ = agreeing.agree(proposed(by=OWNER), answerer, NOW)
    assert goal.state == "agreed"
    back, _ = agreeing.ask_changes(proposed(by=MANAGER), OWNER, "too many", NOW)
    assert agreeing.is_turn_of(back, answerer)
    assert not agreeing.is_turn_of(back, OWNER)


def test_who_has_nobody_on_the_other_side_stands_by_their_own_word() -> None:
    goal, line = agreeing.propose(Goal(7, OWNER, TERMS, 1, state="draft"), TERMS, OWNER, NOW, alone=True)
    assert (goal.state, line.act) == ("agreed", "agreed")
    goal, _ = agreeing.propose(goal, OTHER, OWNER, NOW, alone=True)
    assert goal.terms == OTHER
    goal, _ = agreeing.withdraw(goal, OWNER, "", NOW, alone=True)
    assert goal.state == "withdrawn"


def test_a_change_that_changes_nothing_is_refused() -> None:
    with pytest.raises(Refusal, match="Nothing has changed"):
        agreeing.propose(agreed(), TERMS, OWNER, NOW)
