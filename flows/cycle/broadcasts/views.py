"""Broadcasts to look at: one with its text in both languages, and all of them in a list; and whose they are."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.moments import day_and_time
from flows.core.screen import Act, Button, Divider, Element, Heading, Line, Note, Rich, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.broadcasts.card import STATES, TITLE, named, standing
from flows.cycle.records import CycleRecords
from flows.people.person import Person
from flows.people.policy import Thing


def own_broadcast(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The broadcast that a button names, with who wrote it; nothing for somebody who is not HR any more."""
    number = about[0] if about else ""
    known = number.isascii() and number.isdigit() and len(number) < 10
    broadcast = records.broadcasts.get(int(number)) if known else None
    author = records.people.get(broadcast.author) if broadcast else None
    return Thing("broadcast", author) if author and actor.is_hr else None


def any_broadcast(_records: CycleRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("broadcast")


@view("broadcast", may=("broadcast", "steer"), of=own_broadcast)
def screen(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One broadcast: how far it is, and its text in both languages."""
    broadcast = records.broadcasts.get(int(about[0]))
    if broadcast is None:
        return Screen(TITLE, (Line(Words("It is not there any more.", "该通知已不存在。")),))
    body = [
        Heading(STATES[broadcast.state]),
        *standing(records, broadcast, actor, now),
        *both(broadcast.text),
    ]
    return Screen(TITLE, tuple(body), place=Act("see", ("broadcast", about[0])))


def both(text: Words) -> list[Element]:
    """The text as its readers see it, in each language that it has."""
    shown: list[Element] = []
    names = {"en": Words("In English", "英文版"), "zh": Words("In Chinese", "中文版")}
    if text.en == text.zh:
        names = {"en": Words("For everyone", "所有人收到的内容")}
    for language, name in names.items():
        shown += [Divider(), Note(name), Rich(same(text.say(language)))]
    return shown


@view(
    "broadcasts", may=("broadcast", "write"), of=any_broadcast, command="broadcast list",
    help=Words("HR: broadcasts that were sent, and how far they are", "HR：查看已发送的群发通知及进度"),
)  # fmt: skip
def broadcasts(records: CycleRecords, actor: Person, _about: tuple[str, ...], _now: datetime) -> Screen:
    """The latest broadcasts that the actor may look after."""
    body: list[Element] = []
    for broadcast in records.broadcasts.latest(50):
        if actor.hr_scope is None or broadcast.author == actor.id:
            button = Button(Words("Open", "打开"), Act("see", ("broadcast", str(broadcast.id))))
            when = day_and_time(broadcast.created_at, actor.zone)
            body.append(Row(join([STATES[broadcast.state], when], " · ", " · "), button, named(broadcast)))
    if not body:
        body.append(
            Line(
                Words(
                    "Nothing has been sent yet. Write one with /broadcast.",
                    "还没有群发通知，输入 /broadcast 新建。",
                )
            )
        )
    return Screen(Words("Broadcasts", "群发通知"), tuple(body), place=Act("see", ("broadcasts",)))
