"""What the report of completion counts, against the same counted by hand, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from flows.core.owed import Task
from flows.core.words import same
from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.reports.scope import Scope
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SINCE = NOW - timedelta(days=2)
STATES = ("open", "done", "waived", "expired")


class House:
    """Three floors of people with one task each in the phase, in all states and over several days."""

    def __init__(self, store: Store, hire: Hire) -> None:
        random = Random(3)
        self.top = hire("Top", department="Board")
        self.leads = [hire(f"Lead{n}", self.top, department=f"D{n % 2}") for n in range(3)]
        self.people = [
            hire(f"P{n}", self.leads[n % 3], department=f"D{n % 4}", level=f"L{n % 2}") for n in range(24)
        ]
        self.cycle = a_cycle(store, self.top, NOW)
        everybody = [self.top, *self.leads, *self.people]
        self.tasks = [self.task(one, random) for one in everybody]
        with store.work() as records:
            records.participants.add([self.place(one) for one in everybody])
            records.tasks.add(self.tasks)

    def place(self, one: Person) -> Participant:
        return Participant(
            self.cycle.id, one.id, "in", one.manager, one.department, one.level, one.zone, one.language, NOW
        )

    def task(self, one: Person, random: Random) -> Task:
        state: Any = random.choice(STATES)
        done_at = (
            NOW - timedelta(days=random.randrange(5), hours=random.randrange(9)) if state == "done" else None
        )
        due = NOW + timedelta(days=3)
        return Task(
            0, "goals", self.cycle.id, one.id, "goals", state, NOW, due, due, done_at=done_at, department=one.department
        )  # fmt: skip

    def within(self, scope: Scope) -> list[tuple[Person, Task]]:
        by_id = {one.id: one for one in (self.top, *self.leads, *self.people)}
        found = []
        for task in self.tasks:
            one, above = by_id[task.owner], set[int]()
            boss = one.manager
            while boss:
                above.add(boss)
                boss = by_id[boss].manager
            in_departments = scope.departments is None or one.department in scope.departments
            if in_departments and (scope.below is None or scope.below in above):
                found.append((one, task))
        return found


@pytest.fixture
def house(store: Store, hire: Hire) -> House:
    return House(store, hire)


def scopes(house: House) -> list[Scope]:
    return [
        Scope(same("all")),
        Scope(same("two"), departments=frozenset({"D0", "D3"})),
        Scope(same("none"), departments=frozenset({"Nowhere"})),
        Scope(same("top"), below=house.top.id),
        Scope(same("lead"), below=house.leads[1].id),
        Scope(same("nobody"), below=house.people[0].id),
    ]


def test_states_groups_and_days_are_those_counted_by_hand(store: Store, house: House) -> None:
    cycle: Cycle = house.cycle
    for scope in scopes(house):
        mine = house.within(scope)
        with store.work() as records:
            keeper = records.reports.completion
            states = keeper.states(cycle, scope, ["goals"])
            days = keeper.days(cycle, scope, ["goals"])
            assert Counter({(phase, state): n for phase, state, n in states}) == Counter(
                ("goals", task.state) for _, task in mine
            )
            assert Counter({(phase, day): n for phase, day, n in days}) == Counter(
                ("goals", task.done_at.date()) for _, task in mine if task.done_at
            )
            for by in ("department", "manager", "level"):
                found = {
                    group.key: (group.done, group.recent, group.left)
                    for group in keeper.groups(cycle, scope, ["goals"], by, SINCE)
                }
                expected: dict[Any, list[int]] = {}
                for one, task in mine:
                    if task.state != "waived":
                        sums = expected.setdefault(getattr(one, by), [0, 0, 0])
                        sums[0] += task.state == "done"
                        sums[1] += task.done_at is not None and task.done_at >= SINCE
                        sums[2] += task.state != "done"
                assert found == {key: tuple(sums) for key, sums in expected.items()}, (scope.words.en, by)


def test_whose_figures_there_can_be(store: Store, house: House) -> None:
    with store.work() as records:
        groups = records.reports.groups
        assert (groups.leads(house.top.id), groups.leads(house.leads[0].id)) == (True, True)
        assert not groups.leads(house.people[0].id)
        assert (groups.leads_leads(house.top.id), groups.leads_leads(house.leads[0].id)) == (True, False)
        assert groups.departments_below(house.top.id) == {"D0", "D1", "D2", "D3"}
        assert groups.departments_below(house.people[0].id) == frozenset()
        assert [bool(groups.cycles(scope)) for scope in scopes(house)] == [False] * 6, "it is not launched"


def test_who_gets_the_weekly_look_and_who_has_switched_it_off(store: Store, house: House, hire: Hire) -> None:
    hr = hire("Hr", roles=("hr:D0",))
    gone = hire("Gone", roles=("hr",), active=False)
    with store.work() as records:
        weekly = records.reports.weekly
        assert weekly.readers(0, 10) == [house.top.id, hr.id]
        assert weekly.readers(house.top.id, 10) == [hr.id]
        assert weekly.readers(0, 1) == [house.top.id]
        assert gone.id not in weekly.readers(0, 10)
        weekly.switch(hr.id, NOW, on=False)
        weekly.switch(hr.id, NOW, on=False)
        assert weekly.is_off(hr.id)
        assert weekly.readers(0, 10) == [house.top.id]
        weekly.switch(hr.id, NOW, on=True)
        assert not weekly.is_off(hr.id)
