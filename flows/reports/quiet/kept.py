"""Since when nothing was heard: what a report asks of the records, and what it finds there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from flows.checkins.records import Programme
from flows.cycle.calendar import DAY, at_local, round_on
from flows.people.person import within
from flows.reports.report import By
from flows.reports.scope import Scope

FEEDBACK_DAYS, TALK_DAYS = 30, 14
ROUNDS = 2  # of check-ins in a row: 14 days where they are weekly
Leave = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Since:
    """What counts as heard: feedback from the moment `feedback` (UTC) on, a 1:1 from the day `talk` on.

    `feedback_day` is the day of that moment, and `today` the reader's day. `rounds` are the check-in rounds of
    `programme` in which one was to be sent; empty where there were too few so far.
    """

    today: date
    feedback: datetime
    feedback_day: date
    talk: date
    programme: int = 0
    rounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a group were looked at for each of the three, and of how many nothing was heard.

    `any` are those of whom one of the three is missing. `people` are all, also those too new or on leave.
    """

    people: int = 0
    feedback: int = 0
    no_feedback: int = 0
    talk: int = 0
    no_talk: int = 0
    checkin: int = 0
    no_checkin: int = 0
    any: int = 0
    new: int = 0
    away: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in Counts.__slots__))


@dataclass(frozen=True, slots=True)
class Group:
    """People of one department, or one manager (`whose`, by id), and one leave, counted together.

    `name` is the department's or the manager's; "" where they have none.
    """

    whose: str | int
    name: str
    leave: Leave
    counts: Counts


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody (by id) of whom one of the three is missing, with their manager's name.

    `last_talk` is the day of the last 1:1, `last_round` the round of the last check-in, if there was any.
    """

    person: int
    manager: str
    no_feedback: bool
    no_talk: bool
    no_checkin: bool
    last_talk: date | None
    last_round: str | None


class QuietKeeper(Protocol):
    def groups(self, scope: Scope, since: Since, by: By) -> Sequence[Group]:
        """Everybody active of the scope, counted by department or by manager, and by their leave."""
        ...

    def people(self, scope: Scope, since: Since, most: int) -> Sequence[Quiet]:
        """Those of whom most is missing, at most so many, whether on leave or not."""
        ...


def since(today: date, zone: str, programme: Programme | None) -> Since:
    """What counts as heard on that day of a reader in that zone."""
    first = today - FEEDBACK_DAYS * DAY
    rounds = rounds_due(programme, today) if programme else ()
    return Since(
        today, at_local(first, _MIDNIGHT, zone), first, today - TALK_DAYS * DAY,
        programme.id if programme and rounds else 0, rounds,
    )  # fmt: skip


def rounds_due(programme: Programme, today: date) -> tuple[str, ...]:
    """The keys of the last rounds whose check-ins were due before today; none where there were fewer than that."""
    found: list[str] = []
    day = today
    while len(found) < ROUNDS and (one := round_on(programme.schedule, day)) is not None:
        if one.digest_on < today:
            found.append(one.key)
        day = one.opens_on - DAY
    return tuple(found) if len(found) == ROUNDS else ()


def on_leave(leave: Leave, today: date, days: int = TALK_DAYS) -> bool:
    """Whether somebody is away today, or was on half or more of the last `days` days: nothing was to be heard."""
    if not leave or within(leave, today):
        return bool(leave)
    gone = sum(within(leave, today - number * DAY) for number in range(1, days + 1))
    return 2 * gone >= days


_MIDNIGHT = time(0)
