"""How a review that is owed shows in messages, on the home tab and in "why did this come?"."""

from __future__ import annotations

from datetime import datetime

from flows.core.progress import way_in
from flows.core.records import Task
from flows.core.screen import Act, Button
from flows.core.words import Words, join, same
from flows.cycle import owing
from flows.cycle.asking import is_personal
from flows.cycle.duty import Duty, Face
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.owed import KIND, SEALED, Asked, asked_in, subject_of
from flows.reviews.readers import in_short
from flows.reviews.writing import write_review

LIST = Words("Open the list", "打开列表")


def face(records: ResultRecords, task: Task, person: Person, now: datetime) -> Face | None:
    """How the task shows to whoever has to do it."""
    asked = asked_in(records, task)
    if asked is None:
        return None
    every = Button(LIST, Act("see", ("reviews", str(task.scope), task.subject)), "primary")
    if asked.form.anonymous:
        return unnamed(records, asked, person, every, now)
    subject = subject_of(task)
    first, again = spoken(asked)
    label = way_in(records, person, write_review, subject, now)
    return Face(
        asked.title,
        first,
        again,
        Button(label, Act("open", ("review", subject)), "primary"),
        join([reason(asked, person), in_short(records, asked)], " ", ""),
        over=owing.over(asked.owed, asked.title, person),
        together=None if asked.is_self else asked.owed.title,
        list=None if asked.is_self else every,
        personal=is_personal(asked.owed.phase),
    )


def unnamed(records: ResultRecords, asked: Asked, person: Person, every: Button, now: datetime) -> Face:
    """A review without a name: a message neither names whom it is about nor carries a way that leads to one of them.

    All of a phase read the same, so that what is edited when one is sent tells how many are left, and not which.
    Once it is closed, whoever wrote and whoever did not read the same.
    """
    title, cycle = asked.owed.title, asked.owed.cycle.name
    first, again = UPWARD if asked.form.kind == "upward" else PEER
    task = asked.owed.task
    closed = now >= task.until or task.state == "expired" or task.why == SEALED
    if closed and task.state != "open":
        over: Words | None = title + owing.CLOSED
    elif task.state == "done" and asked.form.kind != "upward":
        over = title + ONE_SENT
    else:
        over = owing.over(asked.owed, title, person)
    return Face(
        title,
        first.fill(cycle=cycle),
        again.fill(cycle=cycle),
        every,
        join([reason(asked, person), in_short(records, asked)], " ", ""),
        over=over,
        together=title,
        list=every,
        personal=True,
        alike=closed,
    )


PEER = (
    Words("Please write your reviews of colleagues for {cycle}.", "请填写{cycle}的同事评估。"),
    Words(
        "A reminder: reviews of colleagues for {cycle} are still to be sent.",
        "提醒：{cycle}的同事评估还没有全部提交。",
    ),
)
UPWARD = (
    Words("Please write your review of your manager for {cycle}.", "请填写{cycle}的向上评估。"),
    Words(
        "A reminder: your review of your manager for {cycle} is still to be sent.",
        "提醒：{cycle}的向上评估还没有提交。",
    ),
)
ONE_SENT = Words(": one of them is sent. Thank you!", "：已提交一份，谢谢！")


def spoken(asked: Asked) -> tuple[Words, Words]:
    """The sentences for the first time and for later."""
    cycle, name = asked.owed.cycle.name, same(asked.about.name)
    if asked.is_self:
        return (
            Words("Please write your self review for {cycle}.", "请填写 {cycle} 的自评。").fill(cycle=cycle),
            Words(
                "A reminder: your self review for {cycle} is still to be sent.",
                "提醒：{cycle}的自评还没有提交。",
            ).fill(cycle=cycle),
        )
    return (
        Words("Please review {name} for {cycle}.", "请为{name}填写{cycle}的评估。").fill(
            name=name, cycle=cycle
        ),
        Words(
            "A reminder: your review of {name} for {cycle} is still to be sent.",
            "提醒：{name}的{cycle}评估还没有提交。",
        ).fill(name=name, cycle=cycle),
    )


def reason(asked: Asked, person: Person) -> Words:
    """Why this person is asked."""
    if asked.is_self:
        return owing.why(asked.owed)
    return why_of(asked, person).fill(name=same(asked.about.name), cycle=asked.owed.cycle.name)


def why_of(asked: Asked, person: Person) -> Words:
    """The same, with slots for the name and the cycle; an anonymous kind names nobody."""
    match asked.form.kind:
        case "upward":
            return Words(
                "Why me? Everybody is asked about their manager in {cycle}.",
                "为什么收到？{cycle}中每个人都会评估自己的上级。",
            )
        case "peer" if asked.form.anonymous:
            return Words(
                "Why me? You were named as a reviewer of colleagues in {cycle}.",
                "为什么收到？你被邀请在{cycle}中评估同事。",
            )
        case "peer" | "project":
            return Words(
                "Why me? You were named as a reviewer of {name} in {cycle}.",
                "为什么收到？你被邀请在{cycle}中评估{name}。",
            )
    if asked.owed.task.owner == person.id:
        return Words(
            "Why me? You are the one who reviews {name} in {cycle}.", "为什么收到？{cycle}由你评估{name}。"
        )
    return Words(
        "Why me? You do this instead of the one who usually reviews {name} in {cycle}.",
        "为什么收到？{cycle}由你代为评估{name}。",
    )


REVIEW = Duty(KIND, owing.policy, face, owing.moments, to_others=True)
