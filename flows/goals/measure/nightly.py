"""Each night it is kept how every agreed goal of a running cycle stands, and once a week the sums: reports read these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flows.core.catalog import sweep
from flows.cycle.records import Cycle, Sweep
from flows.cycle.template import GOAL_CAP
from flows.goals.kept import Goal
from flows.goals.measure.attainment import attained
from flows.goals.measure.kept_standing import KeptStanding
from flows.goals.measure.standing import Standing, standings
from flows.goals.measure.weights import FINEST, HUNDRED, effective
from flows.goals.records import GoalsRecords
from flows.goals.tree.dividing import in_places

NIGHT = "goal.standings"
PEOPLE = 100  # in one transaction: short enough that a click never waits long behind it
ABOVE = 20  # goals of departments and the company, whose values may rest on many below


def plan_standings(records: GoalsRecords, now: datetime) -> None:
    """Have every goal's standing kept once a day (UTC) while a cycle runs: one query where that is planned already."""
    today = now.astimezone(UTC).date()
    key = f"{NIGHT}/{today}"
    if records.sweeps.get(key) is not None:
        return
    running = [cycle.id for cycle in records.cycles.in_state("live") if cycle.is_running]
    if running:
        records.sweeps.plan(Sweep(key, {"day": today.isoformat(), "cycles": running, "above": False}, now))


@sweep(NIGHT)
def keep_standings(records: GoalsRecords, work: Sweep, now: datetime) -> Sweep:
    """Keep how the next goals stand: cycle by cycle the people's own, then those of departments and the company."""
    number, *others = work.about["cycles"]
    cycle, day = records.cycles.get(number), date.fromisoformat(work.about["day"])
    if cycle is not None:
        goals, cursor = _next(records, cycle, work)
        records.standings.keep(kept_of(cycle, standings(records, goals, now), day))
        if cursor is not None:
            return replace(work, cursor=cursor)
        if not work.about["above"]:
            return replace(work, about={**work.about, "above": True}, cursor=0)
        _finish(records, cycle.id, day)
    return replace(work, about={**work.about, "cycles": others, "above": False}, cursor=0, done=not others)


def _next(records: GoalsRecords, cycle: Cycle, work: Sweep) -> tuple[list[Goal], int | None]:
    """The next agreed goals, and where the work goes on; None at the end."""
    if work.about["above"]:
        every = sorted(records.goals.above(cycle.id), key=lambda goal: goal.id)
        goals = [goal for goal in every if goal.id > work.cursor and goal.state == "agreed"][:ABOVE]
        return goals, goals[-1].id if len(goals) == ABOVE else None
    people = [one.person for one in records.participants.slice(cycle.id, work.cursor, PEOPLE)]
    goals = [goal for goal in records.goals.of_people(cycle.id, people) if goal.state == "agreed"]
    return goals, people[-1] if len(people) == PEOPLE else None


def _finish(records: GoalsRecords, cycle: int, day: date) -> None:
    """What is not agreed any more goes; the first look of a week is that week's."""
    records.standings.drop_before(cycle, day)
    monday = day - timedelta(days=day.weekday())
    if not records.standings.has_week(cycle, monday):
        records.standings.keep_week(cycle, monday)


def kept_of(cycle: Cycle, found: Mapping[int, Standing], day: date) -> list[KeptStanding]:
    """What is kept of these standings; all own goals of a person have to be among them, for their shares."""
    shares: dict[int, Decimal] = {}
    people: dict[int, list[Standing]] = {}
    for one in found.values():
        if one.goal.level == "person":
            people.setdefault(one.goal.person, []).append(one)
    for own in people.values():
        shares |= shares_of(own, cycle.template.perspectives)
    cap = cycle.template.goal_cap
    return [_kept(cycle.id, one, shares.get(one.goal.id), day, cap) for one in found.values()]


def shares_of(own: Sequence[Standing], perspectives: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """What each of a person's goals counts for in percent, by goal id, as `sheet_attainment` has it.

    Ordinary goals only, without key results and without private ones, which stand in no figure of a group. Those
    without a value count for 0, the others sum to 100.
    """
    objectives = {one.goal.id for one in own if one.goal.terms.shape == "objective"}
    counted = [
        one
        for one in own
        if one.goal.terms.part == "ordinary"
        and one.goal.terms.parent not in objectives
        and one.goal.terms.visibility != "private"
    ]
    found = effective([one.goal for one in counted if one.attainment is not None], perspectives)
    return {one.goal.id: found.get(one.goal.id, Decimal()) * HUNDRED for one in counted}


def _kept(
    cycle: int, one: Standing, share: Decimal | None, day: date, cap: Decimal = GOAL_CAP
) -> KeptStanding:
    made = KeptStanding(
        cycle, one.goal.person, one.goal.id, day, None if share is None else share.quantize(FINEST),
        one.attainment, one.expected,
    )  # fmt: skip
    if one.forecast is None:
        return made
    ends = [in_places(Decimal(end)) for end in (one.forecast.low, one.forecast.middle, one.forecast.high)]
    if None in ends:
        return made
    return replace(
        made, low=ends[0], middle=ends[1], high=ends[2], ending=attained(one.goal.terms, ends[1], cap).percent
    )
