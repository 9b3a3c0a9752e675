"""What an improvement plan asks of whom, and the one sentence in which a message speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flows.core.catalog import notice
from flows.core.owed import Notice, Task, TaskState
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words
from flows.cycle.calendar import at_local, country_of, local_day
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.closing import close
from flows.cycle.nudges.nudge import working_moment
from flows.cycle.owing import end_of
from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.plans.improving.records import ImprovementRecords, Plan, Step
from flows.plans.improving.rights import hr_of, may_read
from flows.plans.improving.terms import later

KIND = "private"  # of every task: what it is for stands in its subject, and a message never tells them apart
READ, LOOK, MEET, DECIDE = "read", "look", "meet", "decide"
TOLD = "private.told"
TO_READ, TO_LOOK, TO_MEET, TO_DECIDE = 5, 3, 2, 3  # working days that each may take
GRACE = timedelta(days=14)
FOREVER = timedelta(days=36_500)
POLICY = NudgePolicy(manager=None, hr=None)

SOMETHING = Words("There is something for you to read in private.", "有一项内容需要你私下查看。")
TITLE = Words("Something to read in private", "需要私下查看的内容")
OPEN = Words("Open it", "打开")
BY = (
    Words("Please look at it by {due}.", "请在 {due} 前查看。"),
    Words("You were asked to look at it by {due}.", "原定查看时间为 {due} 之前。"),
)


def subject_of(what: str, of: object) -> str:
    """The subject of a task: "read/2", "look/7", "meet/2026-03-09", "decide/2026-06-30"."""
    return f"{what}/{of}"


def tasks_follow(records: ImprovementRecords, plan: Plan, step: Step, now: datetime) -> None:
    """Bring everybody's tasks about the plan to the state of things after a step."""
    for task in records.tasks.of_scope([KIND], plan.id, state="open"):
        if ended := how_it_ended(plan, step, task):
            state: TaskState = "done" if ended == "done" and step.by == task.person else "waived"
            state = "expired" if ended == "missed" else state
            close(records, replace(task, state=state, done_at=now, why=ended))
    if plan.is_over:
        return
    if step.kind in ("published", "extended"):
        ask(records, plan, plan.person, subject_of(READ, plan.version), TO_READ, now)
    if step.kind == "asked":
        person = records.people.get(plan.person)
        for one in hr_of(records, person, now, without={step.by or 0}) if person else ():
            ask(records, plan, one.id, subject_of(LOOK, step.number), TO_LOOK, now)


def how_it_ended(plan: Plan, step: Step, task: Task) -> str | None:
    """Why a task is not owed any more: it is done, missed or not needed; None while it is."""
    what, _, of = task.subject.partition("/")
    if plan.is_over:
        return "done" if what in (LOOK, DECIDE) else "over"
    if what == READ:
        if plan.acknowledged >= int(of):
            return "done"
        return "newer" if int(of) < plan.version else None
    if what == LOOK:
        return None if plan.asking and plan.asking.step == int(of) else "done"
    if task.person != plan.manager:
        return "handed"
    if what == MEET:
        if step.kind == "missed" and (step.content or {}).get("day") == of:
            return "missed" if step.by is None else "done"
        return "done" if plan.meeting is None or of != plan.meeting.isoformat() else paused(plan)
    extended = plan.terms is not None and of != plan.terms.ends.isoformat()
    return "done" if plan.asking or extended else paused(plan)


def paused(plan: Plan) -> str | None:
    return "paused" if plan.state == "paused" else None


def ask(records: ImprovementRecords, plan: Plan, person: int, subject: str, days: int, now: datetime) -> None:
    """Give somebody a task, due in so many working days; the same one again where it was put aside."""
    owner = records.people.get(person)
    if owner is None or not owner.active:
        return
    opens = working_moment(owner, now, POLICY)
    due = end_of(later(local_day(opens, owner.zone), days, country_of(owner.zone)), owner.zone)
    task = Task(0, KIND, plan.id, person, subject, "open", opens, due, due + GRACE, next_at=opens)
    known = records.tasks.find(KIND, plan.id, person, subject)
    if known is None:
        records.tasks.add([task])
    elif known.state in ("waived", "done"):
        records.tasks.save(replace(task, id=known.id, said=known.said))


def ask_to_meet(records: ImprovementRecords, plan: Plan, day: date, now: datetime) -> None:
    """Whoever leads the plan meets the person on that day, and says afterwards how it went."""
    ask(records, plan, plan.manager, subject_of(MEET, (plan.meeting or day).isoformat()), TO_MEET, now)


def ask_to_decide(records: ImprovementRecords, plan: Plan, now: datetime) -> None:
    """The end has come: whoever leads the plan says what came of it."""
    if plan.terms is not None and plan.asking is None:
        ask(records, plan, plan.manager, subject_of(DECIDE, plan.terms.ends.isoformat()), TO_DECIDE, now)


def tell(records: ImprovementRecords, plan: Plan, people: Iterable[int], now: datetime) -> None:
    """Have these people told with their next digest that there is something; one such word waits at a time."""
    for person in sorted(people):
        waiting = records.notices.due_of([person], now + FOREVER)
        if not any(one.kind == TOLD and one.about["plan"] == plan.id for one in waiting):
            key = f"{TOLD}/{plan.id}/{plan.steps}/{person}"
            records.notices.add([Notice(0, key, person, TOLD, {"plan": plan.id}, now)])


@notice(TOLD)
def told(records: ImprovementRecords, one: Notice, now: datetime) -> list[Element] | None:
    """That there is something, and never what; nothing to whom it is not open any more."""
    plan, reader = records.improvements.get(one.about["plan"]), records.people.get(one.person)
    if plan is None or reader is None or not may_read(records, reader, plan, now):
        return None
    return [Line(SOMETHING), Buttons((Button(OPEN, seen_at(plan)),))]


def seen_at(plan: Plan) -> Act:
    return Act("see", ("improvement", str(plan.id)))


def policy(records: ImprovementRecords, task: Task) -> NudgePolicy | None:
    """Nothing is said while the plan is paused, but for what HR or the person have to read."""
    plan = records.improvements.get(task.scope)
    if plan is None:
        return None
    quiet = plan.state == "paused" and task.subject.partition("/")[0] in (MEET, DECIDE)
    return None if quiet else POLICY


def face(records: ImprovementRecords, task: Task, _person: Person, _now: datetime) -> Face | None:
    """How it shows, whatever it is: that something is there, and never what."""
    plan = records.improvements.get(task.scope)
    if plan is None:
        return None
    over = {
        "done": Words(": done. Thank you!", "：已完成，谢谢！"),
        "waived": Words(": not needed any more.", "：已无需处理。"),
        "expired": Words(": it is closed.", "：已关闭。"),
    }.get(task.state)
    return Face(
        TITLE,
        SOMETHING,
        Words(
            "A reminder: there is something for you to read in private.", "提醒：有一项内容需要你私下查看。"
        ),
        Button(OPEN, seen_at(plan), "primary"),
        Words(
            "Why me? It is meant for you. It opens here only; no message says what it is.",
            "为什么收到？这项内容只给你看，只在这里打开，消息中不会提及内容。",
        ),
        over=TITLE + over if over else None,
        by=BY,
    )


def moments(_records: ImprovementRecords, task: Task, _person: Person) -> tuple[datetime, datetime, datetime]:
    """They were set when it was asked."""
    return task.opens_at, task.due_at, task.until


def next_morning(person: Person, now: datetime) -> datetime:
    """When a plan about the person is looked at next (UTC): early on their next day."""
    return at_local(local_day(now, person.zone) + timedelta(days=1), time(6), person.zone)


PRIVATE = Duty(KIND, policy, face, moments, skips=True)
"""Nobody hands it over, and there is nothing in it that does not apply."""
