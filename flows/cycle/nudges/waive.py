"""Does not apply: a person says that a task is not theirs to do and why; HR is told and may object."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import Catalog, Flow, deed, flow, notice, view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.records import Notice, Task
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line, Note, Quote, Screen
from flows.core.words import Words, same
from flows.cycle import owing
from flows.cycle.nudges.closing import close, named_task, own_task
from flows.cycle.nudges.handing import still_open
from flows.cycle.owing import KINDS, owed_in
from flows.cycle.people.leading import UNLED
from flows.cycle.people.standing_in import is_opinion
from flows.cycle.records import CycleRecords
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of

TITLE = Words("Does not apply", "不适用")
OBJECT = Words("Object", "不同意")


class NotMine(Page):
    title = TITLE
    note = Words("HR sees the reason and may object.", "HR 会看到原因，并可能不同意。")
    reason: str = text("Why does it not apply to you?", "为什么不适用于你？", lines=2, most=500)


def does_not_apply_flow(catalog: Catalog) -> Flow:
    """The flow for every task but those that have their own way to be skipped."""

    def waivable(records: CycleRecords, _actor: Person, subject: str, _now: datetime) -> Task:
        task = still_open(named_task(records, (subject,)))
        duty = catalog.duties.get(task.kind)
        if is_opinion(records, task):  # HR would learn whom somebody did not review
            raise Refusal(
                "Please choose “I can't judge this person” for this one.", "请选择“我无法评估此人”。"
            )
        if duty is None or duty.skips:
            raise Refusal("Please use “Skip this one” for this.", "请使用“这次跳过”。")
        return task

    def keep(records: CycleRecords, actor: Person, subject: str, reason: str, now: datetime) -> Words:
        task = waivable(records, actor, subject, now)
        close(records, replace(task, state="waived", why=reason, done_at=now))
        records.audit.note(now, actor.id, "task.waive", f"task/{task.id}", {"about": task.about})
        records.notices.add(
            [
                Notice(
                    0,
                    f"task.waived/{task.id}/{now.isoformat()}/{hr.id}",
                    hr.id,
                    "task.waived",
                    {"task": task.id},
                    now,
                )
                for hr in hr_of(records, task, actor, now)
            ]
        )
        return Words(
            "Noted: it does not apply to you. HR is told and may object.",
            "已记录：不适用于你。HR 会收到通知，并可能不同意。",
        )

    @flow(
        "does-not-apply",
        TITLE,
        may=("task", "answer"),
        of=own_task,
        facts=waivable,
        keep=keep,
        again=True,
    )
    def does_not_apply(ask: Ask, _task: Task) -> str:
        return ask(NotMine).reason

    return does_not_apply


def hr_of(records: CycleRecords, task: Task, person: Person, now: datetime) -> list[Person]:
    """Who may object for HR: whoever set the cycle up, else everybody who is HR for the person."""
    cycle = records.cycles.get(task.scope) if task.kind in KINDS else None
    if cycle is None:
        return []
    fit = [
        one
        for one in records.people.hr()
        if may(one, "object", thing_of("waiver", person, one, records.people), now)
    ]
    return [one for one in fit if one.id == cycle.owner] or fit


def waiver(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A waived task of a cycle, with who waived it; nobody looks after their own."""
    task = named_task(records, about)
    person = records.people.get(task.person) if task else None
    if task is None or person is None or task.kind not in KINDS or person.id == actor.id:
        return None
    if is_opinion(records, task):  # who can't judge somebody says so to nobody but whoever named them
        return None
    waived = task.state == "waived" and task.why != UNLED
    return thing_of("waiver", person, actor, records.people) if waived or task.state == "open" else None


@view("waiver", may=("waiver", "read"), of=waiver)
def reason_given(records: CycleRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """Who says that what does not apply, in their own words."""
    task = named_task(records, about)
    words = told_waiver(records, task) if task else None
    if task is None or words is None:
        raise NotThere
    if task.state != "waived":
        return Screen(TITLE, (Line(words), Line(Words("It is asked of them again.", "已重新要求完成。"))))
    note = Note(
        Words("If you object, they are asked to do it after all.", "如果不同意，系统会请对方继续完成。")
    )
    button = Buttons((Button(OBJECT, Act("do", ("object", str(task.id)))),))
    return Screen(
        TITLE, (Line(words), Quote(task.why), note, button), place=Act("see", ("waiver", str(task.id)))
    )


def told_waiver(records: CycleRecords, task: Task) -> Words | None:
    """ "Kavya says that “Self review · Q3” does not apply to them." """
    owed, person = owed_in(records, task), records.people.get(task.person)
    if owed is None or person is None:
        return None
    return Words(
        "{name} says that “{title}” does not apply to them.", "{name}表示“{title}”不适用于自己。"
    ).fill(name=person.name, title=owed.title)


@deed("object", may=("waiver", "object"), of=waiver)
def objects(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """HR objects: the task is open again, and its person is told."""
    task = named_task(records, about)
    person = records.people.get(task.person) if task else None
    if task is None or person is None:
        raise NotThere
    if task.state == "open":
        raise Refusal("This is asked of them again already.", "该任务已重新要求完成。")
    if now >= task.until or owing.moments(records, task, person) is None:
        raise Refusal(
            "It closed on {day}. Give them more time first, then object.",
            "该任务已于 {day} 关闭，请先为对方延期，再提出不同意。",
            day=day_and_time(task.until, actor.zone),
        )
    records.tasks.save(
        replace(
            task, state="open", why="", done_at=None, said_at=None, told_due=None, snoozed=False, live=None,
            next_at=max(now, task.opens_at),
        )
    )  # fmt: skip
    key = f"task.objected/{task.id}/{now.isoformat()}"
    records.notices.add([Notice(0, key, person.id, "task.objected", {"task": task.id}, now)])
    records.audit.note(now, actor.id, "task.object", f"task/{task.id}", {"person": person.id})
    return Words("{name} is asked to do it after all.", "已请{name}继续完成。").fill(name=person.name)


@notice("task.waived")
def tell_hr(records: CycleRecords, notice: Notice, _now: datetime) -> list[Element] | None:
    """That somebody says it does not apply to them; the reason is behind a button."""
    task = records.tasks.get(notice.about["task"])
    words = told_waiver(records, task) if task and task.state == "waived" else None
    if task is None or words is None:
        return None
    read = Button(Words("Read why", "查看原因"), Act("see", ("waiver", str(task.id))))
    return [Line(words), Buttons((read, Button(OBJECT, Act("do", ("object", str(task.id))))))]


@notice("task.objected")
def tell_person(records: CycleRecords, notice: Notice, _now: datetime) -> list[Element] | None:
    """That HR asks for it after all."""
    task = records.tasks.get(notice.about["task"])
    owed = owed_in(records, task) if task and task.state == "open" else None
    if owed is None:
        return None
    words = Words("HR asks you to do “{title}” after all.", "HR 请你继续完成“{title}”。")
    return [Line(words.fill(title=owed.title) + same(""))]
