"""Proposing another time for an interview, asking for later, and cancelling it: what takes more than a tap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from flows.core.catalog import flow
from flows.core.moments import day_words
from flows.core.page import Page, Question, Questionnaire, day, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.calendar import at_local, local_day
from flows.interviews.changing import booked, change, proposed, tell
from flows.interviews.finding import NOTICE, last_of, why_not
from flows.interviews.picking import HOLD, SET, TAKEN, locked, other_of, refuse_past, taking_part
from flows.interviews.planning import plan_again
from flows.interviews.saying import state_words, when
from flows.interviews.sides import Both, found
from flows.interviews.talking import BookingRecords
from flows.interviews.typed_time import TimeToTalk
from flows.people.person import Person

TITLE = Words("Another time", "其他时间")
WHEN = Words("When would you like to talk?", "你希望什么时候面谈？")
NIGHT = time(0)
SORRY = Words(" What you typed is kept: please choose another time.", "你填写的内容已保留，请改选其他时间。")


@dataclass(frozen=True, slots=True)
class Arranging:
    """Whom it is with and where it stands, for whoever arranges."""

    both: Both
    other: Person
    state: Words


def arranging(records: BookingRecords, actor: Person, subject: str, now: datetime) -> Arranging:
    both = found(records, (subject,))
    other = other_of(both, actor)
    return Arranging(both, other, state_words(both.interview, actor, other, now))


def heading(has: Arranging) -> Words:
    """With whom, about which cycle."""
    return WITH.fill(name=has.other.name) + same(f" · {has.both.cycle.name}")


WITH = Words("Your talk with {name}", "与{name}的面谈")


def keep_time(records: BookingRecords, actor: Person, subject: str, starts: datetime, now: datetime) -> Words:
    """A manager moves what is booked; everything else the other side is asked about."""
    both = locked(records, (subject,), actor)
    interview, other = both.interview, other_of(both, actor)
    refuse_past(both, now)
    span = (starts, starts + timedelta(minutes=interview.minutes))
    no = why_not(records, both, span, actor, now)
    if no is not None:
        raise Refusal(no + SORRY)
    moves = interview.state == "booked" and actor.id == both.manager.id
    if moves:
        after = booked(interview, span)
    elif interview.state == "booked":
        after = replace(interview, slots=(span,), turn=other.id)
    else:
        after = proposed(interview, (span,), other.id)
    kept = change(records, interview, after, now, actor.id)
    if kept is None:
        raise Refusal(TAKEN + SORRY)
    if moves:
        tell(records, kept, other.id, "moved", now)
        return MOVED.fill(when=when(span, actor, other), name=other.name)
    return ASKED.fill(when=when(span, actor, other), name=other.name)


MOVED = Words(
    "Moved to {when}. {name} is told, and both calendars follow.",
    "已改到 {when}。会通知{name}，双方日历会同步更新。",
)
ASKED = Words("{name} is asked about {when}.", "已请{name}确认：{when}。")


@flow(
    "interview-propose", TITLE, may=SET, of=taking_part, facts=arranging, keep=keep_time, about=heading, again=True
)  # fmt: skip
def propose(ask: Ask, has: Arranging) -> datetime:
    hint = Words("Such as next Friday 15:00, on your own clock.", "例如 下周五下午3点，以你当地时间为准。")
    question = Question("when", WHEN, TimeToTalk(), hint=hint)
    said = ask.form(Questionnaire("time", TITLE, (question,), has.state))
    starts: datetime = said["when"]
    return starts.astimezone(UTC)


class Later(Page):
    title = Words("Talk later", "推迟面谈")
    first: date = day("From which day on?", "从哪天开始可以？")
    why: str | None = text(
        "Would you like to say why?", "想说明一下原因吗？", optional=True,
        hint=Words("Your manager reads it here, in no message.", "仅上级可在此查看，不会出现在消息中。"),
    )  # fmt: skip


def keep_later(
    records: BookingRecords, actor: Person, subject: str, later: tuple[date, str | None], now: datetime
) -> Words:
    """Put it off to a day on which it can still be held; what is booked is taken back."""
    both = locked(records, (subject,), actor)
    refuse_past(both, now)
    first, why = later
    last = local_day(last_of(both.interview, now), actor.zone)
    if first <= local_day(now, actor.zone):
        raise Refusal(
            "Please choose a day that is still to come. What you wrote is kept.",
            "请选择之后的日期，你填写的内容已保留。",
        )
    if first > last:
        raise Refusal(
            "The talk should be held by {day}: please choose a day before that, or settle it with your manager. What you "
            "wrote is kept.",
            "面谈应在 {day} 前完成：请选择更早的日期，或与上级商量。你填写的内容已保留。",
            day=day_words(last),
        )  # fmt: skip
    after = replace(proposed(both.interview, (), 0), state="later", note=why or "")
    kept = change(records, both.interview, after, now, actor.id)
    if kept is None:  # what takes no time can't be refused by the database
        raise Refusal(TAKEN + SORRY)
    plan_again(records, kept.id, now, max(now, at_local(first, NIGHT, actor.zone) - NOTICE))
    tell(records, kept, other_of(both, actor).id, "later", now)
    return Words(
        "Noted. Times from {day} on are proposed to you.", "已记录，将为你推荐 {day} 之后的时间。"
    ).fill(day=day_words(first))


@flow(
    "interview-later", Later.title, may=SET, of=taking_part, facts=arranging, keep=keep_later, about=heading, again=True
)  # fmt: skip
def ask_for_later(ask: Ask, _has: Arranging) -> tuple[date, str | None]:
    page = ask(Later)
    return page.first, page.why


class Cancel(Page):
    title = Words("Cancel the talk", "取消面谈")
    why: str = text(
        "Why is there no talk?", "为什么取消？", lines=3,
        hint=Words("They read it here, in no message.", "对方可在此查看，不会出现在消息中。"),
    )  # fmt: skip


def keep_cancelled(records: BookingRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    """Take it back, with the reason; cancelled twice, it is cancelled."""
    both = locked(records, (subject,), actor)
    refuse_past(both, now)
    after = replace(proposed(both.interview, (), 0), state="cancelled", note=why)
    kept = change(records, both.interview, after, now, actor.id)
    if kept is not None:
        tell(records, kept, both.person.id, "cancelled", now)
    return Words(
        "Cancelled. {name} is told, and reads your reason on /interview. You can propose a time again later.",
        "已取消。会通知{name}，对方可通过 /interview 查看原因。之后你仍可重新提议时间。",
    ).fill(name=both.person.name)


@flow(
    "interview-cancel", Cancel.title, may=HOLD, of=taking_part, facts=arranging, keep=keep_cancelled, about=heading,
    again=True,
)  # fmt: skip
def cancel(ask: Ask, _has: Arranging) -> str:
    return ask(Cancel).why
