"""HR launches a cycle; above 50 people a second person of HR approves it first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed
from flows.core.moments import day_words
from flows.core.records import Message
from flows.core.refusal import Refusal
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.cycle.hr.dates import in_the_past
from flows.cycle.hr.scope import STATES, steered_cycle, the_cycle, thing_of_cycle
from flows.cycle.hr.setup import told_people
from flows.cycle.phase import windows
from flows.cycle.planning import plan_snapshot
from flows.cycle.records import Cycle, CycleRecords
from flows.people.person import Person
from flows.people.policy import may

ALONE = 50  # people: a cycle for more than these needs a second person
SURE = Words("From here on people are written to.", "启动后将开始向参与者发送消息。")


def go_live(
    records: CycleRecords, cycle: Cycle, launched_by: int, approved_by: int | None, now: datetime
) -> Cycle:
    """Launch it in one short step: who takes part and what they owe is written down in slices from now on."""
    live = records.cycles.save(
        replace(
            cycle,
            state="live",
            launched_by=launched_by,
            approved_by=approved_by,
            launched_at=now,
            paused_at=None,
        )
    )
    people = meant(records, cycle)
    detail = {"people": people, "by": launched_by, "approved": approved_by}
    records.audit.note(now, approved_by or launched_by, "cycle.launch", f"cycle/{cycle.id}", detail)
    plan_snapshot(records, live, now)
    return live


def meant(records: CycleRecords, cycle: Cycle) -> int:
    """How many people the audience means now."""
    return sum(row[-1] for row in records.participants.meant(cycle.audience))


def approvers(records: CycleRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Person]:
    """Everybody else in HR whose scope covers the whole cycle."""
    return [
        person
        for person in records.people.hr()
        if person.id != actor.id and may(person, "steer", thing_of_cycle(records, person, cycle), now)
    ]


def refuse_state(cycle: Cycle, actor: Person) -> None:
    """Say why this cycle can't be launched as it stands."""
    if cycle.state == "draft":
        raise Refusal(
            "Rehearse {name} first: it sends nothing and shows who would get what.",
            "请先演练“{name}”：演练不会发送消息，可以看到每个人会收到什么。", name=cycle.name,
        )  # fmt: skip
    if cycle.state == "live" and cycle.launched_at:
        raise Refusal(
            "{name} is launched already, since {day}; nothing was done twice.",
            "“{name}”已于 {day} 启动，没有重复操作。",
            name=cycle.name, day=day_words(local_day(cycle.launched_at, actor.zone)),
        )  # fmt: skip
    if cycle.state != "rehearsed":
        raise Refusal(
            "{name} is {state}. Copy it on /cycle to run it again.", "“{name}”{state}。如需再次进行，请在 /cycle 中复制。",
            name=cycle.name, state=STATES[cycle.state],
        )  # fmt: skip


def refuse_unready(records: CycleRecords, cycle: Cycle, actor: Person, now: datetime) -> int:
    """How many people it is for; refuses when nobody is left, or a phase has passed since."""
    people = meant(records, cycle)
    if not people:
        raise Refusal(
            "Nobody would take part in {name}. Change its audience first.", "“{name}”没有参与者，请先修改范围。",
            name=cycle.name,
        )  # fmt: skip
    if problem := in_the_past(cycle, local_day(now, actor.zone)):
        raise Refusal(problem)
    return people


@deed("cycle-launch", may=("cycle", "steer"), of=steered_cycle, command="cycle launch",
      help=Words("HR: launch a rehearsed cycle", "HR：启动已演练的周期"))  # fmt: skip
def launch(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Launch it, or ask the others of HR for their approval."""
    cycle = the_cycle(records, actor, about, ("rehearsed",), now)
    refuse_state(cycle, actor)
    people = refuse_unready(records, cycle, actor, now)
    if people <= ALONE:
        go_live(records, cycle, actor.id, None, now)
        return told_launched(cycle, people)
    if cycle.asked_by is not None:
        asker = records.people.get(cycle.asked_by)
        raise Refusal(
            "{asker} has asked for approval already. Somebody else in HR approves it or sends it back, on /cycle.",
            "{asker} 已申请审批，需由另一位 HR 在 /cycle 中批准或退回。",
            asker=asker.name if asker else "–",
        )
    others = approvers(records, actor, cycle, now)
    if not others:
        raise Refusal(
            "{people} take part, so a second person of HR has to approve it, and there is none. "
            "Have another HR admin named in the directory first.",
            "参与者共 {people}，需要另一位 HR 批准，但目前没有。请先在通讯录中指定另一位 HR 管理员。",
            people=told_people(people),
        )
    records.cycles.save(replace(cycle, asked_by=actor.id))
    records.audit.note(now, actor.id, "cycle.ask", f"cycle/{cycle.id}", {"people": people})
    for person in others:
        n = asked_times(records, cycle.id, person.id) + 1
        about_it = {"cycle": cycle.id, "person": person.id, "n": n}
        key = f"cycle-approval/{cycle.id}/{person.id}/{n}"
        records.messages.write(Message(key, "cycle.approval", about_it, now, person.id, urgency=0))
    records.messages.refresh_all(f"cycle-approval/{cycle.id}/")
    return Words(
        "{people} take part, so a second person approves it. Asked: {names}.",
        "参与者共 {people}，需要另一位 HR 批准。已通知：{names}。",
    ).fill(people=told_people(people), names=join(same(person.name) for person in others[:10]))


def asked_times(records: CycleRecords, cycle: int, person: int) -> int:
    """How often the person was asked to approve this cycle."""
    return len(records.messages.starting(f"cycle-approval/{cycle}/{person}/"))


def told_launched(cycle: Cycle, people: int) -> Words:
    first = min(window.opens for window in windows(cycle)) if cycle.template.phases else cycle.first
    return Words(
        "{name} is launched for {people}. Its first phase opens on {day}.",
        "“{name}”已启动，共 {people}。第一阶段于 {day} 开始。",
    ).fill(name=cycle.name, people=told_people(people), day=day_words(first))
