"""How far a draft is: what stands on the button that leads into a flow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flows.core.catalog import Flow
from flows.core.conversation import Conversation
from flows.core.play import Played, play
from flows.core.refusal import Refusal
from flows.core.screens import said_something
from flows.core.sitting import MODAL
from flows.core.words import Words
from flows.people.person import Person

WRITE = Words("Write", "填写")
CHANGE = Words("Change", "修改")


def way_in(
    records: Any, actor: Person, flow: Flow, subject: str, now: datetime, begin: Words = WRITE
) -> Words:
    """What stands on the button into the form: to begin, to go on where the draft was left, or to change it.

    A draft that can't be opened (its key is missing) is spoken of by the form itself, not by what leads to it.
    """
    try:
        found = records.conversations.find(flow.name, actor.id, subject)
    except Refusal:
        return begin
    if found is None:
        return begin
    if found.state == "done":
        return CHANGE
    far = progress(records, actor, flow, found, now)
    if far is None:
        return begin
    return Words("Continue ({n} of {m})", "继续（{n}/{m}）").fill(n=far[0], m=far[1])


def progress(
    records: Any, actor: Person, flow: Flow, draft: Conversation, now: datetime
) -> tuple[int, int] | None:
    """(where the draft is, of how many); None when nothing was answered yet, or nothing can be any more.

    Counted are screens with the last look over all answers, or the questions where there is only one screen.
    """
    if not draft.answers and not draft.typed:
        return None
    try:
        facts = flow.facts(records, actor, draft.subject, now)
    except Refusal:
        return None
    played = play(flow.steps, facts, draft.answers, MODAL)
    answered, steps = played.progress
    if steps > 1:
        return min(answered + 1, steps + 1), steps + 1
    filled, fields = filled_in(played, draft)
    return (filled, fields) if filled else None


def filled_in(played: Played, draft: Conversation) -> tuple[int, int]:
    """How many questions of the steps have something in them, of how many."""
    filled = fields = 0
    for step in played.steps:
        for group in step.groups:
            kept = group.kept(draft.answers)
            for question in group.questions:
                typed = draft.typed.get(f"{group.key}.{question.name}")
                fields += 1
                filled += said_something(typed) if typed is not None else kept.get(question.name) is not None
    return filled, fields
