"""Reporting how far a goal is: with one tap, or with a number, a confidence and a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.goals.amounts import PERCENT, is_currency, percent
from flows.goals.kept import Goal, Terms
from flows.goals.measure.standing import Standing, standings
from flows.goals.progress.recording import (
    amount_of,
    confidence_question,
    keep_readings,
    last_words,
    reading_of,
    refuse_unless_reported,
    told_value,
    value_question,
)
from flows.goals.records import GoalsRecords
from flows.goals.rights import named_goal
from flows.people.person import Person

RECORD = ("goal", "record")
NOTHING = "-"  # what a button expects where there is no value yet
UPDATE = Words("Update", "更新进度")
NOTE = Question(
    "note",
    Words("A word on it", "补充说明"),
    Text(2, 500),
    optional=True,
    hint=Words("Stands beside the number for whoever opens it.", "会和数值一起展示。"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The goal that is reported on, and what stood last."""

    goal: Goal
    last: Words


def named(records: GoalsRecords, about: tuple[str, ...], *, lock: bool = False) -> Goal:
    """The goal that is named first."""
    number = whole(about[0].partition("/")[0]) if about else 0
    goal = records.goals.lock(number) if lock else records.goals.get(number)
    if goal is None:
        raise NotThere
    return goal


def asked_about(records: GoalsRecords, _actor: Person, subject: str, now: datetime) -> Asked:
    """The goal with its last value; refuses where none is taken."""
    goal = named(records, (subject,))
    refuse_unless_reported(records, goal)
    readings = standings(records, [goal], now)[goal.id].readings
    return Asked(goal, last_words(goal.terms, readings[-1] if readings else None))


def keep_value(
    records: GoalsRecords, actor: Person, subject: str, said: Mapping[str, Any], now: datetime
) -> Words:
    """Keep the value for today on the reporter's own calendar, and say what it comes to."""
    goal = named(records, (subject,), lock=True)
    refuse_unless_reported(records, goal)
    found = standings(records, [goal], now)[goal.id]
    keep_now(
        records, found, actor, amount_of(said["value"]), now, said.get("confidence"), said.get("note") or ""
    )
    return Words("Kept: ", "已记录：") + reached_words(standings(records, [goal], now)[goal.id])


def keep_now(
    records: GoalsRecords,
    found: Standing,
    actor: Person,
    value: Decimal,
    now: datetime,
    confidence: Decimal | None = None,
    note: str = "",
) -> None:
    """Keep a value that the actor reports by hand at this moment."""
    goal, day = found.goal, today_for(found, actor, now)
    keep_readings(records, [(goal, reading_of(goal, value, actor, day, "goal", now, confidence, note))], now)


def today_for(found: Standing, actor: Person, now: datetime) -> date:
    """Today on the actor's calendar; somebody further east may have reported for tomorrow already, and is followed."""
    return max(local_day(now, actor.zone), *(one.day for one in found.readings[-1:]), date.min)


def reached_words(found: Standing) -> Words:
    """The value, and how much of the goal it is."""
    words = told_value(found.goal.terms, found.value)
    if found.attainment is not None and found.goal.terms.shape != "yes_no":
        words += Words(" – {share} reached", "，达成 {share}").fill(share=percent(found.attainment))
    return words + Words(".", "。")


@flow(
    "goal-progress",
    Words("Progress", "更新进度"),
    may=RECORD,
    of=named_goal("goal"),
    facts=asked_about,
    keep=keep_value,
    again=True,
)
def report_progress(ask: Ask, known: Asked) -> dict[str, Any]:
    terms = known.goal.terms
    sure = (confidence_question(),) if terms.method == "okr" else ()
    form = Questionnaire("Now", same(terms.title), (value_question(terms), *sure, NOTE), same(terms.title))
    return ask.form(form, beside={"value": known.last})


@deed("goal-plus", may=RECORD, of=named_goal("goal"))
def plus_one(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """One more of what is counted. The button names the value it goes on from, so that an old one adds nothing."""
    goal, found = expected(records, about, now)
    if not is_counted(goal.terms):
        raise NotThere
    value = start_of(found) + 1
    keep_now(records, found, actor, value, now)
    return Words("Now {value}.", "现在是 {value}。").fill(value=told_value(goal.terms, value))


@deed("goal-done", may=RECORD, of=named_goal("goal"))
def one_done(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """The next milestone is reached, or what is done or not is done."""
    goal, found = expected(records, about, now)
    value = (found.value or Decimal(0)) + 1
    if goal.terms.shape not in ("milestones", "yes_no") or value > steps_of(goal.terms):
        raise NotThere
    keep_now(records, found, actor, value, now)
    return Words("Noted: {value}.", "已记录：{value}。").fill(value=told_value(goal.terms, value))


def expected(records: GoalsRecords, about: tuple[str, ...], now: datetime) -> tuple[Goal, Standing]:
    """(goal, "value") of a button; refuses kindly where the value is another one by now."""
    goal = named(records, about, lock=True)
    refuse_unless_reported(records, goal)
    found = standings(records, [goal], now)[goal.id]
    if len(about) != 2 or about[1] != marked(found):
        raise Refusal(
            "It stands at {value} already, so nothing was added. Open the goal to go on from there.",
            "现在已经是 {value}，没有重复记录。如需继续，请重新打开该目标。",
            value=told_value(goal.terms, found.value),
        )
    return goal, found


def marked(found: Standing) -> str:
    """The value as a button carries it."""
    return NOTHING if found.value is None else f"{found.value.normalize():f}"


def start_of(found: Standing) -> Decimal:
    """The value, or where the goal starts while nothing is reported."""
    return next((one for one in (found.value, found.goal.terms.baseline) if one is not None), Decimal(0))


def is_counted(terms: Terms) -> bool:
    """Whether it is counted in whole things, so that one more is a tap: no money, no percentage, no step back."""
    numbers = [one for one in (terms.target, terms.baseline) if one is not None]
    return (
        terms.shape == "number"
        and terms.target is not None
        and not terms.lower
        and terms.unit != PERCENT
        and not is_currency(terms.unit)
        and all(one == one.to_integral_value() for one in numbers)
    )


def steps_of(terms: Terms) -> int:
    """How far one can go tap by tap."""
    return len(terms.milestones) if terms.shape == "milestones" else 1


def taps(found: Standing, imported: bool = False) -> tuple[Button, ...]:
    """The quick ways to report: one more, done, or a number. Only for whom the policy lets record."""
    goal = found.goal
    if imported or goal.terms.shape == "objective":
        return ()
    terms, key, buttons = goal.terms, goal.key, []
    if is_counted(terms) and start_of(found) == start_of(found).to_integral_value() and not found.below:
        buttons.append(Button(same("+1"), Act("do", ("goal-plus", key, marked(found)))))
    elif terms.shape in ("milestones", "yes_no") and (found.value or 0) < steps_of(terms):
        label = (
            Words("Done", "已完成") if terms.shape == "yes_no" else Words("Next one reached", "达成下一项")
        )
        buttons.append(Button(label, Act("do", ("goal-done", key, marked(found)))))
    return (*buttons, Button(UPDATE, Act("open", ("goal-progress", key))))
