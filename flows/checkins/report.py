"""One check-in as its readers see it, and the manager's answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.checkins.actions import actions_shown
from flows.checkins.digest import DECISIONS, told_response
from flows.checkins.digest_moments import refresh_digest
from flows.checkins.questions import RESOURCE
from flows.checkins.records import Checkin, CheckinRecords, Response
from flows.checkins.rounds import name_of_round
from flows.checkins.shown import answers, goals
from flows.core.catalog import deed, flow, letter, view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.records import Message
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Letter, Line, Note, Quote, Screen
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of


def checkin_named(records: CheckinRecords, about: tuple[str, ...]) -> Checkin | None:
    """The check-in whose id is the first of `about`, which may be "id/more"."""
    name = about[0].split("/")[0] if about else ""
    return records.checkins.get(whole(name))


def whose_checkin(records: CheckinRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The check-in that a button names, with whose it is and the line above."""
    checkin = checkin_named(records, about)
    owner = records.people.get(checkin.person) if checkin else None
    return thing_of("checkin", owner, actor, records.people) if owner else None


@view("report", may=("checkin", "read"), of=whose_checkin)
def report(records: CheckinRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """All of one check-in; the mood only for its writer and the direct manager."""
    checkin, thing = checkin_named(records, about), whose_checkin(records, actor, about)
    if checkin is None or thing is None or thing.owner is None:
        raise NotThere
    programme = records.programmes.get(checkin.programme)
    name = name_of_round(programme.schedule.rhythm, checkin.round) if programme else same(checkin.round)
    sent = Words("Sent {when}", "提交于 {when}").fill(
        when=day_and_time(checkin.edited_at or checkin.sent_at, actor.zone)
    )
    late = Words(" · late", " · 迟交") if checkin.late else same("")
    body: list[Element] = [Heading(same(f"{thing.owner.name} · ") + name), Note(sent + late)]
    body += answers(records, actor, checkin, programme.questions if programme else (), thing, now)
    body += [*goals(records, actor, checkin, now), *actions_shown(checkin)]
    responses = records.checkins.responses([checkin.id])
    for response in responses:
        body.append(Note(told_response(response) + same(" · ") + day_and_time(response.at, actor.zone)))
        body += [Quote(response.text)] if response.text else []
    if may(actor, "respond", thing, now):
        body.append(Buttons(tuple(actions(checkin, responses))))
    return Screen(Words("Check-in", "周报"), tuple(body), place=Act("see", ("report", str(checkin.id))))


def actions(checkin: Checkin, responses: list[Response]) -> list[Button]:
    """What the manager can do about it."""
    key = str(checkin.id)
    buttons = [Button(Words("Reply", "回复"), Act("open", ("checkin-reply", key)), "primary")]
    if not any(response.kind == "discuss" for response in responses):
        buttons.append(Button(Words("Discuss in 1:1", "一对一时聊"), Act("do", ("discuss", key))))
    if checkin.form.get(RESOURCE) and not any(response.kind in DECISIONS for response in responses):
        buttons.append(Button(Words("Grant", "批准"), Act("open", ("checkin-decide", f"{key}/granted"))))
        buttons.append(Button(Words("Decline", "婉拒"), Act("open", ("checkin-decide", f"{key}/declined"))))
    return buttons


@dataclass(frozen=True, slots=True)
class About:
    """What a manager responds to."""

    checkin: Checkin
    writer: str
    request: str | None


def about_checkin(records: CheckinRecords, _actor: Person, subject: str, _now: datetime) -> About:
    checkin = checkin_named(records, (subject,))
    if checkin is None:
        raise NotThere
    writer = records.people.get(checkin.person)
    if subject.endswith(tuple(f"/{kind}" for kind in DECISIONS)) and _decided(records, checkin):
        raise Refusal("This request is decided already.", "该申请已经有决定了。")
    return About(checkin, writer.name if writer else "?", checkin.form.get(RESOURCE))


def _decided(records: CheckinRecords, checkin: Checkin) -> bool:
    return any(response.kind in DECISIONS for response in records.checkins.responses([checkin.id]))


def respond(
    records: CheckinRecords, actor: Person, checkin: Checkin, kind: Any, words: str, now: datetime
) -> None:
    """Keep the response and tell the writer."""
    response = records.checkins.respond(Response(0, checkin.id, actor.id, kind, words, now))
    records.messages.write(
        Message(f"told/{response.id}", "checkin.told", {"response": response.id, "checkin": checkin.id}, now,
                person=checkin.person, urgency=0)
    )  # fmt: skip
    programme, writer = records.programmes.get(checkin.programme), records.people.get(checkin.person)
    if programme and writer:
        refresh_digest(records, programme, checkin.round, writer, now)


class Reply(Page):
    title = Words("Your reply", "你的回复")
    text: str = text("What do you want to say?", "想说些什么？", lines=4)


def keep_reply(records: CheckinRecords, actor: Person, subject: str, words: str, now: datetime) -> Words:
    respond(records, actor, about_checkin(records, actor, subject, now).checkin, "reply", words, now)
    return Words("Sent. The writer is told.", "已发送，对方会收到通知。")


@flow(
    "checkin-reply",
    Words("Reply", "回复"),
    may=("checkin", "respond"),
    of=whose_checkin,
    facts=about_checkin,
    keep=keep_reply,
    again=True,
    readers=lambda about: Words("Read by {writer}.", "阅读者：{writer}。").fill(writer=about.writer),
)
def reply(ask: Ask, _about: About) -> str:
    return ask(Reply).text


class Decision(Page):
    title = Words("Your decision", "你的决定")
    reason: str | None = text("A word on why", "简单说明原因", lines=3, optional=True)


def keep_decision(
    records: CheckinRecords, actor: Person, subject: str, reason: str | None, now: datetime
) -> Words:
    checkin = about_checkin(records, actor, subject, now).checkin
    kind = subject.rpartition("/")[2]
    if kind not in DECISIONS:
        raise NotThere
    respond(records, actor, checkin, kind, reason or "", now)
    return Words("Done. The writer is told.", "已处理，对方会收到通知。")


@flow(
    "checkin-decide",
    Words("Resource request", "资源申请"),
    may=("checkin", "respond"),
    of=whose_checkin,
    facts=about_checkin,
    keep=keep_decision,
    readers=lambda about: Words("{writer} asks for: {request}", "{writer} 申请：{request}").fill(
        writer=about.writer, request=about.request or ""
    ),
)
def decide(ask: Ask, _about: About) -> str | None:
    return ask(Decision).reason


@deed("discuss", may=("checkin", "respond"), of=whose_checkin)
def discuss(records: CheckinRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Put it on the list for the next 1:1; pressed twice, it stands there once."""
    checkin = checkin_named(records, about)
    if checkin is None:
        raise NotThere
    if not any(response.kind == "discuss" for response in records.checkins.responses([checkin.id])):
        respond(records, actor, checkin, "discuss", "", now)
    return Words("Noted for your next 1:1.", "已记下，留待一对一沟通。")


@letter("checkin.told")
def told(records: CheckinRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """Tells the writer that there is a response; the response itself is read in perfloop."""
    checkin = records.checkins.get(about["checkin"])
    if checkin is None:
        return None
    response = next((r for r in records.checkins.responses([checkin.id]) if r.id == about["response"]), None)
    author = records.people.get(response.author) if response else None
    if response is None or author is None:
        return None
    words = {
        "reply": Words("{name} replied to your check-in.", "{name} 回复了你的周报。"),
        "granted": Words(
            "{name} granted what you asked for in your check-in.", "{name} 批准了你在周报中的资源申请。"
        ),
        "declined": Words(
            "{name} declined what you asked for in your check-in.", "{name} 婉拒了你在周报中的资源申请。"
        ),
        "discuss": Words(
            "{name} wants to talk about your check-in in your next 1:1.",
            "{name} 想在下次一对一时聊聊你的周报。",
        ),
    }[response.kind].fill(name=author.name)
    button = Buttons((Button(Words("Open", "打开"), Act("see", ("report", str(checkin.id)))),))
    return Letter(words, (Line(words), button))
