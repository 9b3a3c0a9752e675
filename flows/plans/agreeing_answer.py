"""Answering about a development plan: agree to it as it was shown, ask for changes, or take a wish back."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.plans.agreeing import Moved, agree, ask_changes, awaits, refuse_not_theirs, take_back
from flows.plans.agreeing_tasks import act_on, follow_plan, tell
from flows.plans.developing_kept import DevelopmentPlan, PlanRecords
from flows.plans.developing_rights import plan_by_id

CHANGED = Words(
    "The plan was rewritten after this was shown to you, so nothing is agreed yet. Look at it as it stands now.",
    "计划在你打开后又有改动，尚未确认，请先查看最新内容。",
)
AGREED = Words("The plan is agreed.", "计划已确认。")


def agree_act(plan: DevelopmentPlan) -> Act:
    """The button that agrees to what is shown above it."""
    return Act("do", ("plan-agree", str(plan.id), str(plan.asked)))


@deed("plan-agree", may=("development_plan", "answer"), of=plan_by_id)
def agree_to(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Agree, if it is still what was shown; pressed twice, it is agreed once."""
    plan = locked(records, about)
    if plan.state == "agreed" and not awaits(plan):
        return AGREED
    if about[1:] != (str(plan.asked),):
        return CHANGED
    asked_by = plan.asked_by
    kept = keep_moved(records, agree(plan, actor.id, now), actor, now)
    act_on(records, kept, actor.id, now)
    if asked_by:
        tell(records, kept, asked_by, "agreed", now)
    return AGREED + Words(" Its actions come up in the weekly check-in.", "其中的行动会在周报中提示。")


class Changes(Page):
    title = Words("Ask for changes", "请对方修改")
    comment: str = text("What should change?", "需要修改什么？", lines=4, most=2000)


def asked_about(records: PlanRecords, actor: Person, subject: str, _now: datetime) -> DevelopmentPlan:
    """The plan, while the actor's answer is awaited."""
    plan = records.development.get(whole(subject))
    if plan is None:
        raise NotThere
    refuse_not_theirs(plan, actor.id)
    return plan


def keep(records: PlanRecords, actor: Person, subject: str, comment: str, now: datetime) -> Words:
    """Give it back to whoever asked; a change of what is agreed is left as it was."""
    plan = locked(records, (subject,))
    asked_by = plan.asked_by
    kept = keep_moved(records, ask_changes(plan, actor.id, comment, now), actor, now)
    if kept.state == "agreed" and asked_by:
        tell(records, kept, asked_by, "declined", now)
        return Words("Noted: the plan stays as it was agreed.", "已记录：计划维持原来的约定。")
    return Words("Sent. They write it anew.", "已发送，由对方修改后再提交。")


@flow(
    "plan-changes",
    Changes.title,
    may=("development_plan", "answer"),
    of=plan_by_id,
    facts=asked_about,
    keep=keep,
    readers=lambda _: Words(
        "Read by the other side of the plan and the managers above; it stays in the history.",
        "计划的另一方及更上级的管理者可以看到，并保留在历史记录中。",
    ),
    again=True,
)
def ask_for_changes(ask: Ask, _plan: DevelopmentPlan) -> str:
    return ask(Changes).comment


@deed("plan-take-back", may=("development_plan", "answer"), of=plan_by_id)
def take_change_back(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take one's wish for a change back."""
    keep_moved(records, take_back(locked(records, about), actor.id, now), actor, now)
    return Words("Taken back. The plan stays as it was agreed.", "已撤回，计划维持原来的约定。")


def locked(records: PlanRecords, about: tuple[str, ...]) -> DevelopmentPlan:
    """The plan that is named, held for this transaction."""
    plan = records.development.lock(whole(about[0]))
    if plan is None:
        raise NotThere
    return plan


def keep_moved(records: PlanRecords, moved: Moved, actor: Person, now: datetime) -> DevelopmentPlan:
    """Keep what happened, with its line of the audit log, and bring the tasks along."""
    plan, step = moved
    kept = records.development.save(plan, step)
    if kept is None:
        raise Refusal(CHANGED)
    detail = {"person": kept.person, "version": kept.version}
    records.audit.note(now, actor.id, f"plan.{step.act}", f"plan/{kept.id}", detail)
    follow_plan(records, kept, now)
    return kept
