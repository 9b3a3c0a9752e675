"""Looks at goals: each night at all that are agreed, and at those whose data is new; signals begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flows.core.catalog import sweep
from flows.cycle.calendar import country_of, local_day
from flows.cycle.records import Sweep
from flows.goals.kept import Goal, Signal, SignalKind
from flows.goals.measure.span import Span, days_of
from flows.goals.records import GoalsRecords
from flows.goals.signals.rules import Around, signals_of
from flows.goals.signals.telling import raise_to_managers, tell_owners
from flows.goals.signals.watched import Watched, watched_of
from flows.people.person import Person

NIGHT, NEW = "goal.signals", "goal.signals-new"
SLICE = 1000  # goals in one transaction: short enough that a click never waits long behind it
SOON = timedelta(minutes=1)
MONDAY = 0
Points = Sequence[tuple[date, float]]


def plan_signals(records: GoalsRecords, now: datetime) -> None:
    """Have every goal looked at once a day (UTC) while a cycle is live: one query where that is planned already."""
    today = now.astimezone(UTC).date()
    key = f"{NIGHT}/{today}"
    if records.sweeps.get(key) is None and records.cycles.in_state("live"):
        records.sweeps.plan(Sweep(key, {"day": today.isoformat()}, now))


def plan_look(records: GoalsRecords, metrics: Iterable[str], now: datetime) -> None:
    """Have the goals that read these metrics looked at in a minute: new data has come, and more may be on its way.

    A metric has one sweep, which begins anew; one that is at work already does so when it has come to its end.
    """
    for metric in sorted(set(metrics)):
        fresh = Sweep(f"{NEW}/{metric}", {"metric": metric}, now + SOON)
        kept = None if records.sweeps.plan(fresh) else records.sweeps.get(fresh.key)
        if kept is not None and kept.done:
            records.sweeps.save(fresh)
        elif kept is not None and kept.due_at <= now:
            records.sweeps.save(replace(kept, about={**kept.about, "again": True}))


def look(records: GoalsRecords, goals: Sequence[Goal], now: datetime) -> None:
    """Look at these goals at once, in the transaction that keeps new data about them.

    Signals begin and end, and owners are told with their next digest. What is not agreed, or whose cycle does not
    run, gives none.
    """
    leading = records.goals.coverage([goal.id for goal in goals])
    agreed = [
        goal for goal in goals if goal.state == "agreed" and goal.cycle and goal.terms.shape != "objective"
    ]
    _look(records, [watched_of(goal, leads=goal.id in leading) for goal in agreed], now)
    others = {goal.id for goal in goals} - {goal.id for goal in agreed}
    stood = records.signals.of_goals(sorted(others))
    records.signals.end([(one.goal, one.kind) for found in stood.values() for one in found], now)


@sweep(NIGHT)
def look_at_all(records: GoalsRecords, work: Sweep, now: datetime) -> Sweep:
    """Look at the next goals; on Mondays, tell those above them what has stood for a week."""
    goals = records.goals.watched(work.cursor, SLICE)
    standing = _look(records, goals, now)
    day = date.fromisoformat(work.about["day"])
    if day.weekday() == MONDAY:
        raise_to_managers(records, standing, day, now)
    cursor = goals[-1].id if goals else work.cursor
    return replace(work, cursor=cursor, done=len(goals) < SLICE)


@sweep(NEW)
def look_at_new(records: GoalsRecords, work: Sweep, now: datetime) -> Sweep:
    """Look at the next goals that read a metric."""
    metric = work.about["metric"]
    goals = records.goals.with_metric(metric, work.cursor, SLICE)
    look(records, goals, now)
    if len(goals) == SLICE:
        return replace(work, cursor=goals[-1].id)
    if work.about.get("again"):
        return Sweep(work.key, {"metric": metric}, now + SOON)
    return replace(work, done=True)


def _look(records: GoalsRecords, goals: Sequence[Watched], now: datetime) -> list[Signal]:
    """Bring the goals' signals to what is so now, and have their owners told; those that stood before and still do."""
    stood = records.signals.of_goals([goal.id for goal in goals])
    people = {person.id: person for person in records.people.many({goal.person for goal in goals})}
    running = _running(records, goals)
    series = records.readings.plain([name for goal in goals for name in goal.sources])
    begun: list[Signal] = []
    ended: list[tuple[int, SignalKind]] = []
    standing: list[Signal] = []
    surroundings: dict[tuple[int, int], Around] = {}
    for goal in goals:
        kept = stood.get(goal.id, ())
        before = frozenset(one.kind for one in kept) if kept else frozenset[SignalKind]()
        owner, days = people.get(goal.person), running.get(goal.cycle)
        found: set[SignalKind] = set()
        if owner is not None and owner.active and days is not None:
            place = (goal.person, goal.cycle)
            if place not in surroundings:
                surroundings[place] = _around(owner, days, now)
            found = signals_of(*_points(goal, series), surroundings[place], before)
        elif days is None and owner is not None and owner.active:
            found = set(before)  # a pause leaves everything as it is
        begun += [Signal(goal.id, kind, now) for kind in sorted(found - before)]
        ended += [(goal.id, kind) for kind in sorted(before - found)]
        standing += [one for one in kept if one.kind in found]
    records.signals.begin(begun)
    records.signals.end(ended, now)
    tell_owners(
        records,
        [(one.goal, one.kind) for one in begun],
        {goal.id: people[goal.person] for goal in goals if goal.person in people},
        now,
    )
    return standing


def _running(records: GoalsRecords, goals: Sequence[Watched]) -> dict[int, Span]:
    """The days of each cycle that runs and is not paused."""
    found = {}
    for cycle in {goal.cycle for goal in goals}:
        kept = records.cycles.get(cycle)
        if kept is not None and kept.is_running:
            found[cycle] = days_of(kept)
    return found


def _around(owner: Person, days: Span, now: datetime) -> Around:
    return Around(local_day(now, owner.zone), country_of(owner.zone), days, owner.away)


def _points(goal: Watched, series: Mapping[str, Points]) -> tuple[Watched, Points]:
    """The goal with the readings that count for it; what was reported by hand is always the latest."""
    for name in goal.sources:
        if name in series:
            by_hand = goal.metric and name == goal.sources[-1]
            return (goal._replace(metric="", gather="latest") if by_hand else goal), series[name]
    return goal, ()
