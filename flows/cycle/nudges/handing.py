"""Handing over: a colleague does a duty towards others instead, until it is done or handed back. Never passed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import Catalog, Flow, deed, flow
from flows.core.desk import NotThere
from flows.core.page import Page, person, text
from flows.core.play import Ask
from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.cycle.nudges.closing import named_task, own_task, refresh
from flows.cycle.people.standing_in import STANDS_IN, given, is_opinion
from flows.cycle.records import CycleRecords
from flows.people.person import Person


class HandOver(Page):
    title = Words("Hand over", "转交他人")
    note = Words(
        "They get it with their next digest, and can hand it back. They see your reason.",
        "对方会在下一次汇总消息中收到，也可以退回。对方能看到原因。",
    )
    to: int = person("Who does it instead of you?", "由谁代你完成？")
    why: str = text("Why?", "原因？", lines=2, most=500)


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom, and why."""

    to: int
    why: str


def hand_over_flow(catalog: Catalog) -> Flow:
    """The flow in which somebody hands a duty over, where its kind may be."""

    def passable(records: CycleRecords, _actor: Person, subject: str, _now: datetime) -> Task:
        task = still_open(named_task(records, (subject,)))
        duty = catalog.duties.get(task.kind)
        if is_opinion(records, task):
            raise Refusal(
                "This asks what you yourself think, so nobody can do it for you. If you can't judge, decline it.",
                "这里需要的是你本人的看法，不能转交。如果无法评估，可以选择不评。",
            )
        if duty is None or not duty.to_others or task.owner == task.about:
            raise Refusal(
                "This one is about yourself, so nobody can do it for you. If it does not apply to you, say so there.",
                "这一项与你本人有关，不能转交。如果不适用于你，请选择“不适用”。",
            )
        if task.person != task.owner:
            raise Refusal(
                "This was handed over to you, and is not passed on. Hand it back if you can't do it.",
                "这一项是别人转交给你的，不能再转交。如果无法完成，请退回。",
            )
        return task

    def keep(records: CycleRecords, actor: Person, subject: str, handed: Handed, now: datetime) -> Words:
        task = passable(records, actor, subject, now)
        colleague = fit_for(records, task, handed.to, now)
        why = handed.why if handed.why != STANDS_IN else f"{handed.why}."
        _pass(
            records,
            task,
            replace(given(records, task, colleague.id, now), why=why),
            actor,
            "task.hand_over",
            now,
        )
        return Words(
            "Handed over to {name}. They get it with their next digest.",
            "已转交给{name}，对方会在下一次汇总消息中收到。",
        ).fill(name=colleague.name)

    @flow(
        "hand-over",
        Words("Hand over", "转交他人"),
        may=("task", "answer"),
        of=own_task,
        facts=passable,
        keep=keep,
        again=True,
    )
    def hand_over(ask: Ask, _task: Task) -> Handed:
        page = ask(HandOver)
        return Handed(page.to, page.why)

    return hand_over


def still_open(task: Task | None) -> Task:
    """The task if it can still be dealt with."""
    if task is None:
        raise NotThere
    if task.state != "open":
        raise Refusal(
            "This is done or closed already; there is nothing to do.", "这一项已完成或已关闭，无需操作。"
        )
    return task


def fit_for(records: CycleRecords, task: Task, colleague: int, now: datetime) -> Person:
    """The colleague, if they may do this task instead of its owner; refuses in words otherwise."""
    found = records.people.get(colleague)
    if found is None or not found.active or found.has_left(local_day(now, found.zone)):
        raise Refusal(
            "That person does not work here any more. Please choose another colleague.",
            "该同事已离职，请选择其他同事。",
        )
    if found.id == task.owner:
        raise Refusal("That is yourself. Please choose a colleague.", "不能转交给自己，请选择一位同事。")
    if found.id == task.about:
        raise Refusal(
            "It is about {name}, who can't do it about themselves. Please choose another colleague.",
            "这一项与{name}本人有关，不能由本人完成，请选择其他同事。",
            name=found.name,
        )
    if task.about in records.people.line_of(found.id):
        raise Refusal(
            "{name} reports to the one it is about. Please choose another colleague.",
            "{name}是当事人的下属，不能代为完成，请选择其他同事。",
            name=found.name,
        )
    if found.is_away(local_day(now, found.zone)):
        raise Refusal(
            "{name} is away today. Please choose another colleague, or try when they are back.",
            "{name}今天休假，请选择其他同事，或等对方回来再转交。",
            name=found.name,
        )
    return found


@deed("hand-back", may=("task", "answer"), of=own_task)
def hand_back(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Give a task back to whose duty it is."""
    task = still_open(named_task(records, about))
    owner = records.people.get(task.owner)
    if task.person == task.owner or owner is None:
        raise Refusal(
            "This one is your own duty; there is nobody to hand it back to.", "这是你自己的任务，无法退回。"
        )
    if task.why == STANDS_IN:
        raise Refusal(
            "You stand in for {name}, who is away. It goes back by itself, or ask HR to name somebody else.",
            "你正在代理{name}的职责，到期会自动归还；如需更换，请联系 HR。",
            name=owner.name,
        )
    if not owner.active:
        raise Refusal(
            "{name} does not work here any more. Please ask HR to name somebody else.",
            "{name}已离职，请联系 HR 指定其他人。",
            name=owner.name,
        )
    _pass(records, task, given(records, task, owner.id, now), actor, "task.hand_back", now)
    return Words("Handed back to {name}.", "已退回给{name}。").fill(name=owner.name)


def _pass(
    records: CycleRecords, before: Task, after: Task, actor: Person, action: str, now: datetime
) -> None:
    """One person has to do it at every moment; what the one before was sent says so and loses its buttons."""
    records.tasks.save(after)
    refresh(records, before)
    detail = {"from": before.person, "to": after.person, "owner": after.owner, "about": after.about}
    records.audit.note(now, actor.id, action, f"task/{before.id}", detail)
