"""The check-in as a duty: how it shows, when it is spoken of, and how it is skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flows.checkins.digest_moments import refresh_digest
from flows.checkins.readers import readers_of
from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import KIND, moments_of, name_of_round
from flows.checkins.weekly import WRITE, subject_of, way_in
from flows.core.catalog import flow
from flows.core.moments import day_and_time
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.cycle.calendar import round_on
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.closing import close, own_task
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

POLICY = NudgePolicy(before=(), after=(), manager=None, hr=None)

SECONDS = Words(" It takes about 90 seconds.", "大约需要 90 秒。")
IN_CHAT = Words(
    "You can also just answer here in the chat, one question at a time. ",
    "也可以直接在这里回复，我会逐题询问。",
)
OVER = {
    "done": Words("Your check-in for {round} is sent. Thank you!", "{round}的周报已提交，谢谢！"),
    "waived": Words("Your check-in for {round} is skipped.", "{round}的周报已跳过。"),
    "expired": Words("The check-in for {round} is closed.", "{round}的周报已关闭。"),
}
RHYTHMS = {
    "weekly": Words("week", "每周周报"),
    "biweekly": Words("second week", "双周周报"),
    "monthly": Words("month", "月报"),
}


def policy(records: CheckinRecords, task: Task) -> NudgePolicy | None:
    """It is spoken of when it opens, at HR's hour, and on its last day; while HR has paused, of nothing."""
    programme = records.programmes.get(task.scope)
    if programme is None or programme.state != "running":
        return None
    return replace(POLICY, opening=programme.schedule.opens)


def face(records: CheckinRecords, task: Task, person: Person, now: datetime) -> Face | None:
    """How the check-in shows to who has to write it."""
    programme = records.programmes.get(task.scope)
    if programme is None:
        return None
    over = OVER.get(task.state)
    name = name_of_round(programme.schedule.rhythm, task.subject)
    label = WRITE if over else way_in(records, person, subject_of(programme.id, task.subject), now)
    shown = asking(programme, task, name, readers_of(records, person), label)
    return replace(shown, over=over.fill(round=name)) if over else shown


def asking(programme: Programme, task: Task, name: Words, readers: Words, label: Words = WRITE) -> Face:
    """The check-in while it is owed; `label` stands on the button into the form."""
    return Face(
        Words("Check-in, {round}", "周报：{round}").fill(round=name),
        (Words("Your check-in for {round} is open.", "{round}的周报可以填写了。") + SECONDS).fill(round=name),
        Words("A reminder: your check-in for {round} is still open.", "提醒：{round}的周报还没有提交。").fill(
            round=name
        ),
        Button(label, Act("open", ("checkin", subject_of(programme.id, task.subject))), "primary"),
        IN_CHAT + why(programme, readers),
        more=(Button(Words("Skip this one", "这次跳过"), Act("open", ("checkin-skip", str(task.id)))),),
    )


def moments(
    records: CheckinRecords, task: Task, person: Person
) -> tuple[datetime, datetime, datetime] | None:
    """(opens, due, until) by the programme as it is now; None where its days have moved away from this round."""
    programme = records.programmes.get(task.scope)
    round_ = round_on(programme.schedule, date.fromisoformat(task.subject)) if programme else None
    if programme is None or programme.state == "ended" or round_ is None or round_.key != task.subject:
        return None
    return moments_of(programme.schedule, round_, person.zone, person.away)


def why(programme: Programme, readers: Words) -> Words:
    """Why it came and who reads the answers."""
    rhythm = RHYTHMS[programme.schedule.rhythm.value]
    return (
        Words("Why me? HR asks you for one each {rhythm}. ", "为什么收到？HR 请你填写{rhythm}。").fill(
            rhythm=rhythm
        )
        + readers
    )


CHECKIN = Duty(KIND, policy, face, moments, skips=True)


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
