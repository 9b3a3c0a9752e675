"""Plans, what was agreed to be done and appeals, counted by both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.plans.developing_kept import Content, DevelopmentPlan, PlanStep
from flows.plans.improving.records import Plan
from flows.plans.records import Action
from flows.reports.appeals.kept import Filed
from flows.reports.appeals.making import APPEALS
from flows.reports.plans.kept import Agreed, Doing, Plans
from flows.reports.plans.making import PLAN_REPORT
from flows.reports.report import WITHHELD, Asked
from flows.reports.rights import COMPANY, below, of_departments
from flows.results.appealing.records import Appeal, Step
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture
def people(store: Store, hire: Hire) -> dict[str, Person]:
    lin = hire("Lin")
    ada, bo = hire("Ada", lin), hire("Bo", lin)
    return {
        "lin": lin,
        "ada": ada,
        "bo": bo,
        "eve": hire("Eve", ada, "Lab"),
        "hana": hire("Hana", roles=("hr",)),
    }


@pytest.fixture
def cycle(store: Store, people: dict[str, Person], now: datetime) -> Cycle:
    made = a_cycle(store, people["hana"], now)
    with store.work() as records:
        records.participants.add(
            [
                Participant(made.id, one.id, "in", one.manager, one.department, "P5", one.zone, one.language, now)
                for one in people.values()
                if one.name != "Hana"
            ]
        )  # fmt: skip
    return made


def planned(store: Store, cycle: Cycle, people: dict[str, Person], now: datetime) -> None:
    """Ada's plan is agreed and was written in time, Eve's is proposed; what they do comes from three places."""
    with store.work() as records:
        for name, state in (("ada", "agreed"), ("eve", "proposed")):
            plan = DevelopmentPlan(0, people[name].id, cycle.id, state, Content("SQL"), now)  # type: ignore[arg-type]
            made = records.development.save(
                plan, PlanStep(0, 0, 1, "proposed", people[name].id, now, Content("SQL"))
            )
            assert made is not None
            if name == "ada":
                act(records, people["ada"], "development", made.id, "done", TODAY, now)
                act(records, people["ada"], "development", made.id, "done", TODAY - 2 * DAY, now)
                act(records, people["ada"], "development", made.id, "open", TODAY - DAY, now)
        act(records, people["eve"], "meeting", 1, "open", None, now)
        act(records, people["eve"], "meeting", 1, "dropped", TODAY, now)
        act(records, people["eve"], "meeting", 1, "open", TODAY, now - 300 * DAY)  # before the cycle
        act(records, people["eve"], "improvement", 1, "open", TODAY, now)
        act(records, people["bo"], "development", 999, "open", TODAY, now)  # of another cycle
        for name, done in (("ada", now - DAY), ("bo", now + DAY)):
            records.tasks.add(
                [Task(0, "plan", cycle.id, people[name].id, "plan", "done", now, now, now, done_at=done)]
            )


def act(records, person: Person, source, of: int, state, due: date | None, now: datetime) -> None:
    ended = now if state != "open" else None
    made = records.actions.add(Action(0, person.id, source, of, "x", due, "open", person.id, now))
    records.actions.save(replace(made, state=state, ended_at=ended))


def test_plans_and_what_was_agreed_are_counted_by_department(
    store: Store, cycle: Cycle, people: dict[str, Person], now: datetime
) -> None:
    planned(store, cycle, people, now)
    with store.work() as records:
        kept = records.reports.plans
        assert kept.plans(cycle.id, COMPANY) == [
            ("Lab", Plans(people=1, written=1)),
            ("Sales", Plans(people=3, written=1, agreed=1, asked=2, in_time=1)),
        ]
        found = kept.doing(cycle.id, COMPANY, now - 10 * DAY, None, TODAY)
        assert sorted(found, key=lambda one: one.department) == [
            Doing("Lab", "meeting", 1, Agreed(open=1, dropped=1)),
            Doing("Sales", "development", 1, Agreed(in_time=1, late=1, overdue=1)),
        ]
        line = below(people["ada"])
        assert kept.plans(cycle.id, line) == [("Lab", Plans(people=1, written=1))]
        assert [one.department for one in kept.doing(cycle.id, line, now - DAY, None, TODAY)] == ["Lab"]
        assert kept.doing(cycle.id, COMPANY, now - 10 * DAY, now - DAY, TODAY)[-1].source == "development"


def test_a_manager_reads_their_line_and_hr_no_sum_of_few(
    store: Store, cycle: Cycle, people: dict[str, Person], now: datetime
) -> None:
    planned(store, cycle, people, now)
    with store.work() as records:
        led = PLAN_REPORT.make(records, people["lin"], Asked(below(people["lin"]), cycle), now)
        seen = PLAN_REPORT.make(records, people["hana"], Asked(COMPANY, cycle), now)
    assert [table.title.en for table in led.tables] == [
        "Development plans", "What was agreed to be done", "By where it was agreed",
    ]  # fmt: skip
    assert [row[1] for row in led.tables[1].rows] == [2, 3, 5]
    assert {row[1] for row in seen.tables[1].rows} == {WITHHELD}
    assert seen.tables[-1].title.en == "Improvement plans"
    assert "1 of 4 people have an agreed development plan." in seen.said.en


def test_improvement_plans_are_counted_without_drafts_old_ones_and_those_above(
    store: Store, cycle: Cycle, people: dict[str, Person], now: datetime
) -> None:
    with store.work() as records:
        for name, changes in {
            "ada": {"version": 1, "state": "published"},
            "bo": {"version": 1, "state": "met", "ended_at": now},
            "eve": {},
            "lin": {"version": 1, "state": "not_met", "ended_at": now - 400 * DAY},
        }.items():
            made = records.improvements.start(
                Plan(0, people[name].id, people["lin"].id, people["lin"].id, now)
            )
            assert made is not None
            records.improvements.save(replace(made, **changes))
        ask = records.reports.plans.improvement
        assert dict(ask(COMPANY, now - 10 * DAY, ())) == {"published": 1, "met": 1}
        assert dict(ask(COMPANY, now - 10 * DAY, {people["bo"].id})) == {"published": 1}
        assert dict(ask(of_departments(["Lab"]), now - 10 * DAY, ())) == {}


def appeal(cycle: Cycle, person: Person, now: datetime, **changes: object) -> Appeal:
    made = Appeal(
        0, cycle.id, person.id, person.department, 1, "filed", ("rating",), "f", "e", "held", "w", False, now, 1, now, now
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_appeals_are_counted_without_what_was_written(
    store: Store, cycle: Cycle, people: dict[str, Person], now: datetime
) -> None:
    with store.work() as records:
        first = records.appeals.add(appeal(cycle, people["bo"], now))
        records.appeals.add(
            appeal(cycle, people["eve"], now, state="decided", outcome="upheld", ended_at=now)
        )
        records.appeals.add(appeal(cycle, people["lin"], now))
        assert first is not None
        records.appeals.note(Step(0, first.id, "filed", people["bo"].id, now, "secret"))
        records.appeals.note(Step(0, first.id, "admitted", people["hana"].id, now + DAY))
        kept = records.reports.appeals
        assert kept.filed(cycle.id, of_departments(["Lab"])) == [
            Filed(2, people["eve"].id, "Lab", "decided", ("rating",), "upheld", False, now, now)
        ]
        assert [one.person for one in kept.filed(cycle.id, below(people["lin"]))] == [
            people["bo"].id,
            people["eve"].id,
        ]
        assert kept.steps(cycle.id) == {first.id: [("filed", now), ("admitted", now + DAY)]}
        report = APPEALS.make(records, people["hana"], Asked(COMPANY, cycle), now)
    assert report.said.en == "3 appeals, 2 of them open."
    assert {row[2] for row in report.tables[0].rows} == {WITHHELD}


def test_nobody_of_hr_counts_the_appeal_of_a_manager_above_them(
    store: Store, cycle: Cycle, people: dict[str, Person], hire: Hire, now: datetime
) -> None:
    hr = hire("Pia", people["ada"], "HR", roles=("hr",))
    with store.work() as records:
        for name in ("ada", "lin"):
            records.appeals.add(appeal(cycle, people[name], now))
        with pytest.raises(Refusal, match="no appeal"):
            APPEALS.make(records, hr, Asked(COMPANY, cycle), now)
        records.appeals.add(appeal(cycle, people["bo"], now, apart=True))
        records.appeals.add(appeal(cycle, people["eve"], now))
        report = APPEALS.make(records, hr, Asked(COMPANY, cycle), now)
    assert report.said.en.startswith("1 appeal, ")


def test_a_cycle_in_which_nobody_of_the_scope_takes_part_has_no_plans(
    store: Store, cycle: Cycle, people: dict[str, Person], now: datetime
) -> None:
    with store.work() as records, pytest.raises(Refusal, match="Nobody of Moon"):
        PLAN_REPORT.make(records, people["hana"], Asked(of_departments(["Moon"]), cycle), now)
