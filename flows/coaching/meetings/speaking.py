"""Points to talk about: put on the agenda by either side, and ticked off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.coaching.meetings.agenda import agenda_of
from flows.coaching.meetings.named import TEAM, Talk, begun, meeting_of, talk_of, whose_talk
from flows.coaching.meetings.page import HOLD, READERS, STEER
from flows.coaching.meetings.records import MeetingRecords, Point
from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.people.person import Person

MOST_POINTS = 50  # more is no agenda


class ToTalkAbout(Page):
    title = Words("A point for the next talk", "下次沟通的议题")
    point: str = text("What do you want to talk about?", "想聊什么？", lines=3, most=1000)


def keep_point(records: MeetingRecords, actor: Person, subject: str, words: str, now: datetime) -> Words:
    """Put it on the agenda; the same words twice stand there once."""
    put(records, talk_of(records, (subject,)), actor, words, now)
    return Words("It is on the agenda.", "已列入议程。")


def put(records: MeetingRecords, talk: Talk, actor: Person, words: str, now: datetime) -> None:
    """Add a point; refuses more than an agenda holds."""
    meeting = begun(records, talk, now)
    there = records.meetings.points(meeting.id)
    if any(point.text == words for point in there):
        return
    if len(there) >= MOST_POINTS:
        raise Refusal(
            "There are {n} points on this agenda. Please tick some off first.",
            "议程上已有 {n} 个议题，请先勾选已谈的。",
            n=MOST_POINTS,
        )
    records.meetings.add_point(Point(0, meeting.id, actor.id, words, now))


@flow(
    "meeting-point",
    ToTalkAbout.title,
    may=HOLD,
    of=whose_talk,
    facts=lambda records, _actor, subject, _now: talk_of(records, (subject,)),
    keep=keep_point,
    readers=lambda talk: READERS[talk.kind],
    again=True,
)
def add_point(ask: Ask, _talk: Talk) -> str:
    return ask(ToTalkAbout).point


@deed("meeting-tick", may=HOLD, of=whose_talk)
def tick(records: MeetingRecords, _actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """It was talked about; ticked twice, it is ticked once."""
    talk = talk_of(records, about[:2])
    meeting = meeting_of(records, talk)
    point = records.meetings.point(whole(about[2])) if len(about) > 2 else None
    if meeting is None or point is None or point.meeting != meeting.id:
        raise NotThere
    if point.ended_at is None:
        records.meetings.save_point(replace(point, ended_at=now))
    return talk.place


@deed("meeting-share", may=STEER, of=whose_talk)
def share(records: MeetingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """The manager puts a line of a check-in on the team's agenda, where everybody reads it."""
    talk = talk_of(records, about[:2])
    found = [item for item in agenda_of(records, talk, now) if len(about) > 2 and item.key == about[2]]
    if talk.kind != TEAM or not found:
        raise NotThere
    words = found[0].words.say(actor.language)
    put(records, talk, actor, f"{words}: {found[0].text}" if found[0].text else words, now)
    return talk.place
