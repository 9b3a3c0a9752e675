"""What the check-in asks about the actions that are due, from wherever they were agreed, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.checkins.records import Checkin, CheckinRecords
from flows.core.kinds import Choice, Text
from flows.core.moments import day_words
from flows.core.page import Question, Questionnaire, as_options
from flows.core.play import Ask
from flows.core.screen import Element, Facts, Heading
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.plans.actions import FIXED, due_soon, end, reopen
from flows.plans.records import Action, ActionState

KEPT = "action:"  # before an action's id, in the names of the answers that are kept
WHY = ":why"
DONE, ON_THE_WAY, DROPPED = "done", "on_the_way", "dropped"
MOST = 8  # actions in one check-in: it takes a minute and a half
SAID = {
    DONE: Words("Done", "已完成"),
    ON_THE_WAY: Words("On the way", "进行中"),
    DROPPED: Words("Not any more", "不再需要"),
}
ENDS: Mapping[str, ActionState] = {DONE: "done", DROPPED: "dropped"}
QUESTION = Words("How is it going?", "进展如何？")
REASON = Words("Why is it not needed any more?", "为什么不再需要？")
TITLE_LENGTH = 140  # characters above a question; all of it stands on /plan actions


@dataclass(frozen=True, slots=True)
class Due:
    """An action that the check-in asks about."""

    action: Action

    @property
    def key(self) -> str:
        """Under what its answer is kept in the conversation."""
        return f"Action:{self.action.id}"

    @property
    def title(self) -> Words:
        text = (
            self.action.text
            if len(self.action.text) <= TITLE_LENGTH
            else f"{self.action.text[:TITLE_LENGTH]}…"
        )
        if self.action.due is None:
            return same(text)
        return Words("{text} (until {day})", "{text}（{day}前）").fill(
            text=text, day=day_words(self.action.due)
        )

    @property
    def in_message(self) -> Words:
        """What a message says of it: never what it is."""
        if self.action.due is None:
            return Words("Something that you agreed to do", "一项你答应要做的事")
        return Words("Something that you agreed to do until {day}", "一项约定在{day}前完成的事").fill(
            day=day_words(self.action.due)
        )


def due_in(records: CheckinRecords, actor: Person, today: date, before: Checkin | None) -> tuple[Due, ...]:
    """What is late or due within two weeks, the most urgent first; on an edit also what was answered then."""
    found = due_soon(records.actions.open_of(actor.id), today)[:MOST]
    known = {one.id for one in found}
    for number in answered_in(before):
        action = records.actions.get(number) if number not in known else None
        if action is not None and action.person == actor.id and action.text:
            found.append(action)
    return tuple(Due(one) for one in found)


def answered_in(checkin: Checkin | None) -> list[int]:
    """The actions that a check-in says something about."""
    names = checkin.form if checkin else ()
    return [whole(name[len(KEPT) :]) for name in names if is_of_action(name) and not name.endswith(WHY)]


def is_of_action(name: str) -> bool:
    """Whether an answer of a check-in is one about an action."""
    return name.startswith(KEPT)


def ask_about(ask: Ask, due: Sequence[Due]) -> dict[str, Any]:
    """Ask how each is going, then why of those that are given up; the answers as they are kept."""
    said = ask.forms([form_of(one) for one in due])
    given_up = [one for one in due if said[one.key]["how"] == DROPPED]
    why = ask.forms([reason_of(one) for one in given_up])
    kept: dict[str, Any] = {}
    for one in due:
        name = f"{KEPT}{one.action.id}"
        if how := said[one.key]["how"]:
            kept[name] = how
        if reason := why.get(f"{one.key}{WHY}"):
            kept[f"{name}{WHY}"] = reason["why"]
    return kept


def form_of(one: Due) -> Questionnaire:
    """How it is going; what is fixed in a plan can't be given up here."""
    offered = {how: words for how, words in SAID.items() if how != DROPPED or one.action.source not in FIXED}
    how = Question("how", QUESTION, Choice(as_options(offered)), optional=True)
    return Questionnaire(one.key, one.title, (how,), in_message=one.in_message)


def reason_of(one: Due) -> Questionnaire:
    """Why it is given up."""
    title = Words("Not any more: ", "不再需要：") + one.title
    why = Question("why", REASON, Text(2, 300))
    return Questionnaire(f"{one.key}{WHY}", title, (why,), in_message=one.in_message)


def keep_said(
    records: CheckinRecords,
    actor: Person,
    due: Sequence[Due],
    said: Mapping[str, Any],
    before: Checkin | None,
    now: datetime,
) -> None:
    """Close what is done or given up. An edit takes back only what this check-in itself had said."""
    for one in due:
        name = f"{KEPT}{one.action.id}"
        action = records.actions.lock(one.action.id)
        how, was = said.get(name), before.form.get(name) if before else None
        if action is None or how == was:
            continue
        if was in ENDS and action.state == was:
            action = reopen(records, action, actor, now)
        if action.state == "open" and how is not None and how in ENDS:
            end(records, action, ENDS[how], actor, said.get(f"{name}{WHY}") or "", now)


def titles_of(due: Sequence[Due]) -> dict[str, str]:
    """How each was called when it was asked about."""
    return {f"{KEPT}{one.action.id}": one.action.text for one in due}


def actions_shown(checkin: Checkin) -> list[Element]:
    """What was said about actions, for whoever reads the check-in."""
    rows = []
    for number in answered_in(checkin):
        name = f"{KEPT}{number}"
        words = SAID.get(str(checkin.form[name]), same("–"))
        if reason := checkin.form.get(f"{name}{WHY}"):
            words += Words(": ", "：") + same(reason)
        rows.append((same(checkin.titles.get(name, "?")), words))
    return [Heading(Words("Actions", "行动")), Facts(tuple(rows))] if rows else []
