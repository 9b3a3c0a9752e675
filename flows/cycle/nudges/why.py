"""Why a message came: which task it is about, who asked, when it will be spoken of again, and how often at most."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import Catalog, View, view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.records import Task
from flows.core.screen import Act, Element, Facts, Heading, Line, Note, Screen
from flows.core.words import Words
from flows.cycle.nudges.closing import named_task, own_task
from flows.cycle.nudges.nudge import ahead
from flows.cycle.nudges.pace import taken_of
from flows.cycle.people.standing_in import STANDS_IN
from flows.cycle.records import CycleRecords
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

TITLE = Words("Why this came", "为什么收到")
CAP = Words(
    "Whatever you did not ask for comes at most once a day and four times a week, in your working hours, and not "
    "while you are away; the rest waits for the next message. What is done is never spoken of again.",
    "非你主动要求的消息每天最多一条、每周最多四条，只在工作时间发送，休假期间不打扰；其余内容并入下一条。已完成的事项不会再提醒。",
)


def why_view(catalog: Catalog) -> View:
    """The answer to "Why am I getting this?"."""

    @view("why", may=("task", "answer"), of=own_task)
    def why(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
        task = named_task(records, about)
        duty = catalog.duties.get(task.kind) if task else None
        face = duty.face(records, task, actor, now) if task and duty else None
        if task is None or duty is None or face is None:
            raise NotThere
        rows = [(Words("Due", "截止"), day_and_time(task.due_at, actor.zone))]
        rows.append(
            (
                Words("I speak of it again", "下次提醒"),
                again(records, task, duty.policy(records, task), actor, now),
            )
        )
        body: list[Element] = [
            Heading(face.title),
            Line(face.why),
            *handed(records, task),
            Facts(tuple(rows)),
            Note(CAP),
        ]
        return Screen(TITLE, tuple(body), place=Act("see", ("why", str(task.id))))

    return why


def handed(records: CycleRecords, task: Task) -> list[Line]:
    """From whom the task comes, where it is somebody else's duty."""
    owner = records.people.get(task.owner)
    if owner is None or task.person == task.owner:
        return []
    if task.why == STANDS_IN:
        words = Words("You stand in for {name}.", "你正在代理{name}的职责。")
        return [Line(words.fill(name=owner.name))]
    words = Words("{name} handed it over to you: {why}", "{name}转交给你：{why}")
    return [Line(words.fill(name=owner.name, why=task.why))]


def again(
    records: CycleRecords, task: Task, policy: NudgePolicy | None, person: Person, now: datetime
) -> Words:
    """When the task is spoken of next, as things stand."""
    if task.state != "open":
        return Words("never: it is over", "不再提醒：已结束")
    if policy is None:
        return Words("not while HR has paused it", "HR 已暂停，暂不提醒")
    if task.snoozed and task.next_at:
        return day_and_time(task.next_at, person.zone)
    days = ahead(task, task.said_at, person, policy, taken_of(records, person, now))
    late = now >= task.due_at
    coming = [day.at for day in days if day.at > now and day.late >= late]
    if not coming:
        return Words("not any more", "不再提醒")
    return day_and_time(coming[0], person.zone)
