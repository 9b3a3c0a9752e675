"""Who is told of signals: each episode once, several goals in one sentence, whoever stands above at most once a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from flows.core.owed import Notice
from flows.core.screen import Line
from flows.goals.kept import Goal, Signal, Terms
from flows.goals.signals.looking import look_at_new, plan_look
from flows.goals.signals.telling import raise_to_managers, tell_owners, told_to_manager, told_to_owner
from flows.people.person import Person
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

WEEK = timedelta(weeks=1)
MONDAY = date(2026, 11, 30)


class Team:
    """Wei and seven reports, each with one agreed goal of a live cycle, the first one's private."""

    def __init__(self, store: Store, hire: Hire, now: datetime) -> None:
        self.store, self.now, self.wei = store, now, hire("Wei")
        self.cycle = a_cycle(store, self.wei, now)
        self.people = [hire(f"Report {number}", self.wei) for number in range(1, 8)]
        with store.work() as records:
            self.goals = [
                records.goals.save(
                    Goal(0, one.id, Terms(f"Goal of {one.id}", visibility="team" if number else "private"), self.cycle.id)
                )
                for number, one in enumerate(self.people)
            ]  # fmt: skip

    def owners(self) -> dict[int, Person]:
        return {goal.id: one for goal, one in zip(self.goals, self.people, strict=True)}

    def begin(self, now: datetime, goals: int = 7) -> None:
        """All drop at once, and their owners are told."""
        with self.store.work() as records:
            begun = [Signal(goal.id, "drop", now) for goal in self.goals[:goals]]
            records.signals.begin(begun)
            tell_owners(records, [(one.goal, one.kind) for one in begun], self.owners(), now)

    def end(self, now: datetime) -> None:
        with self.store.work() as records:
            records.signals.end([(goal.id, "drop") for goal in self.goals], now)

    def raised(self, now: datetime) -> None:
        with self.store.work() as records:
            raise_to_managers(records, records.signals.standing(0, 100), now.date(), now)

    def waiting(self, person: Person) -> list[Notice]:
        with self.store.work() as records:
            return records.notices.due_of([person.id], self.now + 52 * WEEK)

    def sentence(self, kind: Any, notice: Notice, language: str = "en") -> str | None:
        with self.store.work() as records:
            found = kind.words(records, notice, self.now)
        if found is None:
            return None
        assert isinstance(found[0], Line)
        return found[0].words.say(language)


@pytest.fixture
def team(store: Store, hire: Hire, now: datetime) -> Team:
    return Team(store, hire, now)


def test_each_owner_is_told_once_and_not_again_within_four_weeks(team: Team) -> None:
    team.begin(team.now)
    second = team.people[1]
    [notice] = team.waiting(second)
    assert (
        team.sentence(told_to_owner, notice) == f"Worth a look: “Goal of {second.id}” has dropped suddenly."
    )
    assert team.sentence(told_to_owner, team.waiting(team.people[0])[0]) == (
        "Worth a look: a private goal has dropped suddenly."
    )
    team.end(team.now + WEEK)
    assert team.sentence(told_to_owner, notice) is None  # nothing is left to say
    team.begin(team.now + 2 * WEEK)
    assert len(team.waiting(second)) == 1
    team.end(team.now + 3 * WEEK)
    team.begin(team.now + 5 * WEEK)
    assert len(team.waiting(second)) == 2


def test_whoever_stands_above_gets_one_sentence_for_all(team: Team) -> None:
    team.begin(team.now)
    team.raised(team.now + timedelta(days=3))
    assert team.waiting(team.wei) == []  # it has not stood for a week
    monday = team.now + timedelta(days=10)
    team.raised(monday)
    team.raised(monday)
    [notice] = team.waiting(team.wei)
    assert notice.due_at.date() == MONDAY + timedelta(days=1)
    goals = [f"“Goal of {one.id}” of {one.name}" for one in team.people[1:5]]
    assert team.sentence(told_to_manager, notice) == (
        f"A word from you may help: a private goal of Report 1, {', '.join(goals)} have dropped suddenly; and 2 more."
    )
    said = team.sentence(told_to_manager, notice, "zh")
    assert said is not None
    assert said.startswith("也许需要你的支持：Report 1的一个私密目标、Report 2的“Goal of ")
    assert said.endswith("突然下滑；另有 2 个目标。")
    team.raised(monday + WEEK)
    assert len(team.waiting(team.wei)) == 1  # the same episode


def test_nothing_is_said_once_the_cycle_is_closed(team: Team) -> None:
    team.begin(team.now)
    team.raised(team.now + timedelta(days=10))
    [notice], [raised] = team.waiting(team.people[1]), team.waiting(team.wei)
    with team.store.work() as records:
        cycle = records.cycles.get(team.cycle.id)
        assert cycle
        records.cycles.save(replace(cycle, state="closed"))
    assert team.sentence(told_to_owner, notice) is None
    assert team.sentence(told_to_manager, raised) is None


def test_new_data_is_looked_at_once_however_often_it_comes(team: Team) -> None:
    def plan(moment: datetime) -> None:
        with team.store.work() as records:
            plan_look(records, ["orders", "orders"], moment)

    def run(moment: datetime) -> bool:
        with team.store.work() as records:
            due = records.sweeps.due(moment)
            if due:
                records.sweeps.save(look_at_new.step(records, due, moment))
            return due is not None

    minute, now = timedelta(minutes=1), team.now
    plan(now)
    plan(now + minute / 2)
    assert not run(now + minute / 2)
    assert run(now + minute)
    assert not run(now + minute)
    plan(now + 2 * minute)
    plan(now + 3 * minute)  # while it is due, and perhaps at work
    assert run(now + 3 * minute)
    assert not run(now + 3 * minute)
    assert run(now + 4 * minute)
    assert not run(now + WEEK)
