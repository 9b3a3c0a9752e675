"""The negotiation of one goal: two sides, one of whom has asked; the other agrees, or asks for changes.

draft → proposed ⇄ returned → agreed; what is agreed changes, or is withdrawn, only with both again. Every function
gives the goal as it is then and the line of its history, and refuses what is not this side's turn.

One side is whoever answers for the goal; whoever else acts is the other, be it a manager, the one who was it before,
or a deputy. So a change of manager moves nothing: the new one answers what was proposed to the old one, and writes
anew what was returned to them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.refusal import Refusal
from flows.goals.kept import Act, Goal, Terms, Version

Moved = tuple[Goal, Version]


def propose(goal: Goal, terms: Terms, by: int, now: datetime, *, alone: bool = False) -> Moved:
    """Put terms before the other side. `alone`: there is no other side, and it stands as agreed at once.

    After agreement the terms in force stay until the other side has agreed to the new ones.
    """
    _refuse_withdrawn(goal)
    version = goal.version + 1 if terms != goal.terms and goal.state != "draft" else goal.version
    if alone:
        agreed = replace(
            goal, terms=terms, state="agreed", version=version, asked_by=by, pending=None, leaving=False
        )
        return _line(agreed, "agreed", by, now)
    if goal.state == "agreed":
        if terms == goal.terms:
            raise Refusal(
                "Nothing has changed in “{goal}”, so there is nothing to agree anew.",
                "“{goal}”没有任何改动，无需重新确认。",
                goal=goal.title,
            )
        asked = replace(goal, pending=terms, leaving=False, asked_by=by)
        return _line(asked, "changed", by, now, terms=terms)
    return _line(
        replace(goal, terms=terms, state="proposed", version=version, asked_by=by), "proposed", by, now
    )


def ask_changes(goal: Goal, by: int, comment: str, now: datetime) -> Moved:
    """The other side wants something else; after agreement the change is declined, and what is in force stays."""
    _refuse_not_theirs(goal, by)
    if goal.state == "agreed":
        return _line(replace(goal, pending=None, leaving=False, asked_by=None), "declined", by, now, comment)
    return _line(replace(goal, state="returned"), "asked", by, now, comment)


def agree(goal: Goal, by: int, now: datetime) -> Moved:
    """The other side agrees to what was asked: the goal, its change, or that it is withdrawn."""
    _refuse_not_theirs(goal, by)
    if goal.leaving:
        return _line(replace(goal, state="withdrawn", leaving=False, asked_by=None), "withdrawn", by, now)
    if goal.pending is not None:
        agreed = replace(goal, terms=goal.pending, pending=None, version=goal.version + 1, asked_by=None)
        return _line(agreed, "agreed", by, now)
    return _line(replace(goal, state="agreed", asked_by=None), "agreed", by, now)


def withdraw(goal: Goal, by: int, comment: str, now: datetime, *, alone: bool = False) -> Moved:
    """Take it back: at once while it is not agreed, else once the other side has agreed to that as well."""
    _refuse_withdrawn(goal)
    if goal.state == "agreed" and not alone:
        return _line(replace(goal, leaving=True, pending=None, asked_by=by), "changed", by, now, comment)
    gone = replace(goal, state="withdrawn", pending=None, leaving=False, asked_by=None)
    return _line(gone, "withdrawn", by, now, comment)


def take_back(goal: Goal, by: int, now: datetime) -> Moved:
    """Who asked for a change of something agreed takes the wish back; what is in force stays."""
    if not awaits(goal) or goal.state != "agreed" or not _asked(goal, by):
        raise Refusal("There is no change of yours to take back.", "没有可以撤回的修改。")
    return _line(replace(goal, pending=None, leaving=False, asked_by=None), "declined", by, now)


def awaits(goal: Goal) -> bool:
    """Whether somebody's answer is awaited: `asked_by` has asked, the other side has not answered."""
    return goal.state == "proposed" or (goal.state == "agreed" and (goal.pending is not None or goal.leaving))


def is_turn_of(goal: Goal, side: int) -> bool:
    """Whether this side (a person's id) has to act: to answer, or to write anew what was returned to them."""
    if goal.state == "returned":
        return _asked(goal, side)
    return awaits(goal) and not _asked(goal, side)


def asked_terms(goal: Goal) -> Terms:
    """The terms that the other side is asked about; those in force where nothing is asked."""
    return goal.pending or goal.terms


def _asked(goal: Goal, by: int) -> bool:
    """Whether it was this one's side that asked last."""
    return (goal.asked_by == goal.person) == (by == goal.person)


def _refuse_not_theirs(goal: Goal, by: int) -> None:
    if not awaits(goal) or _asked(goal, by):
        raise Refusal(
            "“{goal}” does not wait for your answer any more. Open your goals to see how it stands.",
            "“{goal}”现在不需要你答复，请打开目标查看最新状态。",
            goal=goal.title,
        )


def _refuse_withdrawn(goal: Goal) -> None:
    if goal.state == "withdrawn":
        raise Refusal(
            "“{goal}” was withdrawn. Please write a new goal instead.",
            "“{goal}”已撤回，请填写新的目标。",
            goal=goal.title,
        )


def _line(
    goal: Goal, act: Act, by: int, now: datetime, comment: str = "", terms: Terms | None = None
) -> Moved:
    moved = replace(goal, changed_at=now)
    return moved, Version(0, goal.id, goal.version, act, by, now, terms or moved.terms, comment)
