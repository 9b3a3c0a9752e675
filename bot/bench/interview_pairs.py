"""Managers with nine people each, in several zones, whose calendars are full of other things; made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from flows.cycle.template import NudgePolicy
from flows.interviews.offering import Wanted
from flows.interviews.records import Span
from flows.interviews.slots import Side, Stretch
from flows.people.person import Person

TEAM = 9
DAYS = 14
SINCE = datetime(2026, 3, 19, 1, tzinfo=UTC)  # a Thursday; the clocks of Europe change inside these two weeks
ZONES = (*["Asia/Shanghai"] * 6, "Europe/Berlin", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata")
ABROAD = 0.3  # how many of a team live somewhere else than their manager, about
LONG = (30, 60, 60, 90)  # minutes of what stands in a calendar


@dataclass(frozen=True, slots=True)
class Team:
    """One manager and what their people want."""

    manager: Side
    wanted: list[Wanted]


def teams(pairs: int, busy: int) -> Iterator[Team]:
    """So many pairs, everybody with so many busy times."""
    random = Random(9)  # noqa: S311 - made-up data
    stretch = Stretch(SINCE, SINCE + timedelta(days=DAYS), 45, NudgePolicy())
    for first in range(0, pairs, TEAM):
        zone = random.choice(ZONES)
        size = min(TEAM, pairs - first)
        zones = [random.choice(ZONES) if random.random() < ABROAD else zone for _ in range(size)]
        yield Team(
            side(random, first, zone, busy),
            [Wanted(side(random, first + n, where, busy), stretch) for n, where in enumerate(zones, 1)],
        )


def side(random: Random, number: int, zone: str, busy: int) -> Side:
    person = Person(number, "", "", None, "", "", "", (), zone, "en", None, None, None, True)
    return Side(person, tuple(span(random, zone) for _ in range(busy)))


def span(random: Random, zone: str) -> Span:
    """Something between nine and half past seven of a local day, weekends too."""
    day = SINCE.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0) + timedelta(days=random.randrange(DAYS))
    starts = (day + timedelta(minutes=random.randrange(9 * 60, 18 * 60, 15))).astimezone(UTC)
    return starts, starts + timedelta(minutes=random.choice(LONG))
