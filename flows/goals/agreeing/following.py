"""What follows from a change of goals: both sides' tasks, and what the person is told with the next digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flows.core.catalog import sweep
from flows.core.owed import Notice, Task
from flows.cycle.nudges.closing import close
from flows.cycle.owing import AGREE, time_to_answer
from flows.cycle.people.leading import UNLED
from flows.cycle.people.leaving import LEFT
from flows.cycle.people.standing_in import placed
from flows.cycle.planning import GOALS_FOLLOW, TAKEN_OUT
from flows.cycle.records import Cycle, Participant, Sweep
from flows.goals.agreeing.negotiation import is_turn_of
from flows.goals.kept import LIVE, Goal
from flows.goals.phases import WRITING, answering_phase, writing_phases
from flows.goals.records import GoalsRecords
from flows.goals.rights import goals_of, sides_of

ANSWERED = "goals.answered"  # the kind of the notice to the person
MOVED, WITHDRAWN = "moved", "withdrawn"
OURS = (UNLED, TAKEN_OUT, LEFT, MOVED, WITHDRAWN)
"""Why an answer was not needed; any other reason somebody gave by hand."""
FOREVER = timedelta(days=36_500)
SLICE = 500  # people in one transaction


def follow(records: GoalsRecords, cycle: int | None, person: int, now: datetime) -> None:
    """Bring the tasks and notices about a person's goals in a cycle to the state of these goals; done twice, it acts once.

    To be called after the goals are saved, with the same `now` that stands in their history. Of two who change the
    same person's goals at once, the second waits here for the first and sees what they did.
    """
    found = records.cycles.get(cycle) if cycle else None
    place = records.participants.lock(found.id, person) if found and found.state == "live" else None
    if found is None or place is None or place.place != "in":
        return
    goals = goals_of(records, found.id, person)
    answered = bool(records.goals.answers(found.id, person, now))
    bring_own(records, found, person, goals, answered, now)
    ask_others(records, found, place, goals, now)
    if answered:
        tell(records, found, person, now)


@sweep(GOALS_FOLLOW)
def follow_many(records: GoalsRecords, work: Sweep, now: datetime) -> Sweep:
    """The same for the people who are named, or for everybody in the cycle who has goals, in slices."""
    cycle, named = work.about["cycle"], work.about.get("people")
    if named is not None:
        for person in named:
            follow(records, cycle, person, now)
        return replace(work, done=True)
    people = [one.person for one in records.participants.slice(cycle, work.cursor, SLICE)]
    for person in records.goals.states(cycle, people):
        follow(records, cycle, person, now)
    return replace(work, cursor=people[-1] if people else work.cursor, done=len(people) < SLICE)


def bring_own(
    records: GoalsRecords, cycle: Cycle, person: int, goals: Sequence[Goal], answered: bool, now: datetime
) -> None:
    """The person's own task: done once they have goals and nothing waits for them, open again when something does."""
    waits = any(is_turn_of(goal, person) for goal in goals)
    done = not waits and any(goal.level == "person" and goal.state in LIVE for goal in goals)
    for phase in writing_phases(cycle):
        task = records.tasks.find(WRITING, cycle.id, person, phase.name)
        if task is None:
            continue
        if task.state == "open" and done:
            close(records, replace(task, state="done", done_at=now))
        elif now < task.until and (
            (task.state == "done" and not done) or (task.state == "open" and waits and answered)
        ):
            records.tasks.save(anew(task, now))


def anew(task: Task, now: datetime) -> Task:
    """The task open as if nothing had been said of it yet: the next digest tells it."""
    return replace(
        task, state="open", why="", done_at=None, said_at=None, told_due=None, snoozed=False, live=None,
        next_at=max(now, task.opens_at),
    )  # fmt: skip


def ask_others(
    records: GoalsRecords, cycle: Cycle, place: Participant, goals: Sequence[Goal], now: datetime
) -> None:
    """Whoever is on the other side of something that waits has one task about the person, for all of it."""
    sides = sides_of(records, goals)
    waiting: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals:
        side = sides[goal.id]
        if side and is_turn_of(goal, side):
            waiting[side].append(goal)
    about = records.tasks.open_about([place.person])
    open_ones = [task for task in about if task.kind == AGREE and task.scope == cycle.id]
    for task in open_ones:
        if task.owner not in waiting:
            close(records, answered_by(task, [g for g in goals if sides[g.id] == task.owner], now))
    for side in sorted(waiting.keys() - {task.owner for task in open_ones}):
        ask(records, cycle, place, side, waiting[side], now)


def answered_by(task: Task, goals: Sequence[Goal], now: datetime) -> Task:
    """A task of which nothing waits any more, by what became of the goals of its owner's."""
    if any(goal.state in ("agreed", "returned") for goal in goals):
        return replace(task, state="done", done_at=now)
    return replace(task, state="waived", why=WITHDRAWN if goals else MOVED, done_at=now)


def ask(
    records: GoalsRecords,
    cycle: Cycle,
    place: Participant,
    side: int,
    goals: Sequence[Goal],
    now: datetime,
) -> None:
    """Open the side's task, unless they said since the goals were proposed that it is not theirs, or let it pass."""
    phase, owner = answering_phase(cycle, now), records.people.get(side)
    if phase is None or owner is None:
        return
    known = next(iter(records.tasks.for_person(AGREE, cycle.id, phase.name, place.person, [side])), None)
    if known and is_settled(known, goals):
        return
    opens, due, until = time_to_answer(now, owner.zone)
    fresh = known or Task(0, AGREE, cycle.id, side, phase.name, "open", opens, due, until, about=place.person)
    fresh = replace(fresh, person=side, department=place.department, opens_at=opens, due_at=due, until=until)
    (fresh,) = placed(records, [anew(fresh, now)], now)
    if known:
        records.tasks.save(fresh)
    else:
        records.tasks.add([fresh])


def is_settled(task: Task, goals: Sequence[Goal]) -> bool:
    """Whether the task stays closed: nothing was asked since it was said not to apply, or was left to pass."""
    since = task.done_at if task.state == "waived" and task.why not in OURS else None
    if task.state == "expired":
        since = task.until
    return since is not None and all(goal.changed_at is None or goal.changed_at <= since for goal in goals)


def tell(records: GoalsRecords, cycle: Cycle, person: int, now: datetime) -> None:
    """Have the person told what was answered; what comes before that is said is told with it."""
    waiting = records.notices.due_of([person], now + FOREVER)
    if any(one.kind == ANSWERED and one.about["cycle"] == cycle.id for one in waiting):
        return
    about = {"cycle": cycle.id, "since": now.isoformat()}
    key = f"{ANSWERED}/{cycle.id}/{person}/{now.isoformat()}"
    records.notices.add([Notice(0, key, person, ANSWERED, about, now)])
