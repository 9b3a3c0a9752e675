"""Keeps what a sheet of goals says, all of it in one transaction, and has the tasks follow in slices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.cycle.planning import GOALS_FOLLOW
from flows.cycle.records import Cycle, Sweep
from flows.goals.agreeing.negotiation import propose
from flows.goals.importing.plan import Entry, Plan
from flows.goals.kept import Act, Goal, Terms, Version
from flows.goals.records import GoalsRecords
from flows.goals.rights import other_side
from flows.people.person import Person

AT_ONCE = 200  # people whose tasks follow in one transaction

Counts = Mapping[str, int]
Sides = Mapping[int, int | None]
"""Who stands on the other side of each person's goals."""


def kept(records: GoalsRecords, plan: Plan, actor: Person, agreed: bool, now: datetime) -> Counts:
    """Keep the plan, which has no problems; how many goals are new, changed, the same, and of the library.

    `agreed`: they are agreed elsewhere and stand at once. Otherwise a person's goals are proposed to them by their
    side, a department's to whoever answers for it, and what is in force stays until they agree.
    """
    cycle, sides = plan.cycle, _sides(records, plan)
    ids: dict[int, int] = {}
    waiting = list(plan.new)
    while waiting:  # what is above comes first, so that everything below knows its number
        ready = [entry for entry in waiting if (entry.terms.parent or 0) >= 0 or entry.terms.parent in ids]
        _add(records, ready, ids, cycle, actor, sides, agreed, now)
        waiting = [entry for entry in waiting if entry.id not in ids]
    changed = 0
    for entry in plan.entries:
        changed += entry.before is not None and _change(records, entry, ids, actor, sides, agreed, now)
    for job, goals in plan.library.items():
        records.library.replace(job, list(goals))
    _have_tasks_follow(records, plan, now)
    new = len(plan.new)
    return {
        "new": new,
        "changed": changed,
        "same": len(plan.entries) - new - changed,
        "library": sum(map(len, plan.library.values())),
        "people": len(plan.people),
    }


def _add(
    records: GoalsRecords,
    entries: Sequence[Entry],
    ids: dict[int, int],
    cycle: Cycle,
    actor: Person,
    sides: Sides,
    agreed: bool,
    now: datetime,
) -> None:
    goals, versions = [], []
    for entry in entries:
        terms = _numbered(entry.terms, ids)
        by = None if agreed else _asking(records, entry, sides, actor, terms)
        goals.append(
            Goal(
                0, entry.person, terms, cycle.id, entry.line.level, entry.department,
                "proposed" if by else "agreed", 1, by, changed_at=now,
            )
        )  # fmt: skip
        versions.append(Version(0, 0, 1, "imported", actor.id, now, terms))
    for entry, made in zip(entries, records.goals.add_many(goals, versions), strict=True):
        ids[entry.id] = made


def _change(
    records: GoalsRecords,
    entry: Entry,
    ids: Mapping[int, int],
    actor: Person,
    sides: Sides,
    agreed: bool,
    now: datetime,
) -> bool:
    """Whether anything is another afterwards; a goal that was agreed elsewhere stops waiting."""
    before = records.goals.lock(entry.id)
    if before is None or before.state == "withdrawn":
        return False
    terms = _numbered(entry.terms, ids)
    asks = before.state != "agreed" or before.pending is not None or before.leaving
    if agreed and (asks or before.terms != terms or before.person != entry.person):
        version = before.version + (before.terms != terms)
        goal = replace(
            before, terms=terms, person=entry.person, state="agreed", version=version, asked_by=None, pending=None,
            leaving=False, changed_at=now,
        )  # fmt: skip
        return _save(records, goal, "imported", actor, now, terms)
    if agreed or not entry.is_changed:
        return False
    by = _asking(records, entry, sides, actor, terms)
    if by is None:
        goal, _ = propose(before, terms, actor.id, now, alone=True)
        goal = replace(goal, asked_by=None)
    elif before.state == "agreed" and before.terms == terms:  # what is in force already needs nobody's yes
        goal = replace(before, pending=None, leaving=False, asked_by=None, changed_at=now)
    else:
        goal, _ = propose(before, terms, by, now)
    return _save(records, goal, "imported", actor, now, terms)


def _save(records: GoalsRecords, goal: Goal, act: Act, actor: Person, now: datetime, terms: Terms) -> bool:
    records.goals.save(goal, Version(0, goal.id, goal.version, act, actor.id, now, terms))
    return True


def _sides(records: GoalsRecords, plan: Plan) -> Sides:
    """Who stands on the other side of each person of the plan: who reviews them, else their manager."""
    people = sorted({entry.person for entry in plan.entries})
    managers = {person.id: person.manager for person in records.people.many(people)}
    for place in records.participants.many(plan.cycle.id, people):
        managers[place.person] = place.manager or managers.get(place.person)
    there = {one.id for one in records.people.many({one for one in managers.values() if one}) if one.active}
    return {person: side if side in there else None for person, side in managers.items()}


def _asking(records: GoalsRecords, entry: Entry, sides: Sides, actor: Person, terms: Terms) -> int | None:
    """Who asks whoever answers for the goal to agree, as if they had proposed it; None where it stands at once.

    For a person that is their other side, without one whoever imports; for a department who answers for the goal above.
    """
    if entry.line.level == "company":
        return None
    asking: int | None = sides.get(entry.person) or actor.id
    if entry.line.level == "department":
        asking = other_side(records, Goal(0, entry.person, terms, level="department"))
    return asking if asking != entry.person else None


def _numbered(terms: Terms, ids: Mapping[int, int]) -> Terms:
    parent = terms.parent
    return replace(terms, parent=ids[parent]) if parent is not None and parent < 0 else terms


def _have_tasks_follow(records: GoalsRecords, plan: Plan, now: datetime) -> None:
    people = sorted({entry.person for entry in plan.entries})
    for nth in range(0, len(people), AT_ONCE):
        key = f"{GOALS_FOLLOW}/{plan.cycle.id}/{now.isoformat()}/{nth}"
        about = {"cycle": plan.cycle.id, "people": people[nth : nth + AT_ONCE]}
        records.sweeps.plan(Sweep(key, about, now))
