"""How one task reads in a message: what it is, until when, what can be done about it, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.moments import day_and_time
from flows.core.records import Task
from flows.core.screen import Act, Buttons, Element, Menu
from flows.core.words import Words, same
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.snooze import SNOOZES, snoozes
from flows.cycle.people.standing_in import STANDS_IN
from flows.people.person import Person

LATER = Words("Remind me later", "稍后提醒")
MORE = Words("More", "更多")
HAND_OVER = Words("Hand over", "转交他人")
HAND_BACK = Words("Hand back", "退回")
NOT_MINE = Words("Does not apply", "不适用")
CANT_JUDGE = Words("I can't judge this person", "我无法评估此人")
DECLINE = "review-decline"  # the flow in which a review of somebody is declined
WHY = Words("Why am I getting this?", "为什么收到这条消息？")


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a message speaks of one task: `n` messages came before it, `moved` since its date is another."""

    task: Task
    n: int
    duty: Duty
    face: Face
    again: bool = False
    moved: bool = False


def is_live(task: Task, message: str | None, person: Person) -> bool:
    """Whether this message is the one that carries the task's buttons; while it is put off, none does."""
    mine = task.state == "open" and task.person == person.id and not task.snoozed
    return mine and task.live is not None and task.live == message


def headline(one: Spoken, person: Person) -> Words:
    """The sentence that speaks of the task."""
    if one.moved:
        return (
            one.face.title
            + Words(": the date has moved: now {due}.", "：日期已调整，新的截止时间为 {due}。").fill(
                due=day_and_time(one.task.due_at, person.zone)
            )
        )  # fmt: skip
    return one.face.again if one.again else one.face.first


SENT_BY = (
    Words("Please send it by {due}.", "请在 {due} 前提交。"),
    Words(
        "It was due on {due}; you can still send it until {until}.",
        "截止时间为 {due}，{until} 前仍可补交。",
    ),
)


def when_due(task: Task, person: Person, now: datetime, by: tuple[Words, Words] | None = None) -> Words:
    """Until when, or that it is late by now and until when it is still taken."""
    due, until = day_and_time(task.due_at, person.zone), day_and_time(task.until, person.zone)
    return (by or SENT_BY)[now >= task.due_at].fill(due=due, until=until)


def ways(one: Spoken, person: Person, now: datetime) -> list[Element]:
    """Everything that can be done about a task."""
    body: list[Element] = [Buttons((one.face.button, *one.face.more))]
    if choices := snoozes(one.task, person, now):
        menu = tuple((SNOOZES[key], Act("do", ("snooze", str(one.task.id), key))) for key in choices)
        body.append(Menu(LATER, menu))
    return [*body, Menu(MORE, further(one.duty, one.task, personal=one.face.personal))]


def further(duty: Duty, task: Task, *, personal: bool = False) -> tuple[tuple[Words, Act], ...]:
    """The ways that are seldom needed: to hand it over, or back, to say that it does not apply, to ask why.

    What is `personal` can only be declined.
    """
    found = []
    if personal:
        found.append((CANT_JUDGE, Act("open", (DECLINE, str(task.id)))))
    elif task.person != task.owner and task.why != STANDS_IN:
        found.append((HAND_BACK, Act("do", ("hand-back", str(task.id)))))
    elif task.person == task.owner != task.about and duty.to_others:
        found.append((HAND_OVER, Act("open", ("hand-over", str(task.id)))))
    if not duty.skips and not personal:
        found.append((NOT_MINE, Act("open", ("does-not-apply", str(task.id)))))
    return (*found, (WHY, Act("see", ("why", str(task.id)))))


def state_of(one: Spoken, person: Person) -> Words:
    """One line about a task that this message has no buttons for any more."""
    task, title = one.task, one.face.title
    if task.person != person.id:
        return title + Words(": somebody else does it now.", "：已由他人负责。")
    if task.state != "open":
        return one.face.over or title + OVER.get(task.state, same(""))
    if task.snoozed and one.n == task.said - 1 and task.next_at:
        words = Words(": put off until {when}.", "：已推迟到 {when}。")
        return title + words.fill(when=day_and_time(task.next_at, person.zone))
    if task.live is None:
        return title + Words(": open; see your Home tab.", "：待完成，请看“首页”。")
    return title + Words(": see the newer message below.", "，请看下方较新的消息。")


OVER = {
    "done": Words(": done. Thank you!", "：已完成，谢谢！"),
    "waived": Words(": not needed.", "：无需完成。"),
    "expired": Words(": closed.", "：已关闭。"),
}
