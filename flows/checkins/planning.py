"""Planning a round: its tasks are written shortly before it opens, in slices of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from flows.checkins import schedule_json
from flows.checkins.digest_planning import look_after, look_again, ruled
from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import AHEAD, KIND, asked, near_rounds, task_for
from flows.core.catalog import sweep
from flows.cycle.calendar import Round, next_round
from flows.cycle.records import Sweep

SLICE = 2000  # people in one transaction: short enough that a click never waits long behind it
HIGHEST = 2**31 - 1  # no person's id is above it


def plan_key(programme: int, round_key: str) -> str:
    return f"checkin.plan/{programme}/{round_key}"


def plan(records: CheckinRecords, now: datetime) -> None:
    """Have the round that is on and the one about to open planned, and their digests. Said twice, it is done once."""
    programme = records.programmes.current()
    if programme is None or programme.state != "running":
        return
    for round_ in near_rounds(programme, now):
        about = {"programme": programme.id, "round": round_.key}
        records.sweeps.plan(Sweep(plan_key(programme.id, round_.key), about, now))
        look_after(records, programme, round_, now)


def replan(
    records: CheckinRecords, programme: Programme, before: Programme, running: Round | None, now: datetime
) -> None:
    """Have everything of which nothing was said planned anew under changed rules, with the next tick.

    The round that is `running` goes on by the rules of `before`; digests that wait move with rounds to come.
    """
    about: dict[str, Any] = {"programme": programme.id, "anew": True}
    if running:
        about |= {"round": running.key, "by": schedule_json.dump(before.schedule)}
        look_again(records, programme, running, now, before.schedule, move=False)
    records.sweeps.plan(Sweep(plan_key(programme.id, f"change/{now.isoformat()}"), about, now))
    for round_ in near_rounds(programme, now):
        if running is None or round_.key != running.key:
            look_again(records, programme, round_, now, move=round_.opens_on > now.date())


def wake(records: CheckinRecords, programme: Programme, now: datetime) -> None:
    """Have everything that is owed looked at anew after a pause, with the next tick."""
    about = {"programme": programme.id, "wake": True}
    records.sweeps.plan(Sweep(plan_key(programme.id, f"resume/{now.isoformat()}"), about, now))


def next_planning(records: CheckinRecords, now: datetime) -> datetime | None:
    """When the round after the near ones is to be planned; None when nothing is running."""
    programme = records.programmes.current()
    if programme is None or programme.state != "running":
        return None
    opens = next_round(programme.schedule, now.date()).opens_on
    if opens - AHEAD <= now.date():
        opens = next_round(programme.schedule, opens).opens_on
    return datetime.combine(opens - AHEAD, time(0), tzinfo=UTC)


@sweep("checkin.plan")
def plan_slice(records: CheckinRecords, sweep: Sweep, now: datetime) -> Sweep:
    """Write what the next people owe; after a change of the rules, without what they were to be told until then."""
    programme = records.programmes.get(sweep.about["programme"])
    if programme is None or programme.state == "ended":
        return replace(sweep, done=True)
    people = records.people.slice(sweep.cursor, SLICE)
    last = people[-1].id if len(people) == SLICE else HIGHEST
    if sweep.about.get("anew"):
        records.tasks.drop_unsaid(KIND, programme.id, sweep.cursor, last)
    if sweep.about.get("wake"):
        records.tasks.wake_slice(KIND, programme.id, now, sweep.cursor, last)
    tasks = [
        task
        for rules, round_ in rounds_of(programme, sweep, now)
        for person in people
        if asked(rules.audience, person) and (task := task_for(rules, round_, person)) and task.until > now
    ]
    records.tasks.add(tasks)
    return replace(sweep, cursor=last, done=last == HIGHEST)


def rounds_of(programme: Programme, sweep: Sweep, now: datetime) -> list[tuple[Programme, Round]]:
    """The rounds that a sweep plans, each with the programme by whose rules it goes."""
    named = sweep.about.get("round")
    found = ruled(programme, named, sweep.about.get("by")) if named else None
    near = near_rounds(programme, now) if sweep.about.get("anew") else []
    return ([found] if found else []) + [(programme, round_) for round_ in near]
