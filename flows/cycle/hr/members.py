"""HR changes who takes part in a cycle that runs: people are added, somebody is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flows.core.catalog import flow
from flows.core.kinds import People, Someone, Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, join, same
from flows.cycle.asking import asks
from flows.cycle.calendar import local_day
from flows.cycle.hr.scope import RUNNING, readable_cycle, steered_cycle, subject_in, the_cycle
from flows.cycle.owing import whole
from flows.cycle.phase import Window, windows
from flows.cycle.planning import take_in, take_out
from flows.cycle.records import Cycle, CycleRecords, Participant
from flows.interviews.planning import plan_fitting
from flows.people.person import Person
from flows.people.policy import Thing

WHO = Words("Who?", "谁？")


@dataclass(frozen=True, slots=True)
class Members:
    """What the steps need: the live cycle, today, and the person if one was named."""

    cycle: Cycle
    windows: tuple[Window, ...]
    today: date
    person: int | None


@dataclass(frozen=True, slots=True)
class Removal:
    """Who is taken out, and why."""

    person: int
    why: str


def live_cycle(records: CycleRecords, actor: Person, subject: str, now: datetime) -> Cycle:
    """The live cycle of a subject such as "7" or "7/12"; refuses any other."""
    cycle = the_cycle(records, actor, (subject,), RUNNING, now)
    if cycle.state != "live":
        raise Refusal(
            "{name} is not running, so there is nothing to change for single people. Type /cycle to see its state.",
            "“{name}”不在进行中，无需为个人调整。输入 /cycle 查看状态。", name=cycle.name,
        )  # fmt: skip
    return cycle


def members(records: CycleRecords, actor: Person, subject: str, now: datetime) -> Members:
    """The cycle, with the phases in which somebody is asked for something."""
    cycle = live_cycle(records, actor, subject, now)
    person = subject.partition("/")[2]
    return Members(
        cycle,
        tuple(window for window in windows(cycle) if asks(window.phase)),
        local_day(now, actor.zone),
        whole(person) or None,
    )


def who(ask: Ask, has: Members) -> int:
    """The person who was named, or whom the actor names."""
    if has.person is not None:
        return has.person
    person: int = ask.form(Questionnaire("who", WHO, (Question("person", WHO, Someone()),)))["person"]
    return person


def refuse_oneself(actor: Person, person: int) -> None:
    """Nobody in HR decides about their own part."""
    if person == actor.id:
        raise Refusal(
            "You take part yourself, so somebody else in HR has to decide about you.",
            "涉及你本人，需要由另一位 HR 决定。",
        )


def place_in_scope(records: CycleRecords, actor: Person, cycle: Cycle, person: int) -> Participant:
    """The person's place in the cycle; refuses who is not in it, and whom the actor does not look after."""
    refuse_oneself(actor, person)
    place, found = records.participants.get(cycle.id, person), records.people.get(person)
    if place is None or found is None or place.place != "in":
        raise Refusal(
            "{who} does not take part in {cycle}. Add them first, on /cycle.",
            "{who} 未参与“{cycle}”。请先在 /cycle 中添加。",
            who=found.name if found else "–", cycle=cycle.name,
        )  # fmt: skip
    refuse_beyond(actor, found.name, place.department)
    return place


def refuse_beyond(actor: Person, name: str, department: str) -> None:
    """Refuse somebody of a department that the actor does not look after, naming it."""
    if actor.hr_scope is not None and department not in actor.hr_scope:
        raise Refusal(
            "{who} is in {department}, and you look after {mine}. Ask an HR admin.",
            "{who} 属于{department}，而你负责的是{mine}。请联系 HR 管理员。",
            who=name, department=department or "–", mine=join(same(one) for one in sorted(actor.hr_scope)),
        )  # fmt: skip


def part_in_cycle(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """For deciding about single people: whoever looks after some of the cycle; about whom is checked at the end."""
    if about and about[0].partition("/")[0].isdigit():
        thing = readable_cycle(records, actor, about)
        return Thing("cycle_people", departments=thing.departments) if thing else None
    return Thing("cycle_people")


def addition(ask: Ask, has: Members) -> tuple[int, ...]:
    """Who is added."""
    if has.person is not None:
        return (has.person,)
    note = Words(
        "They are asked for what is open now, and for what comes.", "他们会收到当前开放及后续阶段的任务。"
    )
    page = Questionnaire("add", WHO, (Question("people", WHO, People(least=1)),), note)
    return tuple(ask.form(page)["people"])


def keep_addition(
    records: CycleRecords, actor: Person, subject: str, wanted: tuple[int, ...], now: datetime
) -> Words:
    """Add people to a cycle that runs."""
    cycle = live_cycle(records, actor, subject, now)
    people = [person for person in records.people.many(wanted) if person.active]
    for person in people:
        refuse_oneself(actor, person.id)
        refuse_beyond(actor, person.name, person.department)
    known = {one.person for one in records.participants.many(cycle.id, wanted) if one.place == "in"}
    new = [person for person in people if person.id not in known]
    if not new:
        raise Refusal(
            "They take part in {cycle} already, or are not in the directory any more. Choose somebody else.",
            "他们已参与“{cycle}”，或已不在通讯录中。请选择其他人。", cycle=cycle.name,
        )  # fmt: skip
    take_in(records, cycle, new, now)
    plan_fitting(records, [person.id for person in new], now)
    for person in new:
        records.audit.note(now, actor.id, "cycle.add", f"cycle/{cycle.id}", {"person": person.id})
    names = join(same(person.name) for person in new[:10])
    return Words("{names} take part now.", "{names} 已加入。").fill(names=names)


add = flow(
    "cycle-add", Words("Add people", "添加人员"), may=("cycle", "steer"), of=steered_cycle, facts=members,
    keep=keep_addition, subject=subject_in(*RUNNING), again=True, command="cycle add",
    help=Words("HR: add people to a running cycle", "HR：添加参与者"),
)(addition)  # fmt: skip


def removal(ask: Ask, has: Members) -> Removal:
    """Who is taken out, and why."""
    person = who(ask, has)
    page = Questionnaire(
        "why",
        Words("Why?", "原因？"),
        (Question("why", Words("Why?", "原因？"), Text(2, 500)),),
        Words(
            "What they still owe is waived, and so is what others owe about them. What was written is kept.",
            "其未完成的任务及他人对其的任务都将取消；已填写的内容会保留。",
        ),
    )
    return Removal(person, ask.form(page)["why"])


def keep_removal(records: CycleRecords, actor: Person, subject: str, wanted: Removal, now: datetime) -> Words:
    """Take somebody out of a cycle that runs."""
    cycle = live_cycle(records, actor, subject, now)
    place_in_scope(records, actor, cycle, wanted.person)
    person = records.people.get(wanted.person)
    take_out(records, cycle, wanted.person, wanted.why, now)
    plan_fitting(records, [wanted.person], now)
    records.audit.note(now, actor.id, "cycle.remove", f"cycle/{cycle.id}", {"person": wanted.person})
    return Words("{who} takes part no longer.", "{who} 已不再参与。").fill(who=person.name if person else "–")


remove = flow(
    "cycle-remove", Words("Take somebody out", "移除人员"), may=("cycle_people", "change"), of=part_in_cycle,
    facts=members, keep=keep_removal, subject=subject_in(*RUNNING), again=True, command="cycle remove",
    help=Words("HR: take somebody out of a running cycle", "HR：移除参与者"),
)(removal)  # fmt: skip
