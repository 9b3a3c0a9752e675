"""HR writes a broadcast: to people or channels, in both languages, now or at an hour of each reader's own clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flows.core.catalog import deed, flow, letter, view
from flows.core.owed import Message
from flows.core.play import Ask, play
from flows.core.refusal import Refusal
from flows.core.rich import HEAVIEST, weight
from flows.core.screen import Act, Button, Buttons, Element, Letter, Line, Note, Screen
from flows.core.words import Words, same
from flows.cycle.audience import Groups, ask_audience, groups_for, refuse_beyond
from flows.cycle.broadcasts.card import show
from flows.cycle.broadcasts.letter import said
from flows.cycle.broadcasts.pages import (
    AT,
    CHANNELS,
    CHANNELS_PAGE,
    WHEN,
    WHERE,
    WRITING,
    Draft,
    has_text,
    moment_page,
    not_past,
    read_channels,
    sure_page,
    text_of,
)
from flows.cycle.broadcasts.sending import begin
from flows.cycle.broadcasts.views import any_broadcast, both
from flows.cycle.calendar import at_local, local_day
from flows.cycle.kept import Audience
from flows.cycle.records import Broadcast, CycleRecords
from flows.people.person import Person

NAME, SUBJECT = "broadcast", "new"
STEPS = 12  # questions of a step do not matter where nothing is drawn


@dataclass(frozen=True, slots=True)
class Company:
    """What the steps need: who writes, what they may choose from, how many an audience means, and the rate."""

    author: Person
    today: date
    groups: Groups
    number_of: Callable[[Audience], int]
    posts_per_minute: float


def company(records: CycleRecords, actor: Person, _subject: str, now: datetime) -> Company:
    """The directory in short."""
    return Company(
        actor,
        local_day(now, actor.zone),
        groups_for(records.people, actor),
        lambda audience: sum(number for *_, number in records.participants.meant(audience)),
        records.posts_per_minute,
    )


def compose(ask: Ask, has: Company) -> Draft:
    """The steps of writing a broadcast. An HR partner writes to people of their departments, to no channel."""
    written = ask.form(WRITING)
    channels: tuple[str, ...] = ()
    audience = Audience()
    if has.groups.scope is None and ask.form(WHERE)["where"] == CHANNELS:
        channels = read_channels(ask.form(CHANNELS_PAGE)["channels"] or "C0000000")
    else:
        audience = ask_audience(ask, has.groups)
    send_on, send_at = None, None
    if ask.form(WHEN)["when"] == AT:
        moment = ask.form(moment_page(has.today))
        send_on, send_at = moment["day"], time.fromisoformat(moment["time"] or "09:00")
    number = len(channels) if channels else has.number_of(audience)
    text = text_of(written["en"], written["zh"])
    draft = Draft(has.author, text, audience, channels, send_on, send_at, number, has.posts_per_minute)
    ask.form(sure_page(draft))
    return draft


def preview(draft: Draft) -> Screen:
    """The message as its readers will see it, in each language, with a way to try it out."""
    body: list[Element] = [Line(draft.told()), *both(draft.text)]
    body.append(
        Note(
            Words(
                "Below it stands a button into the reader's first open task, where there is one.",
                "如果读者有待办，消息下方会有进入第一个待办的按钮。",
            )
        )
    )
    test = Button(Words("Send me a test", "发送测试给我"), Act("do", ("broadcast-test",)))
    place = Act("see", ("broadcast-preview",))
    return Screen(Words("Preview", "预览"), (*body, Buttons((test,))), place=place)


def keep(records: CycleRecords, actor: Person, _subject: str, draft: Draft, now: datetime) -> Words:
    """Refuse what can't be sent; else plan the sending, of which nothing leaves before the audience is frozen."""
    has_text(draft.text)
    refuse_beyond(records.people, actor, draft.audience)
    if not draft.number:
        raise Refusal(
            "Nobody would get it: choose a department, a level or people who are in the directory.",
            "这样没有人会收到：请选择通讯录中的部门、职级或人员。",
        )
    if draft.send_on and draft.send_at:
        not_past(at_local(draft.send_on, draft.send_at, actor.zone), now)
    if (
        draft.channels
        and draft.text.en != draft.text.zh
        and weight(draft.text.en) + weight(draft.text.zh) > HEAVIEST
    ):
        raise Refusal(
            "Both languages together are too long for one message in a channel. Please shorten them.",
            "两种语言合在一起超过了频道单条消息的长度，请缩短。",
        )
    broadcast = records.broadcasts.save(
        Broadcast(
            0, "waiting", actor.id, draft.text, draft.audience, now, channels=draft.channels,
            send_on=draft.send_on, send_at=draft.send_at,
        )
    )  # fmt: skip
    begin(records, broadcast, now)
    show(records, broadcast, now)
    detail = {"meant": draft.number, "channels": list(draft.channels)}
    records.audit.note(now, actor.id, "broadcast.send", f"broadcast/{broadcast.id}", detail)
    return Words(
        "It is on its way: {told} In our chat you can watch, pause, cancel, correct or recall it.",
        "已安排发送：{told}你可以在和我的聊天中查看进度、暂停、取消、更正或撤回。",
    ).fill(told=draft.told())


write_broadcast = flow(
    NAME, Words("Broadcast", "群发通知"), may=("broadcast", "write"), of=any_broadcast, facts=company,
    keep=keep, subject=lambda *_: SUBJECT, again=True, preview=preview, command="broadcast",
    help=Words("HR: write to everyone, to departments, levels, people or channels", "HR：向全员、部门、职级、个人或频道群发通知"),
)(compose)  # fmt: skip


def drafted(records: CycleRecords, actor: Person, now: datetime) -> Draft:
    """The broadcast that the actor is writing; refuses while something is missing."""
    kept = records.conversations.find(NAME, actor.id, SUBJECT)
    played = play(compose, company(records, actor, SUBJECT, now), kept.answers, STEPS) if kept else None
    if played is None or played.waiting is not None:
        raise Refusal(
            "This broadcast is not complete yet. Type /broadcast to go on.",
            "通知还没有写完，请输入 /broadcast 继续。",
        )
    draft: Draft = played.result
    return draft


@view("broadcast-preview", may=("broadcast", "write"), of=any_broadcast)
def preview_again(records: CycleRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """The preview of what the actor is writing."""
    return preview(drafted(records, actor, now))


@deed("broadcast-test", may=("broadcast", "write"), of=any_broadcast)
def send_test(records: CycleRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Send what is written to its author alone, in each language."""
    draft = drafted(records, actor, now)
    has_text(draft.text)
    languages = ("en", "zh") if draft.text.en != draft.text.zh else ("en",)
    for language in languages:  # pressed twice in a second, it comes once
        key = f"broadcast.test/{actor.id}/{int(now.timestamp())}/{language}"
        about = {"person": actor.id, "language": language}
        records.messages.write(Message(key, "broadcast.test", about, now, actor.id, urgency=0))
    return Words("Sent to you alone. Look into our chat.", "已只发给你，请查看和我的聊天。")


@letter("broadcast.test")
def trial_letter(records: CycleRecords, about: Mapping[str, Any], now: datetime) -> Letter | None:
    """The broadcast as it is written by now, in one language, to its author."""
    actor = records.people.get(about["person"])
    if actor is None or about.get("sent"):
        return None
    try:
        draft = drafted(records, actor, now)
    except Refusal:  # it was changed, or given up, before the test could leave
        return None
    only_you = Note(Words("A test: only you got this.", "测试：只有你收到。"))
    return said(same(draft.text.say(about["language"])), actor, after=(only_you,))
