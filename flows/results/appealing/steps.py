"""From one step of an appeal to the next: who is asked now, and by when, in working days of whoever is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flows.core.owed import Notice, Task
from flows.cycle.calendar import DAY
from flows.cycle.nudges.closing import close
from flows.cycle.nudges.nudge import working_moment
from flows.cycle.records import Cycle, Sweep
from flows.people.person import Person
from flows.results.appealing.deciders import PANEL, Chain, first_level, left_out, panel
from flows.results.appealing.records import LEVELS, Appeal, Seat, State, Step, StepKind, on
from flows.results.appealing.rights import checkers, hr_for
from flows.results.records import ResultRecords
from flows.results.releasing.opening import end_of

KIND = "appeal"
"""The kind of the task that an appeal asks for: of HR, of whoever decides, or of the employee."""

CLOCK = "appeal.clock"
NEWS, DECIDED, LATE = "appeal.news", "appeal.decided", "appeal.late"
DAYS: Mapping[State, int] = {"filed": 2, "returned": 2, "level1": 5, "answered": 5, "level2": 10}
"""Working days for each step, after the day on which it begins."""

GRACE = timedelta(days=90)  # what is late can still be done: nobody else may do it instead


def subject_of(appeal: Appeal) -> str:
    """The subject of the tasks of the present step."""
    return f"{appeal.id}/{appeal.step}"


def due_for(cycle: Cycle, appeal: Appeal, person: Person) -> datetime:
    """When (UTC) the present step is due from somebody: leave, holidays and make-up days of theirs are counted."""
    return end_of(appeal.step_at, DAYS[appeal.state], person, cycle.template.nudges)


def begin(
    records: ResultRecords,
    cycle: Cycle,
    appeal: Appeal,
    state: State,
    now: datetime,
    by: int | None = None,
    **changes: Any,
) -> Appeal:
    """Begin a step: whoever has to do it gets a task, and a clock runs. `by` has done the step before."""
    over(records, appeal, now, by)
    fresh = replace(appeal, state=state, step=appeal.step + 1, step_at=now, late=False, **changes)
    if state in LEVELS:
        seat(records, cycle, fresh, now)
    people = asked(records, fresh, now)
    fresh = replace(fresh, due_at=due_of(records, cycle, fresh, people))
    records.appeals.save(fresh)
    ask(records, cycle, fresh, people, now)
    look = min(fresh.due_at, now + DAY)
    records.sweeps.plan(Sweep(f"{CLOCK}/{subject_of(fresh)}", {"appeal": fresh.id, "step": fresh.step}, look))
    return fresh


def due_of(records: ResultRecords, cycle: Cycle, appeal: Appeal, people: Sequence[Person]) -> datetime:
    """The latest of their moments; where nobody is asked, that of the person who appeals."""
    if not people:
        whose = records.people.get(appeal.person)
        people = [whose] if whose else []
    return max((due_for(cycle, appeal, one) for one in people), default=appeal.step_at)


def seat(records: ResultRecords, cycle: Cycle, appeal: Appeal, now: datetime) -> list[int]:
    """Choose who decides at the present level, besides those who do already; everybody who decides now."""
    chain, hr = Chain(records, cycle, appeal.person), hr_for(records, appeal, now)
    there = on(records.appeals.seats(appeal.id), appeal.level)
    without = left_out(records, appeal, appeal.level) | {*there}
    if appeal.level == 1:
        first = None if there else first_level(chain, appeal, without, hr, now)
        new = [first] if first else []
    else:
        new = panel(chain, appeal, without, hr, now, PANEL - len(there))
    put(records, appeal, [one.id for one in new], None, now)
    return on(records.appeals.seats(appeal.id), appeal.level)


def fill(records: ResultRecords, cycle: Cycle, appeal: Appeal, now: datetime) -> None:
    """Choose others for whoever doesn't decide any more, and ask them; where nobody is left, HR."""
    seat(records, cycle, appeal, now)
    ask(records, cycle, appeal, asked(records, appeal, now), now)


def put(records: ResultRecords, appeal: Appeal, people: Sequence[int], by: int | None, now: datetime) -> None:
    """Give these people a seat at the present level."""
    for one in people:
        records.appeals.seat(Seat(appeal.id, appeal.level, one))
    if people:
        note(records, appeal, "named", by, now, about={"level": appeal.level, "people": list(people)})


def asked(records: ResultRecords, appeal: Appeal, now: datetime) -> list[Person]:
    """Who has to do the present step: HR where it is to be checked, or where nobody is left who may decide."""
    if appeal.state in ("returned", "answered"):
        person = records.people.get(appeal.person)
        return [person] if person else []
    seated = on(records.appeals.seats(appeal.id), appeal.level) if appeal.level else []
    return records.people.many(seated) if seated else checkers(records, appeal, now)


def ask(
    records: ResultRecords, cycle: Cycle, appeal: Appeal, people: Sequence[Person], now: datetime
) -> None:
    """Give each of them the task of the present step."""
    policy = cycle.template.nudges
    tasks = []
    for person in people:
        opens, due = working_moment(person, now, policy), due_for(cycle, appeal, person)
        tasks.append(
            Task(
                0, KIND, cycle.id, person.id, subject_of(appeal), "open", opens, due, due + GRACE, next_at=opens,
                department=person.department,
            )
        )  # fmt: skip
    records.tasks.add(tasks)


def over(records: ResultRecords, appeal: Appeal, now: datetime, by: int | None = None) -> None:
    """The present step asks nothing of anybody any more; `by` is who has done it."""
    for task in records.tasks.of_scope((KIND,), appeal.cycle, subject_of(appeal), "open"):
        close(records, replace(task, state="done" if task.person == by else "waived", done_at=now))


def excuse(records: ResultRecords, appeal: Appeal, people: Sequence[int], now: datetime) -> None:
    """These people don't decide any more, and nothing is asked of them."""
    for one in people:
        records.appeals.seat(Seat(appeal.id, appeal.level, one, on=False))
        task = records.tasks.find(KIND, appeal.cycle, one, subject_of(appeal))
        if task and task.state == "open":
            close(records, replace(task, state="waived", done_at=now))


def end(records: ResultRecords, appeal: Appeal, state: State, now: datetime, by: int | None = None) -> Appeal:
    """It is over, and nothing is asked any more."""
    over(records, appeal, now, by)
    ended = replace(appeal, state=state, ended_at=now)
    records.appeals.save(ended)
    return ended


def note(
    records: ResultRecords,
    appeal: Appeal,
    kind: StepKind,
    by: int | None,
    now: datetime,
    text: str = "",
    about: Mapping[str, Any] | None = None,
) -> Step:
    """Write down what was done; the audit log has a line of it without its text, and without what is only proposed."""
    step = records.appeals.note(
        Step(0, appeal.id, kind, by, now, text, {"step": appeal.step, **(about or {})})
    )
    told = {} if kind == "proposed" else about or {}
    records.audit.note(now, by, f"appeal.{kind}", f"appeal/{appeal.id}", told)
    return step


def tell(records: ResultRecords, appeal: Appeal, people: Sequence[int], kind: str, now: datetime) -> None:
    """Have these people told with their next digest that there is something to see."""
    records.notices.add(
        [
            Notice(0, f"{kind}/{appeal.id}/{now.isoformat()}/{one}", one, kind, {"appeal": appeal.id}, now)
            for one in people
        ]
    )
