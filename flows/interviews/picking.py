"""Saying yes to a time, having others proposed, and saying that a talk did not take place: one tap each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flows.core.catalog import deed
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.interviews.changing import booked, change, proposed, tell
from flows.interviews.finding import proposed_to, why_not
from flows.interviews.records import Interview, Span
from flows.interviews.saying import when
from flows.interviews.sides import Both, both_of, named, thing_in
from flows.interviews.talking import BookingRecords
from flows.people.person import Person
from flows.reviews.owed import Moment

SET, HOLD = ("interview", "submit"), ("interview", "edit")


def taking_part(records: BookingRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The interview that a button names, for the two who are to talk and nobody else."""
    both = named(records, about)
    if both is None or actor.id not in (both.person.id, both.manager.id):
        return lambda _now: None
    return lambda now: thing_in(records, actor, both, now)


def locked(records: BookingRecords, about: tuple[str, ...], actor: Person) -> Both:
    """The interview as it stands now, held for this transaction; refuses one that nobody arranges any more."""
    both = both_of(records, records.interviews.lock(whole(about[0].partition("/")[0]))) if about else None
    if both is None:
        raise NotThere
    refuse_over(both, actor)
    return both


def refuse_over(both: Both, actor: Person) -> None:
    """Refuse what is over; who has cancelled it may take that back by proposing a time."""
    if both.cycle.state != "live":
        raise Refusal("HR has closed this cycle.", "HR 已关闭本周期。")
    if both.interview.state == "cancelled" and actor.id != both.manager.id:
        raise Refusal(
            "This talk is cancelled. Your HR team can help if you want it after all.",
            "这次面谈已取消。如仍需要面谈，请联系 HR。",
        )
    if both.interview.state == "held":
        raise Refusal("You have talked already; nothing is to be arranged.", "面谈已经完成，无需再安排。")


def refuse_past(both: Both, now: datetime) -> None:
    """Refuse to move what has begun."""
    interview = both.interview
    if interview.state == "booked" and interview.starts_at and interview.starts_at <= now:
        raise Refusal(
            "Its time has come already. If it did not take place, say so first.",
            "面谈时间已到。如果没有进行，请先标记为未进行。",
        )


def other_of(both: Both, actor: Person) -> Person:
    return both.manager if actor.id == both.person.id else both.person


@deed("interview-pick", may=SET, of=taking_part)
def pick(records: BookingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take one of the times that are proposed; where it is gone meanwhile, others are proposed at once."""
    both = locked(records, about, actor)
    interview, other = both.interview, other_of(both, actor)
    span = slot_named(interview, about)
    if span is None:
        raise Refusal(
            "That time is not proposed any more. Please look at the times as they are now.",
            "这个时间已不再可选，请查看最新的时间。",
        )
    if interview.state == "booked" and span == interview.time:
        return DONE.fill(when=when(span, actor, other))
    if interview.turn != actor.id:
        raise Refusal("{name} is asked about this time.", "这个时间需要{name}确认。", name=other.name)
    refuse_past(both, now)
    no = why_not(records, both, span, actor, now)
    kept = change(records, interview, booked(interview, span), now, actor.id) if no is None else None
    if kept is None:
        again(records, both, actor, now)
        return (no or TAKEN) + ANEW
    tell(records, kept, other.id, "moved" if interview.state == "booked" else "booked", now)
    return DONE.fill(when=when(span, actor, other))


def slot_named(interview: Interview, about: tuple[str, ...]) -> Span | None:
    """The proposed time that a button names by its beginning; the one that is set, when it is that."""
    starts = datetime.fromtimestamp(whole(about[1]) * 60, UTC) if len(about) > 1 else None
    spans = [*interview.slots, *([interview.time] if interview.time else [])]
    return next((span for span in spans if span[0] == starts), None)


def pick_act(interview: Interview, span: Span) -> Act:
    """Taking that time."""
    return Act("do", ("interview-pick", str(interview.id), str(int(span[0].timestamp()) // 60)))


@deed("interview-others", may=SET, of=taking_part)
def others(records: BookingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words | Act:
    """Have other times proposed to whoever asks for them."""
    both = locked(records, about, actor)
    refuse_past(both, now)
    if not again(records, both, actor, now):
        raise Refusal(
            "I find no time that suits both of you. Please propose one yourself.",
            "没有找到双方都合适的时间，请自行提议。",
        )
    return Act("see", ("interview", str(both.interview.id)))


def again(records: BookingRecords, both: Both, actor: Person, now: datetime) -> bool:
    """Propose times to the actor: others than before where there are; whether there are any.

    What is booked stays so until one is taken.
    """
    interview = both.interview
    slots = proposed_to(records, both, now, avoid=interview.slots) or proposed_to(records, both, now)
    if not slots:
        return False
    after = replace(interview, slots=slots, turn=actor.id)
    if interview.state != "booked":
        after = proposed(interview, slots, actor.id)
    change(records, interview, after, now, actor.id)
    return True


@deed("interview-stays", may=SET, of=taking_part)
def stays(records: BookingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """The time that is set stays: what was proposed instead of it is off."""
    both = locked(records, about, actor)
    interview, other = both.interview, other_of(both, actor)
    time = interview.time
    if interview.state != "booked" or time is None:
        raise NotThere
    if interview.slots:
        kept = change(records, interview, replace(interview, slots=(), turn=0), now, actor.id)
        if kept is not None:
            tell(records, kept, other.id, "stays", now)
    return Words("It stays on {when}.", "时间不变：{when}。").fill(when=when(time, actor, other))


@deed("interview-missed", may=SET, of=taking_part)
def missed(records: BookingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It did not take place: times are proposed anew to the employee."""
    both = both_of(records, records.interviews.lock(whole(about[0])))
    if both is None or both.interview.time is None:
        raise NotThere
    interview, other = both.interview, other_of(both, actor)
    if interview.state == "missed":
        return MISSED
    if interview.state not in ("booked", "held") or (both.interview.starts_at or now) > now:
        raise Refusal("Its time has not come yet. You can move it.", "面谈时间还没到，可以改期。")
    if records.agreements.said(interview.id):
        raise Refusal(
            "It is said already what was agreed in it, so it took place.",
            "已有人填写面谈约定，因此不能标记为未进行。",
        )
    slots = proposed_to(records, both, now)
    after = replace(interview, state="missed", slots=slots, turn=both.person.id)
    kept = change(records, interview, after, now, actor.id)
    if kept is not None:
        tell(records, kept, other.id, "missed", now)
    return MISSED


DONE = Words(
    "Set: {when}. You both get an invitation for your calendars.", "已约定：{when}。双方都会收到日历邀请。"
)
TAKEN = Words("That time has just been taken.", "这个时间刚刚被占用。")
ANEW = Words(" Here are other times.", "以下是其他可选时间。")
MISSED = Words("Noted. New times are proposed.", "已记录，将重新推荐时间。")
