"""What was reported in one check-in, as its readers see it: answers under their questions, and goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flows.checkins.actions import is_of_action
from flows.checkins.questions import HEALTH, MANAGER_ONLY, STANDARD, Health
from flows.checkins.records import Checkin, CheckinRecords
from flows.core.kinds import Rating, Someone, Text
from flows.core.page import Question
from flows.core.screen import Act, Button, Element, Facts, Heading, Line, Quote, Row
from flows.core.sitting import reader_of
from flows.core.words import Words, join, same
from flows.goals.amounts import percent
from flows.goals.kept import ActionStep, Goal
from flows.goals.measure.standing import Standing, standings
from flows.goals.progress.granting import DECIDE, OPEN, undecided, ways_to_decide
from flows.goals.progress.recording import told_value
from flows.goals.rights import goal_thing
from flows.goals.tree.tree import may_see
from flows.people.person import Person
from flows.people.policy import Thing, may


def answers(
    records: CheckinRecords,
    actor: Person,
    checkin: Checkin,
    questions: tuple[Question, ...],
    thing: Thing,
    now: datetime,
) -> list[Element]:
    """The form's answers under their questions, in the words of those who wrote them."""
    body: list[Element] = []
    reader = reader_of(records, actor, now)
    for question in (*questions, *no_longer_asked(checkin, questions)):
        answer = checkin.form.get(question.name)
        if answer in (None, "", []) or (
            question.name in MANAGER_ONLY and not may(actor, "read_mood", thing, now)
        ):
            continue
        body.append(Line(question.words))
        if isinstance(question.kind, Someone | Rating):
            body.append(Quote(question.kind.tell(answer, reader).say(actor.language)))
        else:
            body.append(Quote(_as_text(answer)))
    return body


def no_longer_asked(checkin: Checkin, questions: tuple[Question, ...]) -> list[Question]:
    """What was answered before HR took the question out: it stays readable, under the words of then."""
    standard = {question.name: question for question in STANDARD}
    asked = {question.name for question in questions}
    return [
        standard.get(name) or Question(name, same(checkin.titles.get(name, name)), Text())
        for name in checkin.form
        if name not in asked and not is_of_action(name)
    ]


def _as_text(answer: Any) -> str:
    if isinstance(answer, bool):
        return "✓" if answer else "✗"
    return " ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def goals(records: CheckinRecords, actor: Person, checkin: Checkin, now: datetime) -> list[Element]:
    """What was said about each goal then, and how it stands now; what its steps need, for whoever decides on it."""
    known = {goal.key: goal for goal in records.goals.many([int(key) for key in checkin.goals])}
    seen = {key: goal for key, goal in known.items() if may_see(records, actor, goal, now)}
    found = standings(records, list(seen.values()), now)
    steps = records.steps.of_goals([goal.id for goal in seen.values()])
    body: list[Element] = []
    for key, page in checkin.goals.items():
        title = same(checkin.titles.get(key, "?"))
        ticked = [same(step.title) for step in steps if step.id in (page.get("steps") or ())]
        done = [(Words("Steps done", "已完成的步骤"), join(ticked))] if ticked else []
        body += [Heading(title), Facts((*said_rows(page), *done))]
        if goal := seen.get(key):
            body.append(Row(now_words(found[goal.id]), Button(OPEN, Act("see", ("goal-card", key)))))
            body += requests(records, actor, goal, [step for step in steps if step.goal == goal.id], now)
        if rescue := checkin.rescue.get(key):
            body += [Line(Words("What would help", "需要的帮助")), Quote(str(rescue["help"]))]
    return body


def said_rows(page: Mapping[str, Any]) -> list[tuple[Words, Words]]:
    """What was said about one goal, in the words of then."""
    rows = [(Words("State", "状态"), HEALTH[Health(page["health"])])]
    if told := page.get("told"):
        rows.append((Words("Value", "数值"), Words(*told)))
    if page.get("progress"):
        rows.append((Words("Progress", "进度"), same(f"{page['progress']}%")))
    if page.get("confidence"):
        rows.append((Words("Confidence", "信心"), same(f"{page['confidence']}/10")))
    return rows


def now_words(found: Standing) -> Words:
    """How the goal stands at this moment."""
    words = Words("Now: ", "目前：") + told_value(found.goal.terms, found.value)
    if found.attainment is not None:
        words += Words(" · {share} reached", " · 达成 {share}").fill(share=percent(found.attainment))
    if found.expected is not None:
        words += Words(" · {share} expected", " · 应达成 {share}").fill(share=percent(found.expected))
    return words


def requests(
    records: CheckinRecords, actor: Person, goal: Goal, steps: Sequence[ActionStep], now: datetime
) -> list[Element]:
    """The resources that the goal's steps need and nobody has decided on, for whoever does."""
    thing = goal_thing(records, goal, actor, DECIDE[0])
    if thing is None or not may(actor, DECIDE[1], thing, now):
        return []
    body: list[Element] = []
    for step in undecided(steps):
        words = Words("For “{step}” they ask for: {needs}", "为“{step}”申请：{needs}")
        body += [Line(words.fill(step=step.title, needs=step.needs)), ways_to_decide(step)]
    return body
