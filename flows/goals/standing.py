"""Where a goal stands: its value, its attainment, what was to be expected by now, and where it is heading.

Everything that shows a goal reads it from here, so that no two screens say different numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flows.core.words import Words, same
from flows.goals.kept import Goal, Reading, Signal
from flows.goals.records import GoalsRecords
from flows.goals.series import sources_of

NOTHING = same("")


@dataclass(frozen=True, slots=True)
class Forecast:
    """The end value that is to be expected, with its 80 % band, in the goal's unit."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal as it stands on a day.

    `value` is what the readings say, None while there is none; `attainment` percent by the rule of its kind, capped,
    None where data is missing; `formula` says in words how it came about, with its numbers. `expected` is the percent
    of the way that should be done by now, by elapsed working days. `readings` are the current ones, by day.
    """

    goal: Goal
    readings: tuple[Reading, ...]
    value: Decimal | None = None
    attainment: Decimal | None = None
    formula: Words = NOTHING
    expected: Decimal | None = None
    forecast: Forecast | None = None
    signals: tuple[Signal, ...] = ()


def standings(records: GoalsRecords, goals: Sequence[Goal], now: datetime) -> Mapping[int, Standing]:
    """How each goal stands at `now`, by its id."""
    found = readings_of(records, goals)
    signals = records.signals.of_goals([goal.id for goal in goals])
    return {
        goal.id: standing(goal, found.get(goal.id, ()), now.date(), signals.get(goal.id, ()))
        for goal in goals
    }


def readings_of(records: GoalsRecords, goals: Sequence[Goal]) -> dict[int, tuple[Reading, ...]]:
    """Each goal's readings, by day: its metric's where there are any, else those of its own."""
    series = records.readings.of([name for goal in goals for name in sources_of(goal)])
    return {
        goal.id: tuple(next((series[name] for name in sources_of(goal) if name in series), ()))
        for goal in goals
    }


def standing(
    goal: Goal, readings: Sequence[Reading], today: date, signals: Sequence[Signal] = ()
) -> Standing:
    """How one goal stands on the day `today`."""
    past = [reading for reading in readings if reading.day <= today]
    value = past[-1].value if past else None
    return Standing(goal, tuple(readings), value, signals=tuple(signals))
