"""Whose release it is: which cycle a button or a command means, and how far opening its results is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from flows.core.refusal import Refusal
from flows.cycle.hr.scope import RUNNING, STATES, named, none_there, thing_of_cycle
from flows.cycle.records import Cycle, CycleState
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import Release, ResultRecords

State = Literal["none", "asked", "going", "released"]
"""Nobody has asked; a second person has yet to approve; it is being done; managers may look."""

OPENING = "result.release"
TOLD: tuple[CycleState, ...] = ("live", "closed", "archived")


def opening_key(release: Release) -> str:
    """The sweep that opens the results, once nobody has to approve it any more; another for each time it is asked."""
    return f"{OPENING}/{release.cycle}/{release.asked_at.isoformat()}"


def state_of(records: ResultRecords, release: Release | None) -> State:
    """How far the release is."""
    if release is None:
        return "none"
    if release.released_at is not None:
        return "released"
    return "going" if records.sweeps.get(opening_key(release)) else "asked"


def is_released(records: ResultRecords, cycle: int) -> bool:
    """Whether the results are open to managers at least: nothing that they are made of changes any more."""
    release = records.releases.get(cycle)
    return release is not None and release.released_at is not None


def release_thing(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The release of the cycle that a button names; a command that names none finds it later, among the actor's own."""
    if not any(about):
        return Thing("release")
    cycle = named(records, about)
    return Thing("release", departments=thing_of_cycle(records, actor, cycle).departments) if cycle else None


def cycle_to_show(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Cycle:
    """The cycle that is named, or the newest of the actor's that runs; refuses one that was never launched."""
    cycle = named(records, about) if any(about) else newest(records, actor, now)
    if cycle is None:
        raise none_there(RUNNING)
    if cycle.state not in TOLD:
        raise Refusal(
            "{name} is {state}: it has no results before it has run. Type /cycle to see it.",
            "“{name}”{state}，运行之后才会有结果。输入 /cycle 查看。", name=cycle.name, state=STATES[cycle.state],
        )  # fmt: skip
    return cycle


def newest(records: ResultRecords, actor: Person, now: datetime) -> Cycle | None:
    """The newest cycle that runs and that the actor looks after, at least in part."""
    mine = [
        cycle
        for cycle in records.cycles.in_state(*RUNNING)
        if may(actor, "read", thing_of_cycle(records, actor, cycle), now)
    ]
    return max(mine, key=lambda cycle: cycle.id, default=None)


def name_of(records: ResultRecords, person: int | None) -> str:
    found = records.people.get(person) if person else None
    return found.name if found else "–"
