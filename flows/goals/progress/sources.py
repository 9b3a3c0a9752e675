"""The values behind a goal's number, each down to who said it, when and from where, and what stood before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time, day_words
from flows.core.screen import Act, Button, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.owing import whole
from flows.goals.kept import Goal, Reading, Source
from flows.goals.measure.standing import readings_of
from flows.goals.progress.correcting import subject_of
from flows.goals.progress.progress import RECORD
from flows.goals.progress.recording import told_value
from flows.goals.records import GoalsRecords
from flows.goals.rights import READ, goal_thing, named_goal
from flows.people.person import Person
from flows.people.policy import may

MOST = 60  # values on one screen
WITHIN = (
    "goals",
    "read",
)  # the owner and those above read all of their goals; others may see one that is shared
CORRECT = Words("Correct", "更正")
FROM: dict[Source, Words] = {
    "checkin": Words("check-in", "周报"),
    "goal": Words("by hand", "手动填写"),
    "import": Words("imported from a file", "文件导入"),
    "api": Words("sent by a system", "系统推送"),
}


def period_words(reading: Reading) -> Words:
    """The period that a value is of: a day in words, any longer one as it is called."""
    return day_words(reading.day) if len(reading.period) == len("2026-03-02") else same(reading.period)


def source_words(records: GoalsRecords, reading: Reading, actor: Person) -> Words:
    """From where a value came, who gave it, and when: "check-in, Kavya Iyer, Monday 2 March, 14:05"."""
    parts = [FROM[reading.source]]
    token = records.tokens.get(reading.token) if reading.token else None
    parts += [same(token.name)] if token else []
    by = records.people.get(reading.by) if reading.by else None
    parts += [same(by.name)] if by else []
    return join([*parts, day_and_time(reading.at, actor.zone)], ", ", "，")


def reading_elements(
    records: GoalsRecords, goal: Goal, reading: Reading, actor: Person, within: bool, corrects: bool
) -> list[Element]:
    """One value with its source; for those `within` the goal's line what was said with it, and what stood before.

    `corrects`: the reader may put it right.
    """
    words = told_value(goal.terms, reading.value) + same("\n") + source_words(records, reading, actor)
    if not within:
        return [Line(period_words(reading) + same("\n") + words)]
    if reading.confidence is not None:
        words += Words(" · confidence {n}/10", " · 把握 {n}/10").fill(n=reading.confidence)
    if reading.note:
        words += Words("\n“{note}”", "\n“{note}”").fill(note=reading.note)
    name = period_words(reading)
    body: list[Element] = []
    if corrects:
        button = Button(CORRECT, Act("open", ("goal-correct", subject_of(goal, reading))))
        body.append(Row(words, button, name))
    else:
        body.append(Line(name + same("\n") + words))
    for before in reversed(records.readings.history(reading.series, reading.period)):
        if before.id != reading.id:
            was = Words("Before: {value} ({source})", "更正前：{value}（{source}）").fill(
                value=told_value(goal.terms, before.value), source=source_words(records, before, actor)
            )
            body.append(Note(was))
    return body


def latest(readings: Sequence[Reading], most: int) -> list[Reading]:
    """The newest first."""
    return list(reversed(readings[-most:]))


def allowed(records: GoalsRecords, goal: Goal, actor: Person, rule: tuple[str, str], now: datetime) -> bool:
    """Whether the policy lets the actor do this with the goal."""
    thing = goal_thing(records, goal, actor, rule[0])
    return thing is not None and may(actor, rule[1], thing, now)


@view("goal-readings", may=READ, of=named_goal())
def all_readings(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Every value of the goal."""
    goal = records.goals.get(whole(about[0])) if about else None
    if goal is None:
        raise NotThere
    readings = readings_of(records, [goal])[goal.id]
    body: list[Element] = [Heading(same(goal.title))]
    if len(readings) > MOST:
        newest = Words("The newest {n} of {m} values.", "共 {m} 个数值，以下为最近 {n} 个。")
        body.append(Note(newest.fill(n=MOST, m=len(readings))))
    within, able = (allowed(records, goal, actor, rule, now) for rule in (WITHIN, RECORD))
    for reading in latest(readings, MOST):
        body += reading_elements(records, goal, reading, actor, within, able)
    if not readings:
        body.append(Line(Words("Nothing was reported yet.", "还没有填报过。")))
    return Screen(Words("Values", "数值记录"), tuple(body), place=Act("see", ("goal-readings", goal.key)))
