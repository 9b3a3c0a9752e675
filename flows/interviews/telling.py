"""What the two are told about their talk: who has to say something, what has changed, and that it is soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.core.catalog import letter, notice
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Letter, Line
from flows.core.words import Words, same
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.owing import INTERVIEW
from flows.interviews.changing import SOON, TOLD
from flows.interviews.picking import other_of
from flows.interviews.records import Interview, InterviewState
from flows.interviews.saying import when
from flows.interviews.sides import Both, both_of, named
from flows.interviews.talking import BookingRecords
from flows.people.person import Person

SEE = Words("See", "查看")
CHOOSE = Words("Choose a time", "选择时间")
ALWAYS: tuple[InterviewState, ...] = ("proposed", "later", "booked", "held", "missed", "cancelled")
WHAT: Mapping[str, tuple[tuple[InterviewState, ...], Words]] = {
    "booked": (("booked",), Words(
        "{name} has chosen a time for your talk about {cycle}: {when}.", "{name}已选定{cycle}面谈的时间：{when}。")),
    "moved": (("booked",), Words(
        "Your talk with {name} about {cycle} is moved: {when}.", "你与{name}的{cycle}面谈已改期：{when}。")),
    "stays": (("booked",), Words(
        "Your talk with {name} about {cycle} stays where it was: {when}.", "你与{name}的{cycle}面谈时间不变：{when}。")),
    "later": (("later",), Words(
        "{name} asks to talk about {cycle} later; times are proposed then.", "{name}希望推迟{cycle}的面谈，届时会再推荐时间。")),
    "again": (("proposed",), Words(
        "New times are proposed for your talk with {name} about {cycle}.", "已为你与{name}的{cycle}面谈重新推荐时间。")),
    "away": (("proposed",), Words(
        "Your talk with {name} about {cycle} fell on a day off and is taken back; new times are proposed.",
        "你与{name}的{cycle}面谈遇到休假，已取消原时间并重新推荐。")),
    "hours": (("proposed",), Words(
        "Your talk with {name} about {cycle} fell out of the working hours of one of you, who is in another time zone now, "
        "and is taken back; new times are proposed.",
        "有一方更换了时区，你与{name}的{cycle}面谈原时间已不在双方的工作时间内，已取消并重新推荐时间。")),
    "missed": (("missed",), Words(
        "Your talk with {name} about {cycle} is noted as not held; new times are proposed.",
        "你与{name}的{cycle}面谈已标记为未进行，将重新推荐时间。")),
    "cancelled": (("cancelled",), Words(
        "Your talk with {name} about {cycle} is cancelled.", "你与{name}的{cycle}面谈已取消。")),
    "manager": (ALWAYS, Words(
        "{name} now holds your talk about {cycle}; new times are proposed.", "你的{cycle}面谈改由{name}进行，将重新推荐时间。")),
    "holds": (ALWAYS, Words(
        "You now hold the talk with {name} about {cycle}; times are proposed to them.",
        "{name}的{cycle}面谈改由你进行，系统会向对方推荐时间。")),
}  # fmt: skip


@notice(TOLD)
def told(records: BookingRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """What has changed; nothing when it has changed again, which has a notice of its own."""
    both = named(records, (str(one.about["interview"]),))
    reader = records.people.get(one.person)
    if both is None or reader is None or reader.id not in (both.person.id, both.manager.id):
        return None
    interview = both.interview
    states, words = WHAT[one.about["what"]]
    if interview.state not in states or interview.changed_at.isoformat() != one.about["changed"]:
        return None
    act = Act("see", ("interview", str(interview.id)))
    return [Line(filled(words, both, reader)), Buttons((Button(SEE, act),))]


def filled(words: Words, both: Both, reader: Person) -> Words:
    other, time = other_of(both, reader), both.interview.time
    at = when(time, reader, other) if time else same("–")
    return words.fill(name=other.name, cycle=both.cycle.name, when=at)


@letter(SOON)
def soon(records: BookingRecords, about: Mapping[str, Any], now: datetime) -> Letter | None:
    """That it is soon; nothing when it was moved, cancelled or has begun since."""
    both = both_of(records, records.interviews.get(about["interview"]))
    reader = records.people.get(about["person"])
    if both is None or reader is None or not is_still(both.interview, about, reader, now):
        return None
    words = filled(TOMORROW if about["when"] == "day" else IN_MINUTES, both, reader)
    act = Act("see", ("interview", str(both.interview.id)))
    return Letter(words, (Line(words), Buttons((Button(SEE, act),))))


def is_still(interview: Interview, about: Mapping[str, Any], reader: Person, now: datetime) -> bool:
    """Whether the talk that a reminder is about is still to come, at that time and with this reader."""
    starts = interview.starts_at
    return (
        interview.state == "booked"
        and starts is not None
        and starts.isoformat() == about["starts"]
        and now < starts
        and reader.id in (interview.person, interview.manager)
        and reader.active
    )


TOMORROW = Words(
    "A reminder: your talk with {name} about {cycle} is on {when}.",
    "提醒：你与{name}的{cycle}面谈时间为 {when}。",
)
IN_MINUTES = Words(
    "Your talk with {name} about {cycle} begins soon: {when}.", "你与{name}的{cycle}面谈即将开始：{when}。"
)


def of_task(records: BookingRecords, task: Task) -> Both | None:
    """The interview that a task is about, while its person is one of the two."""
    both = both_of(records, records.interviews.find(task.scope, task.about))
    return both if both and task.person in (both.person.id, both.manager.id) else None


def moments(
    records: BookingRecords, task: Task, _person: Person
) -> tuple[datetime, datetime, datetime] | None:
    """As they were set when the turn came; None when nothing is to be said any more."""
    both = of_task(records, task)
    if both is None or both.cycle.state != "live" or not both.interview.is_open:
        return None
    return task.opens_at, task.due_at, task.until


def face(records: BookingRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How it shows: with whom the talk is, and who proposes times."""
    both = of_task(records, task)
    if both is None:
        return None
    other = other_of(both, person)
    filling = {"name": other.name, "cycle": both.cycle.name}
    words = (FIRST, AGAIN) if person.id == both.person.id else (ASKED, ASKED_AGAIN)
    title = TITLE.fill(**filling)
    act = Act("see", ("interview", str(both.interview.id)))
    return Face(
        title,
        words[0].fill(**filling),
        words[1].fill(**filling),
        Button(CHOOSE, act, "primary"),
        WHY.fill(**filling),
        over=over(both, task, title, person),
        by=BY,
    )


def over(both: Both, task: Task, title: Words, person: Person) -> Words | None:
    """How it ended, in one line; None while it is open."""
    if task.state == "open":
        return None
    time = both.interview.time
    if task.state == "done" and both.interview.state == "booked" and time:
        return title + Words(": {when}.", "：{when}。").fill(when=when(time, person, other_of(both, person)))
    ends = {"waived": Words(": not needed.", "：无需安排。"), "expired": STILL}
    return title + ends.get(task.state, Words(": answered. Thank you!", "：已答复，谢谢！"))


TITLE = Words("Talk with {name} · {cycle}", "与{name}的面谈 · {cycle}")
STILL = Words(
    ": no time was set; you can still do it on /interview.", "：未约定时间，仍可通过 /interview 安排。"
)
BY = (
    Words("Please choose by {due}.", "请在 {due} 前选择。"),
    Words("You were asked to choose by {due}.", "原定选择时间为 {due} 之前。"),
)
FIRST = Words(
    "Times are proposed for your talk with {name} about {cycle}. Please choose one.",
    "已为你与{name}的{cycle}面谈推荐时间，请选择一个。",
)
AGAIN = Words(
    "A reminder: your talk with {name} about {cycle} has no time yet.",
    "提醒：你与{name}的{cycle}面谈尚未约定时间。",
)
ASKED = Words(
    "{name} proposes a time for your talk about {cycle}. Please say whether it suits you.",
    "{name}为{cycle}面谈提议了时间，请确认是否合适。",
)
ASKED_AGAIN = Words(
    "A reminder: {name} waits for your word on a time for your talk about {cycle}.",
    "提醒：{name}正在等你确认{cycle}面谈的时间。",
)
WHY = Words(
    "Why me? Once results of {cycle} are open, each employee and their manager talk about them.",
    "为什么收到？{cycle}的结果发布后，每位员工会与上级面谈。",
)

ARRANGING = Duty(INTERVIEW, owing.policy, face, moments, skips=True)
