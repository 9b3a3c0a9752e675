"""What belongs to goals: steps, signals, API tokens and the library, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.goals.kept import ActionStep, Goal, LibraryGoal, Signal, Terms
from storage.engine import Store
from storage.tables.goals import TOKEN
from tests.storage.conftest import a_cycle


@pytest.fixture
def goals(store: Store, hire: Any, now: Any) -> list[Goal]:
    ann = hire("Ann")
    cycle = a_cycle(store, ann, now)
    with store.work() as records:
        return [records.goals.save(Goal(0, ann.id, Terms(f"Goal {n}"), cycle.id)) for n in range(3)]


def test_steps_are_kept_by_goal_and_day(store: Store, goals: list[Goal], now: Any) -> None:
    one, two, _ = goals
    with store.work() as records:
        save = records.steps.save
        some_day = save(ActionStep(0, one.id, "招聘两名工程师 😀", None, "Two more people"))
        late = save(ActionStep(0, one.id, "Late", date(2026, 12, 20)))
        early = save(ActionStep(0, one.id, "Early", date(2026, 12, 1)))
        other = save(ActionStep(0, two.id, "Other", date(2026, 11, 30)))
        assert records.steps.of_goals([two.id, one.id]) == [early, late, some_day, other]
        decided = replace(
            some_day,
            decision="granted",
            decided_by=one.person,
            note="From January",
            done_on=date(2026, 12, 3),
        )
        assert records.steps.save(decided) == records.steps.get(some_day.id) == decided
        records.steps.forget([late.id, early.id])
        assert records.steps.of_goals([one.id]) == [decided]
        assert records.steps.get(late.id) is None
        records.goals.forget([two.id])
        assert records.steps.get(other.id) is None


def test_a_signal_stands_once_until_it_ends(store: Store, goals: list[Goal], now: Any) -> None:
    one, two, three = (goal.id for goal in goals)
    later = now + timedelta(hours=3)
    off, drop, silent = Signal(one, "off_track", now), Signal(two, "drop", now), Signal(three, "silent", now)
    with store.work() as records:
        assert records.signals.begin([off, drop]) == 2
        assert records.signals.begin([replace(off, since=later), silent]) == 1
        assert records.signals.of_goals([one, two, 999]) == {one: [off], two: [drop]}
        assert records.signals.standing(one, 1) == [drop]
        records.signals.end([(two, "drop"), (one, "silent")], later)
        records.signals.end([], later)
        assert records.signals.standing(0, 10) == [off, silent]
        assert records.signals.begin([replace(drop, since=later)]) == 1
        assert records.signals.of_goals([two])[two][0].since == later
        records.goals.forget([one])
        assert records.signals.of_goals([one]) == {}


def test_what_was_told_of_a_signal_is_known_when_it_comes_again(
    store: Store, goals: list[Goal], hire: Any, now: Any
) -> None:
    one, two, _ = (goal.id for goal in goals)
    ann, wei, morning = goals[0].person, hire("Wei").id, now + timedelta(hours=20)
    drop, silent = Signal(one, "drop", now), Signal(two, "silent", now)
    with store.work() as records:
        records.signals.begin([drop, silent])
        told = replace(drop, told_at=morning)
        raised = replace(silent, told_at=morning, raised_at=morning, raised_to=wei)
        records.signals.told([told, raised])
        records.signals.told([])
        assert records.signals.told_to(ann, morning) == [told, raised]
        assert records.signals.told_to(wei, morning) == records.signals.told_to(ann, now) == []
        assert records.signals.raised_to(wei, morning) == [raised]
        records.signals.end([(one, "drop"), (two, "silent")], morning)
        assert records.signals.told_to(ann, morning) == records.signals.raised_to(wei, morning) == []
        assert records.signals.begin([replace(drop, since=morning)]) == 1
        assert records.signals.of_goals([one, two]) == {one: [replace(told, since=morning)]}


def test_of_a_token_only_the_hash_is_kept(store: Store, hire: Any, now: Any) -> None:
    hana = hire("Hana")
    with store.work() as records:
        crm, secret = records.tokens.make("CRM", ["orders"], ["Sales", "HQ"], hana.id, now)
        hr, other = records.tokens.make("考勤", [], [], hana.id, now)
        assert secret != other
        assert secret.startswith("pl_")
        assert len(secret) > 40
        assert (crm.metrics, crm.departments, crm.made_by, crm.made_at) == (
            ("orders",), ("Sales", "HQ"), hana.id, now
        )  # fmt: skip
    with store.engine.connect() as connection:
        assert secret not in str(connection.execute(TOKEN.select()).all())
    with store.work() as records:
        assert records.tokens.find(secret) == records.tokens.get(crm.id) == crm
        assert records.tokens.find("") is records.tokens.find(secret[:-1]) is records.tokens.get(999) is None
        records.tokens.used(crm.id, now)
        records.tokens.revoke(crm.id, now + timedelta(hours=1))
        revoked = records.tokens.find(secret)
        assert revoked == replace(crm, used_at=now, revoked_at=now + timedelta(hours=1))
        assert records.tokens.all() == [revoked, hr]


def test_the_library_is_replaced_by_job(store: Store) -> None:
    calls = Terms("20 calls a week", unit="calls", target=Decimal(20), due=date(2026, 12, 31))
    safe = Terms("没有安全事故", "yes_no")
    with store.work() as records:
        library = records.library
        library.replace(
            "Sales", [LibraryGoal(0, "Sales", calls), LibraryGoal(0, "Sales", replace(calls, title="B"))]
        )
        library.replace("", [LibraryGoal(0, "", safe)])
        assert [goal.terms for goal in library.for_job("Sales")] == [calls, replace(calls, title="B"), safe]
        assert [goal.terms for goal in library.for_job("Nurse")] == [safe]
        assert [goal.job for goal in library.all()] == ["", "Sales", "Sales"]
        first = library.for_job("Sales")[0]
        assert library.get(first.id) == first
        library.replace("Sales", [LibraryGoal(0, "Sales", safe)])
        assert [goal.terms for goal in library.for_job("Sales")] == [safe, safe]
        library.replace("Sales", [])
        assert [goal.job for goal in library.all()] == [""]
        assert library.get(first.id) is None
