"""What follows from a development plan: the actions once both agree, whose turn it is, and what is told with the digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import notice
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words
from flows.cycle.nudges.closing import close
from flows.cycle.owing import time_to_answer
from flows.cycle.people.standing_in import placed
from flows.people.person import Person
from flows.plans.agreeing import turn_of
from flows.plans.developing_kept import DevelopmentPlan, PlanRecords
from flows.plans.developing_rights import ANSWER, other_side, place_of
from flows.plans.records import Action

WRITING = "plan"
"""The kind of the task, and of a phase's work, of writing one's development plan."""

ANSWERED = "plan.answered"
MOVED = "moved"  # why an answer is not needed any more
OPEN = Words("Open the plan", "打开计划")


def follow_plan(records: PlanRecords, plan: DevelopmentPlan, now: datetime, *, asked: bool = True) -> None:
    """Bring the tasks about a plan to its state; done twice, it acts once. `asked`: something new was asked of someone."""
    side = other_side(records, plan.person, plan.cycle)
    who = turn_of(plan, side.id if side else None)
    tasks = records.tasks.of_about(ANSWER, plan.id, "", [plan.person])
    for task in tasks:
        if task.state == "open" and task.owner != who:
            moved = plan.asked_by is not None and not asked
            ended = replace(task, state="waived" if moved else "done", done_at=now)
            close(records, replace(ended, why=MOVED if moved else ""))
    known = next((task for task in tasks if task.owner == who), None)
    owner = records.people.get(who) if who else None
    if owner and (asked or known is None or known.state != "open"):
        ask(records, plan, owner, known, now)
    done(records, plan, now)


def ask(
    records: PlanRecords, plan: DevelopmentPlan, owner: Person, known: Task | None, now: datetime
) -> None:
    """Open the task of whoever has to act, as if nothing had been said of it yet."""
    opens, due, until = time_to_answer(now, owner.zone)
    place = records.participants.get(plan.cycle, plan.person) if plan.cycle else None
    fresh = replace(
        known or Task(0, ANSWER, plan.id, owner.id, "", "open", opens, due, until, about=plan.person),
        person=owner.id, state="open", opens_at=opens, due_at=due, until=until, next_at=now, why="", done_at=None,
        said_at=None, told_due=None, snoozed=False, live=None, department=place.department if place else "",
    )  # fmt: skip
    (fresh,) = placed(records, [fresh], now)
    if known:
        records.tasks.save(fresh)
    else:
        records.tasks.add([fresh])


def done(records: PlanRecords, plan: DevelopmentPlan, now: datetime) -> None:
    """Whoever has written a plan has done what the cycle's phase asks."""
    cycle = records.cycles.get(plan.cycle) if plan.cycle else None
    for phase in cycle.template.phases if cycle else ():
        task = (
            records.tasks.find(WRITING, cycle.id, plan.person, phase.name)
            if cycle and phase.work == WRITING
            else None
        )
        if task and task.state == "open":
            close(records, replace(task, state="done", done_at=now))


def act_on(records: PlanRecords, plan: DevelopmentPlan, by: int, now: datetime) -> None:
    """Make the plan's actions what it says: new ones are added, what is gone from it is dropped, days move.

    An action is the same one as long as its words are; what is done stays done.
    """
    before = {one.text.casefold(): one for one in records.actions.of("development", plan.id)}
    wanted = {one.text.casefold(): one for one in plan.content.actions}
    for key, planned in wanted.items():
        known = before.get(key)
        if known is None or known.state == "dropped":
            new = Action(0, plan.person, "development", plan.id, planned.text, planned.due, "open", by, now)
            records.actions.add(new)
        elif known.state == "open" and known.due != planned.due:
            records.actions.save(replace(known, due=planned.due))
    for key, known in before.items():
        if known.state == "open" and key not in wanted:
            records.actions.save(replace(known, state="dropped", ended_at=now))


def tell(records: PlanRecords, plan: DevelopmentPlan, whom: int, how: str, now: datetime) -> None:
    """Have whoever asked told what the other side said, with their next digest."""
    about = {"plan": plan.id, "how": how, "asked": plan.asked}
    key = f"{ANSWERED}/{plan.id}/{plan.asked}/{how}"
    records.notices.add([Notice(0, key, whom, ANSWERED, about, now)])


@notice(ANSWERED)
def answered(records: PlanRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That both agree now, or that it stays as it was; dropped once something else was asked since."""
    plan = records.development.get(one.about["plan"])
    owner = records.people.get(plan.person) if plan else None
    if plan is None or owner is None or plan.asked != one.about["asked"]:
        return None
    own = one.person == plan.person
    words = SAID[one.about["how"], own].fill(name=owner.name)
    return [Line(words), Buttons((Button(OPEN, Act("see", ("plan", *place_of(plan)))),))]


SAID = {
    ("agreed", True): Words("Your development plan is agreed.", "你的发展计划已确认。"),
    ("agreed", False): Words("The development plan of {name} is agreed.", "{name}的发展计划已确认。"),
    ("declined", True): Words(
        "Your development plan stays as it was agreed.", "你的发展计划维持原来的约定。"
    ),
    ("declined", False): Words(
        "The development plan of {name} stays as it was agreed.", "{name}的发展计划维持原来的约定。"
    ),
}
