"""After each meeting whoever leads the plan notes how far each expectation is, or that the meeting did not take place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from flows.core.catalog import flow
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.people.person import Person
from flows.plans.improving.doing import changed_meanwhile, do
from flows.plans.improving.machine import may_follow
from flows.plans.improving.records import ImprovementRecords, Plan
from flows.plans.improving.rights import KIND, its_plan, the_plan
from flows.plans.improving.telling import MARKS, full_day
from flows.plans.improving.terms import Expectation

Mark = Literal["met", "on_track", "behind"]
READERS = Words(
    "The person, the managers above and HR read it. The person can comment on it.",
    "当事人、上级各级管理者和 HR 可以阅读，当事人可以补充意见。",
)


class Took(Page):
    title = Words("The meeting", "面谈")
    held: Literal["held", "missed"] = choice(
        "Did you meet?", "是否进行了面谈？",
        {"held": Words("Yes", "是"), "missed": Words("No, it did not take place", "没有进行")},
    )  # fmt: skip


class Missed(Page):
    title = Words("It did not take place", "面谈未进行")
    why: str = text("Why not?", "原因？", lines=3)


class Progress(Page):
    title = Words("{item}", "{item}")
    mark: Mark = choice("How far is it?", "进展如何？", MARKS)
    comment: str | None = text("What do you see?", "你观察到什么？", lines=3, optional=True)


class Talked(Page):
    title = Words("What else was said", "其他内容")
    besides: str | None = text("What else did you talk about?", "还谈了什么？", lines=4, optional=True)


@dataclass(frozen=True, slots=True)
class Item:
    """One expectation as it is asked about."""

    of: Expectation

    @property
    def key(self) -> str:
        return str(self.of.key)

    def __str__(self) -> str:
        return f"{self.of.key}. {self.of.what}"[:140]


@dataclass(frozen=True, slots=True)
class Met:
    """What came of the meeting; without marks it did not take place, and `text` is why."""

    marks: Mapping[str, Mapping[str, Any]]
    text: str


def next_meeting(records: ImprovementRecords, _actor: Person, subject: str, _now: datetime) -> Plan:
    """The plan whose next meeting is the one that is named; refuses one that is noted already, or paused."""
    plan = the_plan(records, (subject,))
    if plan.state == "paused":
        raise Refusal(
            "The plan is paused. Meetings go on once HR resumes it, or whoever is on leave is back.",
            "计划已暂停。HR 恢复或休假结束后，面谈继续进行。",
        )
    day = plan.meeting.isoformat() if plan.meeting else ""
    if not may_follow(plan, "meeting") or day != subject.partition("/")[2]:
        raise changed_meanwhile()
    return plan


def keep(records: ImprovementRecords, actor: Person, subject: str, said: Met, now: datetime) -> Words:
    day = subject.partition("/")[2]
    plan = next_meeting(records, actor, subject, now)
    if not said.marks:
        do(records, plan.id, "missed", actor, {"day": day, "why": said.text}, now)
        return Words("Noted that it did not take place.", "已记录面谈未进行。")
    do(records, plan.id, "meeting", actor, {"day": day, "marks": said.marks, "note": said.text}, now)
    return Words("Noted. The person can read it and comment.", "已记录，当事人可以阅读并补充意见。")


def about(plan: Plan) -> Words:
    """Which meeting it is."""
    day = full_day(plan.meeting) if plan.meeting else Words("", "")
    return Words("The meeting of {day}.", "{day}的面谈。").fill(day=day)


@flow(
    "improvement-meeting",
    Words("Note a meeting", "记录面谈"),
    may=(KIND, "edit"),
    of=its_plan,
    facts=next_meeting,
    keep=keep,
    about=about,
    readers=lambda _: READERS,
)
def note(ask: Ask, plan: Plan) -> Met:
    if ask(Took).held == "missed":
        return Met({}, ask(Missed).why)
    items = [Item(one) for one in (plan.terms.expectations if plan.terms else ())]
    said = ask.each(Progress, items)
    marks = {item.key: {"mark": one.mark, "comment": one.comment or ""} for item, one in said.items()}
    return Met(marks, ask(Talked).besides or "")
