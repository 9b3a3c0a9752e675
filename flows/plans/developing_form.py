"""Writing a development plan, or a change of it: what to grow in, what it takes, and actions with their days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Kept
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.plans.agreeing import asked_content, propose
from flows.plans.agreeing_owed import readers_of
from flows.plans.agreeing_tasks import act_on, follow_plan
from flows.plans.developing_actions import ACTIONS, MOST, actions_in, starting
from flows.plans.developing_growth import growth_words, ways_to_reviews
from flows.plans.developing_kept import Content, DevelopmentPlan, Planned, PlanRecords
from flows.plans.developing_rights import NAME, named, other_side, title_of, whose_plan

LONGEST = 3000


class Growing(Page):
    title = Words("What to grow in", "发展方向")
    skills: str = text("Skills to grow", "需要提升的能力", lines=4, most=LONGEST)
    training: str | None = text("Training", "培训", lines=2, most=LONGEST, optional=True)
    step: str | None = text("Next career step", "下一步职业发展", lines=2, most=LONGEST, optional=True)
    support: str | None = text("Support needed", "需要的支持", lines=2, most=LONGEST, optional=True)


@dataclass(frozen=True, slots=True)
class Drafting:
    """Whose plan is written by whom, how it stands, and what there is to read beside it. `today` is the owner's."""

    owner: Person
    writer: Person
    other: Person | None
    plan: DevelopmentPlan | None
    title: Words
    start: Content
    growth: Words | None
    ways: tuple[Button, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Written:
    """The form as it was answered."""

    page: Growing
    actions: Mapping[str, Any]


def drafting(records: PlanRecords, actor: Person, subject: str, now: datetime) -> Drafting:
    """What the form shows. Its fields begin with what was written last, with the days as they are by now."""
    found = named((subject,))
    owner = records.people.get(found[1]) if found else None
    if found is None or owner is None:
        raise NotThere
    cycle = found[0]
    plan = records.development.find(owner.id, cycle)
    ways = (
        *ways_to_reviews(records, actor, owner, cycle, now),
        Button(Words("Trainings", "培训目录"), Act("see", ("trainings",))),
    )
    return Drafting(
        owner,
        actor,
        other_side(records, owner.id, cycle),
        plan,
        title_of(records, owner, cycle),
        start_of(records, plan),
        growth_words(records, actor, owner, cycle, now),
        ways,
        local_day(now, owner.zone),
    )


def start_of(records: PlanRecords, plan: DevelopmentPlan | None) -> Content:
    """What stands in the form at first: of the actions those that are still to be done."""
    if plan is None:
        return Content("")
    content = asked_content(plan)
    known = {one.text.casefold(): one for one in records.actions.of("development", plan.id)}
    left = []
    for planned in content.actions:
        action = known.get(planned.text.casefold())
        if action is None or action.state == "open":
            left.append(Planned(planned.text, action.due if action and plan.pending is None else planned.due))
    return Content(content.skills, content.training, content.step, content.support, tuple(left))


def readers(has: Drafting) -> Words:
    """Who will read it, said before any typing."""
    own = has.writer.id == has.owner.id
    words = readers_of(has.other, own=own)
    if has.plan and has.plan.state == "agreed" and (has.other or not own):
        words += Words(" Until both agree, what was agreed stays.", "在双方确认之前，原来的约定保持不变。")
    return words


def content_of(written: Written, has: Drafting) -> Content:
    """What was written as the plan says it; refuses actions that do not go together with their days."""
    page = written.page
    actions = actions_in(written.actions, has.start, has.today)
    return Content(page.skills, page.training or "", page.step or "", page.support or "", actions)


def keep(records: PlanRecords, actor: Person, subject: str, written: Written, now: datetime) -> Words:
    """Put it before the other side; without one it stands as agreed."""
    has = drafting(records, actor, subject, now)
    content = content_of(written, has)
    cycle = (named((subject,)) or (None, 0))[0]
    plan = records.development.lock(has.plan.id) if has.plan else None
    before = plan or DevelopmentPlan(0, has.owner.id, cycle, "proposed", content, now)
    if plan and content == asked_content(plan) and plan.state != "returned":
        return Words("Nothing has changed.", "没有改动。")
    own = actor.id == has.owner.id
    moved, step = propose(before, content, actor.id, now, alone=own and has.other is None)
    kept = records.development.save(moved, step)
    if kept is None:
        raise Refusal(
            "This plan was begun in another window meanwhile. Open it, and write your change there.",
            "这份计划刚刚已在另一个窗口创建，请打开后再修改。",
        )
    if kept.state == "agreed" and kept.pending is None:
        act_on(records, kept, actor.id, now)
    detail = {"person": kept.person, "version": kept.version}
    records.audit.note(now, actor.id, f"plan.{step.act}", f"plan/{kept.id}", detail)
    follow_plan(records, kept, now)
    if kept.asked_by is None:
        return Words(
            "Kept: it stands as agreed, for you have no manager in the directory.",
            "已保存并直接生效（通讯录中没有你的上级）。",
        )
    whom = has.other if own else has.owner
    return Words(
        "Sent to {name}, who agrees or asks for changes.", "已提交给{name}，对方会确认或提出修改。"
    ).fill(name=whom.name if whom else "?")


def hints(_has: Drafting, written: Written) -> list[Words]:
    """What is worth a second look before it is sent."""
    if not any(written.actions.get(f"what{n}") for n in range(1, MOST + 1)):
        return [
            Words(
                "There is no action in it yet: one with a day is what moves a plan.",
                "还没有任何行动：写下一个有日期的行动，计划才会推进。",
            )
        ]
    if not any(written.actions.get(f"until{n}") for n in range(1, MOST + 1)):
        return [
            Words(
                "No action has a day, so the weekly check-in will not ask about them.",
                "行动都没有日期，周报不会询问进展。",
            )
        ]
    return []


@flow(
    "plan-write",  # it has no `subject`, so that it is never written in the chat: a plan stands in no message
    NAME,
    may=("development_plan", "write"),
    of=whose_plan,
    facts=drafting,
    keep=keep,
    about=lambda has: has.title,
    readers=readers,
    ways=lambda has: has.ways,
    hints=hints,
    again=True,
)
def write_plan(ask: Ask, has: Drafting) -> Written:
    start: dict[str, Kept] = {
        name: getattr(has.start, name) or None for name in ("skills", "training", "step", "support")
    }
    page = ask(
        Growing,
        beside={"skills": has.growth} if has.growth else {},
        start=start if has.plan else {},
    )
    return Written(page, ask.form(ACTIONS, start=starting(has.start)))
