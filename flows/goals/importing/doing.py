"""Imports a dropped sheet with one tap: small ones at once, large ones person by person with the next ticks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, sweep
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.records import Cycle, Sweep
from flows.goals.importing.columns import chosen, columns_of
from flows.goals.importing.dropped import Dropped, ImportRecords, Table
from flows.goals.importing.goal_columns import BY_NAME, GOAL_COLUMNS
from flows.goals.importing.keep import Counts, kept
from flows.goals.importing.looking import (
    AGREED,
    PROPOSE,
    WRONG,
    chosen_cycle,
    cycles_for,
    own_sheet,
    plan_of,
    the_sheet,
)
from flows.goals.importing.plan import Plan
from flows.goals.importing.taking import DONE, GOING_ON, is_importing, was_imported
from flows.goals.importing.values import is_of_values, keep_values, read_values
from flows.people.person import Person

REST = "goal-import"  # the sweep that imports the rest of a large sheet
AT_ONCE = 500  # goals in one transaction: a click never waits long behind it

RESULT = Words(
    "Imported: {new} new, {changed} changed, {same} as they were.",
    "已导入：新增 {new} 个，变更 {changed} 个，未变 {same} 个。",
)


@deed("goal-import-do", may=("goals_import", "do"), of=own_sheet)
def do_import(records: ImportRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Import the sheet into the cycle if nothing in it is wrong; a second tap finds it done, or under way."""
    dropped = records.dropped.lock(the_sheet(records, about).id)
    if dropped is None:
        raise NotThere
    if dropped.state == "importing":
        return GOING_ON.fill(name=dropped.name)
    if dropped.content is None:
        return DONE.fill(name=dropped.name)
    if is_of_values(dropped.content):
        return ended(records, dropped, import_values(records, actor, dropped.content, now))
    cycle = chosen_cycle(cycles_for(records, actor, now), about)
    records.cycles.lock(cycle.id)
    plan = plan_of(records, actor, dropped.content, cycle, now)
    if plan.problems:
        raise Refusal(WRONG)
    how = AGREED if about[2:3] == (AGREED,) else PROPOSE
    if len(plan.entries) <= AT_ONCE:
        counts = kept(records, plan, actor, how == AGREED, now)
        note(records, actor, cycle, counts, how, now)
        return ended(records, dropped, counts)
    above = replace(plan, entries=[entry for entry in plan.entries if entry.line.level != "person"])
    is_importing(records, dropped, kept(records, above, actor, how == AGREED, now))
    records.sweeps.plan(
        Sweep(
            f"{REST}/{dropped.id}/{now.isoformat()}",
            {"dropped": dropped.id, "cycle": cycle.id, "how": how},
            now,
        )
    )
    return GOING_ON.fill(name=dropped.name)


def import_values(records: ImportRecords, actor: Person, content: Table, now: datetime) -> Counts:
    """Keep the values of the sheet; refuses where anything is wrong."""
    values = read_values(records, actor, content, now)
    if values.problems:
        raise Refusal(WRONG)
    counts = keep_values(records, values, now)
    records.audit.note(now, actor.id, "metric.imported", "metrics", counts)
    return counts


@sweep(REST)
def import_rest(records: ImportRecords, work: Sweep, now: datetime) -> Sweep:
    """The goals of the next people. Who can't be dealt with any more (they left meanwhile) is left out and counted."""
    dropped = records.dropped.lock(int(work.about["dropped"]))
    actor = records.people.get(dropped.person) if dropped else None
    cycle = records.cycles.get(int(work.about["cycle"]))
    if dropped is None or dropped.content is None or actor is None or cycle is None:
        return replace(work, done=True)
    emails = people_of(dropped.content)
    some, rest = next_people(dropped.content, emails[work.cursor :])
    plan = sound(plan_of(records, actor, narrowed(dropped.content, frozenset(some)), cycle, now))
    counts = Counter(dropped.outcome or {}) + Counter(
        kept(records, plan, actor, work.about["how"] == AGREED, now)
    )
    if rest:
        is_importing(records, dropped, counts)
        return replace(work, cursor=work.cursor + len(some))
    note(records, actor, cycle, counts, work.about["how"], now)
    ended(records, dropped, counts)
    return replace(work, done=True)


def people_of(content: Table) -> list[str]:
    """The addresses whose own goals are in the sheet, in small letters, in one order."""
    return sorted({email for _, email in addressed(content)} - {""})


def next_people(content: Table, emails: Sequence[str]) -> tuple[Sequence[str], bool]:
    """As many of them as have `AT_ONCE` goals together, at least one; whether others remain."""
    each = Counter(email for _, email in addressed(content))
    total, number = 0, 0
    for email in emails:
        if number and total + each[email] > AT_ONCE:
            break
        total, number = total + each[email], number + 1
    return emails[:number], number < len(emails)


def narrowed(content: Table, emails: frozenset[str]) -> Table:
    """The sheet with only the lines of these people's own goals."""
    wanted = {line for line, email in addressed(content) if email in emails}
    return replace(content, rows=tuple(row for row in content.rows if row[0] in wanted))


def addressed(content: Table) -> list[tuple[int, str]]:
    """(line, address) of every line that is of a person, by the columns alone."""
    places, _ = columns_of(content, GOAL_COLUMNS)
    email, level, job = (places.get(name) for name in ("email", "level", "job"))
    person = BY_NAME["level"]
    return [
        (line, cells[email].lower())
        for line, cells in content.rows
        if email is not None
        and (level is None or chosen(person, cells[level]) in (None, "person"))
        and (job is None or not cells[job])
    ]


def sound(plan: Plan) -> Plan:
    """The plan without the people about whom anything is wrong."""
    lines = {problem.line for problem in plan.problems}
    left = {entry.line.email for entry in plan.entries if entry.line.number in lines}
    return replace(
        plan, entries=[entry for entry in plan.entries if entry.line.email not in left], library={}
    )


def ended(records: ImportRecords, dropped: Dropped, counts: Counts) -> Words:
    """Keep that it is done, and say what was."""
    was_imported(records, dropped, counts)
    return RESULT.fill(**{name: counts.get(name, 0) for name in ("new", "changed", "same")})


def note(
    records: ImportRecords, actor: Person, cycle: Cycle, counts: Mapping[str, int], how: str, now: datetime
) -> None:
    records.audit.note(now, actor.id, "goal.imported", f"cycle/{cycle.id}", {**counts, "how": how})
