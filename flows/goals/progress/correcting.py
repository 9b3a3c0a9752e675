"""Correcting a value of a goal: what stood before stays in its history, with who said which of them, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from flows.core.catalog import flow, notice
from flows.core.desk import NotThere
from flows.core.kinds import Text
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.goals.kept import Goal, Reading
from flows.goals.measure.series import sources_of
from flows.goals.progress.progress import RECORD
from flows.goals.progress.recording import CLOSED, amount_of, keep_readings, told_value, value_question
from flows.goals.records import GoalsRecords
from flows.goals.rights import goal_thing
from flows.people.person import Person
from flows.people.policy import Thing

WHY = Question("note", Words("Why is it corrected?", "为什么更正？"), Text(2, 500))


@dataclass(frozen=True, slots=True)
class Wrong:
    """The value to correct, and the goal that reads it."""

    goal: Goal
    reading: Reading


def subject_of(goal: Goal, reading: Reading) -> str:
    return f"{reading.id}/{goal.id}"


def found(records: GoalsRecords, subject: str) -> Wrong | None:
    """The reading and the goal of "reading/goal": a metric is read by several, and the goal says whose it is here."""
    number, _, named = subject.partition("/")
    reading, goal = records.readings.get(whole(number)), records.goals.get(whole(named))
    if reading is None or goal is None or reading.series not in sources_of(goal):
        return None
    return Wrong(goal, reading)


def whose_value(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    known = found(records, about[0]) if about else None
    return goal_thing(records, known.goal, actor, "goal") if known else None


def to_correct(records: GoalsRecords, _actor: Person, subject: str, _now: datetime) -> Wrong:
    """What is corrected; refuses once it was, for then another value stands."""
    known = found(records, subject)
    if known is None:
        raise NotThere
    cycle = records.cycles.get(known.goal.cycle) if known.goal.cycle else None
    if known.goal.cycle and (cycle is None or cycle.state != "live"):
        raise Refusal(CLOSED, goal=known.goal.title)
    if not known.reading.current:
        raise Refusal(
            "This value was corrected meanwhile. Open the goal again to see what stands now.",
            "该数值已被更正过，请重新打开目标查看最新数值。",
        )
    return known


def keep_correction(
    records: GoalsRecords, actor: Person, subject: str, said: dict[str, Any], now: datetime
) -> Words:
    """Put the right value in the old one's place, by hand, and tell the goal's owner if somebody else did."""
    known = to_correct(records, actor, subject, now)
    goal, old = known.goal, known.reading
    value: Decimal = amount_of(said["value"])
    if value == old.value:
        raise Refusal(
            "It is {value} already. Please give the right value, or close this.",
            "现在就是 {value}。请填写正确的数值，或直接关闭。",
            value=told_value(goal.terms, value),
        )
    new = replace(old, id=0, value=value, source="goal", at=now, by=actor.id, token=None, note=said["note"])
    keep_readings(records, [(goal, new)], now)
    records.audit.note(now, actor.id, "goal.correct", f"goal/{goal.id}", {"reading": old.id})
    if actor.id != goal.person:
        about = {"goal": goal.id, "by": actor.id}
        key = f"goal.corrected/{old.id}"
        records.notices.add([Notice(0, key, goal.person, "goal.corrected", about, now)])
    return Words("Corrected: {value} instead of {old}.", "已更正：{old} 改为 {value}。").fill(
        value=told_value(goal.terms, value), old=told_value(goal.terms, old.value)
    )


@flow(
    "goal-correct",
    Words("Correct a value", "更正数值"),
    may=RECORD,
    of=whose_value,
    facts=to_correct,
    keep=keep_correction,
    readers=lambda _known: Words(
        "What stood before stays in the history, with who said it.",
        "原来的数值会连同填报人保留在历史记录中。",
    ),
)
def correct(ask: Ask, known: Wrong) -> dict[str, Any]:
    terms, old = known.goal.terms, known.reading
    was = Words("For {day} it says: {value}.", "{day}的数值：{value}。").fill(
        day=day_words(old.day), value=told_value(terms, old.value)
    )
    form = Questionnaire("Right", same(terms.title), (value_question(terms), WHY), same(terms.title))
    return ask.form(form, beside={"value": was})


@notice("goal.corrected")
def told_to_owner(records: GoalsRecords, notice: Notice, _now: datetime) -> list[Element] | None:
    """That somebody corrected a value of a goal of the reader's; which one is behind the button."""
    goal, by = records.goals.get(notice.about["goal"]), records.people.get(notice.about["by"])
    if goal is None or by is None:
        return None
    words = Words("{name} corrected a value of one of your goals.", "{name} 更正了你某个目标的数值。")
    button = Button(Words("Open", "打开"), Act("see", ("goal-card", goal.key)))
    return [Line(words.fill(name=by.name)), Buttons((button,))]
