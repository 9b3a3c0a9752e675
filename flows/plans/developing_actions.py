"""The actions in the form of a development plan: what, and by which day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flows.core.kinds import Day, Text
from flows.core.page import Question, Questionnaire
from flows.core.refusal import Refusal
from flows.core.said import Kept
from flows.core.words import Words
from flows.plans.developing_kept import Content, Planned

MOST = 5  # actions: few that are done are better than many
FARTHEST = timedelta(days=1100)

TITLE = Words("Actions", "行动")
NOTE = Words(
    "What will be done, and by which day. Open actions stand in the weekly check-in when they are due. Clear one to "
    "take it away; what is done stays.",
    "具体要做什么、何时完成。快到期的行动会出现在周报里。清空即删除，已完成的会保留。",
)
ACTIONS = Questionnaire(
    "Actions",
    TITLE,
    tuple(
        question
        for n in range(1, MOST + 1)
        for question in (
            Question(f"what{n}", Words(f"Action {n}", f"行动 {n}"), Text(1, 300), optional=True),
            Question(
                f"until{n}", Words(f"Action {n}: by when?", f"行动 {n}：何时完成？"), Day(), optional=True
            ),
        )
    ),
    NOTE,
)


def starting(content: Content) -> dict[str, Kept]:
    """The actions as answers of the form."""
    kept: dict[str, Kept] = {}
    for n, one in enumerate(content.actions[:MOST], 1):
        kept |= {f"what{n}": one.text, f"until{n}": one.due and one.due.isoformat()}
    return kept


def actions_in(said: Mapping[str, Any], start: Content, today: date) -> tuple[Planned, ...]:
    """The actions that were written; refuses a day without an action, one that has passed, and two of the same words."""
    days = {one.text.casefold(): one.due for one in start.actions}
    found: dict[str, Planned] = {}
    for n in range(1, MOST + 1):
        what, due = said.get(f"what{n}") or "", said.get(f"until{n}")
        if not what and due:
            raise Refusal(
                "Action {n} has a day, but not what it is. Please write it, or clear the day.",
                "行动 {n} 只填了日期，没有写要做什么。请补上，或清空日期。",
                n=n,
            )
        if not what:
            continue
        key = what.casefold()
        if key in found:
            raise Refusal(
                "Action {n} is there twice. Please change or clear one of them.",
                "行动 {n} 重复了，请修改或清空其中一个。",
                n=n,
            )
        if due and due != days.get(key) and not today <= due <= today + FARTHEST:
            raise Refusal(
                "The day of action {n} has passed, or is more than three years ahead. Please choose another.",
                "行动 {n} 的日期已过，或在三年之后。请另选一天。",
                n=n,
            )
        found[key] = Planned(what, due)
    return tuple(found.values())
