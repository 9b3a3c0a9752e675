"""What is looked up when people change: who comes and goes, and what a phase holds about somebody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flows.core.records import Task
from flows.cycle.records import Delegation, Sweep
from storage.engine import Store

DAY = date(2026, 12, 1)


def test_only_who_is_away_or_leaves_comes_and_goes(store: Store, hire) -> None:
    hire("here")
    away, leaver = hire("away", away=((DAY, DAY),)), hire("leaver", left_on=DAY)
    hire("gone", left_on=DAY, active=False)
    with store.work() as records:
        assert [one.id for one in records.people.coming_and_going(0, 10)] == [away.id, leaver.id]
        assert [one.id for one in records.people.coming_and_going(0, 1)] == [away.id]
        assert [one.id for one in records.people.coming_and_going(away.id, 10)] == [leaver.id]


def test_a_phases_tasks_about_somebody_whatever_their_state(store: Store, hire, now: datetime) -> None:
    boss, other, ann, ben = hire("boss"), hire("other"), hire("ann"), hire("ben")
    due = now + timedelta(days=3)

    def task(owner: int, about: int, state: str, phase: str = "manager") -> Task:
        return Task(0, "review", 1, owner, phase, state, now, due, due, owner=owner, about=about)  # type: ignore[arg-type]

    with store.work() as records:
        records.tasks.add(
            [task(other.id, ann.id, "waived"), task(boss.id, ann.id, "open"), task(boss.id, ben.id, "done"),
             task(boss.id, ann.id, "open", "other")]
        )  # fmt: skip
    with store.work() as records:
        found = records.tasks.of_about("review", 1, "manager", [ann.id])
        assert [(one.owner, one.state) for one in found] == [(boss.id, "open"), (other.id, "waived")]
        assert len(records.tasks.of_about("review", 1, "manager", [ann.id, ben.id])) == 3
        assert records.tasks.of_about("review", 2, "manager", [ann.id]) == []


def test_a_delegation_that_has_ended_is_nobodys(store: Store, hire, now: datetime) -> None:
    ann, ben = hire("ann"), hire("ben")
    with store.work() as records:
        kept = records.delegations.save(Delegation(0, ann.id, ben.id, DAY, DAY, ann.id, now))
    with store.work() as records:
        assert records.delegations.of_person(ann.id) == records.delegations.to_deputy(ben.id) == [kept]
        ended = Delegation(kept.id, ann.id, ben.id, DAY, DAY, ann.id, now, now)
        assert records.delegations.save(ended) == ended
    with store.work() as records:
        assert records.delegations.all_current() == records.delegations.to_deputy(ben.id) == []
        assert records.delegations.get(kept.id) == ended


def test_an_imports_changes_are_kept_with_their_sweep(store: Store, now: datetime) -> None:
    rows = [[1, True, None, "Sales", "L3", "UTC"], [2, False, 1, "", "", ""]]
    with store.work() as records:
        records.sweeps.plan(Sweep("people.changed/x", {"changed": rows}, now))
    with store.work() as records:
        due = records.sweeps.due(now)
        assert due is not None
        assert due.about["changed"] == rows
