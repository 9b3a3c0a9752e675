"""Whoever may look now is asked to, in slices: managers with the release, employees on the day that is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.core.records import Task
from flows.cycle.records import Cycle, Participant, Sweep
from flows.interviews.planning import plan_proposals
from flows.people.person import Person
from flows.results.records import Release, ResultRecords
from flows.results.releasing.looking import RESULT, own_opening, task_for, team_task
from flows.results.releasing.opening import opening_day, opens_for
from flows.results.releasing.readiness import SLICE, kept_back, with_result

ASKING = "result.open"
MANAGERS, EMPLOYEES = "managers", "employees"


def plan_opening(records: ResultRecords, cycle: Cycle, release: Release, now: datetime) -> None:
    """Have managers asked to look now, and employees when the first of their mornings comes near."""
    for to, due in ((MANAGERS, now), (EMPLOYEES, max(now, release.employees_at or now))):
        records.sweeps.plan(Sweep(f"{ASKING}/{cycle.id}/{to}", {"cycle": cycle.id, "to": to}, due))
    plan_proposals(records, cycle, max(now, release.employees_at or now))


def is_under_way(records: ResultRecords, cycle: int) -> bool:
    """Whether a release was asked for and not everybody whom it opens something to has been asked to look."""
    if records.releases.get(cycle) is None:
        return False
    last = records.sweeps.get(f"{ASKING}/{cycle}/{EMPLOYEES}")
    return last is None or not last.done


@sweep(ASKING)
def ask_to_look(records: ResultRecords, work: Sweep, now: datetime) -> Sweep:
    """Give the next people the task of looking."""
    cycle, release = records.cycles.get(work.about["cycle"]), records.releases.get(work.about["cycle"])
    if cycle is None or release is None or cycle.state != "live":
        return replace(work, done=True)
    if work.about["to"] == MANAGERS:
        managers = [one for one in sorted(records.participants.managers(cycle.id)) if one > work.cursor]
        some = managers[:SLICE]
        records.tasks.add(for_managers(records, cycle, some, now))
        return replace(work, cursor=some[-1] if some else work.cursor, done=len(managers) <= SLICE)
    places = records.participants.slice(cycle.id, work.cursor, SLICE)
    records.tasks.add(for_employees(records, cycle, release, places))
    return replace(work, cursor=places[-1].person if places else work.cursor, done=len(places) < SLICE)


def for_managers(records: ResultRecords, cycle: Cycle, managers: Sequence[int], now: datetime) -> list[Task]:
    """One task for each who has somebody whose result is open."""
    back = kept_back(records, cycle)
    tasks = []
    for manager in records.people.many(managers):
        team = [place.person for place in records.participants.led_by(cycle.id, manager.id)]
        if manager.active and with_result(records, cycle, [one for one in team if one not in back]):
            tasks.append(team_task(cycle, manager, department_of(records, cycle, manager), now))
    return tasks


def for_employees(
    records: ResultRecords, cycle: Cycle, release: Release, places: Sequence[Participant]
) -> list[Task]:
    """One task for each who has a result and is still here; whoever is withheld gets one when that is lifted."""
    day = opening_day(release, None, cycle.template.opening.lead)
    if day is None:
        return []
    back = kept_back(records, cycle)
    lifted = {one.person for one in records.releases.withheld(cycle.id)} - back
    ids = [place.person for place in places if place.person not in back]
    there = with_result(records, cycle, ids)
    people = {person.id: person for person in records.people.many(sorted(there)) if person.active}
    policy = cycle.template.nudges
    tasks = []
    for place in places:
        person = people.get(place.person)
        if person is None:
            continue
        opens = (
            own_opening(records, cycle, release, person)
            if person.id in lifted
            else opens_for(person, day, policy)
        )
        if opens is not None:
            tasks.append(task_for(cycle, person, RESULT, opens, place.department))
    return tasks


def department_of(records: ResultRecords, cycle: Cycle, person: Person) -> str:
    """Where the person counts in the cycle; who does not take part counts where they are."""
    place = records.participants.get(cycle.id, person.id)
    return place.department if place else person.department
