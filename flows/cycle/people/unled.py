"""People whom nobody reviews in a cycle: HR sees them and names somebody for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import flow, notice, view
from flows.core.owed import Notice
from flows.core.page import Page, person
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line, Note, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.owing import parts_of, whole
from flows.cycle.people.joiners import is_repeated
from flows.cycle.people.leading import lead, may_lead
from flows.cycle.records import Cycle, CycleRecords, Participant
from flows.people.person import Person
from flows.people.policy import Thing, may

YOURSELF = Words(
    "This is about yourself: another HR colleague has to name your manager.",
    "这涉及你本人，需由其他 HR 同事指定。",
)


class Named(Page):
    title = Words("Name a manager", "指定评估人")
    manager: int = person("Who reviews them in this cycle?", "本周期由谁评估？")


@dataclass(frozen=True, slots=True)
class Unled:
    """One participant without a manager."""

    cycle: Cycle
    person: Person
    place: Participant


def unled_in(records: CycleRecords, actor: Person, cycle: int, now: datetime) -> list[Person]:
    """Who has no manager in the cycle and is looked after by the actor, by name."""
    people = records.people.many([place.person for place in records.participants.without_manager(cycle)])
    return [person for person in people if may(actor, "name", Thing("unled", person), now)]


def whose_cycle(records: CycleRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    cycle = records.cycles.get(whole(about[0])) if about else None
    return Thing("unled") if cycle is not None and cycle.state == "live" else None


@view("cycle-unled", may=("unled", "name"), of=whose_cycle)
def unled(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everybody without a manager in the cycle, with a button to name one."""
    cycle = records.cycles.get(whole(about[0]))
    assert cycle is not None  # noqa: S101 - whose_cycle found it
    people = unled_in(records, actor, cycle.id, now)
    body: list[Element] = [
        Line(
            Words("Nobody reviews them in {cycle} yet.", "“{cycle}”中以下人员还没有评估人。").fill(
                cycle=cycle.name
            )
        )
    ]
    for one in people:
        if one.id == actor.id:
            body.append(Note(YOURSELF))
            continue
        button = Button(
            Words("Name a manager", "指定评估人"), Act("open", ("cycle-manager", f"{cycle.id}/{one.id}"))
        )
        body.append(Row(same(one.department), button, same(one.name)))
    if not people:
        body = [Line(Words("Everybody has a manager.", "所有人都有评估人。"))]
    return Screen(
        Words("Without a manager", "没有评估人"), tuple(body), place=Act("see", ("cycle-unled", about[0]))
    )


def whose_place(records: CycleRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A participant of a running cycle, as "cycle/person"."""
    parts = parts_of(about[0], 2) if about else None
    place = records.participants.get(whole(parts[0]), whole(parts[1])) if parts else None
    if place is None or place.place != "in" or whose_cycle(records, _actor, (str(place.cycle),)) is None:
        return None
    return Thing("unled", records.people.get(place.person))


def facts(records: CycleRecords, actor: Person, subject: str, _now: datetime) -> Unled:
    cycle, person_id = (whole(part) for part in subject.split("/"))
    place, found = records.participants.get(cycle, person_id), records.people.get(person_id)
    run = records.cycles.get(cycle)
    assert place and found and run  # noqa: S101, PT018 - whose_place found them
    if found.id == actor.id:
        raise Refusal(YOURSELF)
    return Unled(run, found, place)


def keep(records: CycleRecords, actor: Person, subject: str, named: int, now: datetime) -> Words:
    """Keep who reviews them; what waited for a manager, or was never asked for want of one, is asked now."""
    its = facts(records, actor, subject, now)
    manager = records.people.get(named)
    if manager is None or not may_lead(records, manager, its.person):
        raise Refusal(
            "{name} can't review {person}: choose somebody active who is neither {person} nor reports to them.",
            "不能由{name}评估{person}：请选择一位在职、并非本人、也不是其下属的同事。",
            name=manager.name if manager else "?", person=its.person.name,
        )  # fmt: skip
    lead(records, its.cycle, its.place, manager.id, now, actor.id)
    return Words("{manager} reviews {person} in {cycle}.", "“{cycle}”中由{manager}评估{person}。").fill(
        manager=manager.name, person=its.person.name, cycle=its.cycle.name
    )


@flow(
    "cycle-manager", Words("Name a manager", "指定评估人"), may=("unled", "name"), of=whose_place, facts=facts,
    keep=keep, again=True,
)  # fmt: skip
def name_manager(ask: Ask, its: Unled) -> int:
    return ask(Named, beside={"manager": same(its.person.name)}).manager


@notice("cycle.unled")
def unled_notice(records: CycleRecords, one: Notice, now: datetime) -> list[Element] | None:
    """How many have no manager, with the way to name some; the latest of several says it."""
    cycle = records.cycles.get(one.about["cycle"])
    actor = records.people.get(one.person)
    if cycle is None or actor is None or cycle.state != "live" or is_repeated(records, one, now):
        return None
    people = len(unled_in(records, actor, cycle.id, now))
    if not people:
        return None
    words = count(
        people, "{n} person has no manager in {{cycle}}: nobody reviews them.",
        "{n} people have no manager in {{cycle}}: nobody reviews them.", "“{{cycle}}”中有 {n} 人没有评估人。",
    )  # fmt: skip
    button = Button(Words("Name a manager", "指定评估人"), Act("see", ("cycle-unled", str(cycle.id))))
    return [Line(words.fill(cycle=cycle.name)), Buttons((button,))]
