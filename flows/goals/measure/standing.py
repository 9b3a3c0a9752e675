"""Where a goal stands: its value, its attainment, what was to be expected by now, and where it is heading.

Everything that shows a goal reads it from here, so that no two screens say different numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.words import Words
from flows.cycle.calendar import country_of, local_day
from flows.cycle.template import GOAL_CAP
from flows.goals.kept import Gather, Goal, Reading, Signal
from flows.goals.measure.attainment import attained, expects, objective
from flows.goals.measure.forecast import Forecast, expected_end
from flows.goals.measure.series import sources_of
from flows.goals.measure.span import Span, elapsed, span_of
from flows.goals.measure.value import (
    NOTHING,
    Point,
    Valued,
    gather_of,
    points_of,
    singles_of,
    summed,
    value_of,
)
from flows.goals.records import GoalsRecords
from flows.goals.tree.dividing import contribution

__all__ = ["Forecast", "Standing", "readings_of", "standing", "standings"]

MOST_LEVELS = 12  # company, departments, teams, people, objectives and key results; a loop ends here, too
MOST_BELOW = 5000  # goals read, besides those that are asked for, for the values of those above them
FINEST = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal as it stands on a day.

    `value` is what the readings say, None while there is none, and `valued` tells how it came about; `attainment`
    percent by the rule of its kind, capped, None where data is missing; `formula` says in words how it came about,
    with its numbers; `score` is an OKR's, from 0 to 1. `expected` is the percent of the way that should be done by
    now, by elapsed working days. `readings` are the current ones, by day. `points` draw the line so far in the
    target's terms, and `span` are its days. `below` are the goals whose values or attainments made its own.
    """

    goal: Goal
    readings: tuple[Reading, ...]
    value: Decimal | None = None
    attainment: Decimal | None = None
    formula: Words = NOTHING
    expected: Decimal | None = None
    forecast: Forecast | None = None
    signals: tuple[Signal, ...] = ()
    valued: Words = NOTHING
    score: Decimal | None = None
    points: tuple[Point, ...] = ()
    span: Span | None = None
    below: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What a goal's numbers depend on besides its readings: the owner's day and country, its days, the template's cap."""

    today: date
    country: str | None = None
    span: Span | None = None
    cap: Decimal = GOAL_CAP


def standings(
    records: GoalsRecords, goals: Sequence[Goal], now: datetime, *, ahead: bool = True
) -> Mapping[int, Standing]:
    """How each goal stands at `now`, by its id; without `ahead` only how far it is, not where it is heading.

    Key results make their objective's attainment. A goal without readings of its own takes the sum of what the goals
    below give it (each one's value in the goal's unit, by the rule by which their targets count towards its target).
    """
    every, below, found = _with_those_below(records, goals)  # from the top down
    signals = records.signals.of_goals([goal.id for goal in goals]) if ahead else {}
    places = _places(records, every, now)
    known: dict[int, Standing] = {}
    for goal in reversed(every):
        under = [known[child.id] for child in below.get(goal.id, ()) if child.id in known]
        own = found.get(goal.id, ())
        known[goal.id] = standing(goal, own, places[goal.id], under, signals.get(goal.id, ()), ahead=ahead)
    return {goal.id: known[goal.id] for goal in goals}


def readings_of(records: GoalsRecords, goals: Sequence[Goal]) -> dict[int, tuple[Reading, ...]]:
    """Each goal's readings, by day: its metric's where there are any, else those of its own."""
    series = records.readings.of([name for goal in goals for name in sources_of(goal)])
    return {
        goal.id: tuple(next((series[name] for name in sources_of(goal) if name in series), ()))
        for goal in goals
    }


def standing(
    goal: Goal,
    readings: Sequence[Reading],
    place: Place,
    under: Sequence[Standing] = (),
    signals: Sequence[Signal] = (),
    *,
    ahead: bool = True,
) -> Standing:
    """How one goal stands; `under` are the standings of the goals right below it."""
    expected = _expected(goal, place) if ahead else None
    if goal.terms.shape == "objective":
        results = [one for one in under if is_result_of(one.goal, goal)]
        whole = objective([(one.goal.terms.weight, one.attainment, one.score) for one in results])
        return Standing(
            goal, tuple(readings), attainment=whole.percent, formula=whole.formula, score=whole.score,
            expected=expected, signals=tuple(signals), span=place.span, below=tuple(one.goal.id for one in results),
        )  # fmt: skip
    valued = value_of(goal, readings, place.today, place.span)
    givers: tuple[int, ...] = ()
    if not readings:
        valued, givers = _from_below(goal, under)
    reached = attained(goal.terms, valued.value, place.cap)
    made = Standing(
        goal, tuple(readings), valued.value, reached.percent, reached.formula, expected,
        signals=tuple(signals), valued=valued.words, score=reached.score, span=place.span, below=givers,
    )  # fmt: skip
    if not ahead:
        return made
    singles, gather = singles_of(goal, readings, place.today, place.span), gather_of(goal, readings)
    return replace(made, points=points_of(singles, gather), forecast=_forecast(goal, singles, gather, place))


def is_result_of(goal: Goal, objective: Goal) -> bool:
    """Whether the goal is a key result of the objective: right below it and of the same owner, cycle and level.

    Others that serve the objective, such as a department's below the company's, have attainments of their own.
    """
    same_place = (goal.person, goal.cycle, goal.level, goal.department) == (
        objective.person, objective.cycle, objective.level, objective.department,
    )  # fmt: skip
    return goal.terms.parent == objective.id and goal.terms.part == "ordinary" and same_place


def _from_below(goal: Goal, under: Sequence[Standing]) -> tuple[Valued, tuple[int, ...]]:
    """The value that the goals below give, and which these are."""
    giving = [one for one in under if contribution(one.goal.terms, goal.terms) is not None]
    parts = [
        contribution(replace(one.goal.terms, target=one.value), goal.terms) if one.value is not None else None
        for one in giving
    ]
    known = [part for part in parts if part is not None]
    return summed(known, len(giving), goal.terms.unit), tuple(one.goal.id for one in giving)


def _expected(goal: Goal, place: Place) -> Decimal | None:
    """The percent of the way that should be done by now; None where nothing says when it ends."""
    if place.span is None:
        return None
    found = expects(goal.terms, elapsed(place.span, place.today, place.country))
    return None if found is None else half_up(Decimal(found), FINEST)


def _forecast(goal: Goal, singles: Sequence[Point], gather: Gather, place: Place) -> Forecast | None:
    if place.span is None or goal.terms.shape != "number" or goal.terms.steps:
        return None
    return expected_end(singles, place.span[1], gather)


def _with_those_below(
    records: GoalsRecords, goals: Sequence[Goal]
) -> tuple[list[Goal], dict[int, list[Goal]], dict[int, tuple[Reading, ...]]]:
    """The goals and those below that make them, each after all above it, with the children of each and all readings.

    What has readings of its own rests on nothing below, so a company's tree is read only as far down as it has none.
    """
    every = {goal.id: goal for goal in goals}
    below: dict[int, list[Goal]] = {}
    found: dict[int, tuple[Reading, ...]] = {}
    level = list(goals)
    for _ in range(MOST_LEVELS):
        if not level or len(every) > len(goals) + MOST_BELOW:
            break
        found |= readings_of(records, [goal for goal in level if goal.id not in found])
        level = [goal for goal in level if goal.terms.shape == "objective" or not found[goal.id]]
        asked = [goal.id for goal in level if goal.id not in below]
        for goal in asked:
            below[goal] = []
        for child in records.goals.children(asked):
            below[child.terms.parent or 0].append(child)
        level = list({child.id: child for goal in level for child in below[goal.id]}.values())
        for child in level:  # the last place counts: it stands below everything that is above it
            every.pop(child.id, None)
            every[child.id] = child
    found |= readings_of(records, [goal for goal in every.values() if goal.id not in found])
    return list(every.values()), below, found


def _places(records: GoalsRecords, goals: Sequence[Goal], now: datetime) -> dict[int, Place]:
    people = {person.id: person for person in records.people.many({goal.person for goal in goals})}
    ids = {goal.cycle for goal in goals if goal.cycle}
    cycles = {cycle: records.cycles.get(cycle) for cycle in sorted(ids)}
    places: dict[int, Place] = {}
    alike: dict[tuple[str, int | None, date | None], Place] = {}
    for goal in goals:
        zone = people[goal.person].zone if goal.person in people else "UTC"
        key = (zone, goal.cycle, goal.terms.due)
        if key not in alike:
            cycle = cycles.get(goal.cycle or 0)
            cap = cycle.template.goal_cap if cycle else GOAL_CAP
            alike[key] = Place(local_day(now, zone), country_of(zone), span_of(goal, cycle), cap)
        places[goal.id] = alike[key]
    return places
