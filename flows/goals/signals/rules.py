"""Which signals a goal gives on a day: off its track, dropped, silent, or about to miss its target."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from flows.goals.kept import SignalKind
from flows.goals.measure.attainment import holds, reach
from flows.goals.measure.forecast import band
from flows.goals.measure.span import Span, working_days
from flows.goals.signals.drop import has_dropped
from flows.goals.signals.watched import Watched
from flows.people.person import within

EARLY = 0.2  # of the time: before that nobody can be off a track
BEHIND, HELD = 0.75, 0.9  # of what was to be expected: on the way to a target, and of a level to hold
EASED = 0.1  # so much better it must be for a signal to end, so that it does not come and go
MISSED = 95.0  # percent reached by the better end of the band
FEWEST = 5  # readings for a forecast that is worth a word
SILENT_DAYS, SILENT_WORKING = 21, 15  # three weeks
RHYTHM = 1.5  # of the usual gap between two readings of imported data


@dataclass(frozen=True, slots=True)
class Around:
    """The owner's local day, country and leave, and the days of the goal's cycle."""

    today: date
    country: str | None
    days: Span
    away: tuple[tuple[date, date], ...] = ()


def signals_of(
    goal: Watched,
    points: Sequence[tuple[date, float]],
    around: Around,
    before: AbstractSet[SignalKind] = frozenset(),
) -> set[SignalKind]:
    """The goal's signals. `points` are the current readings of its series, by day; `before` those that stood so far.

    - off_track: what is reached is less than three quarters of what was to be expected on the day of the last reading,
      by elapsed working days, once a fifth of them is over; of a level to hold, less than nine tenths at any time. The
      milestone in work counts as reached.
    - drop: see `has_dropped`.
    - silent: no reading for three weeks, and 15 of the owner's working days, leave not counted; nobody is silent while
      on leave. Imported data may keep half as long again as its own rhythm.
    - forecast: from five readings on, even the better end of the 80 % band reaches less than 95 % of the way.
    A goal gives none before its first day and after its last; one that is reached only the drop.
    """
    first, last = goal.span(around.days)
    today = around.today.toordinal()
    if not first <= around.today <= last or goal.shape == "objective":
        return set()
    days = [min(day.toordinal(), today) for day, _ in points]  # a running period ends later than today
    values = [value for _, value in points]
    found: set[SignalKind] = set()
    is_number = goal.shape == "number"
    if is_number and has_dropped(days, values, goal.lower, around.country, today, before="drop" in before):
        found.add("drop")
    working = working_days(first, last, around.country)
    if goal.metric and goal.gather != "latest":  # a sum and a mean begin anew with the cycle
        begins = bisect_left(days, first.toordinal())
        days, values = days[begins:], values[begins:]
    reached = reached_by(goal, values)
    held = is_number and holds(
        goal.baseline, goal.target, goal.lower, goal.metric != "" and goal.gather == "mean"
    )
    if reached is not None and reached >= 100 and not held:
        return found
    if _is_silent(goal, days, working, around):
        found.add("silent")
    if reached is None or not working:
        return found
    passed = bisect_right(working, today) / len(working)
    due = 1.0 if held else bisect_right(working, days[-1]) / len(working)
    if _is_behind(
        goal, values[-1], reached, due, held=held, ease="off_track" in before, early=passed < EARLY
    ):
        found.add("off_track")
    if is_number and passed >= EARLY and len(days) >= FEWEST:
        line = band(days, values, last.toordinal(), goal.gather if goal.metric else "latest")
        best = reach_of(goal, line.low if goal.lower else line.high) if line else None
        if best is not None and best < (100.0 if "forecast" in before else MISSED):
            found.add("forecast")
    return found


def reached_by(goal: Watched, values: Sequence[float]) -> float | None:
    """How far these values reach the goal, in percent; None where there is none, or nothing to compare with."""
    if not values:
        return None
    if not goal.metric or goal.gather == "latest":
        return reach_of(goal, values[-1])
    return reach_of(goal, sum(values) / (len(values) if goal.gather == "mean" else 1))


def reach_of(goal: Watched, value: float) -> float | None:
    """How far one value reaches the goal, in percent; None where there is nothing to compare with."""
    if goal.shape == "milestones":
        return 100.0 * value / goal.stages if goal.stages else None
    if goal.shape == "yes_no":
        return 100.0 if value >= 1 else 0.0
    if goal.target is None or goal.scaled:
        return None
    return reach(value, goal.baseline, goal.target, None, goal.lower, 120.0)


def _is_behind(
    goal: Watched, value: float, reached: float, due: float, *, held: bool, ease: bool, early: bool
) -> bool:
    """Whether less is reached than should be; `due` is the share of the way that was to be done."""
    if goal.shape == "yes_no" or (early and not held):
        return False
    if goal.shape == "milestones":
        reached = reach_of(goal, value + 1) or reached
    least = (HELD if held else BEHIND) + (EASED if ease else 0.0)
    return reached < min(least, 1.0) * 100.0 * due


def _is_silent(goal: Watched, days: Sequence[int], working: Sequence[int], around: Around) -> bool:
    """Whether nothing was said for three weeks in which the owner was there."""
    today = around.today.toordinal()
    if goal.leads or within(around.away, around.today) or not working:
        return False
    begin = max(working[0] - 1, goal.since.toordinal() if goal.since else 0)
    last = max(days[-1], working[0] - 1) if days else begin
    quiet = today - last
    if quiet < SILENT_DAYS:
        return False
    if goal.metric and len(days) > 1 and quiet < RHYTHM * (days[-1] - days[0]) / (len(days) - 1):
        return False
    there = working[bisect_right(working, last) : bisect_right(working, today)]
    if around.away:
        there = tuple(day for day in there if not within(around.away, date.fromordinal(day)))
    return len(there) >= SILENT_WORKING
