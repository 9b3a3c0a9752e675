"""`/1on1`: with whom one talks regularly, and when next."""

from __future__ import annotations

from datetime import datetime

from flows.coaching.meetings.named import Talk, meeting_of, whose_talk
from flows.coaching.meetings.page import when
from flows.coaching.meetings.records import MeetingRecords
from flows.core.catalog import deed, view
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Element, Heading, Line, Row, Screen
from flows.core.sitting import reader_of
from flows.core.words import Words
from flows.people.person import Person
from flows.people.policy import Thing, may

LIST = ("meeting_list", "read")
TITLE = Words("1:1s and team meetings", "一对一与团队会议")
OPEN = Words("Open", "打开")
TEAMS = ("team", "团队")


def own(_records: MeetingRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("meeting_list", actor)


@deed(
    "one-on-one",
    may=LIST,
    of=own,
    command="1on1",
    help=Words("your 1:1s and team meetings", "一对一与团队会议"),
)
def one_on_one(records: MeetingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """Nothing typed: the list. "team": the team's meeting. Somebody: the talk with them."""
    typed = about[0].strip() if about else ""
    if not typed:
        return Act("see", ("meeting-list",))
    talk = team_talk(records, actor) if typed.casefold() in TEAMS else None
    if talk is None:
        whom = reader_of(records, actor, now).find(typed)
        other = records.people.get(whom) if whom else None
        talk = talk_between(actor, other) if other else None
    if talk is None:
        raise Refusal(
            "I don't know of a regular talk between you and {typed}. /1on1 alone shows yours.",
            "没有找到你与“{typed}”的定期沟通。只输入 /1on1 可以查看你的列表。",
            typed=typed,
        )
    return talk.place


def talk_between(actor: Person, other: Person) -> Talk | None:
    """The 1:1 of a manager and their report, whichever of them asks."""
    if other.manager == actor.id:
        return Talk(actor, other)
    return Talk(other, actor) if actor.manager == other.id else None


def team_talk(records: MeetingRecords, actor: Person) -> Talk | None:
    """The meeting of one's own team: of the one that one leads, or else belongs to."""
    if records.people.reports_of(actor.id):
        return Talk(actor, actor)
    manager = records.people.get(actor.manager or 0)
    return Talk(manager, manager) if manager and manager.active else None


def talks_of(records: MeetingRecords, actor: Person) -> list[Talk]:
    """Every regular talk that somebody has: with their manager, with their people, and the team meetings."""
    manager = records.people.get(actor.manager or 0)
    found = [Talk(manager, actor), Talk(manager, manager)] if manager and manager.active else []
    reports = records.people.reports_of(actor.id)
    return found + [Talk(actor, report) for report in reports] + ([Talk(actor, actor)] if reports else [])


@view("meeting-list", may=LIST, of=own)
def meeting_list(records: MeetingRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """One's regular talks, each with its rhythm and next day."""
    talks = [
        one
        for one in talks_of(records, actor)
        if may(actor, "hold", whose_talk(records, actor, one.about), now)
    ]
    led = {one.person: one for one in records.meetings.led_by(actor.id)}
    kept = [
        led.get(one.person.id) if one.manager.id == actor.id else meeting_of(records, one) for one in talks
    ]
    rows = [
        Row(when(its), Button(OPEN, one.place), one.title(actor))
        for one, its in zip(talks, kept, strict=True)
    ]
    body: list[Element] = [Heading(TITLE), *rows]
    if not talks:
        body.append(
            Line(
                Words(
                    "You have no manager and lead nobody in the directory. If that is wrong, please tell your HR team.",
                    "通讯录中你没有上级，也没有下属。如有误，请联系 HR。",
                )
            )
        )
    return Screen(TITLE, tuple(body), place=Act("see", ("meeting-list",)))
