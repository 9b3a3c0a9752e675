"""What somebody has agreed to do: done, put off or given up, by whoever does it or whoever leads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from flows.core.moments import day_words
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, thing_of
from flows.plans.records import Action, ActionRecords, ActionState

AHEAD = timedelta(days=14)  # so long before its day an action is asked about
FIXED = ("improvement",)
"""Where what is to be done is fixed: it can be reported as done, and only its plan puts it off or takes it away."""

SOURCES = {
    "development": Words("development plan", "发展计划"),
    "improvement": Words("agreed in private", "单独约定"),
    "interview": Words("feedback talk", "绩效面谈"),
    "meeting": Words("meeting", "会议"),
}


def whose_action(records: ActionRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The action whose id comes first."""
    action = records.actions.get(whole(about[0].partition("/")[0])) if about else None
    owner = records.people.get(action.person) if action else None
    return thing_of("action", owner, actor, records.people) if owner else None


def due_soon(actions: Sequence[Action], today: date) -> list[Action]:
    """Those that are late, or due within the next two weeks."""
    return [one for one in actions if one.due is not None and one.due <= today + AHEAD]


def end(
    records: ActionRecords, action: Action, state: ActionState, actor: Person, why: str, now: datetime
) -> Action:
    """Keep that it is done or given up, with its line of the audit log."""
    ended = replace(action, state=state, ended_at=now, why=why)
    records.actions.save(ended)
    detail = {"person": action.person, "source": action.source, "of": action.of}
    records.audit.note(now, actor.id, f"action.{state}", f"action/{action.id}", detail)
    return ended


def reopen(records: ActionRecords, action: Action, actor: Person, now: datetime) -> Action:
    """It is not done, or not given up, after all."""
    opened = replace(action, state="open", ended_at=None, why="")
    records.actions.save(opened)
    records.audit.note(now, actor.id, "action.reopen", f"action/{action.id}", {"person": action.person})
    return opened


def due_words(action: Action, today: date) -> Words:
    """Until when, and whether that has passed; where it was agreed."""
    source = SOURCES[action.source]
    if action.due is None:
        return Words("no day · ", "未定日期 · ") + source
    words = (
        Words("late, was due {day}", "已逾期，原定 {day}")
        if action.due < today
        else Words("until {day}", "{day}前")
    )
    return words.fill(day=day_words(action.due)) + same(" · ") + source
