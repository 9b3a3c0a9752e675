"""The agenda that fills itself: what check-ins say and ask for, goals in trouble, and what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.checkins.digest import DECISIONS
from flows.checkins.questions import RESOURCE, Health
from flows.checkins.records import Checkin, Response
from flows.coaching.meetings.named import PAIR, Talk, meeting_of
from flows.coaching.meetings.records import MeetingRecords
from flows.core.moments import day_words
from flows.core.words import Words, same
from flows.cycle.calendar import DAY, at_local, local_day
from flows.people.person import Person
from flows.plans.records import Action

CHECKINS = 8  # of one person at most: two months of weeks
FIRST_LOOK = timedelta(days=30)  # how far back it goes where no talk was held yet
AHEAD = 14 * DAY  # how soon an action must be due to be talked about
SAID = {
    "one_on_one": Words("For the 1:1", "一对一话题"),
    "blockers": Words("In the way", "阻碍"),
    RESOURCE: Words("Asks for", "申请资源"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to talk about that nobody had to write down; `text` is in somebody's own words.

    `key` tells it from the others of the same agenda.
    """

    key: str
    words: Words
    text: str = ""


def agenda_of(records: MeetingRecords, talk: Talk, now: datetime) -> list[Item]:
    """What stands on the agenda by itself since the talk before, or of the last month.

    A team's is made of its people's check-ins, which their colleagues may not read: it is for the manager's eyes.
    """
    kept = meeting_of(records, talk)
    since = kept.last_on if kept and kept.last_on else local_day(now - FIRST_LOOK, talk.manager.zone)
    if talk.kind == PAIR:
        return [*from_checkins(records, talk.person, since), *due_soon(records, talk.person, now)]
    return list(from_team(records, talk.manager, since))


def from_team(records: MeetingRecords, manager: Person, since: date) -> Iterator[Item]:
    """What the check-ins of the manager's people from the day `since` on say, the newest first."""
    people = {one.id: one for one in records.people.reports_of(manager.id)}
    begins = at_local(since, time(0), "UTC") - DAY  # it is a day earlier somewhere
    recent = [
        one
        for one in records.checkins.sent_by(list(people), begins)
        if local_day(one.sent_at, people[one.person].zone) >= since
    ]
    decided = decided_in(records.checkins.responses([one.id for one in recent]))
    for one in recent:
        name = same(f"{people[one.person].name} · ")
        day = day_words(local_day(one.sent_at, people[one.person].zone))
        for item in said_in(one, day, decided, team=True):
            yield Item(item.key, name + item.words, item.text)


def decided_in(responses: Sequence[Response]) -> set[int]:
    """The check-ins whose request was decided on."""
    return {one.checkin for one in responses if one.kind in DECISIONS}


def from_checkins(records: MeetingRecords, person: Person, since: date) -> Iterator[Item]:
    """What the person's check-ins from the day `since` on say: for the 1:1, blockers, open requests, goals in trouble;
    and those that the manager wants to talk about."""
    recent = [
        one
        for one in records.checkins.latest(person.id, CHECKINS)
        if local_day(one.sent_at, person.zone) >= since
    ]
    responses = records.checkins.responses([one.id for one in recent])
    decided = decided_in(responses)
    to_discuss = {one.checkin for one in responses if one.kind == "discuss"}
    for one in sorted(recent, key=lambda checkin: checkin.sent_at):
        day = day_words(local_day(one.sent_at, person.zone))
        yield from said_in(one, day, decided, team=False)
        if one.id in to_discuss:
            words = Words("To be discussed: check-in of {day}", "待讨论：{day} 的周报").fill(day=day)
            yield Item(f"{one.id}.discuss", words)


def said_in(checkin: Checkin, day: Words, decided: set[int], *, team: bool) -> Iterator[Item]:
    """What one check-in puts on the agenda."""
    for name, words in SAID.items():
        if (team and name == "one_on_one") or (name == RESOURCE and checkin.id in decided):
            continue
        if checkin.form.get(name):
            yield Item(f"{checkin.id}.{name}", words + same(" · ") + day, str(checkin.form[name]))
    for goal, answers in checkin.goals.items():
        if answers.get("health") in (Health.OFF_TRACK.value, Health.AT_RISK.value):
            trouble = Words("Goal in trouble: {goal} ({day})", "目标遇阻：{goal}（{day}）")
            title = checkin.titles.get(goal, "?")
            yield Item(f"{checkin.id}.{goal}", trouble.fill(goal=title, day=day))


def due_soon(records: MeetingRecords, person: Person, now: datetime) -> Iterator[Item]:
    """The person's actions that are due within two weeks, or late."""
    today = local_day(now, person.zone)
    for action in records.actions.open_of(person.id):
        if action.due is not None and action.due <= today + AHEAD:
            yield Item(f"action.{action.id}", action_words(action, today), action.text)


def action_words(action: Action, today: date) -> Words:
    """By when an action is to be done."""
    if action.due is None:
        return Words("Action", "行动项")
    words = Words("Action, late since {day}", "行动项，已于 {day} 到期")
    if action.due >= today:
        words = Words("Action, due {day}", "行动项，{day} 到期")
    return words.fill(day=day_words(action.due))
