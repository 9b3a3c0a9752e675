"""Whose cycle it is: which one a button or a command means, and the departments that it reaches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flows.core.refusal import Refusal
from flows.core.words import Words, join, same
from flows.cycle.records import Audience, Cycle, CycleRecords, CycleState
from flows.people.person import Person
from flows.people.policy import Thing, may

ANYWHERE = ""  # stands for departments that nobody has named: no HR partner looks after it
RUNNING: tuple[CycleState, ...] = ("live",)
BEFORE: tuple[CycleState, ...] = ("draft", "rehearsed")
STATES: dict[CycleState, Words] = {
    "draft": Words("draft", "草稿"),
    "rehearsed": Words("rehearsed", "已演练"),
    "live": Words("live", "进行中"),
    "closed": Words("closed", "已关闭"),
    "archived": Words("archived", "已归档"),
}


def departments_of(records: CycleRecords, cycle: Cycle) -> frozenset[str]:
    """The departments that the cycle reaches: of its participants once it is launched, before that of its audience.

    An audience that names no departments can reach anywhere.
    """
    found = reach(cycle.audience)
    taking_part = records.participants.count(cycle.id).keys() if cycle.launched_at is not None else ()
    return frozenset(
        found | set(taking_part or (row[0] for row in records.participants.meant(cycle.audience)))
    )


def reach(audience: Audience) -> set[str]:
    """The departments that an audience names; `ANYWHERE` where it is open to all."""
    if audience.departments:
        return set(audience.departments)
    return set() if audience.people and not audience.levels else {ANYWHERE}


def thing_of_cycle(records: CycleRecords, actor: Person, cycle: Cycle) -> Thing:
    """The cycle as the policy sees it; who is HR for everything needs no list of departments."""
    return Thing("cycle", departments=None if actor.hr_scope is None else departments_of(records, cycle))


def named(records: CycleRecords, about: tuple[str, ...]) -> Cycle | None:
    """The cycle whose number stands first, as in "7" or "7/12"."""
    first = about[0].partition("/")[0] if about else ""
    return records.cycles.get(int(first)) if first.isascii() and first.isdigit() and len(first) < 10 else None


def readable_cycle(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The cycle that a button names."""
    cycle = named(records, about)
    return thing_of_cycle(records, actor, cycle) if cycle else None


def steered_cycle(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The cycle that a button names by number; a command that names none finds it later, among the actor's own."""
    if about and about[0].partition("/")[0].isdigit():
        return readable_cycle(records, actor, about)
    return Thing("cycle")


def all_cycles(_records: CycleRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("cycles")


def the_cycle(
    records: CycleRecords,
    actor: Person,
    about: tuple[str, ...],
    states: tuple[CycleState, ...],
    now: datetime,
) -> Cycle:
    """The cycle that is meant, as it stands now and held for this transaction: by number, by name, or the only one.

    `states` are those in which a command without a number looks. Refuses, naming what there is.
    """
    first = about[0].strip() if about else ""
    found = named(records, about) or only(records, actor, first, states, now)
    cycle = records.cycles.lock(found.id)
    if cycle is None:
        raise none_there(states)
    return cycle


def only(
    records: CycleRecords, actor: Person, name: str, states: tuple[CycleState, ...], now: datetime
) -> Cycle:
    """The actor's only cycle in one of these states, or the one of that name."""
    mine = [
        cycle
        for cycle in records.cycles.in_state(*states)
        if (not name or cycle.name.casefold() == name.casefold())
        and may(actor, "steer", thing_of_cycle(records, actor, cycle), now)
    ]
    if not mine:
        raise none_there(states)
    if len(mine) > 1:
        raise Refusal(
            Words(
                "There are several: {names}. Choose the one you mean on /cycle.",
                "有多个周期：{names}。请在 /cycle 中选择。",
            ).fill(names=join(same(cycle.name) for cycle in mine[:10]))
        )
    return mine[0]


def none_there(states: tuple[CycleState, ...]) -> Refusal:
    """The no to a command that finds no cycle in the state it is for."""
    return Refusal(
        Words(
            "There is no cycle of yours here that is {states}. Type /cycle to see them all.",
            "没有处于“{states}”状态的周期。输入 /cycle 查看所有周期。",
        ).fill(states=join((STATES[state] for state in states), " or ", "或"))
    )


def subject_in(*states: CycleState) -> Callable[[CycleRecords, Person, datetime], str]:
    """What a flow's command is about when nobody said: the actor's only cycle in one of these states."""
    return lambda records, actor, now: str(only(records, actor, "", states, now).id)
