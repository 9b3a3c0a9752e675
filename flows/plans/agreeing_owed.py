"""The tasks about development plans: to write one's own where the cycle asks for it, and to answer about somebody's."""

from __future__ import annotations

from datetime import datetime

from flows.core.owed import Task
from flows.core.progress import CHANGE, WRITE
from flows.core.screen import Act, Button
from flows.core.words import Words, join, same
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.owing import owed_in, time_to_answer
from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.plans.agreeing_tasks import WRITING
from flows.plans.developing_kept import PlanRecords
from flows.plans.developing_rights import ANSWER, NAME, other_side, place_of

LOOK = Words("Look at it", "查看")


def writing_face(records: PlanRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How writing one's own plan shows."""
    owed = owed_in(records, task)
    if owed is None:
        return None
    words = Words("Please write your development plan.", "请填写你的发展计划。")
    again = Words(
        "A reminder: your development plan is still to be written.", "提醒：你的发展计划还没有填写。"
    )
    subject = f"{owed.cycle.id}/{person.id}"
    label = CHANGE if task.state == "done" else WRITE
    return Face(
        owed.title,
        words,
        again,
        Button(label, Act("open", ("plan-write", subject)), "primary"),
        join([owing.why(owed), readers_of(other_side(records, person.id, owed.cycle.id), own=True)], " ", ""),
        over=owing.over(owed, owed.title, person),
    )


def readers_of(other: Person | None, *, own: bool) -> Words:
    """Who reads a plan, said before any typing."""
    if not own:
        return Words(
            "They read it at once and answer; the managers above you may read it, too.",
            "对方会立即看到并答复；更上级的管理者也可以看到。",
        )
    if other is None:
        return Words(
            "You have no manager in the directory, so it stands as agreed at once; nobody else reads it.",
            "通讯录中没有你的上级，提交后直接生效，没有其他人会看到。",
        )
    return Words(
        "{name} reads it and agrees or asks for changes; the managers above may read it. HR sees whether there is one.",
        "{name}会看到并确认或提出修改；更上级的管理者也可以看到。HR 只能看到你是否已提交。",
    ).fill(name=other.name)


def answer_face(records: PlanRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How answering shows: whose plan it is, and never what stands in it."""
    plan = records.development.get(task.scope)
    owner = records.people.get(plan.person) if plan else None
    if plan is None or owner is None:
        return None
    if owner.id == person.id:
        title = Words("Your development plan", "你的发展计划")
        words = (
            Words("Changes are asked in your development plan.", "你的发展计划需要修改。")
            if plan.state == "returned"
            else Words(
                "A development plan for you waits for your answer.", "有一份为你拟定的发展计划等待你答复。"
            )
        )
        why = Words("Why me? It is your plan.", "为什么收到？这是你的计划。")
    else:
        title = NAME + same(f": {owner.name}")
        words = Words("The development plan of {name} waits for you.", "{name}的发展计划等待你处理。")
        why = Words("Why me? You lead {name}, or stand in.", "为什么收到？你是{name}的上级或其代理人。")
        words, why = words.fill(name=owner.name), why.fill(name=owner.name)
    over = {"done": OVER, "waived": NOT_NEEDED, "expired": CLOSED}.get(task.state)
    return Face(
        title,
        words,
        Words("A reminder: ", "提醒：") + words,
        Button(LOOK, Act("see", ("plan", *place_of(plan))), "primary"),
        why,
        over=title + over if over else None,
        by=BY,
    )


BY = (
    Words("Please answer by {due}.", "请在 {due} 前答复。"),
    Words("You were asked to answer by {due}.", "原定答复时间为 {due} 之前。"),
)
OVER = Words(": answered. Thank you!", "：已答复，谢谢！")
NOT_NEEDED = Words(": nothing waits for you any more.", "：已无需答复。")
CLOSED = Words(": closed; you can still answer at any time.", "：已关闭，仍可随时答复。")


def policy(records: PlanRecords, task: Task) -> NudgePolicy | None:
    """That of the plan's cycle, also after its end; the usual one outside of any."""
    plan = records.development.get(task.scope)
    cycle = records.cycles.get(plan.cycle) if plan and plan.cycle else None
    return cycle.template.nudges if cycle else NudgePolicy()


def moments(_records: PlanRecords, task: Task, person: Person) -> tuple[datetime, datetime, datetime] | None:
    """(opens, due, until) in UTC, from when it was asked."""
    return time_to_answer(task.opens_at, person.zone)


WRITING_PLAN = Duty(WRITING, owing.policy, writing_face, owing.moments)
ANSWERING_PLAN = Duty(ANSWER, policy, answer_face, moments, to_others=True, skips=True)
