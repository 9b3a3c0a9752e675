"""What the digest says about appeals: the task of whoever has to do the next step, and that there is news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import notice
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, same
from flows.cycle.duty import Duty, Face
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.results.appealing.records import Appeal, on
from flows.results.appealing.steps import DECIDED, GRACE, KIND, LATE, NEWS, due_for
from flows.results.records import ResultRecords

LOOK = Words("Look at it", "查看")
TITLE = Words("An appeal", "申诉")
BY = (
    Words("Please answer by {due}.", "请在 {due} 前处理。"),
    Words("It was due on {due}; please answer as soon as you can.", "原定于 {due} 前处理，请尽快完成。"),
)
CHECK = (
    Words("An appeal in {cycle} waits for its formal check.", "{cycle}有一份申诉等待形式审查。"),
    Words("Why me? You are HR for it, and had no part in the score where there is anybody who had none.",
          "为什么收到？你是负责的 HR；只要有未参与评分的 HR，就由其审查。"),
)  # fmt: skip
NOBODY = (
    Words("An appeal in {cycle} waits: nobody in the company may decide it.", "{cycle}有一份申诉无人可裁决，等待你处理。"),
    Words("Why me? You are HR for it. Have somebody from outside decide it, and enter what they decide.",
          "为什么收到？你是负责的 HR。请请公司外部的人裁决，并录入其决定。"),
)  # fmt: skip
DECIDE = (
    Words("An appeal in {cycle} waits for your decision.", "{cycle}有一份申诉等待你裁决。"),
    Words("Why me? You had no part in this score and are not tied to anybody who had. What it is about opens here only.",
          "为什么收到？你没有参与该评分，也与参与者没有汇报或代理关系。内容只在这里显示。"),
)  # fmt: skip
COMPLETE = (
    Words("Your appeal in {cycle} came back: something is missing in it.", "你在{cycle}的申诉已退回，需要补充。"),
    Words("Why me? You have appealed. Without an answer it is checked as it is.",
          "为什么收到？你提出了申诉。若不补充，将按现有内容审查。"),
)  # fmt: skip
ANSWER = (
    Words("There is a decision on your appeal in {cycle}.", "你在{cycle}的申诉已有决定。"),
    Words("Why me? You have appealed. You can leave it at that or go on to a panel; without an answer it stays at that.",
          "为什么收到？你提出了申诉。你可以接受，也可以提交复审小组；若不答复，则视为接受。"),
)  # fmt: skip


def appeal_of(records: ResultRecords, task: Task) -> tuple[Appeal, Cycle] | None:
    """The appeal that a task is about, while that step is on or after it."""
    appeal = records.appeals.get(whole(task.subject.partition("/")[0]))
    cycle = records.cycles.get(task.scope)
    return (appeal, cycle) if appeal and cycle else None


def face(records: ResultRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How it shows: that something is to be done, and neither whose it is nor what it says."""
    found = appeal_of(records, task)
    if found is None:
        return None
    appeal, cycle = found
    first, why = said(records, appeal, person)
    title = TITLE + same(f" · {cycle.name}")
    if appeal.person == person.id:
        title = Words("Your appeal", "你的申诉") + same(f" · {cycle.name}")
    first = first.fill(cycle=cycle.name)
    return Face(
        title,
        first,
        Words("A reminder: ", "提醒：") + first,
        Button(LOOK, Act("see", ("appeal-shown", str(appeal.id))), "primary"),
        why,
        over=None if task.state == "open" else title + OVER[task.state == "done"],
        by=BY,
    )


OVER: Mapping[bool, Words] = {
    True: Words(": done. Thank you!", "：已完成，谢谢！"),
    False: Words(": nothing waits for you any more.", "：已无需处理。"),
}


def said(records: ResultRecords, appeal: Appeal, person: Person) -> tuple[Words, Words]:
    """What waits for this person, and why."""
    if appeal.person == person.id:
        return COMPLETE if appeal.state == "returned" else ANSWER
    if appeal.state == "filed":
        return CHECK
    return DECIDE if person.id in on(records.appeals.seats(appeal.id), appeal.level) else NOBODY


def policy(records: ResultRecords, task: Task) -> NudgePolicy | None:
    """One day before and on the day, also in a closed cycle: an appeal may outlast it. Nothing while it is paused."""
    cycle = records.cycles.get(task.scope)
    if cycle is None or cycle.paused_at is not None or cycle.state not in ("live", "closed"):
        return None
    return replace(cycle.template.nudges, before=(1,), on_day=True, after=(2, 4), manager=None, hr=None)


def moments(records: ResultRecords, task: Task, person: Person) -> tuple[datetime, datetime, datetime] | None:
    """(opens, due, until) in UTC, by the person's own working days; None once the step is over."""
    found = appeal_of(records, task)
    if found is None or not found[0].is_open:
        return None
    due = due_for(found[1], found[0], person)
    return task.opens_at, due, due + GRACE


APPEALING = Duty(KIND, policy, face, moments, skips=True)
"""Nobody hands it over, whoever stands in for them, and it applies to nobody else."""


@notice(NEWS)
def news(records: ResultRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That something has happened with one's own appeal."""
    words = Words("There is news about your appeal in {cycle}.", "你在{cycle}的申诉有新进展。")
    return told(records, one, words, "appeal-shown")


@notice(DECIDED)
def decided(records: ResultRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That an appeal about a result of the reader's team was decided."""
    words = Words(
        "An appeal about a result of your team in {cycle} was decided.",
        "{cycle}有一份关于你团队结果的申诉已有决定。",
    )
    return told(records, one, words, "appeal-decision")


@notice(LATE)
def late(records: ResultRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That nobody has done what was due; nothing once it is done."""
    appeal = records.appeals.get(one.about["appeal"])
    if appeal is None or not (appeal.is_open and appeal.late):
        return None
    words = Words(
        "An appeal in {cycle} is late: who should have answered has not.",
        "{cycle}有一份申诉已逾期：应处理的人尚未处理。",
    )
    return told(records, one, words, "appeal-shown")


def told(records: ResultRecords, one: Notice, words: Words, view: str) -> list[Element] | None:
    appeal = records.appeals.get(one.about["appeal"])
    cycle = records.cycles.get(appeal.cycle) if appeal else None
    if appeal is None or cycle is None:
        return None
    button = Button(LOOK, Act("see", (view, str(appeal.id))))
    return [Line(words.fill(cycle=cycle.name)), Buttons((button,))]
