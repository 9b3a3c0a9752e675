"""The one message that asks for a check-in, what its buttons do, and how it looks when it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.checkins.planning import refresh_digest
from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import name_of_round
from flows.checkins.weekly import WRITE, readers_of, subject_of, way_in
from flows.core.catalog import flow, letter
from flows.core.moments import day_and_time
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Letter, Line, Menu, Note
from flows.core.words import Words, same
from flows.cycle.nudge import SNOOZES, close, own_task, snoozes
from flows.people.person import Person

RHYTHMS = {
    "weekly": Words("week", "每周周报"),
    "biweekly": Words("second week", "双周周报"),
    "monthly": Words("month", "月报"),
}


@letter("checkin.prompt")
def prompt(records: CheckinRecords, about: Mapping[str, Any], now: datetime) -> Letter | None:
    """Open: what, until when, why me, and buttons. Over: one line of how it stands, without buttons."""
    task = records.tasks.get(about["task"])
    person = records.people.get(task.person) if task else None
    programme = records.programmes.get(task.scope) if task else None
    if task is None or person is None or programme is None:
        return None
    name = name_of_round(programme.schedule.rhythm, task.subject)
    last = about["n"] == task.said - 1
    if task.state != "open" or not last or task.live is None:
        return _over(task, name, person, last)
    if programme.state != "running" or not person.active:
        return None
    label = way_in(records, person, subject_of(programme.id, task.subject), now)
    return asking(task, programme, person, name, readers_of(records, person), about["n"], now, label)


def asking(
    task: Task,
    programme: Programme,
    person: Person,
    name: Words,
    readers: Words,
    n: int,
    now: datetime,
    label: Words = WRITE,
) -> Letter:
    """The message while it is owed; `label` stands on the button into the form."""
    first = Words("Your check-in for {round} is open.", "{round}的周报可以填写了。")
    again = Words("A reminder: your check-in for {round} is still open.", "提醒：{round}的周报还没有提交。")
    headline = (again if n else first).fill(round=name)
    body: list[Element] = [
        Line(
            headline + when_due(task, person, now),
        ),
        Buttons(
            (
                Button(
                    label,
                    Act("open", ("checkin", subject_of(programme.id, task.subject))),
                    "primary",
                ),
                Button(Words("Skip this one", "这次跳过"), Act("open", ("checkin-skip", str(task.id)))),
            )
        ),
    ]
    if choices := snoozes(task, person, now):
        menu = tuple((SNOOZES[key], Act("do", ("snooze", str(task.id), key))) for key in choices)
        body.append(Menu(Words("Remind me later", "稍后提醒"), menu))
    body.append(
        Note(
            Words(
                "You can also just answer here in the chat, one question at a time. ",
                "也可以直接在这里回复，我会逐题询问。",
            )
        )
    )
    body.append(Note(why(programme, readers)))
    return Letter(headline, tuple(body))


def when_due(task: Task, person: Person, now: datetime) -> Words:
    """Until when, or that it is late by now and until when it is still taken."""
    due, until = day_and_time(task.due_at, person.zone), day_and_time(task.until, person.zone)
    if now < task.due_at:
        words = Words(
            " It takes about 90 seconds. Please send it by {due}.", "大约需要 90 秒，请在 {due} 前提交。"
        )
    else:
        words = Words(
            " It was due on {due}; you can still send it until {until}.",
            "截止时间为 {due}，{until} 前仍可补交。",
        )
    return words.fill(due=due, until=until)


def why(programme: Programme, readers: Words) -> Words:
    """Why it came and who reads the answers."""
    rhythm = RHYTHMS[programme.schedule.rhythm.value]
    return (
        Words("Why me? HR asks you for one each {rhythm}. ", "为什么收到？HR 请你填写{rhythm}。").fill(
            rhythm=rhythm
        )
        + readers
    )


def _over(task: Task, name: Words, person: Person, last: bool) -> Letter:
    if task.state == "done":
        words = Words("Your check-in for {round} is sent. Thank you!", "{round}的周报已提交，谢谢！")
    elif task.state == "waived":
        words = Words("Your check-in for {round} is skipped.", "{round}的周报已跳过。")
    elif task.state == "expired":
        words = Words("The check-in for {round} is closed.", "{round}的周报已关闭。")
    elif task.snoozed and last and task.next_at:
        words = Words("Your check-in for {round} is put off until {when}.", "{round}的周报已推迟到 {when}。")
    else:
        words = Words(
            "Your check-in for {round}: see the newer message below.", "{round}的周报：请看下方较新的消息。"
        )
    when = day_and_time(task.next_at, person.zone) if task.next_at else same("")
    words = words.fill(round=name, when=when)
    return Letter(words, (Line(words),))


class Skip(Page):
    title = Words("Skip this check-in", "跳过这次周报")
    note = Words("Your manager sees the reason.", "你的上级会看到原因。")
    reason: str = text("Why?", "原因？", lines=2, most=500)


def owed(records: CheckinRecords, actor: Person, subject: str, now: datetime) -> Task:
    """The open task to skip; refuses when there is nothing to skip."""
    task = records.tasks.get(int(subject))
    if task is None or task.state == "done":
        raise Refusal(
            "This check-in is sent already, so there is nothing to skip.", "这份周报已经提交，无需跳过。"
        )
    if now >= task.until or task.state == "expired":
        raise Refusal(
            "This check-in closed on {day}; you need not skip it.", "这份周报已于 {day} 关闭，无需跳过。",
            day=day_and_time(task.until, actor.zone),
        )  # fmt: skip
    return task


def keep_skip(records: CheckinRecords, actor: Person, subject: str, reason: str, now: datetime) -> Words:
    """Waive the task with its reason and bring the manager's digest to the state of things."""
    task = owed(records, actor, subject, now)
    close(records, replace(task, state="waived", why=reason))
    if programme := records.programmes.get(task.scope):
        refresh_digest(records, programme, task.subject, actor, now)
    return Words(
        "Skipped. If you change your mind, type /checkin.", "已跳过。如果改变主意，输入 /checkin 即可填写。"
    )


@flow(
    "checkin-skip",
    Words("Skip this check-in", "跳过这次周报"),
    may=("task", "answer"),
    of=own_task,
    facts=owed,
    keep=keep_skip,
)
def skip(ask: Ask, _task: Task) -> str:
    return ask(Skip).reason
