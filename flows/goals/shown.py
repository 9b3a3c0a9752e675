"""A person's goals for a cycle, as they and the managers above them see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Element, Heading, Line, Note, Screen
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing, thing_of


def whose_goals(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """(cycle, person) that a button names, with the line above that person and whoever reviews them in the cycle."""
    owner = records.people.get(whole(about[1])) if len(about) == 2 else None
    place = records.participants.get(whole(about[0]), owner.id) if owner else None
    if owner is None or place is None:
        return None
    thing = thing_of("goals", owner, actor, records.people)
    return replace(thing, line=(*thing.line, place.manager)) if place.manager else thing


@view("goals", may=("goals", "read"), of=whose_goals)
def goals(records: GoalsRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """Each goal with how it is measured."""
    cycle, owner = records.cycles.get(whole(about[0])), records.people.get(whole(about[1]))
    if cycle is None or owner is None:
        raise NotThere
    body: list[Element] = [Heading(same(f"{owner.name} · {cycle.name}"))]
    found = records.goals.of_cycle(cycle.id, owner.id)
    for number, goal in enumerate(found, 1):
        body.append(Line(same(f"{number}. {goal.title}")))
        if goal.terms.measure:
            body.append(
                Note(Words("Measured by: {how}", "衡量方式：{how}").fill(how=same(goal.terms.measure)))
            )
    if not found:
        body.append(Line(Words("No goals are written for this cycle yet.", "还没有填写本周期的目标。")))
    return Screen(Words("Goals", "目标"), tuple(body), place=Act("see", ("goals", *about)))
