"""Fourteen days without a 1:1, and the manager is told in one line of a digest: quietly, and never more often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flows.coaching.meetings.named import PAIR, Talk, talk_named
from flows.coaching.meetings.records import Meeting, MeetingRecords
from flows.core.catalog import notice, sweep
from flows.core.owed import Notice
from flows.core.screen import Button, Buttons, Element, Line
from flows.core.words import Words
from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.records import Sweep
from flows.people.person import Person

NAME, LONG_AGO = "meeting.remind", "meeting.long-ago"
QUIET = 14  # days without a talk, after which the manager is reminded
SOON = timedelta(minutes=1)


def expect(records: MeetingRecords, meeting: Meeting, manager: Person, now: datetime) -> None:
    """Have somebody look, after fourteen days without a talk, whether there was one."""
    if meeting.rhythm is None or meeting.is_team:
        return
    look_on(records, meeting, manager, due_on(meeting, manager), now)


def due_on(meeting: Meeting, manager: Person) -> date:
    """The first day on which it is too long ago: a rhythm that was set after the last talk has its time first."""
    return max(last_day(meeting, manager), local_day(meeting.since, manager.zone)) + QUIET * DAY


def last_day(meeting: Meeting, manager: Person) -> date:
    """The day from which on the days without a talk are counted."""
    return meeting.last_on or local_day(meeting.since, manager.zone)


def look_on(records: MeetingRecords, meeting: Meeting, manager: Person, day: date, now: datetime) -> None:
    moment = max(at_local(day, time(0), manager.zone), now + SOON)
    records.sweeps.plan(Sweep(f"{NAME}/{meeting.id}/{day}", {"meeting": meeting.id}, moment))


@sweep(NAME)
def remind(records: MeetingRecords, work: Sweep, now: datetime) -> Sweep:
    """Remind the manager of one talk, unless it was held, or either of them is away or not of this team any more.

    It looks again fourteen days later, or when the leave is over.
    """
    meeting = records.meetings.get(work.about["meeting"])
    done = replace(work, done=True)
    if meeting is None or meeting.rhythm is None:
        return done
    manager, person = records.people.get(meeting.manager), records.people.get(meeting.person)
    if manager is None or person is None or not (manager.active and person.active):
        return done
    today = local_day(now, manager.zone)
    if person.manager != manager.id:  # they may come back to this team, and to the rhythm that they had
        look_on(records, meeting, manager, today + QUIET * DAY, now)
        return done
    due = due_on(meeting, manager)
    back = max(back_on(manager, today), back_on(person, today))
    if today < due or back > today:
        look_on(records, meeting, manager, max(due, back), now)
        return done
    key = f"{LONG_AGO}/{meeting.id}/{today}"
    records.notices.add([Notice(0, key, manager.id, LONG_AGO, {"meeting": meeting.id}, now)])
    look_on(records, meeting, manager, today + QUIET * DAY, now)
    return done


def back_on(person: Person, today: date) -> date:
    """The first day from today on that is no day of leave."""
    day = today
    while person.is_away(day):
        day += DAY
    return day


@notice(LONG_AGO)
def told(records: MeetingRecords, one: Notice, now: datetime) -> list[Element] | None:
    """In one line, with whom; nothing once they have talked."""
    meeting = records.meetings.get(one.about["meeting"])
    talk = talk_named(records, (PAIR, str(meeting.person))) if meeting else None
    if meeting is None or talk is None or meeting.rhythm is None or talk.manager.id != meeting.manager:
        return None
    days = (local_day(now, talk.manager.zone) - last_day(meeting, talk.manager)).days
    if days < QUIET:
        return None
    words = Words(
        "No 1:1 with {name} for {n} days. The page shows what has come up since.",
        "已有 {n} 天没有与{name}一对一沟通。页面上列出了这段时间的话题。",
    ).fill(name=talk.person.name, n=days)
    return [Line(words), Buttons((way(talk),))]


def way(talk: Talk) -> Button:
    return Button(Words("Open", "打开"), talk.place)
