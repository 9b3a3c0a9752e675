"""The form in which a manager or HR writes an improvement plan, and later a new version of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.screen import Button
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import may, thing_of
from flows.plans.improving.asking import alone_in_hr, refuse_past, wish_for
from flows.plans.improving.doing import begin, changed_meanwhile, names, written
from flows.plans.improving.machine import wishes
from flows.plans.improving.owed import OPEN, seen_at
from flows.plans.improving.pages import (
    MOST,
    Expected,
    Frame,
    Grounds,
    Next,
    Nth,
    Reason,
    Sending,
    Whom,
)
from flows.plans.improving.records import ImprovementRecords, Plan
from flows.plans.improving.rights import KIND, NEW, leads, plan_named, the_plan, writable
from flows.plans.improving.telling import TITLE
from flows.plans.improving.terms import Expectation, Terms


@dataclass(frozen=True, slots=True)
class Known:
    """What the form is about: a new plan, or one that is there, with whose it is."""

    plan: Plan | None
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """What the form gives: `whom` for a new plan, `why` for a change of one that is published."""

    terms: Terms
    then: Next
    whom: int = 0
    why: str = ""


def known(records: ImprovementRecords, actor: Person, subject: str, _now: datetime) -> Known:
    """The plan to write; refuses while HR looks at it, and where it is another version by now."""
    if subject == NEW:
        if not actor.is_hr and not records.people.reports_of(actor.id):
            raise NotThere
        return Known(None, "")
    plan = the_plan(records, (subject,))
    if plan.version != whole(subject.partition("/")[2]):
        raise changed_meanwhile()
    if plan.asking:
        raise Refusal(
            "HR has been asked to look at this plan. It can be changed once they have answered; what you typed is kept.",
            "HR 正在审阅这份计划，答复之后才能修改。你填写的内容已保留。",
        )
    if not wishes(plan):
        raise changed_meanwhile()
    return Known(plan, names(records, [plan.person]).get(plan.person, "?"))


def filled(its: Known) -> Answers:
    """The form as the plan has it."""
    terms = (its.plan.draft or its.plan.terms) if its.plan else None
    if terms is None:
        return {}
    last = len(terms.expectations)
    return {
        "Grounds": {"why": terms.why, "examples": terms.examples},
        "Frame": {"rhythm": terms.rhythm, "ends": terms.ends.isoformat()},
        **{
            f"Expected:{n}": {
                "what": one.what, "measure": one.measure, "by": one.by.isoformat(), "support": one.support,
                "more": n < last,
            }
            for n, one in enumerate(terms.expectations, 1)
        },
    }  # fmt: skip


def readers(its: Known) -> Words:
    """Who reads it, said before any typing."""
    return Words(
        "HR reads it first. Once published, {name}, the managers above and HR read it, and {name} may ask for a copy. "
        "What you write may have to be shown to others later: keep to facts.",
        "HR 会先审阅。发布后，{name}、上级各级管理者和 HR 可以阅读，{name}可以索取副本。内容日后可能需要出示，请只写事实。",
    ).fill(name=its.name or Words("the person", "当事人"))


def keep(records: ImprovementRecords, actor: Person, subject: str, said: Written, now: datetime) -> Words:
    """Keep the draft, and ask HR where that is wanted; a change of what is published always goes to HR."""
    refuse_twice(said.terms)
    if subject != NEW:
        records.improvements.lock(the_plan(records, (subject,)).id)  # from here on nobody else changes it
    plan = known(records, actor, subject, now).plan
    whose = records.people.get(plan.person if plan else said.whom)
    if whose is None:
        raise NotThere
    refuse_past(said.terms, whose, now)
    if said.then == "ask":
        alone_in_hr(records, whose, actor, now)
    if plan is None:
        plan = started(records, actor, whose, now)
    if plan.version and plan.terms == said.terms:
        raise Refusal(
            "Nothing has changed yet. Edit what should be different, then send it again.",
            "目前没有任何改动，请先修改需要调整的内容再提交。",
        )
    if plan.version:
        return wish_for(records, plan, "change", actor, said.why, said.terms, now)
    written(records, replace(plan, draft=said.terms), actor, now)
    if said.then == "ask":
        return wish_for(records, plan, "publish", actor, "", said.terms, now)
    return Words(
        "Kept as a draft. Only you, whoever leads it and HR see it.", "已保存为草稿，仅你、负责人和 HR 可见。"
    )


def refuse_twice(terms: Terms) -> None:
    """Refuse two expectations of the same words: how far each is could not be told apart."""
    if len({one.what for one in terms.expectations}) < len(terms.expectations):
        raise Refusal(
            "Two expectations say the same. Please change or leave out one of them.",
            "有两条期望内容相同，请修改或删除其中一条。",
        )


def started(records: ImprovementRecords, actor: Person, whose: Person, now: datetime) -> Plan:
    """A new plan about somebody whom the actor leads, or is HR for."""
    if not whose.active or not may(
        actor, "create", thing_of("improvement_plan", whose, actor, records.people), now
    ):
        raise Refusal(
            "You can write a plan about people who report to you, or whom you look after in HR. "
            "Please choose one of them.",
            "只能为直接下属，或你作为 HR 负责的员工制定计划，请重新选择。",
        )
    lead = leads(records, whose, now, actor.id)
    begun = records.improvements.start(Plan(0, whose.id, lead or actor.id, actor.id, now))
    if begun is None:
        raise Refusal(
            "There is a plan about {name} already that is not over. Open it from the list instead.",
            "{name}已有一份未结束的计划，请从列表中打开。", name=whose.name,
        )  # fmt: skip
    begin(records, begun, now)
    return begun


def onward(records: ImprovementRecords, actor: Person, subject: str, _now: datetime) -> Sequence[Button]:
    """To the plan that was written."""
    plan = plan_named(records, (subject,))
    if subject == NEW:
        mine = [one for one in records.improvements.all(over=False) if one.made_by == actor.id]
        plan = next(iter(mine), None)
    return (Button(OPEN, seen_at(plan)),) if plan else ()


@flow(
    "improvement-write",
    TITLE,
    may=(KIND, "edit"),
    of=writable,
    facts=known,
    keep=keep,
    prefill=filled,
    readers=readers,
    about=lambda its: same(its.name) if its.name else Words("A new plan", "新的计划"),
    onward=onward,
    again=True,
)
def write(ask: Ask, its: Known) -> Written:
    whom = ask(Whom).whom if its.plan is None else 0
    grounds = ask(Grounds)
    found: list[Expectation] = []
    for n in range(1, MOST + 1):
        (page,) = ask.each(Expected, [Nth(n)]).values()
        found.append(Expectation(n, page.what, page.measure, page.by, page.support))
        if not page.more:
            break
    frame = ask(Frame)
    terms = Terms(grounds.why, grounds.examples, tuple(found), frame.rhythm, frame.ends)
    if its.plan and its.plan.version:
        return Written(terms, "ask", why=ask(Reason).why)
    return Written(terms, ask(Sending).then, whom)
