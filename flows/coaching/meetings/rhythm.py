"""How often a manager talks with somebody, or with the team, and that they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from flows.checkins.setup import NAMED_RHYTHMS
from flows.coaching.meetings.named import TEAM, Talk, begun, meeting_of, talk_of, whose_talk
from flows.coaching.meetings.page import STEER
from flows.coaching.meetings.records import Meeting, MeetingRecords
from flows.coaching.meetings.reminding import expect
from flows.core.catalog import deed, flow
from flows.core.moments import day_words
from flows.core.page import Page, choice, day
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.calendar import Rhythm, country_of, local_day, next_working_day
from flows.people.person import Person

NONE = "none"
EVERY: Mapping[Rhythm, relativedelta] = {
    Rhythm.WEEKLY: relativedelta(weeks=1),
    Rhythm.BIWEEKLY: relativedelta(weeks=2),
    Rhythm.MONTHLY: relativedelta(months=1),
}
OPTIONS = {rhythm.value: words for rhythm, words in NAMED_RHYTHMS.items()} | {
    NONE: Words("No rhythm", "不设频率")
}


class HowOften(Page):
    title = Words("Rhythm", "频率")
    every: str = choice("How often do you want to talk?", "多久沟通一次？", OPTIONS)
    first: date | None = day(
        "On which day next?", "下一次在哪一天？", optional=True,
        hint=Words("Left empty: one rhythm from today.", "留空则从今天起按频率推算。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rhythm (None: none any more), and the day of the next talk (None: one rhythm from today)."""

    rhythm: Rhythm | None
    on: date | None


@dataclass(frozen=True, slots=True)
class About:
    talk: Talk
    meeting: Meeting | None


def about_rhythm(records: MeetingRecords, _actor: Person, subject: str, _now: datetime) -> About:
    talk = talk_of(records, (subject,))
    return About(talk, meeting_of(records, talk))


def filled(about: About) -> Answers:
    """What is set; a team's meeting is monthly by default, a 1:1 comes every two weeks."""
    usual = Rhythm.MONTHLY if about.talk.kind == TEAM else Rhythm.BIWEEKLY
    kept = about.meeting.rhythm if about.meeting and about.meeting.rhythm else usual
    on = about.meeting.next_on if about.meeting else None
    return {"HowOften": {"every": kept.value, "first": on.isoformat() if on else None}}


def keep(records: MeetingRecords, _actor: Person, subject: str, chosen: Chosen, now: datetime) -> Words:
    """Keep the rhythm and the day; refuses a day that is over."""
    talk = talk_of(records, (subject,))
    today = local_day(now, talk.manager.zone)
    if chosen.rhythm and chosen.on is not None and chosen.on < today:
        raise Refusal(
            "{day} is over. Please choose today or a later day.", "{day} 已经过去，请选择今天或以后的日期。",
            day=day_words(chosen.on),
        )  # fmt: skip
    before = begun(records, talk, now)
    since = now if before.rhythm is None else before.since
    coming = chosen.on or following(chosen.rhythm, today, talk.manager) if chosen.rhythm else None
    meeting = replace(before, rhythm=chosen.rhythm, next_on=coming, since=since)
    records.meetings.save(meeting)
    expect(records, meeting, talk.manager, now)
    if coming is None:
        return Words("Kept: no rhythm, and no reminder.", "已保存：不设频率，也不再提醒。")
    return Words("Kept: next on {day}.", "已保存：下次 {day}。").fill(day=day_words(coming))


@flow(
    "meeting-rhythm",
    Words("Rhythm of your talks", "沟通频率"),
    may=STEER,
    of=whose_talk,
    facts=about_rhythm,
    keep=keep,
    prefill=filled,
    again=True,
)
def set_rhythm(ask: Ask, _about: About) -> Chosen:
    page = ask(HowOften)
    return Chosen(None if page.every == NONE else Rhythm(page.every), page.first)


@deed("meeting-held", may=STEER, of=whose_talk)
def held(records: MeetingRecords, _actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """They met today: the next talk is one rhythm later, on a working day. Pressed twice, it was held once."""
    talk = talk_of(records, about)
    meeting, today = begun(records, talk, now), local_day(now, talk.manager.zone)
    if meeting.last_on != today:
        coming = following(meeting.rhythm, today, talk.manager)
        meeting = replace(meeting, last_on=today, next_on=coming)
        records.meetings.save(meeting)
        records.meetings.note_held(meeting.id, today)
        expect(records, meeting, talk.manager, now)
    return talk.place


def following(rhythm: Rhythm | None, held_on: date, manager: Person) -> date | None:
    """The day of the next talk: a rhythm later, moved to a working day of the manager's country."""
    return next_working_day(held_on + EVERY[rhythm], country_of(manager.zone)) if rhythm else None
