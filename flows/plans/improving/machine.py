"""The states of an improvement plan: which step may follow where, and how the plan stands after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from flows.plans.improving.records import OVER, Asking, Plan, State, Step, StepKind, Wish
from flows.plans.improving.terms import WEEKS, from_json, meeting_after

RUNNING: frozenset[State] = frozenset({"published", "acknowledged"})
OPEN: frozenset[State] = RUNNING | frozenset[State]({"paused"})

WISHES: Mapping[Wish, frozenset[State]] = {
    "publish": frozenset({"draft"}),
    "change": OPEN,
    "extend": OPEN,
    "met": OPEN,
    "not_met": OPEN,
    "withdrawn": OPEN,
}
"""Where something may be wished for."""

GRANTED: Mapping[Wish, StepKind] = {
    "publish": "published", "change": "published", "extend": "extended",
    "met": "met", "not_met": "not_met", "withdrawn": "withdrawn",
}  # fmt: skip
"""The step by which HR agrees to a wish."""


class NotNow(Exception):
    """A step that can't follow where the plan stands."""


def may_follow(plan: Plan, kind: StepKind) -> bool:
    """Whether a step of the kind can follow now. What HR agrees to follows what it was asked for, and nothing else."""
    state, asked = plan.state, plan.asking
    if state in OVER:
        return kind == "commented" and plan.version > 0
    match kind:
        case "asked":
            return asked is None
        case "returned":
            return asked is not None
        case "published" | "extended" | "met" | "not_met":
            return asked is not None and GRANTED[asked.wish] == kind
        case "withdrawn":
            return True
        case "acknowledged":
            return state in OPEN and plan.acknowledged < plan.version
        case "unread":
            return state in RUNNING and max(plan.acknowledged, plan.unread) < plan.version
        case "commented":
            return state in OPEN
        case "meeting" | "missed" | "paused":
            return state in RUNNING
        case "resumed":
            return state == "paused"
        case "handed":
            return True


def wishes(plan: Plan) -> list[Wish]:
    """What HR can be asked for now."""
    return [] if plan.asking else [wish for wish, states in WISHES.items() if plan.state in states]


def after(plan: Plan, step: Step) -> Plan:
    """The plan after a step; NotNow where it can't follow."""
    if step.number != plan.steps + 1 or not may_follow(plan, step.kind):
        raise NotNow(f"{step.kind} after {plan.state}")
    told = replace(plan, steps=step.number, head=step.hash)
    change = CHANGES.get(step.kind)
    return change(told, step) if change else told


def _asked(plan: Plan, step: Step) -> Plan:
    said = step.content or {}
    if plan.state not in WISHES[said["wish"]] or step.by is None:
        raise NotNow(f"{said['wish']} is wished for in {plan.state}")
    asking = Asking(said["wish"], step.by, said["why"], step.number, from_json(said.get("terms")))
    return replace(plan, asking=asking)


def _published(plan: Plan, step: Step) -> Plan:
    """New terms hold: they are to be read again, whatever was read before."""
    said = step.content or {}
    terms = from_json(said["terms"])
    if terms is None:
        raise NotNow("nothing to publish")
    today = date.fromisoformat(said["today"])
    first = today + timedelta(weeks=WEEKS[terms.rhythm])
    return replace(
        plan,
        state="paused" if plan.state == "paused" else "published",
        version=plan.version + 1,
        terms=terms,
        draft=plan.draft if step.kind == "extended" else None,
        asking=None,
        published_at=step.at,
        meeting=plan.meeting or first,
        extended=plan.extended + (step.kind == "extended"),
    )


def _acknowledged(plan: Plan, _step: Step) -> Plan:
    state: State = "paused" if plan.state == "paused" else "acknowledged"
    return replace(plan, state=state, acknowledged=plan.version)


def _met_with(plan: Plan, step: Step) -> Plan:
    """A meeting was held or missed: the next one is on the same weekday."""
    said = step.content or {}
    if plan.terms is None or plan.meeting is None or said["day"] != plan.meeting.isoformat():
        raise NotNow("not the meeting that is next")
    return replace(plan, meeting=meeting_after(plan.meeting, plan.terms.rhythm, plan.meeting))


def _paused(plan: Plan, step: Step) -> Plan:
    said = step.content or {}
    return replace(
        plan, state="paused", paused_on=date.fromisoformat(said["today"]), on_leave=step.by is None
    )


def _resumed(plan: Plan, step: Step) -> Plan:
    said = step.content or {}
    terms, today = from_json(said["terms"]), date.fromisoformat(said["today"])
    meeting = plan.meeting
    if meeting is not None and terms is not None and meeting < today:
        meeting = meeting_after(meeting, terms.rhythm, today)
    back: State = "acknowledged" if plan.acknowledged == plan.version else "published"
    return replace(plan, state=back, terms=terms, meeting=meeting, paused_on=None, on_leave=False)


def _handed(plan: Plan, step: Step) -> Plan:
    to = (step.content or {})["to"]
    former = tuple(dict.fromkeys((*plan.former, plan.manager)))
    return replace(plan, manager=to, former=tuple(one for one in former if one != to))


def _ended(plan: Plan, step: Step) -> Plan:
    state: Mapping[StepKind, State] = {"met": "met", "not_met": "not_met", "withdrawn": "withdrawn"}
    return replace(
        plan, state=state[step.kind], asking=None, meeting=None, paused_on=None, on_leave=False,
        ended_at=step.at,
    )  # fmt: skip


CHANGES: Mapping[StepKind, Callable[[Plan, Step], Plan]] = {
    "asked": _asked,
    "returned": lambda plan, _: replace(plan, asking=None),
    "published": _published,
    "extended": _published,
    "acknowledged": _acknowledged,
    "unread": lambda plan, _: replace(plan, unread=plan.version),
    "meeting": _met_with,
    "missed": _met_with,
    "paused": _paused,
    "resumed": _resumed,
    "handed": _handed,
    "met": _ended,
    "not_met": _ended,
    "withdrawn": _ended,
}  # fmt: skip
