"""A company for a bench: people in teams of eight with a check-in that is open for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.workspace.people import Member
from bot.workspace.world import World
from flows.checkins.digest_planning import plan_digests
from flows.checkins.planning import plan, plan_slice
from flows.checkins.prompt import CHECKIN
from flows.checkins.records import Programme
from flows.checkins.rounds import KIND, task_for
from flows.checkins.setup import usual
from flows.core.catalog import Catalog
from flows.cycle.calendar import round_on
from flows.cycle.nudges.saying import say_due
from flows.people.row import PersonRow
from storage.work import Work

WEDNESDAY = datetime(2026, 11, 18, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
TEAM = 8
SWEEPS = Catalog.of([plan_slice, plan_digests]).sweeps
ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/New_York")


def email(number: int) -> str:
    return f"p{number}@example.com"


def members(count: int) -> list[Member]:
    """The people as the messenger knows them."""
    return [Member(email(n), f"Person {n}", department="Sales", tz=ZONES[n % 3]) for n in range(count)]


def rows(count: int, zones: Sequence[str] = ZONES) -> list[PersonRow]:
    """The people as HR imports them; the first is HR and has no manager."""
    return [
        PersonRow(
            n + 2, email(n), f"Person {n}", email((n - 1) // TEAM) if n else None, "Sales", "3", "Seller",
            () if n else ("hr",), zones[n % len(zones)], "zh" if n % 2 else "en", None, None,
        )
        for n in range(count)
    ]  # fmt: skip


def settle_in(records: Work, world: World, count: int) -> dict[str, int]:
    """A company in which everyone's check-in is open; the number of each one's task, by e-mail."""
    programme = found(records, world, count)
    plan(records, WEDNESDAY)
    while (due := records.sweeps.due(WEDNESDAY)) is not None:
        records.sweeps.save(SWEEPS[due.key.partition("/")[0]].step(records, due, WEDNESDAY))
    tasks = {task.person: task.id for task in records.tasks.of_round(KIND, programme.id, MONDAY.isoformat())}
    return {person.email: tasks[person.id] for person in records.people.active()}


def ask_everyone(records: Work, world: World, count: int) -> None:
    """A company with one message for each person, due now: the prompt of a check-in. No digests wait behind it.

    All are in one zone, in which it is working hours.
    """
    programme = found(records, world, count, ZONES[:1])
    round_ = round_on(programme.schedule, MONDAY)
    assert round_ is not None  # noqa: S101 (the programme began that day)
    people = {person.id: person for person in records.people.active()}
    owed = [task_for(programme, round_, person, MONDAY) for person in people.values()]
    records.tasks.add([replace(task, next_at=WEDNESDAY) for task in owed if task])
    say_due(records, {CHECKIN.name: CHECKIN}, sorted(people), WEDNESDAY)


def found(records: Work, world: World, count: int, zones: Sequence[str] = ZONES) -> Programme:
    """Import the people, join them to their accounts, and start the usual programme."""
    records.people.apply_import(rows(count, zones))
    for person in records.people.active():
        records.people.save(replace(person, account=world.user(person.email).id))
    return records.programmes.save(usual(MONDAY, None, WEDNESDAY))
