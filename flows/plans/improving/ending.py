"""Whoever leads a plan says what came of it, or that it needs more time; HR agrees before it takes effect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from flows.core.catalog import flow
from flows.core.page import Page, choice, day, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.people.person import Person
from flows.plans.improving.actions import is_met
from flows.plans.improving.asking import wish_for
from flows.plans.improving.doing import changed_meanwhile
from flows.plans.improving.machine import wishes
from flows.plans.improving.records import ImprovementRecords, Plan
from flows.plans.improving.rights import KIND, its_plan, the_plan
from flows.plans.improving.terms import Terms

Outcome = Literal["met", "not_met", "extend", "withdrawn"]
READERS = Words(
    "HR looks at it first. Once HR agrees, the person, the managers above and HR read your reason.",
    "HR 会先审阅。HR 同意后，当事人、上级各级管理者和 HR 可以看到你写的原因。",
)


class Result(Page):
    title = Words("What came of it", "结果")
    outcome: Outcome = choice(
        "How does it go on?", "接下来如何处理？",
        {
            "met": Words("It ends: the expectations were met", "结束：达到期望"),
            "not_met": Words("It ends: the expectations were not met", "结束：未达到期望"),
            "extend": Words("It needs more time", "需要延长"),
            "withdrawn": Words("It is withdrawn", "撤回"),
        },
    )  # fmt: skip
    why: str = text(
        "Why? Name what you have seen, expectation by expectation.",
        "原因？请逐条说明你观察到的情况。",
        lines=6,
    )


class Longer(Page):
    title = Words("More time", "延长")
    ends: date = day(
        "Until which day?", "延长到哪一天？",
        hint=Words("Whatever is not met yet is due on that day, too.", "尚未达到的期望也以这一天为期限。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    outcome: Outcome
    why: str
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """The plan, and which of its expectations the last meeting called met, by their numbers."""

    plan: Plan
    met: frozenset[int]


def running(records: ImprovementRecords, _actor: Person, subject: str, _now: datetime) -> Running:
    """The plan to end or extend; refuses while HR looks at something of it, and when it is over."""
    plan = the_plan(records, (subject,))
    if plan.asking:
        raise Refusal(
            "HR has been asked about this plan already. Please wait for their answer; what you typed is kept.",
            "已请 HR 审阅，请等待答复。你填写的内容已保留。",
        )
    if "met" not in wishes(plan) or plan.terms is None:
        raise changed_meanwhile()
    held = [step for step in records.improvements.steps(plan.id) if step.kind == "meeting" and step.content]
    marks = (held[-1].content or {})["marks"] if held else {}
    met = frozenset(one.key for one in plan.terms.expectations if is_met(marks, one.key))
    return Running(plan, met)


def keep(records: ImprovementRecords, actor: Person, subject: str, said: Said, now: datetime) -> Words:
    its = running(records, actor, subject, now)
    terms = longer(its, said.ends) if said.ends else None
    return wish_for(records, its.plan, said.outcome, actor, said.why, terms, now)


def longer(its: Running, ends: date) -> Terms:
    """The terms with a later end; what is not met yet is due then."""
    terms = its.plan.terms
    if terms is None or ends <= terms.ends:
        raise Refusal(
            "The plan ends on {day} already. Please choose a later day.",
            "计划已定于 {day} 结束，请选择更晚的日期。",
            day=terms.ends.isoformat() if terms else "?",
        )
    later = tuple(one if one.key in its.met else replace(one, by=ends) for one in terms.expectations)
    return replace(terms, expectations=later, ends=ends)


@flow(
    "improvement-end",
    Words("Extend or end it", "延长或结束"),
    may=(KIND, "edit"),
    of=its_plan,
    facts=running,
    keep=keep,
    readers=lambda _: READERS,
    again=True,
)
def decide(ask: Ask, _its: Running) -> Said:
    page = ask(Result)
    if page.outcome != "extend":
        return Said(page.outcome, page.why)
    return Said("extend", page.why, ask(Longer).ends)
