"""What came of looking at a calendar, or of writing into one: it is kept, and told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flows.core.catalog import letter, notice
from flows.core.owed import Message, Notice
from flows.core.screen import Act, Button, Buttons, Element, Letter, Line
from flows.core.words import Words
from flows.interviews.calendars import (
    LASTING,
    PATIENT,
    PROBLEMS,
    Calendar,
    CalendarRecords,
    Writing,
    read_next,
)
from flows.interviews.connecting import connected, standing
from flows.interviews.inviting import InvitingRecords, by_file
from flows.interviews.records import Span

OUTCOME, FAILING, UNWRITTEN = "calendar.outcome", "calendar.failing", "calendar.unwritten"
TRIES = 5  # how often it is tried to write into a calendar: over about an hour
SEE = Buttons((Button(Words("Your calendar", "我的日历"), Act("see", ("interview-calendar",))),))


def read(records: CalendarRecords, calendar: Calendar, spans: Sequence[Span], now: datetime) -> None:
    """It was read: keep when the person is busy."""
    calendar = _as_it_stands(records, calendar)
    fine = replace(calendar, read_at=now, busy=len(spans), problem="", failures=0, telling=False)
    if records.calendars.save(replace(fine, next_at=read_next(fine, now))):
        records.calendars.set_busy(calendar.person, spans)
        _tell(records, calendar, now)


def failed(records: CalendarRecords, calendar: Calendar, problem: str, now: datetime) -> None:
    """It could not be read for one of PROBLEMS: what was read before stays, and the person hears of it once."""
    calendar = _as_it_stands(records, calendar)
    bad = replace(calendar, problem=problem, failures=calendar.failures + 1, telling=False)
    if not records.calendars.save(replace(bad, next_at=read_next(bad, now))):
        return
    records.calendars.forget_busy(calendar.person, now)
    if calendar.telling:
        _tell(records, calendar, now)
    elif problem in LASTING or bad.failures >= PATIENT:
        since = calendar.read_at or calendar.connected_at
        key = f"{FAILING}/{calendar.person}/{since.isoformat()}"
        records.notices.add([Notice(0, key, calendar.person, FAILING, {"person": calendar.person}, now)])


def unwritten(records: InvitingRecords, writing: Writing, problem: str, now: datetime) -> None:
    """It could not be written: again later, and after the last time as a file, with the reason."""
    if problem not in LASTING and writing.tries + 1 < TRIES:
        pause = timedelta(minutes=2) * (1 << writing.tries)
        records.calendars.put_off(replace(writing, tries=writing.tries + 1, next_at=now + pause))
    elif records.calendars.written(writing):
        by_file(records, writing.person, writing.invitation, now)
        about = {"person": writing.person, "problem": problem}
        key = f"{UNWRITTEN}/{writing.person}/{writing.uid}/{writing.sequence}"
        records.messages.write(Message(key, UNWRITTEN, about, now, writing.person))


def _as_it_stands(records: CalendarRecords, calendar: Calendar) -> Calendar:
    """With whoever began to wait for the outcome while the server was asked."""
    now = records.calendars.get(calendar.person)
    return now if now is not None and now.connected_at == calendar.connected_at else calendar


def _tell(records: CalendarRecords, calendar: Calendar, now: datetime) -> None:
    """Say what came of it to a person who waits for that."""
    if calendar.telling:
        key = f"{OUTCOME}/{calendar.person}/{now.isoformat()}"
        records.messages.write(
            Message(key, OUTCOME, {"person": calendar.person}, now, calendar.person, urgency=0)
        )


@letter(OUTCOME)
def outcome_letter(records: CalendarRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """What came of looking at a calendar that was just connected, as it stands now."""
    calendar, person = records.calendars.get(about["person"]), records.people.get(about["person"])
    if calendar is None or person is None:
        return None
    said = [Line(connected(calendar, person)), Line(standing(calendar, person))]
    return Letter(Words("Your calendar was read", "日历读取结果"), (*said, SEE))


@letter(UNWRITTEN)
def unwritten_letter(_records: CalendarRecords, about: Mapping[str, Any], _now: datetime) -> Letter:
    """Says that an invitation comes as a file instead, and why."""
    words = Words(
        "I could not write your feedback interview into your calendar: {why}. It comes here as a file instead; open it, "
        "and your calendar takes it in.",
        "无法将绩效面谈写入你的日历：{why}。已改为发送文件，打开即可添加到日历。",
    ).fill(why=PROBLEMS[about["problem"]])
    return Letter(Words("Your calendar could not be written", "无法写入日历"), (Line(words), SEE))


@notice(FAILING)
def failing_notice(records: CalendarRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """Says that the calendar can't be read; nothing when it can be again."""
    calendar = records.calendars.get(one.about["person"])
    if calendar is None or not calendar.problem:
        return None
    words = Words(
        "I can't read your calendar at {host}: {why}. Times for interviews are proposed without it.",
        "无法读取你在 {host} 的日历：{why}。建议面谈时间时将不参考它。",
    ).fill(host=calendar.host, why=PROBLEMS[calendar.problem])
    return [Line(words), SEE]
