"""The improvement plans that somebody has to do with; of others at most how many there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, count, same
from flows.people.person import Person
from flows.people.policy import Relation, may, thing_of
from flows.plans.improving.doing import names
from flows.plans.improving.owed import OPEN, seen_at
from flows.plans.improving.records import ImprovementRecords, Plan
from flows.plans.improving.rights import LIST, NEW, may_agree, may_read, own_list
from flows.plans.improving.telling import STATES, TITLE, full_day

MOST = 40  # plans that are over, in the list
LOOKED_AT = 500  # of those that are over, the newest: a list is no archive
WAITS = Words("HR is asked to look at it", "等待 HR 审阅")


@view(
    "improvement-list",
    may=(LIST, "read"),
    of=own_list,
    command="plan improvement",
    help=Words("improvement plans that you have to do with", "与你有关的改进计划"),
)
def improvement_list(
    records: ImprovementRecords, actor: Person, _about: tuple[str, ...], now: datetime
) -> Screen:
    """My own, those that I lead or led, those below me, and in HR those of everybody I look after."""
    every = [known(records, actor, over=over) for over in (False, True)]
    people = names(records, [plan.person for some in every for plan in some])
    running, over = ([plan for plan in some if may_read(records, actor, plan, now)] for some in every)
    found = sorted(running, key=lambda plan: (not waits(records, actor, plan, now), -plan.id))
    body: list[Element] = []
    if actor.is_hr or records.people.reports_of(actor.id):
        start = Act("open", ("improvement-write", NEW))
        body.append(Buttons((Button(Words("Write one", "新建"), start),)))
    body += [row(plan, people, now) for plan in found]
    if not found:
        body.append(Line(Words("There is no improvement plan here for you.", "这里没有与你有关的改进计划。")))
    if over:
        body += [
            Divider(),
            Heading(Words("Over", "已结束")),
            *(row(plan, people, now) for plan in over[:MOST]),
        ]
    if left := len(over[MOST:]):
        body.append(Note(Words("… and {n} more.", "……还有 {n} 份。").fill(n=left)))
    body += counted(records, actor, now)
    return Screen(TITLE, tuple(body), place=Act("see", ("improvement-list",)))


def known(records: ImprovementRecords, actor: Person, *, over: bool) -> list[Plan]:
    """Plans that run, or are over: one's own and those one leads or led; all, for HR and who may stand above somebody."""
    if actor.is_hr or records.people.reports_of(actor.id):
        found = records.improvements.all(over=over)
        return list(found[:LOOKED_AT] if over else found)
    theirs = {plan.id: plan for plan in records.improvements.about([actor.id])}
    theirs |= {plan.id: plan for plan in records.improvements.led_by(actor.id)}
    return [plan for plan in theirs.values() if plan.is_over == over]


def waits(records: ImprovementRecords, actor: Person, plan: Plan, now: datetime) -> bool:
    """Whether it waits for the actor."""
    if plan.person == actor.id:
        return plan.acknowledged < plan.version
    asked = plan.asking is not None and plan.asking.by != actor.id
    return asked and may_agree(records, actor, plan, now)


def row(plan: Plan, people: dict[int, str], _now: datetime) -> Row:
    """One plan with where it stands."""
    words = WAITS if plan.asking and not plan.version else STATES[plan.state]
    if plan.terms and not plan.is_over:
        words += Words(" · until {day}", " · {day} 截止").fill(day=full_day(plan.terms.ends))
    return Row(words, Button(OPEN, seen_at(plan)), same(people.get(plan.person, "?")))


def counted(records: ImprovementRecords, actor: Person, now: datetime) -> list[Element]:
    """How many there are in the departments at whose top the actor stands."""
    mine = [name for name, head in heads(records).items() if head == actor.id]
    if not mine:
        return []
    published = [plan for plan in records.improvements.all(over=False) if plan.version]
    numbers: Counter[str] = Counter()
    for person in records.people.many([plan.person for plan in published]):
        thing = thing_of("improvement_plan", person, actor, records.people)
        thing = replace(thing, standing=frozenset[Relation]({"head"}))
        if person.department in mine and may(actor, "count", thing, now):
            numbers[person.department] += 1
    body: list[Element] = [Divider(), Heading(Words("How many are running", "进行中的数量"))]
    for name in mine:
        many = count(numbers[name], "{n} plan", "{n} plans", "{n} 份")
        body.append(Line(same(name) + Words(": ", "：") + many))
    return body


def heads(records: ImprovementRecords) -> dict[str, int]:
    """Who stands at the top of each department."""
    return {name: one.id for name, one in records.people.heads(records.people.departments()).items()}
