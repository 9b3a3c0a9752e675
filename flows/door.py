"""The door: everything one may do, in words, and the home tab with what one owes and is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.checkins.completion import completion_body, told_programme
from flows.checkins.digest import team_line, team_of, team_round
from flows.checkins.records import CheckinRecords
from flows.checkins.rounds import KIND, asked, name_of_round, running_round
from flows.checkins.weekly import subject_of, way_in
from flows.core.catalog import Catalog, Deed, Flow, LetterKind, View, view
from flows.core.moments import day_and_time, day_words
from flows.core.records import Task
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Heading,
    Letter,
    Line,
    Menu,
    Note,
    Row,
    Screen,
)
from flows.core.words import Words, same
from flows.cycle.calendar import local_day, next_round
from flows.cycle.nudge import SNOOZES, snoozes
from flows.people.person import Person
from flows.people.policy import Thing, may

TITLE = Words("perfloop", "perfloop")
CHANGE = Words("Change", "修改")


@dataclass(frozen=True, slots=True)
class Door:
    """One thing a person may do: how to type it, what it is, and the button."""

    command: str
    words: Words
    button: Button | None = None


FOR_HR = ("programme", "completion")  # kinds of things that HR looks after: they stand behind one's own
OPEN = Words("Open", "打开")


def doors(records: Any, actor: Person, catalog: Catalog, now: datetime, prefix: str = "") -> list[Door]:
    """Every command that the policy lets this person use, their own first; those of `prefix` only if it is given."""
    found = []
    for command, entry in sorted(
        catalog.commands().items(), key=lambda known: (known[1].may[0] in FOR_HR, known[0])
    ):
        if prefix and command.split()[0] != prefix:
            continue
        kind, action = entry.may
        thing = entry.of(records, actor, ("",))
        if thing is not None and thing.kind == kind and may(actor, action, thing, now) and entry.help:
            found.append(Door(f"/{command}", entry.help, way_through(entry)))
    return found


def way_through(entry: Flow | View | Deed) -> Button | None:
    """The button that does the same as the command; a deed is typed, for some need to be told what about."""
    match entry:
        case Flow(name=name):
            return Button(OPEN, Act("open", (name, "")))
        case View(name=name):
            return Button(OPEN, Act("see", (name,)))
    return None


def door_screen(records: Any, actor: Person, catalog: Catalog, now: datetime, prefix: str = "") -> Screen:
    """What this person may do, in words, with a button where one press is enough."""
    body: list[Element] = [Heading(Words("What you can do here", "你可以做什么"))]
    for door in doors(records, actor, catalog, now, prefix):
        command = same(door.command)
        line = Line(command + same("\n") + door.words)
        body.append(Row(door.words, door.button, command) if door.button else line)
    body.append(
        Note(
            Words(
                "Everything is also on the Home tab of this app. You can answer an open check-in right here in the chat.",
                "以上功能都可以在应用的“首页”标签中找到。打开的周报也可以直接在聊天中回复。",
            )
        )
    )
    return Screen(TITLE, tuple(body))


def door_letter(catalog: Catalog) -> LetterKind:
    """The door as a message, for somebody who just says hello."""

    def write(records: Any, about: Mapping[str, Any], now: datetime) -> Letter | None:
        person = records.people.get(about["person"])
        if person is None:
            return None
        screen = door_screen(records, person, catalog, now)
        return Letter(Words("What you can do here", "你可以做什么"), screen.body)

    return LetterKind("chat.door", write)


def anyone(_records: Any, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("door")


@view("home", may=("door", "read"), of=anyone)
def home(records: CheckinRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """What I owe, what is owed to me, and for HR how far everyone is."""
    body: list[Element] = [Line(Words("Hello {name}", "你好，{name}").fill(name=actor.name))]
    body += mine(records, actor, now)
    body += team(records, actor)
    body += steering(records, actor, now)
    body += [Divider(), Note(Words("Type /perf to see everything you can do.", "输入 /perf 查看所有功能。"))]
    return Screen(TITLE, tuple(body), place=Act("see", ("home",)))


def mine(records: CheckinRecords, actor: Person, now: datetime) -> list[Element]:
    """The open tasks with a way in, the check-in that was sent, and the last reports."""
    body: list[Element] = [Heading(Words("For you", "我的待办"))]
    tasks = [task for task in records.tasks.open_of(actor.id) if task.opens_at <= now < task.until]
    body += [element for task in tasks for element in owed(records, actor, task, now)]
    if not tasks:
        body.append(
            Line(Words("Nothing is waiting for you.", "目前没有待办。") + when_next(records, actor, now))
        )
    for checkin in records.checkins.latest(actor.id, 3):
        programme = records.programmes.get(checkin.programme)
        name = name_of_round(programme.schedule.rhythm, checkin.round) if programme else same(checkin.round)
        task = records.tasks.find(KIND, checkin.programme, actor.id, checkin.round)
        if task and task.until > now and programme and programme.state != "ended":
            subject = subject_of(checkin.programme, checkin.round)
            button = Button(CHANGE, Act("open", ("checkin", subject)))
        else:
            button = Button(Words("Open", "打开"), Act("see", ("report", str(checkin.id))))
        body.append(
            Row(Words("sent", "已提交"), button, Words("Check-in, {round}", "周报：{round}").fill(round=name))
        )
    return body


def owed(records: CheckinRecords, actor: Person, task: Task, now: datetime) -> list[Element]:
    """One open task: what, until when, how far the draft is, and its buttons."""
    programme = records.programmes.get(task.scope)
    if programme is None or task.kind != KIND:
        return []
    name = name_of_round(programme.schedule.rhythm, task.subject)
    subject = subject_of(task.scope, task.subject)
    due = day_and_time(task.due_at, actor.zone)
    words = (
        Words("due {due}", "{due} 截止").fill(due=due)
        if now < task.due_at
        else Words("late (was due {due})", "已逾期（截止时间为 {due}）").fill(due=due)
    )
    title = Words("Check-in, {round}", "周报：{round}").fill(round=name)
    buttons = (
        Button(way_in(records, actor, subject, now), Act("open", ("checkin", subject)), "primary"),
        Button(Words("Skip this one", "这次跳过"), Act("open", ("checkin-skip", str(task.id)))),
    )
    body: list[Element] = [Line(title + same(" · ") + words), Buttons(buttons)]
    if choices := snoozes(task, actor, now):
        menu = tuple((SNOOZES[key], Act("do", ("snooze", str(task.id), key))) for key in choices)
        body.append(Menu(Words("Remind me later", "稍后提醒"), menu))
    return body


def when_next(records: CheckinRecords, actor: Person, now: datetime) -> Words:
    """When the next check-in opens, where there is one to come."""
    programme = records.programmes.current()
    if programme is None or programme.state != "running" or not asked(programme.audience, actor):
        return same("")
    opens = next_round(programme.schedule, local_day(now, actor.zone)).opens_on
    return Words(" The next check-in opens on {day}.", "下一次周报将于 {day} 开放。").fill(
        day=day_words(opens)
    )


def team(records: CheckinRecords, actor: Person) -> list[Element]:
    """The manager's line of the latest round."""
    if not records.people.reports_of(actor.id):
        return []
    programme, round_key = team_round(records, ())
    found = team_of(records, programme, round_key, actor.id) if round_key else None
    body: list[Element] = [Divider(), Heading(Words("Your team", "我的团队"))]
    if found is None:
        return [*body, Line(Words("No check-ins of your team yet.", "还没有团队周报。"))]
    place = Act("see", ("team", str(programme), round_key))
    return [*body, Row(team_line(found), Button(Words("Open", "打开"), place))]


def steering(records: CheckinRecords, actor: Person, now: datetime) -> list[Element]:
    """For HR: the programme, its buttons, and completion in scope."""
    if actor.hr_scope is not None and not actor.hr_scope:
        return []
    body: list[Element] = [Divider(), Heading(Words("The programme", "周报计划"))]
    programme = records.programmes.current()
    steers = may(actor, "steer", Thing("programme"), now)
    if programme is None:
        body.append(Line(Words("Not running. Nobody is written to.", "未启动，不会向任何人发送消息。")))
        start = Button(Words("Start check-ins", "启动周报"), Act("open", ("checkin-start", "")), "primary")
        return [*body, Buttons((start,))] if steers else body
    body.append(Line(told_programme(programme)))
    if steers:
        body.append(Buttons(tuple(steering_buttons(programme.state == "paused"))))
    round_key = records.tasks.latest_subject(KIND, programme.id)
    running = running_round(programme, now.date())
    if round_key and running:
        body += completion_body(records, actor, programme, round_key)
    return body


def steering_buttons(paused: bool) -> list[Button]:
    """Change, pause or resume, end."""
    toggle = (
        Button(Words("Resume", "恢复"), Act("do", ("checkin-resume",)))
        if paused
        else Button(Words("Pause", "暂停"), Act("do", ("checkin-pause",)))
    )
    sure = Words(
        "Open check-ins are closed and nobody is asked any more.", "未完成的周报会关闭，之后不再收集。"
    )
    return [
        Button(CHANGE, Act("open", ("checkin-change", ""))),
        toggle,
        Button(Words("End", "结束"), Act("do", ("checkin-end",)), "danger", sure),
    ]
