"""Improvement plans as both databases keep them: one open plan a person, steps in a chain, and what age takes away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from flows.people.person import Person
from flows.plans.improving.ledger import broken_at, next_step
from flows.plans.improving.machine import after
from flows.plans.improving.records import Plan, StepKind
from flows.plans.improving.terms import Expectation, Terms, as_json
from storage.engine import Store
from tests.storage.conftest import Hire

TERMS = Terms(
    "交付总是延迟", "2 月 12 日 \ud83d", (Expectation(1, "提前说", "没有意外", date(2026, 12, 20), "每周谈"),),
    "biweekly", date(2027, 1, 10),
)  # fmt: skip
STEPS: tuple[tuple[StepKind, dict[str, object]], ...] = (
    ("asked", {"wish": "publish", "why": "", "terms": as_json(TERMS)}),
    ("published", {"terms": as_json(TERMS), "today": "2026-11-20", "version": 1}),
    ("acknowledged", {"version": 1, "comment": "我不同意 \0 这里"}),
)


@pytest.fixture
def both(hire: Hire) -> tuple[Person, Person]:
    wei = hire("Wei")
    return wei, hire("Na", wei)


def walked(store: Store, both: tuple[Person, Person], now: datetime) -> Plan:
    """A plan that was written, published and read."""
    wei, na = both
    with store.work() as records:
        plan = records.improvements.start(Plan(0, na.id, wei.id, wei.id, now, draft=TERMS))
        assert plan is not None
        for kind, content in STEPS:
            step = next_step(plan, kind, wei.id, content, now)
            plan = after(plan, step)
            records.improvements.add(step)
            records.improvements.save(plan)
    return plan


def test_a_plan_and_its_steps_come_back_as_they_were(
    store: Store, both: tuple[Person, Person], now: datetime
) -> None:
    plan = walked(store, both, now)
    with store.work() as records:
        kept, steps = records.improvements.get(plan.id), records.improvements.steps(plan.id)
        assert kept is not None
        assert (kept.state, kept.version, kept.head) == ("acknowledged", 1, plan.head)
        assert kept.terms is not None
        assert kept.terms.expectations == TERMS.expectations
        assert broken_at(kept, steps) is None
        assert records.improvements.lock(plan.id) == kept
        assert records.improvements.about([both[1].id]) == [kept]
        assert records.improvements.led_by(both[0].id) == [kept]


def test_a_person_has_one_plan_that_is_not_over(
    store: Store, both: tuple[Person, Person], now: datetime
) -> None:
    plan = walked(store, both, now)
    wei, na = both
    another = Plan(0, na.id, wei.id, wei.id, now)
    with store.work() as records:
        assert records.improvements.start(another) is None
        records.improvements.save(replace(plan, state="met", ended_at=now))
        second = records.improvements.start(another)
        assert second is not None
        assert [one.id for one in records.improvements.all(over=False)] == [second.id]
        assert [one.id for one in records.improvements.all(over=True)] == [plan.id]


def test_who_led_it_before_finds_it(
    store: Store, both: tuple[Person, Person], hire: Hire, now: datetime
) -> None:
    plan, new = walked(store, both, now), hire("New")
    with store.work() as records:
        step = next_step(plan, "handed", None, {"from": plan.manager, "to": new.id}, now)
        records.improvements.add(step)
        records.improvements.save(after(plan, step))
        for person in (both[0], new):
            assert [one.id for one in records.improvements.led_by(person.id)] == [plan.id]
        assert records.improvements.led_by(both[1].id) == []


def test_age_takes_away_what_was_said_and_leaves_the_record(
    store: Store, both: tuple[Person, Person], now: datetime
) -> None:
    plan = walked(store, both, now)
    with store.work() as records:
        assert records.improvements.forget(now + timedelta(days=1)) == 0  # it is not over
        records.improvements.save(replace(plan, state="not_met", ended_at=now))
        assert records.improvements.forget(now) == 0
        assert records.improvements.forget(now + timedelta(days=1)) == 1
        assert records.improvements.forget(now + timedelta(days=1)) == 0
        kept, steps = records.improvements.get(plan.id), records.improvements.steps(plan.id)
        assert kept is not None
        assert (kept.terms, kept.draft, kept.asking, kept.state) == (None, None, None, "not_met")
        assert [step.content for step in steps] == [None] * len(STEPS)
        assert broken_at(kept, steps) is None
