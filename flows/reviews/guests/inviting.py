"""The manager or HR invites an external reviewer: a link that is shown once, good for some days and for one review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.core.catalog import Named, flow
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle import owing
from flows.cycle.owing import whole
from flows.cycle.phase import moments_in, window_of
from flows.cycle.records import Cycle
from flows.cycle.template import Phase
from flows.people.person import Language, Person
from flows.people.policy import Thing
from flows.results.records import ResultRecords
from flows.results.stages import thing_about
from flows.reviews.records import Guest

KIND = "external_review"
MOST_GUESTS = 10  # links about one person that are out at a time
LANGUAGES = {"en": Words("English", "英文"), "zh": Words("Chinese", "中文")}


class Invitation(Page):
    title = Words("Invite somebody from outside", "邀请外部评估人")
    note = Words(
        "You get a link to send them yourself; nothing is sent to anybody from here.",
        "提交后会生成一个链接，由你自己发送给对方；这里不会向任何人发送消息。",
    )
    name: str = text(
        "Who is it?",
        "评估人姓名？",
        most=80,
        hint=Words("Their name, as it will be shown.", "将按此姓名显示。"),
    )
    company: str | None = text("Which company or project?", "所属公司或项目？", most=80, optional=True)
    language: Language = choice("In which language does the page open?", "页面默认语言？", LANGUAGES)


@dataclass(frozen=True, slots=True)
class Asked:
    """About whom somebody outside is asked, and until when the link would be good."""

    cycle: Cycle
    phase: Phase
    person: Person
    until: datetime


def asked_by(records: ResultRecords, subject: str, now: datetime) -> Asked | None:
    """What a subject "cycle/phase/person" means, if an external review of the cycle is written in that phase."""
    parts = owing.parts_of(subject, 3)
    cycle = records.cycles.get(whole(parts[0])) if parts else None
    phase = cycle.template.phase(parts[1]) if cycle and parts else None
    person = records.people.get(whole(parts[2])) if parts else None
    if cycle is None or phase is None or person is None or phase.review != "external":
        return None
    place = records.participants.get(cycle.id, person.id)
    if place is None or place.place != "in" or cycle.state != "live":
        return None
    _, _, closes = moments_in(
        window_of(cycle, phase, place.extended), cycle.template.nudges.hour, person.zone
    )
    return Asked(cycle, phase, person, min(closes, now + timedelta(days=cycle.template.external_days)))


def whose(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Named:
    """The external review of the person whom a subject names."""

    def then(now: datetime) -> Thing | None:
        asked = asked_by(records, about[0], now)
        return thing_about(records, actor, KIND, asked.cycle, asked.person, now) if asked else None

    return then


def ask(records: ResultRecords, _actor: Person, subject: str, now: datetime) -> Asked:
    """What the form needs; refuses while nobody outside can be asked."""
    asked = asked_by(records, subject, now)
    if asked is None:
        raise NotThere
    if now >= asked.until:
        raise Refusal(
            "{phase} is over in {cycle}: nobody can be invited any more.",
            "{cycle}的“{phase}”已结束，不能再邀请。",
            phase=asked.phase.title, cycle=same(asked.cycle.name),
        )  # fmt: skip
    out = [one for one in records.guests.about(asked.cycle.id, [asked.person.id]) if is_out(one, now)]
    if len(out) >= MOST_GUESTS:
        raise Refusal(
            "{n} people are invited already and have not answered. Withdraw a link first.",
            "已有 {n} 位受邀人尚未提交，请先撤回其中一个链接。",
            n=len(out),
        )
    return asked


def is_out(guest: Guest, now: datetime) -> bool:
    """Whether the link is good."""
    return guest.sent_at is None and guest.revoked_at is None and now < guest.expires_at


def keep(records: ResultRecords, actor: Person, subject: str, invited: Invitation, now: datetime) -> Words:
    """Make the link and show it, this once."""
    asked = ask(records, actor, subject, now)
    guest = Guest(
        0, asked.cycle.id, asked.phase.name, asked.person.id, invited.name, invited.company or "",
        invited.language, "", actor.id, now, asked.until,
    )  # fmt: skip
    return linked(records, actor, guest, now)


def linked(records: ResultRecords, actor: Person, guest: Guest, now: datetime) -> Words:
    """The link in words; only now can it be told."""
    made, token = records.guests.invite(guest)
    records.audit.note(now, actor.id, "guest.invite", f"guest/{made.id}", {"about": made.about})
    return Words(
        "Here is the link for {name}. Copy it now and send it to them: it is shown only this once.\n{link}\n"
        "It opens one form, can be used once and is good until {until}.",
        "这是给{name}的链接，只显示这一次，请立即复制并发送给对方。\n{link}\n"
        "链接只打开一份表单，只能提交一次，有效期至 {until}。",
    ).fill(
        name=same(made.name),
        link=same(f"{records.guests.address}/r/{token}"),
        until=day_and_time(made.expires_at, actor.zone),
    )


WHOM = Words("Somebody from outside reviews {name}", "邀请外部人员评估{name}")


@flow(
    "guest-invite",
    Words("External review", "外部评估"),
    may=(KIND, "assign"),
    of=whose,
    about=lambda asked: WHOM.fill(name=same(asked.person.name)),
    facts=ask,
    keep=keep,
    again=True,
)
def invite(ask: Ask, _asked: Asked) -> Invitation:
    return ask(Invitation)
