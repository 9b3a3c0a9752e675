"""The task of looking: each employee at their own result, each manager at their people's; done when it was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flows.core.records import Task
from flows.core.screen import Act, Button
from flows.core.words import Words, same
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.closing import close
from flows.cycle.nudges.nudge import working_moment
from flows.cycle.owing import GRACE, VIEW
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.records import Release, ResultRecords
from flows.results.releasing.opening import end_of, opening_day, opens_for

RESULT, TEAM = "result", "team"  # the subjects: one's own result, and one's people's results
LOOK = Words("Look at it", "查看")
BY = (
    Words("Please look at it by {due}.", "请在 {due} 前查看。"),
    Words("You were asked to look at it by {due}.", "原定查看时间为 {due} 之前。"),
)


def moments_of(cycle: Cycle, opens: datetime, person: Person) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) in UTC of looking at what opens at that moment."""
    due = end_of(opens, cycle.template.opening.view, person, cycle.template.nudges)
    return opens, due, due + GRACE


def task_for(cycle: Cycle, person: Person, subject: str, opens: datetime, department: str) -> Task:
    opens, due, until = moments_of(cycle, opens, person)
    return Task(
        0, VIEW, cycle.id, person.id, subject, "open", opens, due, until, next_at=opens, department=department
    )


def team_task(cycle: Cycle, manager: Person, department: str, now: datetime) -> Task:
    """The manager looks in their next working hours; they may at once."""
    opens = working_moment(manager, now, cycle.template.nudges)
    return task_for(cycle, manager, TEAM, opens, department)


def moments(records: ResultRecords, task: Task, person: Person) -> tuple[datetime, datetime, datetime] | None:
    """The moments as the release has them, in the person's zone; None when it is not to be looked at (any more)."""
    cycle, release = records.cycles.get(task.scope), records.releases.get(task.scope)
    if cycle is None or release is None or cycle.state != "live":
        return None
    opens: datetime | None = task.opens_at
    if task.subject == RESULT:
        opens = own_opening(records, cycle, release, person)
    return moments_of(cycle, opens, person) if opens else None


def own_opening(records: ResultRecords, cycle: Cycle, release: Release, person: Person) -> datetime | None:
    """When the person's own result opens to them (UTC); None while it does not."""
    withheld = records.releases.is_withheld(cycle.id, person.id)
    day = opening_day(release, withheld, cycle.template.opening.lead)
    return opens_for(person, day, cycle.template.nudges) if day else None


def seen(records: ResultRecords, actor: Person, cycle: Cycle, subject: str, now: datetime) -> None:
    """The actor looks at it: the task is done, and nothing more is said about it."""
    task = records.tasks.find(VIEW, cycle.id, actor.id, subject)
    if task is not None and task.state in ("open", "expired"):
        close(records, replace(task, state="done", done_at=now))


WITHHELD = "withheld"  # why a task was waived: its person isn't told so before HR tells them


def not_to_be_seen(records: ResultRecords, cycle: Cycle, people: Iterable[int], now: datetime) -> None:
    """What these people were to look at is withheld: nobody asks them any more."""
    for task in records.tasks.of_round(VIEW, cycle.id, RESULT, list(people)):
        if task.state == "open":
            close(records, replace(task, state="waived", why=WITHHELD, done_at=now))


def face(records: ResultRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How it shows: that something is there to be read, and never what."""
    cycle = records.cycles.get(task.scope)
    if cycle is None:
        return None
    it = str(cycle.id)
    if task.subject == TEAM:
        title, first, again, why = TEAM_WORDS
        place = Act("see", ("results-team", it))
    else:
        title, first, again, why = OWN_WORDS
        place = Act("see", ("result", it, str(person.id)))
    title = title + same(f" · {cycle.name}")
    over = {"done": SEEN, "waived": NOT_NOW, "expired": STILL_THERE}.get(task.state)
    return Face(
        title,
        first.fill(cycle=cycle.name),
        again.fill(cycle=cycle.name),
        Button(LOOK, place, "primary"),
        why.fill(cycle=cycle.name),
        over=title + over if over else None,
        by=BY,
    )


SEEN = Words(": seen.", "：已查看。")
NOT_NOW = Words(": not open at the moment.", "：目前未开放。")
STILL_THERE = Words(": it stays on /result.", "：可随时通过 /result 查看。")
OWN_WORDS = (
    Words("Your result", "你的结果"),
    Words("Your result of {cycle} is there for you to read.", "{cycle}的结果已发布，请查看。"),
    Words("A reminder: your result of {cycle} is there for you to read.", "提醒：{cycle}的结果已发布，你还没有查看。"),
    Words(
        "Why me? You took part in {cycle}. It opens here only, to you; no message says what is in it.",
        "为什么收到？你参加了{cycle}。结果只在这里向你显示，消息中不会包含内容。",
    ),
)  # fmt: skip
TEAM_WORDS = (
    Words("Your team's results", "团队结果"),
    Words(
        "The results of your people in {cycle} are there for you to read; they see them themselves later.",
        "{cycle}的团队结果已发布给你，团队成员稍后才能看到自己的结果。",
    ),
    Words(
        "A reminder: the results of your people in {cycle} are there for you to read.",
        "提醒：{cycle}的团队结果已发布，你还没有查看。",
    ),
    Words(
        "Why me? You review people in {cycle}. You come first, so that you can prepare the talk with each.",
        "为什么收到？{cycle}由你评估这些成员。你会先看到结果，以便准备与每位成员的面谈。",
    ),
)


LOOKING = Duty(VIEW, owing.policy, face, moments, skips=True)
"""Nobody hands it over, and there is nothing in it that does not apply."""
