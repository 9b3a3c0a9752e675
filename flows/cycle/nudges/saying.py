"""One go over many people: what is due to each becomes at most one message of their day, or waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from flows.core.records import Message, Notice, Records, Task
from flows.cycle.calendar import local_day
from flows.cycle.duty import Duty
from flows.cycle.nudges.nudge import ON_TIME, comes_today, missed, next_look, outlook, working_moment
from flows.cycle.nudges.pace import Taken, allowed_moment, since
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

AHEAD = timedelta(hours=26)  # the longest rest of a local day: what would come in it is said with the rest

Of = TypeVar("Of", Task, Notice)
Policies = Callable[[Task], NudgePolicy | None]


@dataclass(slots=True)
class Plan:
    """What a go over some people comes to, to be kept at once. `told` and `notices` name their message by its key."""

    messages: list[Message] = field(default_factory=list)
    told: list[tuple[Task, str, datetime]] = field(default_factory=list)
    notices: list[tuple[Notice, str]] = field(default_factory=list)
    looked_at: list[Task] = field(default_factory=list)
    closed: list[Task] = field(default_factory=list)
    put_off: list[Notice] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    missed: int = 0


@dataclass(slots=True)
class Reader:
    """One person in a go: what is said to them now, what they asked to hear now, what else comes later today."""

    person: Person
    taken: Taken
    said: list[Task] = field(default_factory=list)
    asked: list[Task] = field(default_factory=list)
    later: list[Task] = field(default_factory=list)


def say_due(records: Records, duties: Mapping[str, Duty], people: Sequence[int], now: datetime) -> int:
    """Say to each of these people what is due, all in one message; how many reminders were missed for good.

    What is due and can't be said now (a day off, the day's message is used up) is looked at again when it can.
    """
    known = {person.id: person for person in records.people.many(people)}
    tasks = _by_person(records.tasks.due_of(people, now + AHEAD))
    notices = _by_person(records.notices.due_of(people, now))
    taken = records.messages.unasked(people, since(now))
    policies = policies_of(records, duties)
    plan = Plan()
    for one in people:
        owed, told = tasks.get(one, []), notices.get(one, [])
        person = known.get(one)
        if person is None or not person.active:
            plan.closed += [replace(task, state="waived", why="left") for task in owed if _is_due(task, now)]
            plan.put_off += [replace(notice, state="dropped") for notice in told]
            continue
        reader = Reader(person, taken.get(one, {}))
        for task in owed:
            _look(plan, reader, task, policies(task), now)
        _write(plan, reader, told, policies, now)
    _keep(records, plan, now)
    return plan.missed


def policies_of(records: Records, duties: Mapping[str, Duty]) -> Policies:
    """The nudge policy of a task, asked once for all tasks of a phase."""
    found: dict[tuple[str, int, str], NudgePolicy | None] = {}

    def policy(task: Task) -> NudgePolicy | None:
        phase = (task.kind, task.scope, task.subject)
        if phase not in found:
            duty = duties.get(task.kind)
            found[phase] = duty.policy(records, task) if duty else None
        return found[phase]

    return policy


def _look(plan: Plan, reader: Reader, task: Task, policy: NudgePolicy | None, now: datetime) -> None:
    """Sort the task by what is to be done about it now."""
    person = reader.person
    if task.next_at is None or task.next_at > now:
        if policy is not None and not task.snoozed:
            reader.later.append(task)
    elif now >= task.until:
        plan.missed += missed(task, person, policy, now) if policy and not task.snoozed else 0
        plan.closed.append(replace(task, state="expired"))
    elif policy is None:
        plan.looked_at.append(replace(task, next_at=task.until))
    elif task.snoozed:
        on_time = now - task.next_at <= ON_TIME
        moment = now if on_time else working_moment(person, now, policy)
        if moment <= now:
            reader.asked.append(task)
        else:
            plan.looked_at.append(replace(task, next_at=min(moment, task.until)))
    else:
        plan.missed += missed(task, person, policy, now)
        found = outlook(task, person, policy, reader.taken, now)
        if found.say:
            reader.said.append(task)
            return
        plan.looked_at.append(replace(task, next_at=found.next_at))
        if task.live and now >= task.due_at:  # it says by now that it is late
            plan.stale.append(task.live)


def _write(plan: Plan, reader: Reader, notices: Sequence[Notice], policies: Policies, now: datetime) -> None:
    """The day's message, with what else would come today; or what was asked for, each by itself."""
    person, today = reader.person, local_day(now, reader.person.zone)
    if notices and not reader.said and (moment := allowed_moment(person, now, reader.taken)) > now:
        plan.put_off += [replace(notice, due_at=moment) for notice in notices]
        notices = ()
    if not reader.said and not notices:
        for task in reader.asked:
            _add(plan, f"snooze/{task.id}/{task.said}", reader, [task], (), policies, now)
        return
    together = [*reader.said, *reader.asked]
    for task in reader.later:
        policy = policies(task)
        if policy and comes_today(task, person, policy, reader.taken, now):
            together.append(task)
    _add(plan, f"day/{person.id}/{today}", reader, together, notices, policies, now, day=today)


def _add(
    plan: Plan,
    key: str,
    reader: Reader,
    tasks: list[Task],
    notices: Sequence[Notice],
    policies: Policies,
    now: datetime,
    day: date | None = None,
) -> None:
    """A message about these tasks: `again` are those that were spoken of before, `moved` those with another date."""
    tasks.sort(key=lambda task: (task.due_at, task.id))
    about: dict[str, Any] = {
        "person": reader.person.id,
        "tasks": [[task.id, task.said] for task in tasks],
        "notices": [notice.id for notice in notices],
    }
    if again := [task.id for task in tasks if task.said_at is not None]:
        about["again"] = again
    if moved := [task.id for task in tasks if task.told_due not in (None, task.due_at)]:
        about["moved"] = moved
    plan.messages.append(Message(key, "digest", about, now, reader.person.id, day=day))
    plan.notices += [(notice, key) for notice in notices]
    plan.stale += [task.live for task in tasks if task.live]
    for task in tasks:
        policy = policies(task)
        looks = next_look(task, now, reader.person, policy, reader.taken, now) if policy else task.until
        plan.told.append((task, key, looks))


def _keep(records: Records, plan: Plan, now: datetime) -> None:
    """Write it all down in a few statements."""
    if records.messages.write_many(plan.messages) < len(plan.messages):
        _again(records, plan)
    ids = records.messages.ids_of([message.key for message in plan.messages])
    records.tasks.told(
        [
            replace(
                task,
                said=task.said + 1,
                said_at=now,
                told_due=task.due_at,
                snoozed=False,
                live=ids[key],
                next_at=looks,
            )
            for task, key, looks in plan.told
        ]
        + plan.looked_at
    )
    records.tasks.save_many([replace(task, next_at=None, live=None, snoozed=False) for task in plan.closed])
    records.notices.save_many(
        [replace(notice, state="said", message=ids[key]) for notice, key in plan.notices] + plan.put_off
    )
    plan.stale += [task.live for task in plan.closed if task.live]
    records.messages.refresh(plan.stale)


def _again(records: Records, plan: Plan) -> None:
    """A message of the day that was dropped before it was sent (all in it was over) does not use the day up."""
    for number, message in enumerate(plan.messages):
        there = records.messages.by_key(message.key)
        if there is None or there.state != "dropped":
            continue
        key = f"{message.key}/{message.due_at.timestamp():.0f}"
        plan.messages[number] = replace(message, key=key)
        plan.told = [(task, key if was == message.key else was, looks) for task, was, looks in plan.told]
        plan.notices = [(notice, key if was == message.key else was) for notice, was in plan.notices]
        records.messages.write(plan.messages[number])


def put_off(records: Records, people: Sequence[int], now: datetime, to: datetime) -> None:
    """Look again at what is due to these people at another moment: something about it fails."""
    tasks, notices = records.tasks.due_of(people, now), records.notices.due_of(people, now)
    records.tasks.told([replace(task, next_at=to) for task in tasks])
    records.notices.save_many([replace(notice, due_at=to) for notice in notices])


def _is_due(task: Task, now: datetime) -> bool:
    return task.next_at is not None and task.next_at <= now


def _by_person(items: Iterable[Of]) -> dict[int, list[Of]]:
    found: dict[int, list[Of]] = defaultdict(list)
    for item in items:
        found[item.person].append(item)
    return found
