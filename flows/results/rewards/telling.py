"""Who is told of rewards, and when: managers are asked to propose, HR to decide, people to look; never what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from flows.core.catalog import notice, sweep
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, same
from flows.cycle import owing
from flows.cycle.calendar import at_local, local_day
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.pace import working_moment
from flows.cycle.owing import REWARD, end_of
from flows.cycle.records import Cycle, Sweep
from flows.people.person import Person
from flows.people.policy import may
from flows.results.releasing.telling import department_of
from flows.results.rewards.records import Reward, RewardRecords, Rules
from flows.results.rewards.rights import has_leader, seen_by, seen_from, thing_for

PROPOSE = "propose"  # the subject of the managers' task
ASKING, SEEING = "reward.ask", "reward.see"
SLICE = 500
FIRST_ZONE = "Pacific/Kiritimati"
LOOK = Words("Look at it", "查看")


def plan_asking(
    records: RewardRecords, cycle: Cycle, rules: Rules, before: Rules | None, now: datetime
) -> None:
    """Have the managers asked; where they were and the last day has moved, their tasks move with it."""
    if before is None:
        records.sweeps.plan(Sweep(f"{ASKING}/{cycle.id}", {"cycle": cycle.id}, now))
    elif before.until != rules.until:
        zones = records.tasks.zones((REWARD,), cycle.id, PROPOSE)
        moved = {zone: (now, end_of(rules.until, zone), end_of(rules.until, zone)) for zone in zones}
        records.tasks.move((REWARD,), cycle.id, PROPOSE, moved, now)


@sweep(ASKING)
def ask_managers(records: RewardRecords, work: Sweep, now: datetime) -> Sweep:
    """Give the next managers of the cycle the task of proposing, from their next working hours on."""
    cycle = records.cycles.get(work.about["cycle"])
    rules = records.rewards.rules(cycle.id) if cycle else None
    if cycle is None or rules is None or cycle.state != "live":
        return replace(work, done=True)
    managers = [one for one in sorted(records.participants.managers(cycle.id)) if one > work.cursor]
    some = managers[:SLICE]
    tasks = []
    for manager in records.people.many(some):
        due = end_of(rules.until, manager.zone)
        opens = working_moment(manager, now, cycle.template.nudges)
        if manager.active and opens < due:
            tasks.append(
                Task(
                    0, REWARD, cycle.id, manager.id, PROPOSE, "open", opens, due, due, next_at=opens,
                    department=department_of(records, cycle, manager),
                )
            )  # fmt: skip
    records.tasks.add(tasks)
    return replace(work, cursor=some[-1] if some else work.cursor, done=len(managers) <= SLICE)


def moments(records: RewardRecords, task: Task, person: Person) -> tuple[datetime, datetime, datetime] | None:
    """(opens, due, until) in UTC: to the end of the last day of proposals."""
    cycle, rules = records.cycles.get(task.scope), records.rewards.rules(task.scope)
    if cycle is None or rules is None or cycle.state != "live":
        return None
    due = end_of(rules.until, person.zone)
    return min(task.opens_at, due), due, due


def face(records: RewardRecords, task: Task, _person: Person, _now: datetime) -> Face | None:
    """How it shows: that one may propose, and nothing about anybody."""
    cycle = records.cycles.get(task.scope)
    if cycle is None:
        return None
    title = Words("Rewards", "奖励提议") + same(f" · {cycle.name}")
    over = {"done": DONE, "waived": NOT_ASKED, "expired": CLOSED}.get(task.state)
    return Face(
        title,
        FIRST.fill(cycle=cycle.name),
        Words("A reminder: ", "提醒：") + FIRST.fill(cycle=cycle.name),
        Button(Words("Propose", "去提议"), Act("see", ("reward-team", str(cycle.id))), "primary"),
        Words(
            "Why me? You lead people who have a result in {cycle}.", "为什么收到？{cycle}中有由你带领的成员。"
        ).fill(cycle=cycle.name),
        over=title + over if over else None,
        by=BY,
    )


FIRST = Words(
    "You can propose what should follow from the results of {cycle} for your people.",
    "你可以根据{cycle}的结果，为团队成员提议后续安排。",
)
BY = (
    Words("Please propose by {due}.", "请在 {due} 前提议。"),
    Words("Proposals were taken until {due}.", "提议截止时间为 {due}。"),
)
DONE = Words(": done. Thank you!", "：已完成，谢谢！")
NOT_ASKED = Words(": not asked of you any more.", "：已不需要。")
CLOSED = Words(": closed.", "：已截止。")

PROPOSING = Duty(REWARD, owing.policy, face, moments, skips=True)
"""Nobody hands it over: a deputy proposes nothing."""


def tell_hr(records: RewardRecords, cycle: Cycle, reward: Reward, person: Person, now: datetime) -> None:
    """Everybody of HR who could decide it hears once a day that something waits."""
    action = "release" if reward.state == "second" else "submit"
    without = {reward.proposed_by, reward.approved_by}
    told = []
    for one in records.people.hr():
        thing = thing_for(records, one, cycle, person, now) if one.id not in without else None
        if thing is not None and may(one, action, thing, now):
            key = f"reward.waiting/{cycle.id}/{one.id}/{local_day(now, one.zone)}"
            told.append(Notice(0, key, one.id, "reward.waiting", {"cycle": cycle.id}, now))
    records.notices.add(told)


@notice("reward.waiting")
def waiting_words(records: RewardRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That something waits; nothing of what it is."""
    cycle = records.cycles.get(one.about["cycle"])
    if cycle is None or not records.rewards.in_state(cycle.id, ("proposed", "second"), 1):
        return None
    words = Words("Proposals of rewards in {cycle} wait for HR.", "{cycle}有奖励提议等待 HR 审批。").fill(
        cycle=cycle.name
    )
    return [Line(words), Buttons((Button(LOOK, Act("see", ("reward-cycle", str(cycle.id)))),))]


def tell_proposer(records: RewardRecords, cycle: Cycle, reward: Reward, now: datetime) -> None:
    """Whoever leads the person now hears once a day that HR has answered, and whoever proposed it, where that is HR."""
    place = records.participants.get(cycle.id, reward.person)
    to = place.manager if place and place.manager and has_leader(records, place) else reward.proposed_by
    reader = records.people.get(to)
    if reader is not None:
        key = f"reward.answered/{cycle.id}/{to}/{local_day(now, reader.zone)}/{reward.state}"
        about = {"cycle": cycle.id, "state": reward.state}
        records.notices.add([Notice(0, key, to, "reward.answered", about, now)])


@notice("reward.answered")
def answered_words(records: RewardRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That HR has answered; what, the list says."""
    cycle = records.cycles.get(one.about["cycle"])
    if cycle is None:
        return None
    words = ANSWERED["returned" if one.about["state"] == "returned" else "decided"].fill(cycle=cycle.name)
    return [Line(words), Buttons((Button(LOOK, Act("see", ("rewards",))),))]


ANSWERED = {
    "returned": Words(
        "HR has sent proposals of rewards in {cycle} back to you, with the reason.",
        "HR 退回了{cycle}的奖励提议，并说明了原因。",
    ),
    "decided": Words("HR has decided proposals of rewards in {cycle}.", "HR 已审批{cycle}的奖励提议。"),
}


def tell_person(records: RewardRecords, rules: Rules, people: Sequence[Person], now: datetime) -> None:
    """They hear that there is something to read on the morning from which they see it; at once after that."""
    told = []
    for person in people:
        due = max(now, seen_from(rules, person))
        key = f"reward.there/{rules.cycle}/{person.id}/{local_day(due, person.zone)}"
        told.append(Notice(0, key, person.id, "reward.there", {"cycle": rules.cycle}, due))
    records.notices.add(told)


def plan_seeing(records: RewardRecords, cycle: Cycle, rules: Rules, now: datetime) -> None:
    """The day has moved: have everybody with something approved told on the new one."""
    key = f"{SEEING}/{cycle.id}/{rules.seen_on}/{now.isoformat()}"
    due = max(now, at_local(rules.seen_on, time(0), FIRST_ZONE))
    records.sweeps.plan(Sweep(key, {"cycle": cycle.id, "seen_on": rules.seen_on.isoformat()}, due))


@sweep(SEEING)
def tell_people(records: RewardRecords, work: Sweep, now: datetime) -> Sweep:
    """Tell the next of them, unless the day has moved once more."""
    rules = records.rewards.rules(work.about["cycle"])
    if rules is None or rules.seen_on.isoformat() != work.about["seen_on"]:
        return replace(work, done=True)
    some = records.rewards.in_state(rules.cycle, ("approved",), SLICE, work.cursor)
    tell_person(records, rules, records.people.many({one.person for one in some}), now)
    return replace(work, cursor=some[-1].id if some else work.cursor, done=len(some) < SLICE)


@notice("reward.there")
def there_words(records: RewardRecords, one: Notice, now: datetime) -> list[Element] | None:
    """The same words whatever it is: a bonus and a warning read alike here."""
    person = records.people.get(one.person)
    if person is None or not seen_by(records, person, now):
        return None
    words = Words("There is something for you to read in private.", "有一项内容需要你本人查看。")
    return [Line(words), Buttons((Button(LOOK, Act("see", ("reward-mine",))),))]
