"""How an interview is spoken of: when it is on both clocks, where it stands, and with whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.core.moments import day_words
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.interviews.records import Interview, InterviewState, Span
from flows.people.person import Person

STATES: Mapping[InterviewState, Words] = {
    "proposed": Words("times are proposed", "待确定时间"),
    "later": Words("put off", "已推迟"),
    "booked": Words("a time is set", "已约定时间"),
    "held": Words("held", "已完成"),
    "missed": Words("did not take place", "未进行"),
    "cancelled": Words("cancelled", "已取消"),
}


def when(span: Span, reader: Person, other: Person) -> Words:
    """ "Thursday 19 March, 10:00–10:45 (Europe/Berlin) · for Li Na 17:00–17:45 (Asia/Shanghai)".

    Where both clocks show the same, once.
    """
    words = on_clock(span, reader.zone)
    if same_clock(span[0], reader.zone, other.zone):
        return words
    zone = same(f" ({reader.zone})")
    theirs = on_clock(span, other.zone, without=local_day(span[0], reader.zone).isoformat())
    return (
        words
        + zone
        + Words(" · for {name} ", " · {name}：").fill(name=other.name)
        + theirs
        + same(f" ({other.zone})")
    )


def on_clock(span: Span, zone: str, without: str = "") -> Words:
    """The day and from when to when in a zone; no day where it is the one that was said before."""
    starts, ends = (moment.astimezone(ZoneInfo(zone)) for moment in span)
    times = f"{starts:%H:%M}–{ends:%H:%M}"
    if starts.date().isoformat() == without:
        return same(times)
    return day_words(starts.date()) + Words(f", {times}", f"{times}")


def same_clock(moment: datetime, one: str, other: str) -> bool:
    """Whether the clocks of both zones show the same then."""
    return moment.astimezone(ZoneInfo(one)).utcoffset() == moment.astimezone(ZoneInfo(other)).utcoffset()


def state_words(interview: Interview, reader: Person, other: Person, now: datetime) -> Words:
    """Where it stands, to one of the two."""
    time, ahead = interview.time, interview.ahead(now)
    match interview.state:
        case "booked" if time and ahead and interview.turn:
            words = MOVE_MINE if interview.turn == reader.id else MOVE_THEIRS
            return words.fill(when=when(time, reader, other), name=other.name)
        case "booked" if time:
            words = SET if time[1] > now else PAST
            return words.fill(when=when(time, reader, other))
        case "held" if time:
            return HELD.fill(when=when(time, reader, other))
        case "later":
            return PUT_OFF
        case "cancelled":
            return CANCELLED
        case "missed" if not interview.slots:
            return NO_TIMES
    if not interview.slots:
        return NO_TIMES
    if not ahead:
        return BY_NOW
    missed = MISSED if interview.state == "missed" else same("")
    return missed + (YOUR_TURN if interview.turn == reader.id else THEIR_TURN).fill(name=other.name)


SET = Words("It is on {when}.", "时间：{when}。")
PAST = Words("It was on {when}.", "时间为 {when}，已过。")
HELD = Words("You talked on {when}.", "已于 {when} 进行面谈。")
PUT_OFF = Words("It is put off: times are proposed later.", "已推迟，之后会再推荐时间。")
CANCELLED = Words("It is cancelled.", "已取消。")
MISSED = Words("It did not take place. ", "上次未能进行。")
NO_TIMES = Words(
    "I find no time that suits both of you. Please propose one.", "没有找到双方都合适的时间，请自行提议。"
)
BY_NOW = Words(
    "The times that were proposed are over by now. Please have others shown, or propose one.",
    "之前推荐的时间已过，请换一批时间，或自行提议。",
)
YOUR_TURN = Words("Times are proposed: please choose one.", "已推荐时间，请选择一个。")
THEIR_TURN = Words("Times are proposed, and {name} has yet to choose.", "已推荐时间，正在等{name}选择。")
MOVE_MINE = Words("It is on {when}. {name} would like to move it:", "时间：{when}。{name}希望改期：")
MOVE_THEIRS = Words(
    "It is on {when}. {name} is asked whether it can be moved:", "时间：{when}。正在等{name}确认改期："
)
