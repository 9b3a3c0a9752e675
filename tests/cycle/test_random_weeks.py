"""Weeks in which everything happens at random: nobody gets too much, and no chat shows two live requests for one task."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows.core.owed import Message
from flows.core.refusal import Refusal
from flows.cycle.calendar import at_local, local_day
from flows.cycle.nudges.closing import close
from flows.cycle.nudges.milestones import works
from flows.cycle.nudges.snooze import snooze
from flows.people.person import Person
from storage.engine import open_store
from tests.cycle.office import DAY, MONDAY, Office, pressable

ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/Los_Angeles", "Asia/Kolkata")
WEEKS = 4


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    clock = [MONDAY]
    store = open_store(sqlite_url, lambda: clock[0])
    yield Office.opened(store)
    store.close()


@pytest.mark.parametrize("seed", range(4))
def test_random_weeks(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    people = [office.ann, *(office.hire(f"P{n}", zone=chance.choice(ZONES)) for n in range(4))]
    tasks = [task_of(chance, office, person, number) for person in people for number in range(6)]
    now, acts = MONDAY, Counter[int]()
    while now < MONDAY + WEEKS * 7 * DAY:
        now += timedelta(minutes=chance.choice((1, 7, 60, 60, 240, 240, 1440, 3000)))
        if chance.random() < 0.5:
            something(chance, office, people, tasks, acts, now)
        if chance.random() < 0.9:  # else the bot is down
            before = said(office, tasks)
            over = {task for task in tasks if office.task(task).state != "open"}
            new = office.tick(now)
            assert {task: n for task, n in said(office, tasks).items() if task in over} == {
                task: n for task, n in before.items() if task in over
            }
            assert office.tick(now) == []
            unasked(office, new, now)
            office.deliver()
    for person in people:
        not_too_many(office, person)
    live_once(office)
    for task in tasks:
        assert office.task(task).said <= 6 + acts[task]


def task_of(chance: random.Random, office: Office, person: Person, number: int) -> int:
    first = date(2026, 3, 2) + chance.randint(0, 14) * DAY
    last = first + chance.randint(1, 14) * DAY
    opens = at_local(first, time(9), person.zone)
    due = at_local(last + DAY, time(0), person.zone) - timedelta(seconds=1)
    return office.owe(f"task {number}", person, opens_at=opens, due_at=due, until=due + 8 * DAY)


def something(
    chance: random.Random,
    office: Office,
    people: list[Person],
    tasks: list[int],
    acts: Counter[int],
    now: datetime,
) -> None:
    """One thing that a person or HR does."""
    number = chance.choice(tasks)
    task = office.task(number)
    place = next(n for n, person in enumerate(people) if person.id == task.person)
    today = local_day(now, people[place].zone)
    match chance.randint(0, 7):
        case 0 if task.state == "open":
            with office.store.work() as records:
                close(records, replace(task, state="done", done_at=now))
        case 1 if task.live:
            acts[number] += 1
            with office.store.work() as records:
                try:
                    snooze.act(
                        records,
                        people[place],
                        (str(number), chance.choice(("hour", "tomorrow", "monday"))),
                        now,
                    )
                except Refusal:
                    return
        case 2 if task.state == "open" and not task.snoozed:
            acts[number] += 5  # what was before the old deadline comes again before the new one
            later = chance.randint(1, 5) * DAY
            office.keep(number, due_at=task.due_at + later, until=task.until + later, next_at=now)
        case 3:
            first = today + chance.randint(0, 5) * DAY
            people[place] = office.change(people[place], away=((first, first + chance.randint(0, 4) * DAY),))
        case 4:
            people[place] = office.change(people[place], zone=chance.choice(ZONES))
        case 5 if task.state == "open" and not task.snoozed:
            office.keep(number, next_at=now)
        case 6:
            office.tell(f"news {now}", people[place], now)
        case 7 if not office.count(people[place], today + 2 * DAY):
            day = today + 2 * DAY
            message = Message(f"other/{now}", "broadcast", {}, now, people[place].id, day=day)
            with office.store.work() as records:
                records.messages.write(message)


def said(office: Office, tasks: list[int]) -> dict[int, int]:
    return {task: office.task(task).said for task in tasks}


def unasked(office: Office, keys: list[str], now: datetime) -> None:
    """What was not asked for comes on a working day and in working hours."""
    for key in keys:
        if key.startswith("snooze/"):
            continue
        who = int(key.split("/")[1]) if key.startswith("day/") else office.ann.id
        with office.store.work() as records:
            person: Any = records.people.get(who)
        assert works(person, local_day(now, person.zone))
        assert time(9) <= now.astimezone(ZoneInfo(person.zone)).time() < time(18, 30)


def not_too_many(office: Office, person: Person) -> None:
    """At most one a day; and four a week, but for what others wrote when the week was full."""
    with office.store.work() as records:
        days = records.messages.unasked([person.id], date(2026, 1, 1)).get(person.id, {})
        nudges = {
            date.fromisoformat(one.message.key.split("/")[2])
            for one in records.messages.starting(f"day/{person.id}/")
        }
    weeks = Counter[tuple[int, int]]()
    for day, number in days.items():
        assert number == 1, day
        weeks[day.isocalendar()[:2]] += day in nudges
    assert max(weeks.values(), default=0) <= 4


def live_once(office: Office) -> None:
    """No task has its button in two messages, and what is over has it in none."""
    shown = Counter[str]()
    for key in office.keys():  # noqa: SIM118 (no mapping)
        with office.store.work() as records:
            written = records.messages.by_key(key)
            assert written
            open_now = {
                f"{written.message.person} Do {task.subject}"
                for task in records.tasks.open_of(written.message.person or 0)
            }
        for label in pressable(office.letter(key)):
            if label.startswith("Do "):
                shown[f"{written.message.person} {label}"] += 1
                assert f"{written.message.person} {label}" in open_now
    assert max(shown.values(), default=0) <= 1
