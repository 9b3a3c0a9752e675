"""HR is asked to look before anything of an improvement plan takes effect, and agrees or sends it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from flows.core.catalog import deed, flow
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Button
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.plans.improving.doing import changed_meanwhile, do
from flows.plans.improving.machine import GRANTED, OPEN
from flows.plans.improving.machine import wishes as possible
from flows.plans.improving.owed import OPEN as LOOK
from flows.plans.improving.owed import seen_at
from flows.plans.improving.records import Asking, ImprovementRecords, Plan, Wish
from flows.plans.improving.rights import (
    ASKING,
    KIND,
    hr_of,
    its_asking,
    its_plan,
    the_plan,
)
from flows.plans.improving.telling import WISHES
from flows.plans.improving.terms import Terms, as_json

NOBODY = Words(
    "Nobody in HR looks after this person's department, so nobody can look at it. Ask your operator to have somebody "
    "named in the directory; what you wrote is kept.",
    "目前没有 HR 负责该员工所在的部门，无法审阅。请联系管理员在通讯录中指定。你填写的内容已保留。",
)


def wish_for(
    records: ImprovementRecords,
    plan: Plan,
    wish: Wish,
    by: Person,
    why: str,
    terms: Terms | None,
    now: datetime,
) -> Words:
    """Ask HR to agree. Where whoever asks is all there is of HR, it takes effect at once, and the record says so."""
    person = records.people.get(plan.person)
    if person is None or not person.active or wish not in possible(plan):
        raise changed_meanwhile()
    if terms is not None:
        refuse_past(terms, person, now)
    alone = alone_in_hr(records, person, by, now)
    content = {"wish": wish, "why": why, "terms": as_json(terms)}
    asked = do(records, plan.id, "asked", by, content, now)
    if alone:
        grant(records, asked, by, "", now, alone=True)
        return Words(
            "It is in force: there is nobody else in HR who could look at it, and the record says so.",
            "已生效：没有其他 HR 可以复核，记录中已注明。",
        )
    return Words("HR is asked to look at it. You will hear of it.", "已请 HR 审阅，有结果时会通知你。")


def alone_in_hr(records: ImprovementRecords, person: Person, by: Person, now: datetime) -> bool:
    """Whether whoever asks is all there is of HR for the person; refuses where there is nobody at all."""
    hr = {one.id for one in hr_of(records, person, now)}
    if not hr:
        raise Refusal(NOBODY)
    return hr == {by.id}


def refuse_past(terms: Terms, person: Person, now: datetime) -> None:
    """Refuse days that can't be kept."""
    today = local_day(now, person.zone)
    if terms.ends <= today:
        raise Refusal(
            "The plan would end on {day}, which is over already. Please choose a later day.",
            "计划的结束日期 {day} 已经过去，请选择更晚的日期。", day=terms.ends.isoformat(),
        )  # fmt: skip
    for one in terms.expectations:
        if one.by > terms.ends:
            raise Refusal(
                "Expectation {n} is due on {day}, after the end of the plan ({end}). Please change one of them.",
                "期望 {n} 的期限 {day} 晚于计划的结束日期 {end}，请修改其中一个。",
                n=one.key, day=one.by.isoformat(), end=terms.ends.isoformat(),
            )  # fmt: skip


def grant(
    records: ImprovementRecords, plan: Plan, by: Person, comment: str, now: datetime, *, alone: bool = False
) -> Plan:
    """Agree to what is asked for: it takes effect."""
    person, asked = records.people.get(plan.person), plan.asking
    if asked is None or person is None:
        raise changed_meanwhile()
    content: dict[str, Any] = {"asked_by": asked.by, "why": asked.why, "comment": comment}
    if alone:
        content["alone"] = True
    if asked.terms is not None:
        refuse_past(asked.terms, person, now)
        today = local_day(now, person.zone).isoformat()
        content |= {"terms": as_json(asked.terms), "today": today, "version": plan.version + 1}
    return do(records, plan.id, GRANTED[asked.wish], by, content, now)


@deed("improvement-ask", may=(KIND, "edit"), of=its_plan)
def ask_hr(records: ImprovementRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Ask HR to look at the draft before it is published."""
    plan = the_plan(records, about)
    if plan.draft is None:
        raise changed_meanwhile()
    return wish_for(records, plan, "publish", actor, "", plan.draft, now)


class Answered(Page):
    title = Words("What HR says", "HR 的意见")
    answer: Literal["agree", "return"] = choice(
        "Do you agree?",
        "是否同意？",
        {
            "agree": Words("I agree: it takes effect", "同意，立即生效"),
            "return": Words("Send it back", "退回"),
        },
    )


class Returned(Page):
    title = Words("Send it back", "退回")
    why: str = text(
        "What should change?", "需要修改什么？", lines=4,
        hint=Words("Whoever asked reads it; the person whom the plan is about does not.", "由提出人阅读，当事人看不到。"),
    )  # fmt: skip


class Remarked(Page):
    title = Words("Anything to add?", "还有补充吗？")
    comment: str | None = text(
        "A comment", "意见", lines=3, optional=True,
        hint=Words("It stands in the record, and the person reads it.", "会记入计划，当事人可以看到。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    agrees: bool
    said: str


def asked(records: ImprovementRecords, actor: Person, subject: str, _now: datetime) -> tuple[Plan, Asking]:
    """What waits for HR; refuses what is answered already, and what the actor asked for themselves."""
    plan = the_plan(records, (subject,))
    if plan.asking is None or plan.asking.step != whole(subject.partition("/")[2]):
        raise changed_meanwhile()
    if plan.asking.by == actor.id:
        raise Refusal(
            "You asked for it yourself, so somebody else in HR has to look at it.",
            "这是你本人提出的，需要另一位 HR 处理。",
        )
    return plan, plan.asking


def keep(records: ImprovementRecords, actor: Person, subject: str, said: Answer, now: datetime) -> Words:
    plan, _ = asked(records, actor, subject, now)
    if not said.agrees:
        do(records, plan.id, "returned", actor, {"why": said.said}, now)
        return Words("Sent back. Whoever asked reads what you wrote.", "已退回，提出人可以看到你的意见。")
    grant(records, plan, actor, said.said, now)
    return Words("Agreed: it has taken effect.", "已同意并生效。")


def look_first(its: tuple[Plan, Asking]) -> Sequence[Button]:
    return (Button(LOOK, seen_at(its[0])),)


def about(its: tuple[Plan, Asking]) -> Words:
    """What is asked for, and why."""
    wish = Words("You are asked to agree: {wish}.", "请你同意：{wish}。").fill(wish=WISHES[its[1].wish])
    return wish + same(f" {its[1].why}") if its[1].why else wish


@flow(
    "improvement-answer",
    Words("HR looks at it", "HR 审阅"),
    may=(ASKING, "answer"),
    of=its_asking,
    facts=asked,
    keep=keep,
    ways=look_first,
    about=about,
)
def answer_it(ask: Ask, _its: tuple[Plan, Asking]) -> Answer:
    if ask(Answered).answer == "return":
        return Answer(False, ask(Returned).why)
    return Answer(True, ask(Remarked).comment or "")


@deed("improvement-drop", may=(KIND, "edit"), of=its_plan)
def drop(records: ImprovementRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Let go of a plan that was never published."""
    plan = the_plan(records, about)
    if plan.version or plan.state in OPEN or plan.is_over:
        raise changed_meanwhile()
    do(records, plan.id, "withdrawn", actor, {"why": ""}, now)
    return Words("Dropped. Nobody was told of it.", "已放弃，没有人收到过通知。")
