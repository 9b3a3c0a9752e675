"""What a plan expects stands among the person's actions too, so that the weekly check-in shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.plans.improving.records import ImprovementRecords, Plan, Step
from flows.plans.improving.terms import Terms
from flows.plans.records import Action

SOURCE = "improvement"
MET = "met"


def actions_follow(records: ImprovementRecords, before: Plan, plan: Plan, step: Step, now: datetime) -> None:
    """Bring the actions to the terms as they are now: new ones are added, changed ones dropped or moved."""
    if step.kind == "meeting":
        done(records, plan, step, now)
    elif plan.is_over:
        end(records, plan, now)
    elif plan.terms is not None and plan.terms != before.terms:
        bring(records, plan, plan.terms, now)


def bring(records: ImprovementRecords, plan: Plan, terms: Terms, now: datetime) -> None:
    """One action for each expectation; one whose words stay keeps its state, with the day that holds now."""
    known = {one.text: one for one in records.actions.of("improvement", plan.id) if one.state != "dropped"}
    wanted = {one.what: one for one in terms.expectations}
    for text, action in known.items():
        if text not in wanted and action.state == "open":
            records.actions.save(replace(action, state="dropped", ended_at=now))
    for text, one in wanted.items():
        found = known.get(text)
        if found is None:
            new = Action(0, plan.person, "improvement", plan.id, text, one.by, "open", plan.manager, now)
            records.actions.add(new)
        elif found.due != one.by:
            records.actions.save(replace(found, due=one.by))


def done(records: ImprovementRecords, plan: Plan, step: Step, now: datetime) -> None:
    """What was called met in a meeting is done."""
    marks = (step.content or {}).get("marks", {})
    met = {one.what for one in (plan.terms.expectations if plan.terms else ()) if is_met(marks, one.key)}
    for action in records.actions.of("improvement", plan.id):
        if action.state == "open" and action.text in met:
            records.actions.save(replace(action, state="done", ended_at=now))


def is_met(marks: dict[str, dict[str, str]], key: int) -> bool:
    return marks.get(str(key), {}).get("mark") == MET


def end(records: ImprovementRecords, plan: Plan, now: datetime) -> None:
    """The plan is over: nothing of it is owed any more."""
    for action in records.actions.of("improvement", plan.id):
        if action.state == "open":
            records.actions.save(
                replace(action, state="done" if plan.state == "met" else "dropped", ended_at=now)
            )
