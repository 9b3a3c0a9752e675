"""Who does a person's duties towards others: the person, their deputy, or while they are away their manager."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from flows.core.owed import Task
from flows.cycle.asking import is_personal
from flows.cycle.calendar import DAY, local_day
from flows.cycle.owing import AGREE, APPROVE, REPLACE, moments
from flows.cycle.records import CycleRecords, Delegation
from flows.people.person import Person

TO_OTHERS = frozenset({"review", "nominate", AGREE, APPROVE, REPLACE, "plan-answer", "training-answer"})
"""The kinds of duties towards others (`Duty.to_others`)."""

STANDS_IN = "stands in"  # why an open task is with another than its owner; any other reason was given by hand
HIGHEST = 64  # levels of managers that are looked up: no company has so many, a loop has no end


@dataclass(frozen=True, slots=True)
class Company:
    """As much of the company as it takes to say who stands in: people, and delegations by whose duties they are."""

    people: Mapping[int, Person]
    delegations: Mapping[int, Sequence[Delegation]] = field(default_factory=dict)


def who(company: Company, owner: int, about: int, now: datetime, due: datetime | None = None) -> int | None:
    """Who does the owner's duty about somebody at this moment; None when nobody of the company may.

    The owner's deputy if one is named for the owner's local day; the owner's manager (and on up) while the owner is
    away from now until past the `due` day; otherwise the owner. Never somebody inactive, never the one it is about,
    and a deputy's own deputy does not count. All moments are aware.
    """
    whose = company.people.get(owner)
    if whose is None:
        return None
    day = local_day(now, whose.zone)
    works_here = whose.active and not whose.has_left(day)
    if owner == about:
        return owner if works_here else None
    if works_here:
        for delegation in company.delegations.get(owner, ()):
            if covers(delegation, day) and fit(company, delegation.deputy, about, now):
                return delegation.deputy
        if due is None or not away_through(whose, day, local_day(due, whose.zone)):
            return owner
    above = (manager for manager in line(company, owner) if fit(company, manager, about, now))
    return next(above, owner if works_here else None)


def covers(delegation: Delegation, day: date) -> bool:
    """Whether the delegation is on, on a local day of the one whose duties they are."""
    return delegation.ended_at is None and delegation.first <= day <= delegation.last


def fit(company: Company, person: int, about: int, now: datetime) -> bool:
    """Whether somebody may stand in now: active, not away, and it is about neither them nor a manager above them."""
    found = company.people.get(person)
    if found is None or not found.active or about == found.id or about in line(company, person):
        return False
    day = local_day(now, found.zone)
    return not found.has_left(day) and not found.is_away(day)


def away_through(person: Person, day: date, due: date) -> bool:
    """Whether the person is away on every day from `day` to the due day; on `day` alone when that has passed."""
    return all(person.is_away(day + n * DAY) for n in range(max(0, (due - day).days) + 1))


def line(company: Company, person: int) -> Iterator[int]:
    """The managers upwards, as far as they are known; a loop ends it."""
    seen = {person}
    found = company.people.get(person)
    while found is not None and found.manager is not None and found.manager not in seen:
        seen.add(found.manager)
        yield found.manager
        found = company.people.get(found.manager)


def known(records: CycleRecords, owners: Iterable[int]) -> Company:
    """What it takes to say who does the duties of these people: a handful of queries for thousands."""
    wanted = set(owners)
    people = {person.id: person for person in records.people.many(sorted(wanted))}
    delegations: dict[int, list[Delegation]] = defaultdict(list)
    single = next(iter(wanted)) if len(wanted) == 1 else None
    current = records.delegations.all_current() if single is None else records.delegations.of_person(single)
    for delegation in current:
        if delegation.person in wanted:
            delegations[delegation.person].append(delegation)
    deputies = {delegation.deputy for several in delegations.values() for delegation in several}
    people |= {person.id: person for person in records.people.many(sorted(deputies - people.keys()))}
    level = {
        p.manager
        for p in people.values()
        if p.manager and (p.away or p.left_on or not p.active or p.id in deputies)
    }
    for _ in range(HIGHEST):
        found = records.people.many(sorted(level - people.keys()))
        if not found:
            break
        people |= {person.id: person for person in found}
        level = {person.manager for person in found if person.manager}
    return Company(people, delegations)


def does(records: CycleRecords, owner: int, about: int, now: datetime, due: datetime | None = None) -> int:
    """Who does one duty now; the owner where nobody else may."""
    return who(known(records, [owner]), owner, about, now, due) or owner


def placed(
    records: CycleRecords, tasks: Sequence[Task], now: datetime, kinds: Collection[str] = TO_OTHERS
) -> list[Task]:
    """New tasks with whoever does them now; those that are nobody's to pass stay as they are."""
    passing = [passes(records, task, kinds) for task in tasks]
    company = known(records, {task.owner for task, may in zip(tasks, passing, strict=True) if may})
    found: list[Task] = []
    for task, may in zip(tasks, passing, strict=True):
        right = who(company, task.owner, task.about, now, task.due_at) if may else None
        found.append(task if right is None or right == task.person else given(records, task, right, now))
    return found


def passes(records: CycleRecords, task: Task, kinds: Collection[str] = TO_OTHERS) -> bool:
    """Whether a task is a duty towards somebody else that another may do instead; nobody's own opinion is."""
    return task.kind in kinds and task.owner != task.about and not is_opinion(records, task)


def is_opinion(records: CycleRecords, task: Task) -> bool:
    """Whether only its owner can do the task: it asks what they themselves think of somebody."""
    cycle = records.cycles.get(task.scope) if task.kind == "review" else None
    return cycle is not None and is_personal(cycle.template.phase(task.subject))


def settle(
    records: CycleRecords, tasks: Iterable[Task], now: datetime, kinds: Collection[str] = TO_OTHERS
) -> int:
    """Bring open tasks to whoever does them now, back to their owners too; how many moved.

    What was handed over by hand stays where it is while that person may do it.
    """
    movable = [task for task in tasks if task.state == "open" and passes(records, task, kinds)]
    if not movable:
        return 0
    company = known(records, {task.owner for task in movable} | {task.person for task in movable})
    moved: list[tuple[Task, Task]] = []
    for task in movable:
        by_hand = task.person != task.owner and task.why != STANDS_IN
        right = who(company, task.owner, task.about, now, task.due_at)
        if right is None or right == task.person or (by_hand and fit(company, task.person, task.about, now)):
            continue
        moved.append((task, given(records, task, right, now)))
    return keep_moved(records, moved, now, "task.stand_in")


def given(records: CycleRecords, task: Task, person: int, now: datetime) -> Task:
    """The task as that person gets it: nothing has been said to them yet, and the next digest tells them."""
    opens, due, until = in_zone_of(records, task, person)
    return replace(
        task, person=person, why="" if person == task.owner else STANDS_IN, live=None, snoozed=False,
        said_at=None, told_due=None, opens_at=opens, due_at=due, until=until, next_at=max(now, opens),
    )  # fmt: skip


def keep_moved(records: CycleRecords, moved: Sequence[tuple[Task, Task]], now: datetime, action: str) -> int:
    """Keep tasks that have passed to somebody: (before, after) of each; one line of the audit log for each."""
    records.tasks.save_many([after for _, after in moved])
    for before, after in moved:
        if is_opinion(records, after):  # the log never says who was asked about whom
            records.audit.note(now, None, action, f"cycle/{after.scope}", {"phase": after.subject})
            continue
        detail = {"from": before.person, "to": after.person, "owner": after.owner, "about": after.about}
        records.audit.note(now, None, action, f"task/{after.id}", detail)
    records.messages.refresh(before.live for before, _ in moved if before.live)
    return len(moved)


def in_zone_of(records: CycleRecords, task: Task, person: int) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) as they are for that person, in UTC; what they were where nothing says it."""
    reader = records.people.get(person)
    found = moments(records, replace(task, person=person), reader) if reader else None
    return found or (task.opens_at, task.due_at, task.until)
