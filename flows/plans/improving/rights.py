"""Whose improvement plan it is, who leads it, and who in HR is the second pair of eyes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from flows.core.desk import NotThere
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of
from flows.plans.improving.records import ImprovementRecords, Plan

KIND, DRAFT, LIST, ASKING = (
    "improvement_plan", "improvement_draft", "improvement_list", "improvement_asking",
)  # fmt: skip
"""What is published, what is not yet, one's own list of plans, and what HR is asked to agree to."""


def plan_named(records: ImprovementRecords, about: tuple[str, ...]) -> Plan | None:
    """The plan whose id comes first in what a button or a form is about."""
    return records.improvements.get(whole(about[0].partition("/")[0])) if about else None


def thing_for(records: ImprovementRecords, actor: Person, plan: Plan, kind: str = KIND) -> Thing | None:
    """The plan as the policy sees it: what is not published is there for the manager and HR only."""
    person = records.people.get(plan.person)
    if person is None:
        return None
    thing = thing_of(kind if plan.version or kind == ASKING else DRAFT, person, actor, records.people)
    if actor.id in plan.former:
        return replace(thing, standing=thing.standing | {"former_manager"})
    return thing


def its_plan(records: ImprovementRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    plan = plan_named(records, about)
    return thing_for(records, actor, plan) if plan else None


def its_asking(records: ImprovementRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    plan = plan_named(records, about)
    return thing_for(records, actor, plan, ASKING) if plan else None


def own_list(_records: ImprovementRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing(LIST, actor)


def writable(records: ImprovementRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """What a form writes: a new plan, about whoever is chosen in it, or the one that is named."""
    return own_list(records, actor, about) if about[:1] == (NEW,) else its_plan(records, actor, about)


NEW = "new"


def the_plan(records: ImprovementRecords, about: tuple[str, ...]) -> Plan:
    """The plan that is named; who may not have it has been turned away already."""
    plan = plan_named(records, about)
    if plan is None:
        raise NotThere
    return plan


def may_read(records: ImprovementRecords, actor: Person, plan: Plan, now: datetime) -> bool:
    return may(actor, "view", thing_for(records, actor, plan), now)


def may_write(records: ImprovementRecords, actor: Person, plan: Plan, now: datetime) -> bool:
    return may(actor, "edit", thing_for(records, actor, plan), now)


def may_agree(records: ImprovementRecords, actor: Person, plan: Plan, now: datetime) -> bool:
    """Whether the actor is HR for the person: they agree to what somebody else asks for, and pause."""
    return may(actor, "answer", thing_for(records, actor, plan, ASKING), now)


def hr_of(
    records: ImprovementRecords, person: Person, now: datetime, without: Collection[int] = ()
) -> list[Person]:
    """Everybody who is HR for the person, by name; nobody is for themselves or the managers above them."""
    return [
        one
        for one in records.people.hr()
        if one.id not in without and may(one, "answer", thing_of(ASKING, person, one, records.people), now)
    ]


def leads(records: ImprovementRecords, person: Person, now: datetime, kept: int | None = None) -> int | None:
    """Who leads a plan about the person: their manager, or while there is none somebody of HR, `kept` if possible."""
    manager = records.people.get(person.manager) if person.manager else None
    if manager is not None and manager.active and manager.id != person.id:
        return manager.id
    hr = [one.id for one in hr_of(records, person, now)]
    return kept if kept in hr else next(iter(hr), None)
