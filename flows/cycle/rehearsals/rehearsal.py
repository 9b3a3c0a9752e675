"""What a rehearsal finds: who would be told what when, how much that is, and what would go wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from statistics import median_low
from typing import Any, Literal

from flows.cycle.kept import Cycle
from flows.cycle.templates import kept_json as template_json

State = Literal["asked", "playing", "done", "failed"]
SHOWN = 30  # of the busiest people: as many as a picture on a phone holds


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a message asks for: a kind of task in one phase or round, about `count` people."""

    kind: str
    scope: int
    subject: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """One message to one person: when (UTC), on which local day of theirs, what it asks and what it tells.

    `unasked`: it counts towards the one a day and four a week that nobody asked for.
    """

    at: datetime
    day: date
    kind: str
    things: tuple[Thing, ...] = ()
    notices: tuple[str, ...] = ()
    unasked: bool = True

    @property
    def size(self) -> int:
        """How many things stand in it; a message of one kind of its own counts as one."""
        return max(1, len(self.things) + len(self.notices))


Timelines = Mapping[int, Sequence[Told]]
"""What each person would get, by person, in order of time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that HR should look at before launch; `flows.cycle.rehearsals.words` says it and the remedy.

    `values` are plain: numbers, ISO dates, names of phases. `blocking`: it can't be launched like this.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    people: tuple[int, ...] = ()
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """One of the busiest people: how many messages, and how many things stand in each local day's."""

    person: int
    messages: int
    days: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome: `people` take part, `readers` get something, `usual` is how many messages half of them exceed.

    `days` counts messages by the readers' local days. `kickoff` messages leave at `per_minute`.
    """

    made_at: datetime
    people: int
    readers: int
    messages: int
    usual: int
    days: Mapping[date, int]
    busiest: tuple[Busy, ...]
    kickoff: int
    per_minute: int
    problems: tuple[Problem, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether something has to be changed before it can be launched."""
        return any(problem.blocking for problem in self.problems)

    @property
    def kickoff_minutes(self) -> int:
        """How long the kick-off takes at the rate, in whole minutes; 0 where there is none."""
        return -(-self.kickoff // self.per_minute)

    @property
    def peak(self) -> tuple[date, int] | None:
        """The day with the most messages, the first of several."""
        return max(self.days.items(), key=lambda item: (item[1], -item[0].toordinal()), default=None)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """HR's request to rehearse a cycle, and how far it is: `progress` in percent.

    `cycle` as it was when it was asked for is kept by `mark`: a draft that was changed meanwhile is not rehearsed.
    `until` is when whoever plays it is taken for lost. `failure` is a reference into the log.
    """

    cycle: int
    state: State
    asked_by: int
    asked_at: datetime
    mark: str
    number: int = 1
    progress: int = 0
    until: datetime | None = None
    found: Found | None = None
    failure: str = ""


def summed(
    timelines: Timelines,
    people: int,
    made_at: datetime,
    kickoff: int,
    per_minute: int,
    problems: Sequence[Problem] = (),
) -> Found:
    """The figures of what everybody would get."""
    days: Counter[date] = Counter()
    for told in timelines.values():
        days.update(one.day for one in told)
    ranked = sorted(
        timelines.items(), key=lambda item: (-len(item[1]), -sum(t.size for t in item[1]), item[0])
    )
    lengths = [len(told) for told in timelines.values()]
    return Found(
        made_at=made_at,
        people=people,
        readers=len(timelines),
        messages=sum(lengths),
        usual=median_low(lengths) if lengths else 0,
        days=dict(sorted(days.items())),
        busiest=tuple(_busy(person, told) for person, told in ranked[:SHOWN]),
        kickoff=kickoff,
        per_minute=per_minute,
        problems=tuple(problems),
    )


def over_budget(timelines: Timelines, most: int) -> dict[int, int]:
    """Who reaches the week's limit of messages nobody asked for while several things compete, in how many weeks.

    A single phase can fill a week by its own reminders; nothing has to give way to it then.
    """
    found: dict[int, int] = {}
    for person, told in timelines.items():
        weeks: dict[tuple[int, int], list[Told]] = {}
        for one in told:
            if one.unasked:
                weeks.setdefault(one.day.isocalendar()[:2], []).append(one)
        full = sum(len(week) >= most and _competing(week) for week in weeks.values())
        if full:
            found[person] = full
    return found


def _competing(week: Sequence[Told]) -> bool:
    things = {(thing.kind, thing.scope, thing.subject) for one in week for thing in one.things}
    others = {one.kind for one in week if not one.things}
    return len(things) + len(others) > 1


def mark_of(cycle: Cycle) -> str:
    """A short sign of what a change of the draft changes: its dates, its template, its audience."""
    audience = {name: list(getattr(cycle.audience, name)) for name in cycle.audience.__slots__}
    moved = {name: [day.isoformat() for day in days] for name, days in sorted(cycle.moved.items())}
    kept = [cycle.first.isoformat(), moved, audience, template_json.dump(cycle.template)]
    return sha256(json.dumps(kept, sort_keys=True).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _busy(person: int, told: Sequence[Told]) -> Busy:
    days: Counter[date] = Counter()
    for one in told:
        days[one.day] += one.size
    return Busy(person, len(told), dict(days))
