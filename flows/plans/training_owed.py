"""The manager's task of deciding on a training that costs something, and what the person is told about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import notice, view
from flows.core.desk import NotThere
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Screen
from flows.core.words import Words, same
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.closing import close
from flows.cycle.owing import time_to_answer, whole
from flows.cycle.people.standing_in import placed
from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of
from flows.plans.agreeing_tasks import MOVED
from flows.plans.developing_kept import PlanRecords
from flows.plans.developing_rights import other_side
from flows.plans.training_kept import Enrolment
from flows.plans.training_shown import told

ANSWER = "training-answer"
DECIDED = "training.decided"
TITLE = Words("A training to decide on", "待审批的培训")


def place_thing(records: PlanRecords, place: Enrolment, actor: Person) -> Thing | None:
    """Somebody's place in a training; whoever has the task of deciding on it comes first in the line."""
    owner = records.people.get(place.person)
    if owner is None:
        return None
    thing = thing_of("training_place", owner, actor, records.people)
    tasks = records.tasks.of_about(ANSWER, place.id, "", [owner.id]) if owner.id != actor.id else []
    if any(task.person == actor.id and task.state == "open" for task in tasks):
        thing = replace(thing, line=(actor.id, *(one for one in thing.line if one != actor.id)))
    return thing


def follow_place(records: PlanRecords, place: Enrolment, now: datetime) -> None:
    """Have whoever leads the person now decide; done twice, it acts once."""
    side = other_side(records, place.person, None)
    tasks = records.tasks.of_about(ANSWER, place.id, "", [place.person])
    for task in tasks:
        if task.state == "open" and (side is None or task.owner != side.id):
            close(records, replace(task, state="waived", why=MOVED, done_at=now))
    if side is None or any(task.owner == side.id for task in tasks):
        return
    opens, due, until = time_to_answer(now, side.zone)
    task = Task(0, ANSWER, place.id, side.id, "", "open", opens, due, until, next_at=now, about=place.person)
    records.tasks.add(placed(records, [task], now))


def close_asking(records: PlanRecords, place: Enrolment, now: datetime) -> None:
    """Nobody has to decide on it any more."""
    for task in records.tasks.of_about(ANSWER, place.id, "", [place.person]):
        if task.state == "open":
            close(records, replace(task, state="done" if place.decided_by else "waived", done_at=now))


def face(records: PlanRecords, task: Task, _person: Person, _now: datetime) -> Face | None:
    """That somebody asks for a training; which one stands on the screen."""
    place = records.trainings.place(task.scope)
    about = records.people.get(task.about)
    if place is None or about is None:
        return None
    title = TITLE + Words(": ", "：") + same(about.name)
    words = Words(
        "{name} asks for a training that costs something.", "{name}申请了一项需要费用的培训。"
    ).fill(name=about.name)
    over = {"done": DONE, "waived": NOT_NEEDED, "expired": CLOSED}.get(task.state)
    return Face(
        title,
        words,
        Words("A reminder: ", "提醒：") + words,
        Button(Words("Look at it", "查看"), Act("see", ("training-asked", str(place.id))), "primary"),
        Words("Why me? You lead {name}, or stand in.", "为什么收到？你是{name}的上级或其代理人。").fill(
            name=about.name
        ),
        over=title + over if over else None,
        by=BY,
    )


BY = (
    Words("Please decide by {due}.", "请在 {due} 前决定。"),
    Words("You were asked to decide by {due}.", "原定决定时间为 {due} 之前。"),
)
DONE = Words(": decided. Thank you!", "：已决定，谢谢！")
NOT_NEEDED = Words(": nothing waits for you any more.", "：已无需处理。")
CLOSED = Words(": closed; you can still decide at any time.", "：已关闭，仍可随时决定。")


def moments(_records: PlanRecords, task: Task, person: Person) -> tuple[datetime, datetime, datetime] | None:
    """(opens, due, until) in UTC, from when it was asked."""
    return time_to_answer(task.opens_at, person.zone)


DECIDING = Duty(ANSWER, lambda _records, _task: NudgePolicy(), face, moments, to_others=True, skips=True)


def asked_place(records: PlanRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    place = records.trainings.place(whole(about[0])) if about else None
    return place_thing(records, place, actor) if place else None


@view("training-asked", may=("training_place", "decide"), of=asked_place)
def asked(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What is asked for, with a yes and a no."""
    place = records.trainings.place(whole(about[0]))
    training = records.trainings.get(place.training) if place else None
    person = records.people.get(place.person) if place else None
    if place is None or training is None or person is None:
        raise NotThere
    body: list[Element] = [Heading(same(f"{person.name} · ") + training.words), Note(told(training))]
    thing = place_thing(records, place, actor)
    if place.state == "asked" and may(actor, "decide", thing, now):
        yes = Button(Words("Approve", "批准"), Act("do", ("training-approve", str(place.id))), "primary")
        no = Button(Words("Decline", "婉拒"), Act("open", ("training-decline", str(place.id))))
        body.append(Buttons((yes, no)))
    else:
        body.append(Line(Words("This is decided already, or was given up.", "已有决定，或对方已取消报名。")))
    return Screen(TITLE, tuple(body), place=Act("see", ("training-asked", str(place.id))))


def tell(records: PlanRecords, place: Enrolment, now: datetime) -> None:
    """Have the person told with their next digest."""
    key = f"{DECIDED}/{place.id}"
    records.notices.add([Notice(0, key, place.person, DECIDED, {"place": place.id}, now)])


@notice(DECIDED)
def decided(records: PlanRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That there is a decision; what it is stands in the catalogue."""
    place = records.trainings.place(one.about["place"])
    if place is None or place.state not in ("enrolled", "declined"):
        return None
    words = Words("There is a decision on the training that you asked for.", "你申请的培训已有审批结果。")
    return [Line(words), Buttons((Button(Words("Trainings", "培训目录"), Act("see", ("trainings",))),))]
