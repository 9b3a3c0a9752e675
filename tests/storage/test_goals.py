"""Goals of a cycle: kept whole, found by who asks, and their numbers added up, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.cycle.records import Cycle, Participant
from flows.goals.agreeing.negotiation import agree, ask_changes, propose, withdraw
from flows.goals.kept import Coverage, Goal, Terms, Version
from storage.engine import Store
from tests.storage.conftest import a_cycle

TEN = Terms("Revenue", unit="CNY", target=Decimal(10_000_000), visibility="public")


@pytest.fixture
def cycle(store: Store, hire: Any, now: Any) -> Cycle:
    return a_cycle(store, hire("Hana"), now)


def terms(target: object, parent: Goal | None = None, unit: str = "CNY", **more: Any) -> Terms:
    number = None if target is None else Decimal(str(target))
    rule = more.pop("rule", "sum" if parent else "none")
    return Terms("Part", unit=unit, target=number, parent=parent.id if parent else None, rule=rule, **more)


def version(goal: Goal, act: str, by: int, now: Any, comment: str = "") -> Version:
    return Version(0, goal.id, goal.version, act, by, now, goal.terms, comment)  # type: ignore[arg-type]


def test_a_goal_is_kept_whole_with_every_term(store: Store, cycle: Cycle, hire: Any, now: Any) -> None:
    ann, boss = hire("Ann"), hire("Boss")
    with store.work() as records:
        top = records.goals.save(Goal(0, boss.id, TEN, cycle.id, "company"))
        whole = Terms(
            "投诉率降到 1.5% 😀", "milestones", "bsc", "contracts", True, Decimal("-2.5"), Decimal("80.0001"),
            Decimal(100), Decimal("33.3"), "bonus", "customer", ((Decimal(1), Decimal(60)), (Decimal("2.5"), Decimal(100))),
            ("first", "第二"), date(2026, 12, 31), "from the CRM", "crm.contracts", "mean", top.id, "factor",
            Decimal("50000.123456789"), "private",
        )  # fmt: skip
        asked = Goal(
            0, ann.id, whole, cycle.id, "department", "Sales", "returned", 3, boss.id, replace(whole, title="New"),
            True, now,
        )  # fmt: skip
        kept = records.goals.save(asked, version(asked, "asked", boss.id, now, "Please lower it"))
    with store.work() as records:
        assert records.goals.get(kept.id) == replace(asked, id=kept.id)
        assert records.goals.lock(kept.id) == kept
        assert records.goals.get(999) is records.goals.lock(999) is None
        assert records.goals.many([kept.id, top.id, 999, top.id]) == [top, kept]
        (line,) = records.goals.history(kept.id)
        assert (line.goal, line.act, line.by, line.at, line.comment) == (
            kept.id, "asked", boss.id, now, "Please lower it"
        )  # fmt: skip
        assert line.terms == whole
        changed = records.goals.save(
            replace(kept, pending=None, leaving=False, state="agreed", asked_by=None)
        )
        assert records.goals.get(kept.id) == changed


def test_every_step_of_a_negotiation_stays_in_the_history(
    store: Store, cycle: Cycle, hire: Any, now: Any
) -> None:
    ann, boss = hire("Ann"), hire("Boss")
    with store.work() as records:
        goal = records.goals.save(Goal(0, ann.id, terms(5), cycle.id, state="draft"))
        for moved in (
            lambda goal: propose(goal, goal.terms, ann.id, now),
            lambda goal: agree(goal, boss.id, now),
            lambda goal: propose(goal, replace(goal.terms, target=Decimal(7)), ann.id, now),
            lambda goal: agree(goal, boss.id, now),
        ):
            goal = records.goals.save(*moved(goal))
        other = records.goals.save(Goal(0, ann.id, terms(1), cycle.id))
        found = records.goals.histories([goal.id, other.id])
    assert [(line.act, line.version, line.terms.target) for line in found[goal.id]] == [
        ("proposed", 1, 5), ("agreed", 1, 5), ("changed", 1, 7), ("agreed", 2, 7)
    ]  # fmt: skip
    assert other.id not in found
    assert (goal.terms.target, goal.version) == (7, 2)


def test_what_others_did_to_somebodys_goals_since_a_moment(
    store: Store, cycle: Cycle, hire: Any, now: Any
) -> None:
    ann, ben, boss = hire("Ann"), hire("Ben"), hire("Boss")
    later = now + timedelta(seconds=1)
    with store.work() as records:
        goal = records.goals.save(Goal(0, ann.id, terms(5), cycle.id, state="draft"))
        goal = records.goals.save(*propose(goal, goal.terms, ann.id, now))
        records.goals.save(*ask_changes(goal, boss.id, "more", later))
        gone = records.goals.save(*propose(replace(goal, id=0, state="draft"), terms(1), boss.id, now))
        records.goals.save(*withdraw(gone, boss.id, "", later))
        other = records.goals.save(Goal(0, ben.id, terms(5), cycle.id, state="draft"))
        records.goals.save(*propose(other, other.terms, boss.id, later))
        assert [line.act for line in records.goals.answers(cycle.id, ann.id, now)] == [
            "asked", "proposed", "withdrawn"
        ]  # fmt: skip
        assert [line.act for line in records.goals.answers(cycle.id, ann.id, later)] == ["asked", "withdrawn"]
        assert records.goals.answers(cycle.id, ann.id, later + timedelta(seconds=1)) == []
        assert records.goals.answers(cycle.id + 1, ann.id, now) == []


def test_who_finds_which_goals(store: Store, cycle: Cycle, hire: Any, now: Any) -> None:
    ann, ben, boss = hire("Ann"), hire("Ben"), hire("Boss")
    older = a_cycle(store, boss, now, name="Q3", state="closed")
    with store.work() as records:

        def put(
            person: Any, title: str, state: str = "agreed", of: Cycle | None = cycle, **more: Any
        ) -> Goal:
            terms = Terms(title, target=more.pop("target", None))
            return records.goals.save(Goal(0, person.id, terms, of.id if of else None, state=state, **more))  # type: ignore[arg-type]

        mine = [put(ann, state, state) for state in ("draft", "proposed", "returned", "agreed")]
        put(ann, "gone", "withdrawn")
        of_old = put(ann, "old", of=older)
        free = put(ann, "of no cycle", of=None)
        bens = put(ben, "Ben's", target=Decimal(5))
        company = put(boss, "Company", level="company")
        sales = put(ann, "Sales", level="department", department="Sales")
        people = put(boss, "People", level="department", department="People", state="draft")
        goals = records.goals
        assert goals.of_cycle(cycle.id, ann.id) == mine
        assert goals.of_people(cycle.id, [ben.id, ann.id]) == sorted(
            [*mine[1:], bens], key=lambda g: g.person
        )
        assert goals.of_person(ann.id) == [*mine[1:], free]
        assert goals.above(cycle.id) == [company, people, sales]
        assert goals.answered_for(cycle.id, ann.id) == [sales]
        assert goals.latest_of(ann.id, cycle.id, 5) == [of_old]
        assert goals.latest_of(ann.id, older.id, 5) == [mine[3]]
        assert goals.of_peers(cycle.id, "P5", ann.id, 5) == [bens]
        assert (
            goals.of_peers(cycle.id, "P6", ann.id, 5) == goals.of_peers(cycle.id, "P5", ben.id, 5)[1:] == []
        )
        assert goals.states(cycle.id, [ann.id, ben.id, boss.id]) == {
            ann.id: {"draft": 1, "proposed": 1, "returned": 1, "agreed": 1, "withdrawn": 1},
            ben.id: {"agreed": 1},
        }
        assert [goal.id for goal in goals.watched(0, 100)] == [mine[3].id, bens.id, company.id, sales.id]
        assert [goal.id for goal in goals.watched(mine[3].id, 1)] == [bens.id]


def test_goals_that_read_a_metric_are_found_in_live_cycles(
    store: Store, cycle: Cycle, hire: Any, now: Any
) -> None:
    ann = hire("Ann")
    older = a_cycle(store, ann, now, name="Q3", state="closed")
    with store.work() as records:
        made = [
            records.goals.save(Goal(0, ann.id, Terms("t", metric=metric), of, state=state))  # type: ignore[arg-type]
            for metric, of, state in (
                ("orders", cycle.id, "agreed"), ("orders", cycle.id, "proposed"), ("orders", cycle.id, "withdrawn"),
                ("orders", older.id, "agreed"), ("", cycle.id, "agreed"), ("calls", cycle.id, "agreed"),
            )
        ]  # fmt: skip
        assert records.goals.with_metric("orders", 0, 10) == made[:2]
        assert records.goals.with_metric("orders", made[0].id, 10) == made[1:2]


def test_who_has_nothing_agreed(store: Store, cycle: Cycle, hire: Any, now: Any) -> None:
    ann, ben, eva, out = hire("Ann"), hire("Ben", department="HQ"), hire("Eva"), hire("Out")
    with store.work() as records:
        records.participants.add(
            [
                Participant(
                    cycle.id,
                    one.id,
                    "out" if one is out else "in",
                    None,
                    one.department,
                    "P5",
                    one.zone,
                    one.language,
                    now,
                )
                for one in (ann, ben, eva, out)
            ]
        )
        records.goals.save(Goal(0, ann.id, terms(1), cycle.id))
        records.goals.save(Goal(0, ben.id, terms(1), cycle.id, state="proposed"))
        records.goals.save(Goal(0, eva.id, terms(1), cycle.id, "department", "Sales"))
        find = records.goals.unagreed
        assert find(cycle.id, None, 0, 10) == [(ben.id, "HQ"), (eva.id, "Sales")]
        assert find(cycle.id, None, ben.id, 10) == find(cycle.id, frozenset({"Sales"}), 0, 10)
        assert find(cycle.id, frozenset({"Sales"}), 0, 10) == [(eva.id, "Sales")]
        assert find(cycle.id, frozenset(), 0, 10) == []
        assert find(cycle.id, None, 0, 1) == [(ben.id, "HQ")]
        assert records.goals.unagreed_count(cycle.id) == {"HQ": 1, "Sales": 1}


def test_many_are_kept_at_once_in_their_order(store: Store, cycle: Cycle, hire: Any, now: Any) -> None:
    ann = hire("Ann")
    with store.work() as records:
        top = records.goals.save(Goal(0, ann.id, TEN, cycle.id))
        goals = [Goal(0, ann.id, replace(terms(n, top), title=f"Goal {n}"), cycle.id) for n in range(40)]
        lines = [version(goal, "imported", ann.id, now) for goal in goals]
        ids = records.goals.add_many(goals, lines)
        assert [goal.title for goal in records.goals.many(ids)] == [f"Goal {n}" for n in range(40)]
        assert [line.terms.title for [line] in records.goals.histories(ids).values()] == [
            f"Goal {n}" for n in range(40)
        ]
        assert records.goals.coverage([top.id])[top.id] == Coverage(Decimal(sum(range(40))), 40, 0)
        assert records.goals.add_many([], []) == []


def test_a_draft_that_is_forgotten_takes_its_own_along(
    store: Store, cycle: Cycle, hire: Any, now: Any
) -> None:
    ann = hire("Ann")
    with store.work() as records:
        draft = Goal(0, ann.id, terms(9), cycle.id, state="draft")
        draft = records.goals.save(draft, version(draft, "drafted", ann.id, now))
        child = records.goals.save(Goal(0, ann.id, terms(3, draft), cycle.id))
        records.goals.forget([draft.id])
        assert records.goals.get(draft.id) is None
        assert records.goals.history(draft.id) == []
        orphan = records.goals.get(child.id)
        assert orphan is not None
        assert (orphan.terms.parent, orphan.terms.rule) == (None, "none")
