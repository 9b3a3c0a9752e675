"""The negotiation of a development plan: one side asks, the other agrees or asks for changes; later changes need both.

proposed ⇄ returned → agreed; what is agreed stays in force until the other side has agreed to the change. Every
function gives the plan as it is then and what stands in its history, and refuses what is not this side's turn.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.refusal import Refusal
from flows.plans.developing_kept import Content, DevelopmentPlan, PlanAct, PlanStep

Moved = tuple[DevelopmentPlan, PlanStep]


def propose(plan: DevelopmentPlan, content: Content, by: int, now: datetime, *, alone: bool = False) -> Moved:
    """Put contents before the other side. `alone`: there is no other side, and it stands as agreed at once."""
    version = plan.version + 1 if plan.id and content != plan.content else plan.version
    asked = plan.asked + 1
    if alone:
        agreed = replace(
            plan, content=content, pending=None, state="agreed", version=version, asked=asked, asked_by=None
        )
        return _step(agreed, "agreed", by, now)
    if plan.id and plan.state == "agreed":
        return _step(replace(plan, pending=content, asked=asked, asked_by=by), "changed", by, now)
    proposed = replace(plan, content=content, state="proposed", version=version, asked=asked, asked_by=by)
    return _step(proposed, "proposed", by, now)


def agree(plan: DevelopmentPlan, by: int, now: datetime) -> Moved:
    """The other side agrees to what was asked."""
    refuse_not_theirs(plan, by)
    if plan.pending is not None:
        plan = replace(plan, content=plan.pending, pending=None, version=plan.version + 1)
    return _step(replace(plan, state="agreed", asked_by=None), "agreed", by, now)


def ask_changes(plan: DevelopmentPlan, by: int, comment: str, now: datetime) -> Moved:
    """The other side wants something else; a change of what is agreed is declined, and what is in force stays."""
    refuse_not_theirs(plan, by)
    if plan.pending is not None:
        return _step(replace(plan, pending=None, asked_by=None), "declined", by, now, comment)
    return _step(replace(plan, state="returned"), "asked", by, now, comment)


def take_back(plan: DevelopmentPlan, by: int, now: datetime) -> Moved:
    """Who asked for a change of something agreed takes the wish back; what is in force stays."""
    if plan.pending is None or not _asked(plan, by):
        raise Refusal("There is no change of yours to take back.", "没有可以撤回的修改。")
    return _step(replace(plan, pending=None, asked_by=None), "withdrawn", by, now)


def awaits(plan: DevelopmentPlan) -> bool:
    """Whether the other side's answer is awaited."""
    return plan.asked_by is not None and plan.state != "returned"


def turn_of(plan: DevelopmentPlan, side: int | None) -> int | None:
    """Who has to act: to answer, or to write anew what was returned to them. `side` is the other side, if any."""
    if plan.asked_by is None:
        return None
    owners = (plan.asked_by == plan.person) == (plan.state == "returned")
    return plan.person if owners else side


def asked_content(plan: DevelopmentPlan) -> Content:
    """What the other side is asked about; what is in force where nothing is asked."""
    return plan.pending or plan.content


def refuse_not_theirs(plan: DevelopmentPlan, by: int) -> None:
    if not awaits(plan) or _asked(plan, by):
        raise Refusal(
            "This plan does not wait for your answer any more. Open it to see how it stands.",
            "这份计划现在不需要你答复，请打开查看最新状态。",
        )


def _asked(plan: DevelopmentPlan, by: int) -> bool:
    """Whether it was this one's side that asked last: the person's own, or whoever else acts."""
    return (plan.asked_by == plan.person) == (by == plan.person)


def _step(plan: DevelopmentPlan, act: PlanAct, by: int, now: datetime, comment: str = "") -> Moved:
    moved = replace(plan, changed_at=now)
    return moved, PlanStep(0, plan.id, plan.version, act, by, now, asked_content(moved), comment)
