"""HR pauses an improvement plan, and has it go on: the dates move by the working days that were paused."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed, flow
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.plans.improving.doing import changed_meanwhile, do, end_pause
from flows.plans.improving.machine import may_follow
from flows.plans.improving.records import ImprovementRecords, Plan
from flows.plans.improving.rights import ASKING, its_asking, the_plan


class Pause(Page):
    title = Words("Pause the plan", "暂停计划")
    note = Words(
        "No meetings and no reminders until you have it go on. The end then moves by the working days in between. "
        "The person reads your reason.",
        "暂停期间没有面谈和提醒。恢复后，期限按暂停的工作日数顺延。当事人可以看到原因。",
    )
    why: str = text("Why?", "原因？", lines=3)


def running(records: ImprovementRecords, _actor: Person, subject: str, _now: datetime) -> Plan:
    plan = the_plan(records, (subject,))
    if not may_follow(plan, "paused"):
        raise changed_meanwhile()
    return plan


def keep(records: ImprovementRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    plan = running(records, actor, subject, now)
    person = records.people.get(plan.person)
    if person is None:
        raise changed_meanwhile()
    today = local_day(now, person.zone).isoformat()
    do(records, plan.id, "paused", actor, {"today": today, "why": why}, now)
    return Words("Paused.", "已暂停。")


@flow(
    "improvement-pause",
    Words("Pause the plan", "暂停计划"),
    may=(ASKING, "answer"),
    of=its_asking,
    facts=running,
    keep=keep,
    again=True,
)
def pause(ask: Ask, _plan: Plan) -> str:
    return ask(Pause).why


@deed("improvement-resume", may=(ASKING, "answer"), of=its_asking)
def resume(records: ImprovementRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Have it go on; twice is once."""
    plan = the_plan(records, about)
    if not may_follow(plan, "resumed"):
        raise changed_meanwhile()
    end_pause(records, plan, actor, now)
    return Words("It goes on.", "已恢复执行。")
