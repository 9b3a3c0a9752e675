"""Figures about appeals without names: how many, how they ended, and how long they took; nothing about few people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from flows.cycle.calendar import DAY, local_day
from flows.cycle.nudges.milestones import works
from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.results.appealing.records import Appeal

FEWEST = 4  # appeals of which anything is told
OTHERS = ""
"""Stands for the departments of which each has too few to be told alone."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One appeal as it is counted; `days`: working days from filing to its end, None while it is open."""

    department: str
    state: str
    outcome: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How many there are, how many in each state and outcome, and the middle of their working days."""

    number: int
    states: Mapping[str, int]
    outcomes: Mapping[str, int]
    days: float | None


def working_days(start: datetime, end: datetime, person: Person, policy: NudgePolicy) -> int:
    """The person's working days after the day of `start`, up to and with that of `end`."""
    day, last, found = local_day(start, person.zone), local_day(end, person.zone), 0
    while day < last:
        day += DAY
        found += works(person, day, policy)
    return found


def counted(appeal: Appeal, person: Person, policy: NudgePolicy) -> Counted:
    ended = appeal.ended_at
    days = working_days(appeal.filed_at, ended, person, policy) if ended else None
    return Counted(appeal.department, appeal.state, appeal.outcome if ended else "", days)


def figures(rows: Sequence[Counted]) -> Figures | None:
    """All of them together; None where they are too few to be told."""
    if len(rows) < FEWEST:
        return None
    days = [row.days for row in rows if row.days is not None]
    return Figures(
        len(rows),
        dict(Counter(row.state for row in rows)),
        dict(Counter(row.outcome for row in rows if row.outcome)),
        float(median(days)) if len(days) >= FEWEST else None,
    )


def by_department(rows: Sequence[Counted]) -> dict[str, Figures]:
    """Each department that has enough; the others together, with as many more as it takes that they are enough.

    So nothing follows about a small one by taking the told ones from the whole. Empty where the whole is too small.
    """
    groups: dict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        groups[row.department].append(row)
    rising = sorted(groups, key=lambda name: (len(groups[name]), name))
    small = [name for name in rising if len(groups[name]) < FEWEST]
    large = [name for name in rising if name not in small]
    together = [row for name in small for row in groups[name]]
    while small and len(together) < FEWEST and large:
        together += groups[large.pop(0)]
    found = {name: figures(groups[name]) for name in sorted(large)}
    found |= {OTHERS: figures(together)} if together else {}
    return {name: one for name, one in found.items() if one is not None}
