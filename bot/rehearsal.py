"""Plays a cycle through on a virtual clock, in a scratch database, with the same tick as the running bot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.clock import VirtualClock
from bot.rounds import Tick, next_moment
from flows.core.catalog import Catalog
from flows.core.records import Message
from flows.cycle.calendar import local_day
from flows.cycle.hr.launch import approvers, go_live
from flows.cycle.kept import Cycle, Participant
from flows.cycle.phase import last_day
from flows.cycle.rehearsals.checks import Company, load_problems, problems_of
from flows.cycle.rehearsals.rehearsal import Found, Timelines, Told, over_budget, summed
from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.reviews.nominating.rehearsed import as_if_named
from storage.copying import Leaving, leaving, left, scratch_of
from storage.engine import Store
from storage.work import Work

A_WEEK = 4  # messages that nobody asked for
SLICE = 5000
WESTERNMOST = timedelta(hours=14)  # after UTC's midnight the day is over everywhere
# What they are about is there at the very moment they are written: they need not be put into words to know it.
ALWAYS_NEEDED = "digest"
OWN = ("broadcast.card", "cycle.rehearsal")  # what HR looks at while something runs

Progress = Callable[[int], None]
"""Is told how far it is, in percent; what it raises ends the rehearsal."""


@dataclass(frozen=True, slots=True)
class Played:
    """A rehearsal's outcome, with the facts that its sheet is made from."""

    cycle: Cycle
    found: Found
    timelines: Timelines
    people: Mapping[int, Person]
    taking: tuple[Participant, ...]


def play(
    source: Store, cycle: int, now: datetime, catalog: Catalog, per_minute: int, progress: Progress
) -> Played | None:
    """Launch the draft at `now` in a copy of `source` and live through it, until nothing of it can be said any more.

    Nobody finishes anything; whose reviews need colleagues, for them some are named. None when there is no such cycle.
    `source` is read and never changed.
    """
    clock = VirtualClock(now, speed=0)
    with closing(scratch_of(source, cycle, now, clock.now)) as scratch:
        with scratch.work() as records:
            draft = records.cycles.get(cycle)
            owner = records.people.get(draft.owner) if draft else None
            if draft is None or owner is None:
                return None
            second = [person.id for person in approvers(records, owner, draft, now)]
            go_live(records, draft, draft.owner, None, now)
        told = live_through(scratch, clock, as_if_named(catalog, cycle), end_of(draft), progress)
        with scratch.work() as records:
            people = everybody(records)
            taking = everybody_in(records, cycle)
            kickoff = records.broadcasts.of_cycle(cycle)
    problems = problems_of(Company(draft, taking, people, now, second))
    sent = sum(one.kind == "broadcast" for timeline in told.values() for one in timeline) if kickoff else 0
    found = summed(told, len(taking), now, sent, per_minute)
    problems += load_problems(over_budget(told, A_WEEK), found.kickoff_minutes)
    found = summed(told, len(taking), now, sent, per_minute, problems)
    return Played(draft, found, told, people, tuple(taking))


def live_through(
    scratch: Store, clock: VirtualClock, catalog: Catalog, end: datetime, progress: Progress
) -> dict[int, list[Told]]:
    """Go from one moment to the next until `end`, doing all that is due; what everybody was told, by person."""
    told: dict[int, list[Told]] = defaultdict(list)
    start = clock.now()
    zones: dict[int, str] = {}
    shown = -1
    moment: datetime | None = start
    while moment is not None and moment <= end:
        clock.to(moment)
        now = clock.now()
        Tick(scratch, catalog, now).run()
        send(scratch, catalog, now, told, zones)
        percent = int(99 * (now - start) / max(end - start, timedelta(seconds=1)))
        if percent > shown:
            shown = percent
            progress(percent)
        with scratch.work() as records:
            moment = next_moment(records, now)
    progress(100)
    return dict(told)


def send(
    scratch: Store, catalog: Catalog, now: datetime, told: dict[int, list[Told]], zones: dict[int, str]
) -> None:
    """What is due leaves at its moment, unless its letter says that nobody needs it any more."""
    due = leaving(scratch, now)
    dropped: list[str] = []
    with scratch.work() as records:
        new = {one.written.message.person or 0 for one in due} - zones.keys()
        zones |= {person.id: person.zone for person in records.people.many(new) if person.active}
        for one in due:
            message = one.written.message
            if not is_needed(records, catalog, one, now) or (message.person and message.person not in zones):
                dropped.append(one.written.id)
            elif message.person and message.kind not in OWN:
                told[message.person].append(told_by(one, zones[message.person]))
    left(scratch, now, dropped)


def is_needed(records: Work, catalog: Catalog, one: Leaving, now: datetime) -> bool:
    """Whether the sender would send it: whether it can be put into words as things are now."""
    message = one.written.message
    if message.kind == ALWAYS_NEEDED and one.things:
        return True
    letter = catalog.letters.get(message.kind)
    about = {**message.about, "id": one.written.id, "sent": False}
    return letter is not None and letter.write(records, about, now) is not None


def told_by(one: Leaving, zone: str) -> Told:
    """The message as its reader meets it: on their own day, at the moment it was to leave."""
    message: Message = one.written.message
    day = message.day or local_day(message.due_at, zone)
    return Told(message.due_at, day, message.kind, one.things, one.notices, message.day is not None)


def end_of(cycle: Cycle) -> datetime:
    """When nothing of the cycle can be said any more: its last day and the last report to HR are over everywhere."""
    policy: NudgePolicy = cycle.template.nudges
    days = last_day(cycle) + timedelta(days=max(policy.hr or 0, policy.manager or 0) + 1)
    return datetime.combine(days, time(0), tzinfo=UTC) + WESTERNMOST


def everybody(records: Work) -> dict[int, Person]:
    """The whole directory's active people by id."""
    found: dict[int, Person] = {}
    after = 0
    while people := records.people.slice(after, SLICE):
        found |= {person.id: person for person in people}
        after = people[-1].id
    return found


def everybody_in(records: Work, cycle: int) -> list[Participant]:
    """Who takes part."""
    found: list[Participant] = []
    after = 0
    while taking := records.participants.slice(cycle, after, SLICE):
        found += taking
        after = taking[-1].person
    return found
