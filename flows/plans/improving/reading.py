"""The person confirms that they have read a version, and whoever has to do with the plan may comment on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Button
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.plans.improving.doing import changed_meanwhile, do
from flows.plans.improving.machine import may_follow
from flows.plans.improving.owed import OPEN, seen_at
from flows.plans.improving.records import ImprovementRecords, Plan
from flows.plans.improving.rights import KIND, its_plan, may_write, the_plan

READERS = Words(
    "You, whoever leads the plan, the managers above and HR read it. It stays in the record as you wrote it.",
    "你本人、负责人、上级各级管理者和 HR 可以阅读，内容会原样保留在记录中。",
)


class HaveRead(Page):
    title = Words("I have read it", "我已阅读")
    note = Words(
        "Sending this says that you have read this version. It does not say that you agree with it.",
        "提交表示你已阅读此版本，不代表你同意其中的内容。",
    )
    comment: str | None = text("Your comment", "你的意见", lines=6, optional=True)


class Comment(Page):
    title = Words("Your comment", "你的意见")
    comment: str = text("What would you like to add?", "你想补充什么？", lines=6)


def version(records: ImprovementRecords, actor: Person, subject: str, _now: datetime) -> Plan:
    """The plan as the person has to read it; refuses an older version, and what was confirmed already."""
    plan = the_plan(records, (subject,))
    if actor.id != plan.person:
        raise NotThere
    if plan.version != whole(subject.partition("/")[2]):
        raise Refusal(
            "There is a newer version by now. Please open it and confirm that one; what you typed is kept.",
            "已有新版本，请打开新版本并确认阅读。你填写的内容已保留。",
        )
    if not may_follow(plan, "acknowledged"):
        raise Refusal(
            "This version is confirmed already, or the plan is over. You can still add a comment.",
            "此版本已确认阅读，或计划已结束。你仍可以补充意见。",
        )
    return plan


def keep_read(
    records: ImprovementRecords, actor: Person, _subject: str, said: tuple[Plan, str], now: datetime
) -> Words:
    plan, comment = said
    content = {"version": plan.version, "comment": comment}
    do(records, plan.id, "acknowledged", actor, content, now)
    return Words("Noted: you have read it.", "已记录：你已阅读。")


def look(plan: Plan) -> Sequence[Button]:
    return (Button(OPEN, seen_at(plan)),)


@flow(
    "improvement-read",
    Words("I have read it", "我已阅读"),
    may=(KIND, "submit"),
    of=its_plan,
    facts=version,
    keep=keep_read,
    ways=look,
    readers=lambda _: READERS,
)
def read(ask: Ask, plan: Plan) -> tuple[Plan, str]:
    return plan, ask(HaveRead).comment or ""


def commented(records: ImprovementRecords, actor: Person, subject: str, now: datetime) -> Plan:
    """The plan to comment on: for the person, whoever leads it, and HR."""
    plan = the_plan(records, (subject,))
    if actor.id != plan.person and not may_write(records, actor, plan, now):
        raise NotThere
    if not may_follow(plan, "commented"):
        raise changed_meanwhile()
    return plan


def keep_comment(
    records: ImprovementRecords, actor: Person, _subject: str, said: tuple[Plan, str], now: datetime
) -> Words:
    plan, comment = said
    do(records, plan.id, "commented", actor, {"comment": comment}, now)
    return Words("Your comment stands in the record.", "你的意见已记录。")


@flow(
    "improvement-comment",
    Words("Add a comment", "补充意见"),
    may=(KIND, "view"),
    of=its_plan,
    facts=commented,
    keep=keep_comment,
    readers=lambda _: READERS,
    again=True,
)
def comment(ask: Ask, plan: Plan) -> tuple[Plan, str]:
    return plan, ask(Comment).comment
