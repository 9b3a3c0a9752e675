"""Whoever is asked to review somebody may say that they can't judge; they are replaced, and it is not held against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.owed import Task
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.nudges.closing import close, named_task, own_task
from flows.cycle.nudges.entry import DECLINE
from flows.cycle.owing import owed_in, refuse_unless_open
from flows.cycle.people.standing_in import is_opinion
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.nominating.following import follow
from flows.reviews.nominating.naming import Naming, naming_in

TITLE = Words("I can't judge this person", "我无法评估此人")
DECLINED = "declined"  # why the task was not needed; the reason itself stays with who decides about reviewers
SURE: Mapping[str, Words] = {"yes": Words("Yes, take it off my list", "是的，从我的列表中移除")}


class Reason(Page):
    title = TITLE
    why: str = text("Why can't you?", "为什么无法评估？", lines=2, most=300)


class Sure(Page):
    title = TITLE
    note = Words("You need not say why, and nobody is told.", "无需说明原因，也不会通知任何人。")
    sure: str = choice("Shall I take it off your list?", "是否从列表中移除？", SURE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A review that somebody is asked for: the task, whom it is about, and for what they were named, if they were."""

    task: Task
    about: Person
    naming: Naming | None
    decider: Person | None


def asked(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Asked:
    """The review; refuses what is sent already, over, or not a personal opinion."""
    task = named_task(records, (subject,))
    owed = owed_in(records, task) if task else None
    about = records.people.get(task.about) if task else None
    if task is None or owed is None or about is None or not is_opinion(records, task):
        raise NotThere
    refuse_unless_open(owed, owed.title, actor, now)
    if task.state == "done":
        raise Refusal(
            "You have sent this review already. You can change it instead, while it is open.",
            "这份评估已经提交；在截止前你可以修改。",
        )
    place = records.participants.get(task.scope, about.id)
    decider = records.people.get(place.manager) if place and place.manager else None
    return Asked(task, about, naming_in(records, task.scope, task.subject), decider)


def readers(its: Asked) -> Words:
    """Who reads the reason: whoever decides about the reviewers, and not the person."""
    if its.naming is None:
        return Words("This is about {name}.", "评估对象：{name}。").fill(name=its.about.name)
    if its.decider is None:
        return Words(
            "Nobody reads your reason but HR; {name} only learns that you can't.",
            "只有 HR 能看到原因，{name}只会知道你无法评估。",
        ).fill(name=its.about.name)
    return Words(
        "{decider} reads your reason; {name} only learns that you can't.",
        "{decider}能看到原因，{name}只会知道你无法评估。",
    ).fill(decider=its.decider.name, name=its.about.name)


def keep(records: ResultRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    """They are asked no more; whoever named them names another. The log says neither who it was nor about whom."""
    its = asked(records, actor, subject, now)
    task, naming = its.task, its.naming
    if naming is not None:
        records.cycles.lock(task.scope)
        for one in records.nominations.about(task.scope, task.subject, task.about):
            if one.reviewer == actor.id:
                records.nominations.save(replace(one, state="declined", decided_by=actor.id, why=why))
    close(records, replace(task, state="waived", why=DECLINED, done_at=now))
    records.audit.note(now, None, "review.decline", f"cycle/{task.scope}", {"phase": task.subject})
    if naming is not None:
        follow(records, naming, task.about, now, fell=True)
    return Words("Noted. It is off your list.", "已记录，并从你的列表中移除。")


@flow(
    DECLINE, TITLE, may=("task", "answer"), of=own_task, facts=asked, keep=keep, readers=readers, again=True
)
def decline(ask: Ask, its: Asked) -> str:
    if its.naming is None:
        ask(Sure)
        return ""
    return ask(Reason).why
